from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from saidanddone import codes
from saidanddone.errors import BadFile
from saidanddone.sources.gdelt import LAYOUTS, GdeltSource

ROWS = {
    "v1/20141124.export.CSV.zip": (100, 58),
    "v1/sample_events_2016.csv": (710, 58),
    "v2/20170101073000.export.CSV": (720, 61),
    "v2/20191024143000.export.CSV": (2_111, 61),
    "v2/insight_events_2015.csv": (2_116, 61),
}


@pytest.mark.parametrize("name", ROWS)
def test_every_genuine_row_is_accounted_for(
    genuine: Any, whole: Any, plainly: Any, counted: Any, name: str
) -> None:
    path = genuine(f"gdelt/{name}")
    rows, width = ROWS[name]
    source = GdeltSource()
    read = whole(source, path)
    assert read.rows == rows
    assert read.kept == read.acts.height > 0
    (batch,) = source.count(path)
    if path.suffix != ".zip":
        plain = plainly(path.read_bytes(), width)
        assert counted(batch.cells) == plain.cells
        assert read.filtered == plain.filtered
        assert read.aside["line"].to_list() == plain.aside
    # The sample of 2016 puts 201 rows of an older layout behind those of a newer one.
    assert read.aside.height == (201 if name == "v1/sample_events_2016.csv" else 0)


def test_columns_are_those_that_the_service_lists(genuine: Any) -> None:
    folder = genuine("gdelt/lookups")
    (first,) = folder.glob("GDELT_1.0_event_*.tsv")
    assert first.read_text("utf-8").split()[1:] == list(LAYOUTS[58].columns)
    (second,) = folder.glob("GDELT_2.0_Events_*.csv")
    assert pl.read_csv(second)["tableId"].to_list() == list(LAYOUTS[61].columns)
    assert LAYOUTS[57].columns == LAYOUTS[58].columns[:-1]


def test_a_few_rows_by_hand(genuine: Any, whole: Any) -> None:
    acts = whole(GdeltSource(), genuine("gdelt/v1/20141124.export.CSV.zip")).acts
    (act,) = acts.filter(line=14).iter_rows(named=True)
    assert (act["id"], act["date"], act["added"]) == (
        *("324845997", date(2004, 11, 26)),
        date(2014, 11, 24),
    )
    assert (act["source"], act["target"], act["code"]) == ("ISR", "PSE", "012")
    assert (act["channel"], act["valence"], act["reports"]) == ("said", -1, 8)
    assert act["place"] == "Jerusalem, Israel (general), Israel"
    acts = whole(GdeltSource(), genuine("gdelt/v2/20191024143000.export.CSV")).acts
    (act,) = acts.filter(line=5).iter_rows(named=True)
    assert (act["source"], act["target"], act["code"], act["reports"]) == ("CAN", "AUS", "139", 2)
    assert (act["government"], act["date"]) == (True, date(2018, 10, 24))


def test_the_classes_of_genuine_rows_are_those_of_the_reading(genuine: Any) -> None:
    classes = {"words+": "1", "deeds+": "2", "words-": "3", "deeds-": "4"}
    ours = dict(codes.table().select("code", "reading_gdelt").iter_rows())
    path = genuine("gdelt/v2/20191024143000.export.CSV")
    layout = LAYOUTS[61]
    for line in path.read_text("utf-8").splitlines():
        fields = line.split("\t")
        side = ours[fields[layout.place("EventCode")]]
        assert classes[side] == fields[layout.place("QuadClass")]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("v2/20190121220000.export2.semicolon.CSV", "semicolons between its columns"),
        ("v2/20170101073000.mentions.CSV", "holds mentions, not events"),
        ("v1/code_dyad_year_1982plus.csv", "has 8 columns"),
    ],
)
def test_genuine_files_that_hold_no_events_are_refused(
    genuine: Any, name: str, reason: str
) -> None:
    with pytest.raises(BadFile, match=reason):
        list(GdeltSource().read(genuine(f"gdelt/{name}")))
