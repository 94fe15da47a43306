"""Slices: the acts of a dataset, month by month, so that no more than one is in memory."""

from __future__ import annotations

import calendar
from collections.abc import Collection, Iterator
from datetime import date, timedelta

import polars as pl

from saidanddone.archive import Store
from saidanddone.model import Window
from saidanddone.sources import Dataset


def slices_of(
    store: Store,
    dataset: Dataset,
    window: Window,
    sources: Collection[str] | None = None,
    targets: Collection[str] | None = None,
) -> Iterator[pl.DataFrame]:
    """Yield the acts (EVENT_COLUMNS) of a dataset within a window by time, a table a month.

    sources and targets are ids, None for all. A pair's acts come as one table: they are few. Of a
    year, what is dated to it as a whole comes first.
    """
    if sources is not None and targets is not None:
        yield store.acts(dataset.name, sources=sources, targets=targets, window=window)
        return
    covered = store.coverage(dataset.name, window)
    if covered.first is None or covered.last is None:
        return
    first = max(covered.first, window.since or covered.first)
    last = min(covered.last, window.until or covered.last)
    for year in range(first.year, last.year + 1):
        yield from _of_year(store, dataset.name, year, first, last)


def _of_year(
    store: Store, dataset: str, year: int, first: date, last: date
) -> Iterator[pl.DataFrame]:
    opening = date(year, 1, 1)
    whole = Window(opening, date(year, 12, 31))
    if first <= opening and whole.until is not None and last >= whole.until:
        found = store.acts(dataset, sources=None, targets=None, window=whole, dates=[opening])
        yield found.filter(pl.col("precision") == "year")
    for month in range(1, 13):
        since = date(year, month, 1)
        until = since + timedelta(days=calendar.monthrange(year, month)[1] - 1)
        if until < first or since > last:
            continue
        span = Window(max(since, first), min(until, last))
        # A month's acts are none that are dated to its year: those lie in no month.
        yield store.acts(dataset, sources=None, targets=None, window=span)
