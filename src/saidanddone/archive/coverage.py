"""Coverage: what a dataset holds for a window, and what it does not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import polars as pl

from saidanddone.archive import parts, tally
from saidanddone.archive.gaps import Gap
from saidanddone.archive.manifest import Part, Totals
from saidanddone.model import Window
from saidanddone.sources.source import Dataset


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a dataset holds: its rows as a whole, its months within a window.

    reasons tells why rows were set aside or filtered (the ten most frequent). months are those with
    counted acts, months_missing those without between the first and the last of them; both are
    years (YYYY) for a dataset by year. straddling is the number of cells that are left out since
    their month or year lies only partly in the window. without_events counts the files of which
    only the tally is kept. gaps are the files that were expected for the window and never came,
    breaks the days of it from which the dataset counts otherwise.
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
    without_events: int = 0
    gaps: tuple[Gap, ...] = ()
    breaks: tuple[tuple[date, str], ...] = ()


REASONS_SHOWN = 10
"""Enough to see what is wrong with a file; the manifest holds all."""


@dataclass
class Spans:
    """The months of a dataset within a window, from month to first and last day, and straddling."""

    months: dict[str, tuple[date, date]] = field(default_factory=dict)
    straddling: int = 0

    def enter(self, months: Iterable[Part]) -> None:
        """Enter months that lie wholly within the window, by their parts."""
        day = date.fromisoformat
        for part in months:
            first, last = self.months.get(part.period, (date.max, date.min))
            span = min(first, day(part.first)), max(last, day(part.last))
            self.months[part.period] = span

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


def cut(window: Window) -> set[str]:
    """Return the months of which a window takes only a part.

    A year's January is among them where the year ends later: it holds what is dated to the year.

    >>> sorted(cut(Window.parse("2018-02", "2018-11-05")))
    ['2018-01', '2018-11']
    """
    found = set()
    if window.since is not None and window.since.day > 1:
        found.add(f"{window.since:%Y-%m}")
    if window.until is not None and window.until != date.max:
        tomorrow = window.until + timedelta(days=1)
        if tomorrow.day > 1:
            found.add(f"{window.until:%Y-%m}")
        if (tomorrow.month, tomorrow.day) != (1, 1):
            found.add(f"{window.until:%Y}-01")
    return found


def cover(
    totals: Totals,
    reasons: Mapping[str, int],
    spans: Spans,
    dataset: Dataset,
    gaps: Sequence[Gap] = (),
) -> Coverage:
    """Put the coverage of a dataset's files together."""
    rows, kept, set_aside, filtered = totals.counts
    present = sorted(spans.months)
    yearly = dataset.grain == "year"
    shown = tuple(dict.fromkeys(month[:4] if yearly else month for month in present))
    first = min((first for first, _ in spans.months.values()), default=None)
    last = max((last for _, last in spans.months.values()), default=None)
    return Coverage(
        files=totals.files,
        rows=rows,
        kept=kept,
        set_aside=set_aside,
        filtered=filtered,
        reasons=dict(sorted(reasons.items(), key=lambda item: (-item[1], item[0]))[:REASONS_SHOWN]),
        first=first,
        last=last,
        months=shown,
        months_missing=tuple(sorted(set(_run(shown)) - set(shown))),
        straddling=spans.straddling,
        without_events=totals.without_events,
        gaps=tuple(gaps),
        # Data that lie on one side of it alone are not broken by it.
        breaks=tuple(b for b in dataset.breaks if first and last and first < b[0] <= last),
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
