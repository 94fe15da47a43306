"""What is written in the shape of GDELT or ICEWS is read back by our readers as the same acts."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from saidanddone.actors.tables import entries
from saidanddone.faces.exports import gdelt, shapes
from saidanddone.sources import open_source

from .conftest import HOSTILE, acts_of

SAME = ["date", "precision", "source", "target", "code", "channel", "valence"]
ENDING = {"gdelt": "20180305.export.CSV", "icews": "events.2018.tab"}


def read_back(format: str, content: bytes, folder: Path) -> pl.DataFrame:
    path = folder / ENDING[format]
    path.write_bytes(content)
    batches = list(open_source(format).read(path))
    aside = pl.concat(batch.aside for batch in batches)
    assert aside.is_empty(), aside
    assert not any(batch.filtered for batch in batches), [batch.filtered for batch in batches]
    return pl.concat(batch.acts for batch in batches)


def as_the_genuine(acts: pl.DataFrame) -> pl.DataFrame:
    """The census as a dataset of after 1979 whose roles are known, without codes of two digits."""
    return acts.filter(pl.col("government").is_not_null())


@pytest.mark.parametrize("format", ["gdelt", "icews"])
def test_a_census_comes_back(format: str, export: Any, census: Any, tmp_path: Path) -> None:
    acts = as_the_genuine(census[0])
    content, written = export(format, acts, census[1])
    assert written.rows == acts.height
    assert not written.left_out
    back = read_back(format, content, tmp_path)
    compared = [*SAME, "government", "reports" if format == "gdelt" else "text"]
    assert back.select(compared).equals(acts.select(compared))


@pytest.mark.parametrize("format", ["gdelt", "icews"])
def test_every_actor_that_the_shape_can_name_comes_back(
    format: str, export: Any, tmp_path: Path
) -> None:
    rows = []
    for id_, entry in entries().items():
        first = entry.actor.entry.last + timedelta(days=400) if entry.actor.entry else None
        last = entry.actor.exit.first - timedelta(days=400) if entry.actor.exit else None
        day = last or max(first or date.min, date(2016, 5, 4))
        for government in (True, False):
            for source, target in ((id_, "SWE"), ("SWE", id_)):
                if source != target and day >= gdelt.FIRST_DAY:
                    rows.append({
                        "source": source, "target": target, "government": government, "date": day,
                        "source_name": None, "target_name": None,
                    })  # fmt: skip
    acts = acts_of(*rows)
    content, written = export(format, acts)
    no_code = [gdelt.NO_PARTY.format(side=side) for side in ("source", "target")]
    assert set(written.left_out) <= set(no_code)
    if format == "icews":
        assert written.rows == acts.height
    back = read_back(format, content, tmp_path)
    if format == "gdelt":
        assert written.rows > 0.8 * acts.height
        named = shapes.with_parties(acts.select("source", "target"))
        holds = [
            pl.coalesce(f"{side}_country", f"{side}_group").is_not_null()
            for side in ("source", "target")
        ]
        acts = acts.filter(named.select(pl.all_horizontal(holds)).to_series())
    compared = ["source", "target", "date"]
    wrong = acts.select(compared).filter(
        ~pl.all_horizontal(acts[name].eq_missing(back[name]) for name in compared)
    )
    assert wrong.is_empty(), wrong
    states = [id_ for id_, entry in entries().items() if entry.actor.kind != "organization"]
    ours = acts.filter(pl.col("source").is_in(states))["government"]
    theirs = back.filter(pl.col("source").is_in(states))["government"]
    assert ours.equals(theirs)


@pytest.mark.parametrize("format", ["gdelt", "icews"])
def test_what_the_shape_cannot_hold_is_counted(format: str, export: Any, tmp_path: Path) -> None:
    acts = acts_of(
        {},
        {"mode": "negated"},
        {"code": "V+", "channel": "signed"},
        {"code": None, "channel": "verbal"},
        {"precision": "month", "date": date(2018, 3, 1)},
        {"code": "129", "valence": 1},
        {"code": "13", "valence": -1},
    )
    content, written = export(format, acts)
    assert written.left_out == {
        shapes.DENIED: 1, shapes.VOTE: 1, shapes.NO_CODE: 1, shapes.NO_DAY: 1,
    }  # fmt: skip
    assert written.changed[shapes.OVERRIDDEN] == 1
    back = read_back(format, content, tmp_path)
    assert back["code"].to_list() == ["051", "129", "130"]
    assert back["channel"].to_list() == ["said", "said", "said"] or back["channel"][1] == "signed"


def test_gdelt_leaves_out_what_is_older_than_it(export: Any) -> None:
    content, written = export("gdelt", acts_of({"date": date(1978, 12, 31)}, {}))
    assert written.left_out == {gdelt.TOO_EARLY: 1}
    assert content.count(b"\n") == 1


def test_an_unknown_side_is_said_to_look_like_a_government(export: Any) -> None:
    written = export("gdelt", acts_of({"government": None}))[1]
    assert written.changed == {gdelt.UNTYPED: 1}


def test_gdelt_has_58_fields_and_no_header(export: Any) -> None:
    acts = acts_of(
        {"place": HOSTILE, "source_name": HOSTILE, "reference": HOSTILE, "reports": 7},
        {"id": "324845984", "date": date(2014, 11, 26), "added": date(2014, 11, 27)},
    )
    first, second = (line.split("\t") for line in export("gdelt", acts)[0].decode().split("\n")[:2])
    assert len(first) == len(second) == 58
    row = dict(zip(gdelt.COLUMNS, second, strict=True))
    assert row["GLOBALEVENTID"] == "324845984"
    assert (row["SQLDATE"], row["MonthYear"], row["Year"]) == ("20141126", "201411", "2014")
    assert row["FractionDate"] == "2014.8932"
    assert (row["Actor1Code"], row["Actor1CountryCode"]) == ("RUSGOV", "RUS")
    assert (row["EventCode"], row["EventBaseCode"], row["EventRootCode"]) == ("051", "051", "05")
    assert (row["QuadClass"], row["GoldsteinScale"]) == ("1", "3.4")
    assert row["DATEADDED"] == "20141127"
    assert row["AvgTone"] == row["NumMentions"] == ""
    assert dict(zip(gdelt.COLUMNS, first, strict=True))["NumArticles"] == "7"
    assert first[0].isdigit()


def test_icews_returns_its_own_reference_to_its_columns(export: Any, tmp_path: Path) -> None:
    reference = "ICEWS event 32889836, story 47400351, sentence 2, Agency, of Vietnam"
    acts = acts_of({"id": "32889836", "reference": reference, "text": HOSTILE})
    content = export("icews", acts)[0]
    back = read_back("icews", content, tmp_path)
    assert back["reference"].to_list() == [reference]
    assert back["id"].to_list() == ["32889836"]
    other = acts_of({"id": "7", "reference": "https://example.org/x"})
    assert read_back("icews", export("icews", other)[0], tmp_path)["reference"].to_list() == [
        "ICEWS event 7, https://example.org/x"
    ]


def test_genuine_icews_comes_back(shared_data: Path, export: Any, tmp_path: Path) -> None:
    path = shared_data / "icews" / "events.2018.sample.tab"
    acts = pl.concat(batch.acts for batch in open_source("icews").read(path))
    as_kept = acts.with_columns(dataset=pl.lit("icews"), file=pl.lit("ab" * 32))
    back = read_back("icews", export("icews", as_kept)[0], tmp_path)
    compared = [*SAME, "government", "id", "text", "reference"]
    differing = {name: (back[name].ne_missing(acts[name])).sum() for name in compared}
    assert differing == dict.fromkeys(compared, 0)


def test_genuine_gdelt_comes_back(shared_data: Path, export: Any, tmp_path: Path) -> None:
    path = shared_data / "gdelt" / "v1" / "20141124.export.CSV.zip"
    acts = pl.concat(batch.acts for batch in open_source("gdelt").read(path))
    as_kept = acts.with_columns(dataset=pl.lit("gdelt"), file=pl.lit("ab" * 32))
    content, written = export("gdelt", as_kept)
    assert not written.left_out
    back = read_back("gdelt", content, tmp_path)
    compared = [*SAME, "government", "id", "reports", "place", "added", "reference"]
    differing = {name: (back[name].ne_missing(acts[name])).sum() for name in compared}
    assert differing == dict.fromkeys(compared, 0)
