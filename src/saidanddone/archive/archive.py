"""The archive: a folder that holds acts, their tally, and where they came from."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import polars as pl

from saidanddone.archive import change, documents, indicators, norms, parts, reader, tally
from saidanddone.archive import panel as panels
from saidanddone.archive.coverage import Coverage, Spans, cover, edges
from saidanddone.archive.creation import create
from saidanddone.archive.documents import Document
from saidanddone.archive.gaps import Gap
from saidanddone.archive.manifest import NAME as MANIFEST
from saidanddone.archive.manifest import Manifest, Part, Totals
from saidanddone.archive.referring import all_without_folders
from saidanddone.archive.store import look_up, select_acts
from saidanddone.errors import DamagedArchive, NotAnArchive
from saidanddone.model import Window
from saidanddone.sources.indicators import IndicatorTable, Measure
from saidanddone.sources.source import Dataset, Source

if TYPE_CHECKING:
    from saidanddone.archive.check import Finding
    from saidanddone.archive.elsewhere import FileCounter
    from saidanddone.archive.ingest import Landed, Progress
    from saidanddone.archive.report import FileReport, Ingest

_EVER = Window()
_Table = TypeVar("_Table")


class Archive:
    """An archive on disk. Several may read it at any time, one may write.

    Every call reads the manifest as it is then: an answer that needs one state compares
    :meth:`generation` before and after.
    """

    def __init__(self, path: Path, *, folders: bool = True) -> None:
        self.path = path
        self._folders = folders

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

    def without_folders(self) -> Archive:
        """Return the archive for readers elsewhere: local documents go by their names alone."""
        return Archive(self.path, folders=False)

    def keep(self, sha256: str, raw: bytes, text: str, about: dict[str, Any]) -> Path:
        """Keep a document and return the path of its bytes; raises CannotWrite."""
        return documents.keep(self.path, sha256, raw, text, about)

    def documents(self) -> frozenset[str]:
        """Return the hashes of the documents that are kept."""
        return documents.held(self.path)

    def document(self, sha256: str) -> Document:
        """Return a document that is kept; raises BadChoice, DamagedArchive."""
        return documents.read(self.path, sha256)

    def datasets(self) -> list[Dataset]:
        """Return the datasets by name, as their sources described them."""
        with Manifest.opened(self.path) as manifest:
            return list(manifest.datasets().values())

    def ingest(
        self,
        source: Source,
        paths: Iterable[Path],
        progress: Progress | None = None,
        *,
        keep: str = "events",
        landed: Landed | None = None,
        counter: FileCounter | None = None,
    ) -> Ingest:
        """Ingest files and folders; see :func:`saidanddone.archive.ingest.ingest`."""
        from saidanddone.archive.ingest import ingest

        return ingest(self.path, source, paths, progress, keep=keep, landed=landed, counter=counter)

    def record_gaps(self, dataset: Dataset, gaps: Sequence[Gap]) -> None:
        """Record files that were expected and did not come, also of a dataset without files yet.

        A gap of the same name is replaced; one whose file is there already is none. The file fills
        it when it is ingested. Raises CannotWrite, BusyArchive.
        """
        change.record_gaps(self.path, dataset, gaps)

    def fill(self, dataset: Dataset, names: Sequence[str]) -> None:
        """Strike gaps out by the names of their files; raises CannotWrite, BusyArchive."""
        change.fill(self.path, dataset.name, names)

    def add_indicators(self, path: Path, sha256: str, found: IndicatorTable) -> FileReport:
        """Make a file's indicators part of the archive; see :func:`indicators.add`."""
        return indicators.add(self.path, path, sha256, found)

    def indicators(self) -> list[tuple[str, Measure, pl.LazyFrame]]:
        """Return every measure of pairs by year, with its dataset and values, not read yet."""
        return indicators.measures(self.path)

    def add_mentions(
        self, paths: Iterable[Path], dataset: str, progress: Progress | None = None
    ) -> Ingest:
        """Make files of mentions part of the archive; see :func:`mentions.add`."""
        from saidanddone.archive import mentions

        return mentions.add(self.path, paths, dataset, progress)

    def mentions(self, dataset: str, ids: Collection[str]) -> pl.DataFrame:
        """Return who mentioned events (gdelt.MENTION_COLUMNS); without mentions an empty table."""
        from saidanddone.archive import mentions

        return mentions.of_events(self.path, dataset, ids)

    def gaps(self, dataset: str, window: Window | None = None) -> list[Gap]:
        """Return the gaps with a day in a window, by day and name."""
        with Manifest.opened(self.path) as manifest:
            look_up(manifest.datasets(), dataset)
            return manifest.gaps(dataset, window or _EVER)

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
        """Return the cells of the tally (TALLY_COLUMNS), sorted; None asks for all actors.
        A cell enters only if its whole day, month or year lies inside the window."""
        span = window or _EVER

        def listed(manifest: Manifest) -> list[Part]:
            look_up(manifest.datasets(), dataset)
            return reader.cell_parts(manifest, dataset, span, sources, targets)

        def select(found: list[Part]) -> pl.DataFrame:
            return reader.cells(self.path, found, span, sources, targets)

        return self._read(listed, select)

    def panel(
        self, dataset: str, window: Window | None = None, *, years: bool = False
    ) -> pl.DataFrame:
        """Return acts of every pair by month (PANEL_COLUMNS), counted once a day, in no order.

        What is dated enters as in :meth:`cells`. years: whole years stand as one row a pair,
        channel and valence, where they are at hand. Months that a window cuts are counted now.
        """
        span = window or _EVER

        def listed(manifest: Manifest) -> list[Part]:
            look_up(manifest.datasets(), dataset)
            return reader.panel_parts(manifest, dataset, span, years=years)

        def select(found: list[Part]) -> pl.DataFrame:
            ready = [part for part in found if part.kind == "panel"]
            rest = [part for part in found if part.kind != "panel"]
            table = parts.scan(self.path, ready, panels.SCHEMA).collect()
            if rest:
                cells = reader.cells(self.path, rest, span, None, None)
                table = table.vstack(panels.panel(cells))
            return table

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

        dates asks for acts whose first day is one of them. Of files whose events are not kept the
        cells stand as acts, with their reports.
        """
        span = window or _EVER
        months = None if dates is None else {day.isoformat()[:7] for day in dates}
        without_events = False

        def listed(manifest: Manifest) -> list[Part]:
            nonlocal without_events
            look_up(manifest.datasets(), dataset)
            without_events = manifest.totals(dataset).without_events > 0
            found = reader.event_parts(manifest, dataset, span, sources, targets)
            if without_events:
                found += reader.cell_parts(manifest, dataset, span, sources, targets)
            # By pair the tally has no months.
            return [p for p in found if months is None or p.kind == "by-pair" or p.period in months]

        def select(found: list[Part]) -> pl.DataFrame:
            events = [part for part in found if part.kind == "events"]
            scanned = parts.scan(self.path, events, parts.EVENT_SCHEMA)
            acts = select_acts(scanned, span, sources, targets, dates).collect()
            if not without_events:
                return acts
            rest = [part for part in found if part.kind != "events"]
            cells = reader.cells(self.path, rest, span, sources, targets, dates=dates)
            bare = reader.as_acts(cells, acts, dataset)
            return select_acts(acts.vstack(bare).lazy(), _EVER, None, None, None).collect()

        acts = self._read(listed, select)
        return acts if self._folders else acts.with_columns(all_without_folders(acts["reference"]))

    def coverage(self, dataset: str, window: Window | None = None) -> Coverage:
        """Return what the dataset holds for a window; reads only the months that it may cut."""
        span = window or _EVER
        at_edges = edges(span)
        spans = Spans()
        state: list[tuple[Dataset, Totals, dict[str, int], list[Gap]]] = []

        def listed(manifest: Manifest) -> list[Part]:
            held = look_up(manifest.datasets(), dataset)
            totals, reasons = manifest.totals(dataset), manifest.reasons(dataset)
            state[:] = [(held, totals, reasons, manifest.gaps(dataset, span))]
            months = manifest.parts(dataset, "by-month", *reader.months(span))
            spans.enter([part for part in months if part.period not in at_edges])
            return [part for part in manifest.parts(dataset, "by-month") if part.period in at_edges]

        def select(found: list[Part]) -> pl.DataFrame:  # a cell may stand in several runs
            cells = parts.scan(self.path, found, parts.CELL_SCHEMA)
            return cells.unique(tally.KEYS).select("date", "precision").collect()

        spans.add(self._read(listed, select), span)
        held, totals, reasons, gaps = state[0]
        return cover(totals, reasons, spans, held, gaps)

    def generation(self, dataset: str) -> str:
        """Return a hash that changes exactly when the dataset's content does.

        The order in which files were ingested does not enter.
        """
        with Manifest.opened(self.path) as manifest:
            look_up(manifest.datasets(), dataset)
            return manifest.generation(dataset)

    def cached(self, key: str) -> dict[str, Any] | None:
        """Return what was cached under a key; None if nothing, or nothing that can be read."""
        return norms.cached(self.path, key)

    def cache(self, key: str, value: dict[str, Any]) -> None:
        """Keep a value that can be written as JSON; an archive that is read-only keeps nothing."""
        norms.cache(self.path, key, value)

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
