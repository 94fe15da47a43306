from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from saidanddone.errors import BadFile
from saidanddone.sources.gdelt import outlets


def mention(
    id_: str, outlet: str, document: str, time: str = "20170101073000", text: str = ""
) -> str:
    length, _, tone = text.partition(" ")
    told = ["1", "0", "0", "0", "1", "100", length, tone]
    fields = [id_, "20170101073000", time, "1", outlet, document, *told, "", ""]
    return "\t".join(fields)


def test_outlets_are_counted_once_however_often_they_mention(export: Any) -> None:
    first = [
        mention("1", "a.org", "http://a.org/1"),
        mention("1", "a.org", "http://a.org/1"),  # the same article, another sentence
        mention("1", "A.org", "http://a.org/2"),
        mention("2", "b.org", "http://b.org/1"),
    ]
    later = [mention("1", "b.org", "http://b.org/9", "20170102000000")]
    paths = [
        export(first, "20170101073000.mentions.CSV"),
        export(later, "20170102000000.mentions.CSV.zip"),
    ]
    found = outlets(paths)
    assert found.rows() == [
        (1, 2, 2, 3, datetime(2017, 1, 1, 7, 30), datetime(2017, 1, 2)),
        (2, 1, 1, 1, datetime(2017, 1, 1, 7, 30), datetime(2017, 1, 1, 7, 30)),
    ]
    assert outlets(paths[0].parent).equals(found)


def test_outlets_that_print_one_text_count_once(export: Any) -> None:
    rows = [
        mention("1", "a.org", "http://a.org/1", text="900 -1.25"),
        mention("1", "b.org", "http://b.org/1", text="900 -1.25"),  # what a.org printed
        mention("1", "b.org", "http://b.org/2", text="700 3.5"),
        mention("1", "c.org", "http://c.org/1", text="700 3.5"),  # by way of b.org
        mention("1", "d.org", "http://d.org/1", text="900 -1.24"),
        mention("1", "e.org", "http://e.org/1"),  # nothing is known of its text
        mention("1", "f.org", "http://f.org/1"),
        mention("2", "d.org", "http://d.org/9", text="900 -1.25"),  # of another event
    ]
    found = outlets(export(rows, "a.mentions.CSV"))
    assert found.select("id", "outlets", "independent").rows() == [(1, 6, 4), (2, 1, 1)]


def test_a_few_unreadable_rows_are_left_out_and_many_refuse_the_file(export: Any) -> None:
    good = [mention(str(n), "a.org", f"http://a.org/{n}") for n in range(99)]
    bad = mention("", "a.org", "http://a.org/x")
    assert outlets(export([*good, bad], "a.mentions.CSV")).height == 99
    with pytest.raises(BadFile, match=r"6 of the 105 rows of 'b\.mentions\.CSV' cannot be read"):
        outlets(export([*good, *[bad] * 6], "b.mentions.CSV"))


def test_events_are_no_mentions(row: Any, export: Any, tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="has 61 columns; expected GDELT rows of 16 columns"):
        outlets(export([row()], "a.mentions.CSV"))
    (tmp_path / "empty").mkdir()
    with pytest.raises(BadFile, match="bears this dataset's names"):
        outlets(tmp_path / "empty")


def test_genuine_mentions_and_their_events(genuine: Any) -> None:
    found = outlets(genuine("gdelt/v2/20170101073000.mentions.CSV"))
    assert (found["outlets"] <= found["mentions"]).all()
    # 1,983 rows, ten of which name an article again for the same event.
    assert found["mentions"].sum() == 1_973
    (busiest,) = found.filter(id=613248690).iter_rows()
    assert busiest[1:4] == (10, 10, 10)
    # Six local papers of one house print one text.
    (reprinted,) = found.filter(id=613254268).iter_rows()
    assert reprinted[1:4] == (6, 1, 6)
    assert (found["independent"] <= found["outlets"]).all()
    events = genuine("gdelt/v2/20170101073000.export.CSV").read_text("utf-8").splitlines()
    assert {line.split("\t")[0] for line in events} <= set(found["id"].cast(pl.String))


def test_the_genuine_headed_sample_is_read(genuine: Any) -> None:
    found = outlets(genuine("gdelt/v2/mentionssamp_with_header.csv"))
    assert found.height == 1_430
