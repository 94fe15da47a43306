"""The cases that ship: rows that can be stood behind, by what a program can see of them."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from saidanddone import actors, codes
from saidanddone.model import MODES, FuzzyDate
from saidanddone.sources import shipped_case

ROWS = list(csv.DictReader((shipped_case() / "acts.csv").read_text("utf-8").splitlines()))
IDS = [row["id"] for row in ROWS]


def test_there_are_enough_rows_and_none_twice() -> None:
    assert len(ROWS) >= 150
    assert len(set(IDS)) == len(IDS)
    told = Counter((row["date"], row["source"], row["target"], row["text"]) for row in ROWS)
    assert max(told.values()) == 1


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_a_row_says_what_its_code_says(row: dict[str, str]) -> None:
    date = FuzzyDate.parse(row["date"])
    assert 1948 <= date.first.year <= 2024
    for side in ("source", "target"):
        state = actors.actor(row[side])
        assert state.entry is None or state.entry.first <= date.last
        assert state.exit is None or date.first <= state.exit.last
    entry = codes.code(row["code"])
    assert (row["channel"], int(row["valence"])) == (entry.channel, entry.valence)
    assert row["mode"] in MODES
    assert row["reference"].strip()
    assert row["text"].endswith(".")
    assert not re.search('["“”]', row["text"])
    assert row["basis"] == "common record" or row["basis"].startswith("data: ")
    assert row["url"] == "" or row["url"].startswith("https://")


def test_friends_and_foes_and_words_and_deeds_of_the_main_pairs() -> None:
    for sources in ({"RUS", "SUN"}, {"CHN"}, {"USA"}, {"KOR"}, {"JPN"}):
        mine = [row for row in ROWS if row["source"] in sources and row["target"] == "PRK"]
        assert {"said", "signed", "done"} == {row["channel"] for row in mine}
        for channel in ("said", "done"):
            signs = {row["valence"] for row in mine if row["channel"] == channel}
            assert {"1", "-1"} <= signs, (sources, channel)


def test_rows_from_data_name_a_file_that_is_there(shared_data: Any) -> None:
    for row in ROWS:
        if row["basis"].startswith("data: "):
            file = row["basis"].removeprefix("data: ").split(",")[0].strip()
            assert (Path(shared_data) / file).is_file(), row["id"]


def test_votes_from_data_were_cast_so(shared_data: Any) -> None:
    votes = pl.read_parquet(Path(shared_data) / "position" / "un_votes.parquet")
    cast = {
        (int(rcid), country): vote
        for rcid, country, vote in votes.select("rcid", "country", "vote").iter_rows()
    }
    found = 0
    for row in ROWS:
        told = re.search(r"un_votes\.parquet, rcid (\d+), ([^:]+): (yes|no|abstain)", row["basis"])
        if told:
            assert cast[int(told[1]), told[2]] == told[3], row["id"]
            found += 1
    assert found > 30
