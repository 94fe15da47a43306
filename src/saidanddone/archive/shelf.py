"""The shelf: a file, or a folder of few, held in memory and read as an archive is."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from saidanddone.archive import intake, tally
from saidanddone.archive.coverage import Coverage, Spans, cover
from saidanddone.archive.documents import Document
from saidanddone.archive.manifest import Totals
from saidanddone.archive.store import look_up, select_acts, select_cells
from saidanddone.errors import BadChoice
from saidanddone.model import Window
from saidanddone.sources.indicators import Measure
from saidanddone.sources.source import Dataset, Source


class Shelf:
    """What one source reads of a path, without an archive: small enough to be read anew each time.

    Raises BadFile as an ingest would refuse the file.
    """

    def __init__(self, source: Source, path: Path) -> None:
        # A table in memory has no file; it is known by how it is read.
        files = source.find(path) if path.exists() else [path]
        self._accounts: list[intake.Account] = []
        tables: dict[str, pl.DataFrame] = {}
        for file in files:
            sha256 = intake.identify(file) if file.exists() else None
            account = intake.Account()
            acts = pl.concat(list(intake.read(source, file, account, sha256)))
            known_by = sha256 or source.fingerprint
            if known_by not in tables:  # the same bytes under two names count once
                tables[known_by] = acts
                self._accounts.append(account)
        self._dataset = source.dataset
        self._acts = pl.concat(
            acts.with_columns(
                pl.lit(self._dataset.name).alias("dataset"), pl.lit(known_by).alias("file")
            )
            for known_by, acts in tables.items()
        )
        self._cells = tally.count(self._acts)
        counts = [account.counts for account in self._accounts]
        content = json.dumps([sorted(tables), source.fingerprint, counts])
        self._generation = hashlib.sha256(content.encode()).hexdigest()
        self._cache: dict[str, str] = {}

    def datasets(self) -> list[Dataset]:
        """Return the one dataset, as its source described it."""
        return [self._dataset]

    def documents(self) -> frozenset[str]:
        """Return none: a shelf keeps no documents."""
        return frozenset()

    def document(self, sha256: str) -> Document:
        """Refuse: a shelf keeps no documents; raises BadChoice."""
        raise BadChoice(
            f"no document '{sha256[:80]}' is kept here",
            "an archive into which documents were read",
            "read documents with: saidanddone read PATH --into DIR",
        )

    def cells(
        self,
        dataset: str,
        *,
        window: Window | None = None,
        sources: Collection[str] | None = None,
        targets: Collection[str] | None = None,
    ) -> pl.DataFrame:
        """Return the cells of the tally as an archive does."""
        self._look_up(dataset)
        cells = self._cells.lazy()
        return select_cells(cells, window or Window(), sources, targets).collect()

    def acts(
        self,
        dataset: str,
        *,
        sources: Collection[str] | None,
        targets: Collection[str] | None,
        window: Window | None = None,
        dates: Collection[date] | None = None,
    ) -> pl.DataFrame:
        """Return the acts as an archive does."""
        self._look_up(dataset)
        acts = self._acts.lazy()
        return select_acts(acts, window or Window(), sources, targets, dates).collect()

    def coverage(self, dataset: str, window: Window | None = None) -> Coverage:
        """Return what the dataset holds for a window."""
        held = self._look_up(dataset)
        spans = Spans()
        spans.add(self._cells.select("date", "precision"), window or Window())
        reasons: Counter[str] = Counter()
        for account in self._accounts:
            reasons.update(account.reasons)
        columns = zip(*(account.counts for account in self._accounts), strict=True)
        rows, kept, set_aside, filtered = map(sum, columns)
        totals = Totals(len(self._accounts), (rows, kept, set_aside, filtered), without_events=0)
        return cover(totals, reasons, spans, held)

    def indicators(self) -> list[tuple[str, Measure, pl.LazyFrame]]:
        """Return none: a shelf holds acts alone."""
        return []

    def mentions(self, dataset: str, ids: Collection[str]) -> pl.DataFrame:
        """Return none: a shelf holds acts alone."""
        return pl.DataFrame()

    def generation(self, dataset: str) -> str:
        """Return a hash of the files and of how they were read."""
        self._look_up(dataset)
        return self._generation

    def cached(self, key: str) -> dict[str, Any] | None:
        """Return what was cached under a key, or None."""
        text = self._cache.get(key)
        return None if text is None else dict(json.loads(text))

    def cache(self, key: str, value: dict[str, Any]) -> None:
        """Keep a value that can be written as JSON as long as the shelf lives."""
        self._cache[key] = json.dumps(value)

    def _look_up(self, dataset: str) -> Dataset:
        return look_up({self._dataset.name: self._dataset}, dataset)
