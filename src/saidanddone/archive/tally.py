"""The tally: acts counted into cells, one cell per source, target, day, code and channel.

Everything here takes and returns tables of any engine that Narwhals knows.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any, cast

import narwhals as nw
import polars as pl
from narwhals.typing import IntoFrameT

from saidanddone.archive import packed
from saidanddone.model import CELL_COLUMNS, UNCOUNTED_MODES, Window

TALLY_COLUMNS = CELL_COLUMNS
"""Columns of a table of cells, in order."""

KEYS = tuple(column.name for column in TALLY_COLUMNS if column.name != "reports")
"""What tells two cells apart."""

_NAMES = [column.name for column in TALLY_COLUMNS]

ORDER = tuple(dict.fromkeys(("source", "target", "date", *KEYS)))
"""A total order of cells that keeps a pair together, so that row-group statistics find it."""


def count(acts: IntoFrameT) -> IntoFrameT:
    """Count acts into cells; acts that were denied or only supposed do not enter.

    acts has model.ACT_COLUMNS (more do no harm); the result has TALLY_COLUMNS, sorted.
    """
    counted: IntoFrameT = _frame(acts).filter(~nw.col("mode").is_in(UNCOUNTED_MODES)).to_native()
    return merge(counted)


def merge(cells: IntoFrameT) -> IntoFrameT:
    """Add up cells that are the same; the result has TALLY_COLUMNS, sorted."""
    native = cast("Any", cells)
    if isinstance(native, pl.DataFrame):
        summed = packed.summed(native, ORDER, ["reports"]).select(_NAMES)
        return cast("IntoFrameT", summed)
    grouped: IntoFrameT = _frame(cells).group_by(*KEYS).agg(nw.col("reports").sum()).to_native()
    return ordered(grouped)


def ordered(cells: IntoFrameT) -> IntoFrameT:
    """Sort cells in their total order, with the columns of TALLY_COLUMNS."""
    native = cast("Any", cells)
    if isinstance(native, pl.DataFrame):
        return cast("IntoFrameT", packed.ordered(native.select(_NAMES), ORDER))
    result: IntoFrameT = _frame(cells).select(*_NAMES).sort(*ORDER).to_native()
    return result


def select(table: IntoFrameT, conditions: Sequence[nw.Expr]) -> IntoFrameT:
    """Select the rows for which every condition holds; without conditions all."""
    if not conditions:
        return table
    selected: IntoFrameT = _frame(table).filter(*conditions).to_native()
    return selected


def inside(window: Window) -> list[nw.Expr]:
    """Say which dates lie wholly inside a window: a month or a year with its first and last day.

    The table needs the columns date (the first day of it) and precision. Every expression has to
    hold; an open window gives none. Only comparisons with fixed days are made, so that a reader of
    Parquet can leave out what they exclude.

    >>> import polars as pl
    >>> days = pl.DataFrame({"date": ["2018-01-01"] * 2, "precision": ["month", "year"]})
    >>> days = days.with_columns(pl.col("date").str.to_date())
    >>> select(days, inside(Window.parse("2018", "2018-06")))["precision"].to_list()
    ['month']
    """
    conditions: list[nw.Expr] = []
    if window.since is not None:
        conditions.append(nw.col("date") >= window.since)
    if window.until is not None:
        conditions += [nw.col("date") <= window.until, _ends_by(window.until)]
    return conditions


def overlapping(window: Window) -> list[nw.Expr]:
    """Say which dates have at least one day inside a window; as :func:`inside` otherwise."""
    conditions: list[nw.Expr] = []
    if window.since is not None:
        since = window.since
        conditions.append(
            (nw.col("date") >= since)
            | ((nw.col("precision") == "month") & (nw.col("date") >= since.replace(day=1)))
            | ((nw.col("precision") == "year") & (nw.col("date") >= since.replace(month=1, day=1)))
        )
    if window.until is not None:
        conditions.append(nw.col("date") <= window.until)
    return conditions


def between(
    sources: Collection[str] | None = None, targets: Collection[str] | None = None
) -> list[nw.Expr]:
    """Say which rows have one of the sources and one of the targets; None asks for all."""
    conditions: list[nw.Expr] = []
    for name, ids in (("source", sources), ("target", targets)):
        if ids is None:
            continue
        column = nw.col(name)
        if ids:
            # Bounds beside the membership: row-group statistics answer bounds on every engine.
            conditions += [column >= min(ids), column <= max(ids)]
        conditions.append(column.is_in(sorted(ids)))
    return conditions


def _frame(table: IntoFrameT) -> nw.LazyFrame[Any]:
    # Eager and lazy tables share all that is used here; Narwhals' types keep them apart.
    frame: nw.LazyFrame[Any] = nw.from_native(cast("Any", table))
    return frame


def _ends_by(until: date) -> nw.Expr:
    """Say which periods that begin by a day also end by it."""
    tomorrow = until + timedelta(days=1) if until < date.max else until
    return (
        (nw.col("precision") == "day")
        | ((nw.col("precision") == "month") & (nw.col("date") < tomorrow.replace(day=1)))
        | ((nw.col("precision") == "year") & (nw.col("date") < tomorrow.replace(month=1, day=1)))
    )
