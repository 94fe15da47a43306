"""Voters: the state that cast a vote, as it was on that day."""

from __future__ import annotations

from datetime import date

import polars as pl

from saidanddone import actors


def as_of_their_day(ids: pl.Series, dates: pl.Series) -> pl.Series:
    """Replace states by those that they continued, or that continued them, on the day.

    The data keep one name for all years: Yugoslavia until 2020, Myanmar from 1948. Splits and
    mergers change nothing, for those were other voters.

    >>> as_of_their_day(pl.Series(["YUG"]), pl.Series([date(2019, 12, 1)])).to_list()
    ['SRB']
    """
    table = pl.DataFrame({"id": ids, "day": dates})
    distinct = table.unique().drop_nulls()
    then = pl.Series("then", [_on(*row) for row in distinct.iter_rows()], dtype=pl.String)
    return table.join(
        distinct.with_columns(then), on=["id", "day"], how="left", maintain_order="left"
    )["then"].rename(ids.name)


def _on(state: str, day: date) -> str:
    steps = [step for step in actors.successions() if step.relation in ("continues", "renames")]
    moved = True
    while moved:
        moved = False
        for step in steps:
            if step.predecessor == state and step.date.first <= day:
                state, moved = step.successor, True
            elif step.successor == state and day < step.date.first:
                state, moved = step.predecessor, True
    return state
