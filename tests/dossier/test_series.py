"""A pair through time: what is shown, what is said where nothing can be, and the JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import saidanddone as sd
from saidanddone.errors import BadChoice

from .. import worlds


@pytest.fixture(scope="module")
def found(census_archive: Path) -> Any:
    return sd.series(*worlds.DECIDED, archive=census_archive)


def test_the_counts_are_those_of_the_answer(found: Any, decided: Any) -> None:
    said = found.table.filter(pl.col("channel") == "said")
    assert said["cooperative"].sum() == decided.channels["said"].cooperative
    assert said["n"].sum() == decided.channels["said"].n
    assert said["period"].is_sorted()
    assert said["period"].n_unique() == said.height


def test_the_bands_lie_around_the_smoothed_share(found: Any) -> None:
    known = found.table.filter(pl.col("smoothed").is_not_null())
    assert known.height > 24
    edges = [known[name].to_list() for name in ("low90", "low50", "smoothed", "high50", "high90")]
    for row in zip(*edges, strict=True):
        assert list(row) == sorted(row)
        assert row[0] > 0 and row[-1] < 1


def test_a_share_is_null_where_nothing_was_reported(found: Any) -> None:
    silent = found.table.filter(pl.col("n") == 0)
    assert silent["share"].null_count() == silent.height


@pytest.mark.parametrize("by", ["month", "quarter", "year"])
def test_every_period_counts_the_same_acts(found: Any, census_archive: Path, by: str) -> None:
    other = sd.series(*worlds.DECIDED, archive=census_archive, by=by)
    assert other.table["n"].sum() == found.table["n"].sum()


def test_json_holds_no_nan_and_says_what_it_holds(found: Any) -> None:
    told = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert set(told) == {
        "source", "target", "window", "dataset", "by", "series", "changes", "breaks", "notes",
    }  # fmt: skip
    assert len(told["series"]) == found.table.height


def test_a_selection_has_counts_and_no_trend() -> None:
    found = sd.series("russia", "north korea", by="year")
    assert found.table["n"].sum() > 50
    assert found.table["smoothed"].null_count() == found.table.height
    assert found.changes == ()
    assert any("somebody chose" in note for note in found.notes)


def test_yearly_counts_go_by_year(counts_archive: Path) -> None:
    found = sd.series("Austria", "Chile", archive=counts_archive)
    assert found.by == "year"
    with pytest.raises(BadChoice, match="year, as these are yearly counts"):
        sd.series("Austria", "Chile", archive=counts_archive, by="quarter")


def test_a_pair_without_acts_says_so(census_archive: Path) -> None:
    found = sd.series(*worlds.SILENT, archive=census_archive)
    assert found.table.is_empty()
    assert len(found.notes) == 3
    assert all("no acts" in note for note in found.notes)
    json.dumps(found.to_dict(), allow_nan=False)


def test_a_window_of_one_day_draws_no_trend(census_archive: Path) -> None:
    day = str(worlds.FIRST)
    found = sd.series(*worlds.DECIDED, archive=census_archive, since=day, until=day)
    assert found.changes == ()
    assert found.table["smoothed"].null_count() == found.table.height


def test_a_period_that_is_none_is_refused(census_archive: Path) -> None:
    with pytest.raises(BadChoice, match="one of month, quarter, year"):
        sd.series(*worlds.DECIDED, archive=census_archive, by="week")


def test_a_change_is_found_with_the_acts_beside_it(tmp_path: Path) -> None:
    """A pair whose words turn in the middle of the window, in a table of its own."""
    rows = ["date,source,target,code"]
    for month in range(1, 25):
        year, number = 2001 + (month - 1) // 12, (month - 1) % 12 + 1
        for day in range(1, 13):
            code = "051" if (month <= 12) == (day <= 10) else "111"
            rows.append(f"{year}-{number:02d}-{day:02d},France,Peru,{code}")
    table = tmp_path / "turn.csv"
    table.write_text("\n".join(rows) + "\n", encoding="utf-8")
    mapping = tmp_path / "turn.toml"
    mapping.write_text(
        'name = "turn"\nkind = "census"\ntitle = "t"\ncitation = "c"\n'
        '[columns]\ndate = "date"\nsource = "source"\ntarget = "target"\ncode = "code"\n',
        encoding="utf-8",
    )
    sd.ingest("table", [table], tmp_path / "archive", mapping=mapping)
    found = sd.series("France", "Peru", archive=tmp_path / "archive")
    (change,) = found.changes
    assert (change.channel, str(change.at)) == ("said", "2002-01-01")
    assert change.since <= change.at <= change.until
    assert change.before > 0.8
    assert change.after < 0.2
    assert {act.valence for act in change.acts_before} == {1}
    assert {act.valence for act in change.acts_after} == {-1}
    assert all(act.date < "2002-01-01" for act in change.acts_before)
    assert found.to_dict()["changes"][0]["at"] == "2002-01-01"


def test_the_picture_shows_every_channel_and_change(found: Any, tmp_path: Path) -> None:
    path = found.plot(tmp_path / "series.svg")
    text = path.read_text(encoding="utf-8")
    for words in ("said", "signed", "done", "50% and 90% bands"):
        assert words in text
    with pytest.raises(BadChoice, match="no kind of picture"):
        found.plot(tmp_path / "series.gif")
