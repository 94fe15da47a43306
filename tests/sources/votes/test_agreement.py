from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from saidanddone.model import Window
from saidanddone.sources.votes import agreement


def table(rows: list[tuple[int, date, str, str]], precision: str = "day") -> pl.DataFrame:
    return pl.DataFrame(
        [(call, day, precision, voter, vote) for call, day, voter, vote in rows],
        schema={
            "roll_call": pl.Int64,
            "date": pl.Date,
            "precision": pl.String,
            "voter": pl.String,
            "vote": pl.String,
        },
        orient="row",
    )


def test_no_votes_give_no_rows() -> None:
    assert agreement(table([])).height == 0
    assert agreement(table([(1, date(2000, 1, 1), "RUS", "yes")])).height == 0


@pytest.mark.parametrize(
    ("since", "until", "years"),
    [(None, None, [1990, 1991]), ("1991", None, [1991]), (None, "1990-12-30", []),
     (None, "1990-12-31", [1990]), ("1990-12-02", "1991-12-31", [1991])],
)  # fmt: skip
def test_a_month_enters_only_whole(since: Any, until: Any, years: list[int]) -> None:
    days = [date(1990, 12, 1), date(1991, 12, 1)]
    rows = [(i, day, voter, "yes") for i, day in enumerate(days) for voter in ("A", "B")]
    found = agreement(table(rows, "month"), Window.parse(since, until))
    assert found["year"].to_list() == years


ballots = st.lists(
    st.tuples(
        st.integers(1, 6),
        st.sampled_from([2000, 2001]),
        st.sampled_from(["AAA", "BBB", "CCC", "DDD"]),
        st.sampled_from(["yes", "no", "abstain"]),
    ),
    max_size=40,
    unique_by=lambda row: row[:3],
)


@given(ballots)
def test_it_is_what_counting_pair_by_pair_gives(rows: list[tuple[int, int, str, str]]) -> None:
    cast: dict[tuple[int, int], dict[str, str]] = defaultdict(dict)
    for call, year, voter, vote in rows:
        cast[year, call][voter] = vote
    expected: dict[tuple[str, str, int], list[bool]] = defaultdict(list)
    for (year, _), votes in cast.items():
        for first in votes:
            for second in votes:
                if first < second:
                    expected[first, second, year].append(votes[first] == votes[second])
    found = agreement(
        table(
            [(100 * year + call, date(year, 6, 1), voter, vote) for call, year, voter, vote in rows]
        )
    )
    assert {row[:3]: row[3:] for row in found.rows()} == {
        pair: (sum(alike) / len(alike), len(alike)) for pair, alike in expected.items()
    }
