"""Stores that read less often: one held still for many answers, and one pair's acts held whole."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

import polars as pl

from saidanddone.archive import Coverage, Document, Store, select_acts, select_cells
from saidanddone.model import Window
from saidanddone.sources import Dataset
from saidanddone.sources.indicators import Measure

_EVER = Window()

MOST_IN_MEMORY = 1_000_000
"""Rows of a dataset whose acts are kept: some 200 bytes each, 0.2 GB at most."""


class Still:
    """A store seen at one moment: coverage, generations and fitted norms are looked up once.

    It does not see what is ingested after it was made. for_many: many pairs will be asked about,
    so that the acts of a small dataset are read once and kept.
    """

    def __init__(self, store: Store, *, for_many: bool = False) -> None:
        self.store = store
        self._for_many = for_many
        self._every: dict[str, dict[tuple[object, ...], pl.DataFrame]] = {}
        self._coverage: dict[tuple[str, Window], Coverage] = {}
        self._generations: dict[str, str] = {}
        self._datasets: list[Dataset] | None = None
        self._documents: frozenset[str] | None = None
        self._measures: list[tuple[str, Measure, pl.LazyFrame]] | None = None

    def datasets(self) -> list[Dataset]:
        """Return the datasets of the store."""
        if self._datasets is None:
            self._datasets = self.store.datasets()
        return self._datasets

    def cells(
        self,
        dataset: str,
        *,
        window: Window | None = None,
        sources: Collection[str] | None = None,
        targets: Collection[str] | None = None,
    ) -> pl.DataFrame:
        """Return cells as the store does."""
        return self.store.cells(dataset, window=window, sources=sources, targets=targets)

    def acts(
        self,
        dataset: str,
        *,
        sources: Collection[str] | None,
        targets: Collection[str] | None,
        window: Window | None = None,
        dates: Collection[date] | None = None,
    ) -> pl.DataFrame:
        """Return acts as the store does; from memory where many pairs are asked about."""
        if self._for_many and sources is not None and self._small(dataset):
            if dataset not in self._every:
                every = self.store.acts(dataset, sources=None, targets=None)
                self._every[dataset] = every.partition_by("source", as_dict=True)
            parts = [self._every[dataset].get((source,)) for source in sorted(sources)]
            some = [part for part in parts if part is not None]
            held = pl.concat(some) if some else next(iter(self._every[dataset].values())).clear()
            return select_acts(held.lazy(), window or _EVER, sources, targets, dates).collect()
        return self.store.acts(
            dataset, sources=sources, targets=targets, window=window, dates=dates
        )

    def _small(self, dataset: str) -> bool:
        return 0 < self.coverage(dataset).kept <= MOST_IN_MEMORY

    def coverage(self, dataset: str, window: Window | None = None) -> Coverage:
        """Return what the dataset holds for a window."""
        key = (dataset, window or _EVER)
        if key not in self._coverage:
            self._coverage[key] = self.store.coverage(dataset, window)
        return self._coverage[key]

    def documents(self) -> frozenset[str]:
        """Return the hashes of the documents that the store keeps."""
        if self._documents is None:
            self._documents = self.store.documents()
        return self._documents

    def document(self, sha256: str) -> Document:
        """Return a document of the store."""
        return self.store.document(sha256)

    def indicators(self) -> list[tuple[str, Measure, pl.LazyFrame]]:
        """Return the measures of the store."""
        if self._measures is None:
            self._measures = self.store.indicators()
        return self._measures

    def mentions(self, dataset: str, ids: Collection[str]) -> pl.DataFrame:
        """Return who mentioned events, as the store does."""
        return self.store.mentions(dataset, ids)

    def generation(self, dataset: str) -> str:
        """Return the hash of the dataset's content."""
        if dataset not in self._generations:
            self._generations[dataset] = self.store.generation(dataset)
        return self._generations[dataset]

    def cached(self, key: str) -> dict[str, Any] | None:
        """Return what the store cached under a key, or None."""
        return self.store.cached(key)

    def cache(self, key: str, value: dict[str, Any]) -> None:
        """Keep a value in the store's cache."""
        self.store.cache(key, value)


class Held(Still):
    """What lies between some actors, read once; all else as a store held still gives it."""

    def __init__(self, still: Still, sources: Collection[str], targets: Collection[str]) -> None:
        super().__init__(still.store, for_many=still._for_many)
        self._every = still._every
        self._coverage, self._generations = still._coverage, still._generations
        self._datasets, self._measures = still.datasets(), still.indicators()
        self._sides = frozenset(sources), frozenset(targets)
        self._cells: dict[str, pl.DataFrame] = {}
        self._acts: dict[str, pl.DataFrame] = {}

    def cells(
        self,
        dataset: str,
        *,
        window: Window | None = None,
        sources: Collection[str] | None = None,
        targets: Collection[str] | None = None,
    ) -> pl.DataFrame:
        """Return cells as the store does."""
        if not self._between(sources, targets):
            return super().cells(dataset, window=window, sources=sources, targets=targets)
        if dataset not in self._cells:
            own, other = self._sides
            self._cells[dataset] = super().cells(dataset, sources=own, targets=other)
        held = self._cells[dataset]
        if window in (None, _EVER) and self._whole(sources, targets):
            return held
        return select_cells(held.lazy(), window or _EVER, sources, targets).collect()

    def acts(
        self,
        dataset: str,
        *,
        sources: Collection[str] | None,
        targets: Collection[str] | None,
        window: Window | None = None,
        dates: Collection[date] | None = None,
    ) -> pl.DataFrame:
        """Return acts as the store does."""
        if not self._between(sources, targets):
            return super().acts(
                dataset, sources=sources, targets=targets, window=window, dates=dates
            )
        if dataset not in self._acts:
            own, other = self._sides
            self._acts[dataset] = super().acts(dataset, sources=own, targets=other)
        held = self._acts[dataset]
        if window in (None, _EVER) and dates is None and self._whole(sources, targets):
            return held
        return select_acts(held.lazy(), window or _EVER, sources, targets, dates).collect()

    def _between(self, sources: Collection[str] | None, targets: Collection[str] | None) -> bool:
        """Whether all that is asked for is held."""
        own, other = self._sides
        if sources is None or targets is None:
            return False
        return own >= set(sources) and other >= set(targets)

    def _whole(self, sources: Collection[str] | None, targets: Collection[str] | None) -> bool:
        return self._sides == (frozenset(sources or ()), frozenset(targets or ()))
