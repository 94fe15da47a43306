"""Coverage: what a dataset holds for a window, and what it does not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

import polars as pl

from saidanddone.archive import parts, tally
from saidanddone.model import Window


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a dataset holds: its rows as a whole, its months within a window.

    reasons tells why rows were set aside or filtered (the ten most frequent). months are those with
    counted acts, months_missing those without between the first and the last of them; both are
    years (YYYY) for a dataset by year. straddling is the number of cells that are left out since
    their month or year lies only partly in the window.
    """

    files: int
    rows: int
    kept: int
    set_aside: int
    filtered: int
    reasons: dict[str, int]
    first: date | None
    last: date | None
    months: tuple[str, ...]
    months_missing: tuple[str, ...]
    straddling: int


REASONS_SHOWN = 10
"""Enough to see what is wrong with a file; the manifest holds all."""


@dataclass
class Spans:
    """The months of a dataset within a window, from month to first and last day, and straddling."""

    months: dict[str, tuple[date, date]] = field(default_factory=dict)
    straddling: int = 0

    def add(self, cells: pl.DataFrame, window: Window) -> None:
        """Enter the cells of some months."""
        inside = tally.select(cells, tally.inside(window))
        touching = tally.select(cells, tally.overlapping(window))
        self.straddling += touching.height - inside.height
        spans = inside.group_by(pl.col("date").dt.strftime("%Y-%m").alias("month")).agg(
            pl.col("date").min().alias("first"), parts.last_day().max().alias("last")
        )
        self.months.update({month: (first, last) for month, first, last in spans.iter_rows()})


def edges(window: Window) -> set[str]:
    """Return the months whose cells a window may cut: those of its ends, and their Januaries.

    >>> sorted(edges(Window.parse("2018-03-05", None)))
    ['2018-01', '2018-03']
    """
    ends = [day for day in (window.since, window.until) if day is not None]
    return {f"{day.year:04d}-{month:02d}" for day in ends for month in (day.month, 1)}


def cover(
    counts: list[tuple[int, int, int, int]],
    reasons: Mapping[str, int],
    spans: Spans,
    grain: Literal["day", "year"],
) -> Coverage:
    """Put coverage together; counts are rows, kept, set aside and filtered of every file."""
    rows, kept, set_aside, filtered = (sum(column) for column in zip(*counts, strict=True))
    present = sorted(spans.months)
    shown = tuple(dict.fromkeys(month[:4] if grain == "year" else month for month in present))
    return Coverage(
        files=len(counts),
        rows=rows,
        kept=kept,
        set_aside=set_aside,
        filtered=filtered,
        reasons=dict(sorted(reasons.items(), key=lambda item: (-item[1], item[0]))[:REASONS_SHOWN]),
        first=min((first for first, _ in spans.months.values()), default=None),
        last=max((last for _, last in spans.months.values()), default=None),
        months=shown,
        months_missing=tuple(sorted(set(_run(shown)) - set(shown))),
        straddling=spans.straddling,
    )


def _run(periods: tuple[str, ...]) -> Iterable[str]:
    """Yield every month or year from the first to the last of some."""
    if not periods:
        return []
    first, last = periods[0], periods[-1]
    years = range(int(first[:4]), int(last[:4]) + 1)
    if len(first) == 4:
        return [f"{year:04d}" for year in years]
    months = [f"{year:04d}-{month:02d}" for year in years for month in range(1, 13)]
    return [month for month in months if first <= month <= last]
