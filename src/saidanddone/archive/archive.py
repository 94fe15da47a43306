"""The archive: a folder that holds acts, their tally, and where they came from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import polars as pl

from saidanddone.archive import documents, norms, parts
from saidanddone.archive.coverage import Coverage, Spans, cover, edges
from saidanddone.archive.creation import create
from saidanddone.archive.manifest import NAME as MANIFEST
from saidanddone.archive.manifest import InputFile, Manifest, Part
from saidanddone.archive.store import look_up, select_acts, select_cells
from saidanddone.errors import DamagedArchive, NotAnArchive
from saidanddone.model import Window
from saidanddone.sources.source import Dataset, Source

if TYPE_CHECKING:
    from saidanddone.archive.check import Finding
    from saidanddone.archive.ingest import Ingest, Progress

_EVER = Window()
_Table = TypeVar("_Table")


class Archive:
    """An archive on disk. Several may read it at any time, one may write.

    Every call reads the manifest as it is then: an answer that needs one state compares
    :meth:`generation` before and after.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def open(cls, path: str | Path) -> Archive:
        """Open an archive; raises NotAnArchive, NewerArchive, DamagedArchive."""
        root = Path(path)
        if not (root / MANIFEST).is_file():
            raise NotAnArchive(
                f"'{root}' holds no archive",
                f"a folder with a {MANIFEST}",
                "check the path, or make one with: saidanddone ingest FORMAT PATH --archive DIR",
            )
        with Manifest.opened(root):
            return cls(root)

    @classmethod
    def create(cls, path: str | Path) -> Archive:
        """Make an archive in a new or empty folder, or open the one that is there.

        Raises NotAnArchive if the folder holds something else, CannotWrite, BusyArchive.
        """
        root = Path(path)
        if not (root / MANIFEST).exists():
            create(root)
        return cls.open(root)

    def keep(self, sha256: str, raw: bytes, text: str, about: dict[str, Any]) -> Path:
        """Keep a document and return the path of its bytes; raises CannotWrite."""
        return documents.keep(self.path, sha256, raw, text, about)

    def datasets(self) -> list[Dataset]:
        """Return the datasets by name, as their sources described them."""
        with Manifest.opened(self.path) as manifest:
            return list(manifest.datasets().values())

    def ingest(
        self, source: Source, paths: Sequence[Path], progress: Progress | None = None
    ) -> Ingest:
        """Ingest files and folders; see :func:`saidanddone.archive.ingest.ingest`."""
        from saidanddone.archive.ingest import ingest

        return ingest(self.path, source, paths, progress)

    def check(self) -> list[Finding]:
        """Prove the archive whole, or name what is not; see check.py."""
        from saidanddone.archive.check import check

        return check(self.path)

    def cells(
        self,
        dataset: str,
        *,
        window: Window | None = None,
        sources: Collection[str] | None = None,
        targets: Collection[str] | None = None,
    ) -> pl.DataFrame:
        """Return the cells of the tally (TALLY_COLUMNS), sorted; None asks for all.

        A cell enters only if its whole day, month or year lies inside the window.
        """
        span = window or _EVER
        by_pair = sources is not None and targets is not None

        def listed(manifest: Manifest) -> list[Part]:
            look_up(manifest.datasets(), dataset)
            since, until = _periods(span, 4 if by_pair else 7)
            return manifest.parts(dataset, "by-pair" if by_pair else "by-month", since, until)

        def select(found: list[Part]) -> pl.DataFrame:
            cells = self._scan(found, parts.CELL_SCHEMA)
            return select_cells(cells, span, sources, targets).collect()

        return self._read(listed, select)

    def acts(
        self,
        dataset: str,
        *,
        sources: Collection[str] | None,
        targets: Collection[str] | None,
        window: Window | None = None,
        dates: Collection[date] | None = None,
    ) -> pl.DataFrame:
        """Return the acts (EVENT_COLUMNS) by date, also those that are never counted.

        dates asks for acts whose date (the first day of it) is one of them.
        """
        span = window or _EVER
        months = None if dates is None else {day.isoformat()[:7] for day in dates}

        def listed(manifest: Manifest) -> list[Part]:
            look_up(manifest.datasets(), dataset)
            found = manifest.parts(dataset, "events", *_periods(span, 7))
            return [part for part in found if months is None or part.period in months]

        def select(found: list[Part]) -> pl.DataFrame:
            acts = self._scan(found, parts.EVENT_SCHEMA)
            return select_acts(acts, span, sources, targets, dates).collect()

        return self._read(listed, select)

    def coverage(self, dataset: str, window: Window | None = None) -> Coverage:
        """Return what the dataset holds for a window; reads only the months that it may cut."""
        span = window or _EVER
        cut = edges(span)
        spans = Spans()
        state: list[tuple[list[InputFile], dict[str, int], Literal["day", "year"]]] = []

        def listed(manifest: Manifest) -> list[Part]:
            grain = look_up(manifest.datasets(), dataset).grain
            state[:] = [(manifest.files(dataset), manifest.reasons(dataset), grain)]
            since, until = _periods(span, 7)
            months = manifest.parts(dataset, "by-month")
            spans.months = {
                part.period: (date.fromisoformat(part.first), date.fromisoformat(part.last))
                for part in months
                if since <= part.period and (not until or part.period <= until)
                if part.period not in cut
            }
            return [part for part in months if part.period in cut]

        def select(found: list[Part]) -> pl.DataFrame:
            return self._scan(found, parts.CELL_SCHEMA).select("date", "precision").collect()

        spans.add(self._read(listed, select), span)
        files, reasons, grain = state[0]
        return cover([file.counts for file in files], reasons, spans, grain)

    def generation(self, dataset: str) -> str:
        """Return a hash that changes exactly when the dataset's content does.

        The order in which files were ingested does not enter.
        """
        with Manifest.opened(self.path) as manifest:
            look_up(manifest.datasets(), dataset)
            files = [
                (file.sha256, file.fingerprint, file.rows, file.kept, file.set_aside)
                for file in manifest.files(dataset)
            ]
            events = [part.sha256 for part in manifest.parts(dataset, "events")]
        content = json.dumps([sorted(files), sorted(events)])
        return hashlib.sha256(content.encode()).hexdigest()

    def cached(self, key: str) -> dict[str, Any] | None:
        """Return what was cached under a key; None if nothing, or nothing that can be read."""
        return norms.cached(self.path, key)

    def cache(self, key: str, value: dict[str, Any]) -> None:
        """Keep a value that can be written as JSON; an archive that is read-only keeps nothing."""
        norms.cache(self.path, key, value)

    def _scan(self, listed: list[Part], schema: dict[str, pl.DataType]) -> pl.LazyFrame:
        if not listed:
            return pl.LazyFrame(schema=schema)
        paths = [self.path / part.path for part in listed]
        return pl.scan_parquet(paths, schema=schema, glob=False)

    def _read(
        self,
        listed: Callable[[Manifest], list[Part]],
        select: Callable[[list[Part]], _Table],
    ) -> _Table:
        """Read parts that the manifest lists; once more if a writer replaced one meanwhile."""
        before: list[Part] | None = None
        while True:
            with Manifest.opened(self.path) as manifest:
                found = listed(manifest)
            try:
                with parts.reading(self.path):
                    return select(found)
            except DamagedArchive:
                gone = not all((self.path / part.path).exists() for part in found)
                if not gone or found == before:
                    raise
                before = found


def _periods(window: Window, length: int) -> tuple[str, str]:
    """Return the first and last month (length 7) or year (length 4) of a window, '' if open."""
    ends = (window.since, window.until)
    since, until = (day.isoformat()[:length] if day else "" for day in ends)
    return since, until
