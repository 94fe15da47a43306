"""Agreement: how often two states voted alike in a year, over all roll calls."""

from __future__ import annotations

import numpy as np
import polars as pl

from saidanddone.model import Window

_ALIKE = ("yes", "no", "abstain")
"""Two votes agree if they are the same; an abstention agrees with an abstention alone."""


def agreement(votes: pl.DataFrame, window: Window | None = None) -> pl.DataFrame:
    """Return how often each two states voted alike, by year.

    votes is a table as read_votes returns it. A vote of which only the month is known enters if
    its whole month lies in the window. Columns: first, second (ids, first before second in the
    alphabet), year (Int32), agreement (share of n, 0 to 1), n (Int64, roll calls in which both
    voted, above 0). No votes give no rows.

    >>> from datetime import date
    >>> votes = pl.DataFrame(
    ...     {"roll_call": [1, 1, 2, 2], "date": [date(2010, 12, 1)] * 4, "precision": ["day"] * 4,
    ...      "voter": ["RUS", "PRK", "RUS", "PRK"], "vote": ["no", "no", "yes", "abstain"]})
    >>> agreement(votes).rows()
    [('PRK', 'RUS', 2010, 0.5, 2)]
    """
    window = window or Window()
    last = (
        pl.when(pl.col("precision") == "month")
        .then(pl.col("date").dt.month_end())
        .otherwise("date")
    )
    inside = [pl.lit(True)]
    if window.since is not None:
        inside.append(pl.col("date") >= window.since)
    if window.until is not None:
        inside.append(last <= window.until)
    counted = votes.filter(pl.all_horizontal(inside)).with_columns(year=pl.col("date").dt.year())
    years = counted.partition_by("year", as_dict=True) if counted.height else {}
    return pl.concat([_EMPTY, *(_one_year(int(key[0]), years[key]) for key in sorted(years))])


_EMPTY = pl.DataFrame(
    schema={
        "first": pl.String,
        "second": pl.String,
        "year": pl.Int32,
        "agreement": pl.Float64,
        "n": pl.Int64,
    }
)


def _one_year(year: int, votes: pl.DataFrame) -> pl.DataFrame:
    voters = votes["voter"].unique().sort()
    calls = votes["roll_call"].unique().sort()
    row = voters.search_sorted(votes["voter"]).to_numpy()
    column = calls.search_sorted(votes["roll_call"]).to_numpy()
    cast = votes["vote"].to_numpy()
    alike = np.zeros((len(voters), len(voters)))
    present = np.zeros((len(voters), len(calls)))
    for vote in _ALIKE:
        chosen = np.zeros((len(voters), len(calls)))
        here = cast == vote
        chosen[row[here], column[here]] = 1.0
        alike += chosen @ chosen.T
        present += chosen
    both = present @ present.T
    first, second = np.nonzero(np.triu(both, k=1))
    number = both[first, second]
    return pl.DataFrame(
        {
            "first": voters.gather(first),
            "second": voters.gather(second),
            "year": pl.Series([year], dtype=pl.Int32).new_from_index(0, len(first)),
            "agreement": alike[first, second] / number,
            "n": number.astype(np.int64),
        }
    )
