"""Ingest: files become part of an archive, in groups, each of them whole or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

from saidanddone.archive import ahead, intake, known, parts, schema
from saidanddone.archive.elsewhere import FileCounter, countable, stretches
from saidanddone.archive.group import Group
from saidanddone.archive.known import Known
from saidanddone.archive.lock import locked
from saidanddone.archive.manifest import NAME as MANIFEST
from saidanddone.archive.manifest import InputFile, Keep, Manifest
from saidanddone.archive.memory import give_back
from saidanddone.archive.report import FileReport, Ingest
from saidanddone.archive.settling import settle
from saidanddone.archive.staging import StagedFile, Staging
from saidanddone.errors import BadChoice, BadInput
from saidanddone.sources.numbers import NumberingSource
from saidanddone.sources.source import CountingSource, Dataset, Source

Progress = Callable[[str, int], None]
"""Is called with a file's name and the rows read of it so far."""

Landed = Callable[[FileReport], None]
"""Is called with the report of a file once nothing can change it: after its commit."""


def ingest(
    root: Path,
    source: Source,
    paths: Iterable[Path],
    progress: Progress | None = None,
    *,
    keep: str = "events",
    landed: Landed | None = None,
    counter: FileCounter | None = None,
) -> Ingest:
    """Ingest files, or the files that the source finds in folders, and commit them in groups.

    paths are asked for one after the other, so that a file can be made when its turn comes; it may
    go when landed was called with its report. Only a list of them is read ahead, and only where a
    source can count a file's bytes. keep='tally' counts the acts and drops them; a
    counter then does so on an engine of its own, many files at once. A file that is bad input is
    refused, and reported with the reason; the others go on. A file of which only the tally was kept
    is read again with keep='events'. Raises BadChoice, BusyArchive,
    CannotWrite, DamagedArchive: the archive then holds the groups that had landed.
    """
    kept = _kept(keep)
    if counter is not None:
        countable(source, kept)
    with locked(root):
        schema.migrate(root, MANIFEST)
        _clean(root)
        with Manifest.opened(root, at_once=False) as manifest:
            ingestion = _Ingestion(
                root, manifest, source, progress=progress, keep=kept, landed=landed
            )
            try:
                if counter is not None:
                    ingestion.take_all(paths, counter)
                else:
                    ingestion.take(paths)
                ingestion.land()
                ingestion.settle()
            except BaseException:
                ingestion.abandon()
                _clean(root)
                raise
    return Ingest(tuple(ingestion.reports))


def _kept(keep: str) -> Keep:
    if keep == "events":
        return "events"
    if keep == "tally":
        return "tally"
    raise BadChoice(f"'{keep}' cannot be kept", "events or tally", "choose one of them with --keep")


def _clean(root: Path) -> None:
    """Remove what a killed ingest left behind."""
    with Manifest.opened(root) as manifest:
        listed = manifest.parts()
    parts.remove(root, parts.unlisted(root, listed))
    shutil.rmtree(root / parts.STAGING, ignore_errors=True)


class _Ingestion:
    """An ingest on its way: the group that is open, and what became of the files so far."""

    def __init__(
        self,
        root: Path,
        manifest: Manifest,
        source: Source,
        *,
        progress: Progress | None,
        keep: Keep,
        landed: Landed | None,
    ) -> None:
        self.reports: list[FileReport] = []
        self._root = root
        self._manifest = manifest
        self._source = source
        # Asked once: whether a source can do so is looked up method by method.
        self._numbering = source if isinstance(source, NumberingSource) else None
        self._progress = progress
        self._keep = keep
        self._landed = landed
        # The archive is locked: besides these only the files of this ingest can be there.
        self._met = {file.sha256 for file in manifest.files()}
        self._told = 0
        self._datasets: dict[str, Dataset] = {}
        self._group = Group(root, manifest, Staging(root))

    def take(self, paths: Iterable[Path]) -> None:
        """Read files, and the files of folders, into groups, and land those that are full."""
        with closing(self._loads(paths)) as loads:
            for file, load in loads:
                sha256 = None
                try:
                    loaded = load()
                    sha256 = loaded.sha256
                    self._take_file(file, loaded)
                except BadInput as error:
                    self._refuse(file, sha256, error)
                if self._group.full:
                    self.land()

    def _loads(self, paths: Iterable[Path]) -> Generator[tuple[Path, ahead.Load], None, None]:
        """Yield every file with what reads it."""
        source, found = self._numbering, self._find(paths)
        if source is None:
            yield from ((file[0], partial(ahead.identify, file)) for file in found)
            return
        acts = self._keep == "events"
        there = frozenset(
            file.sha256
            for file in self._manifest.files(source.dataset.name)
            if file.keep == "events" or not acts
        )
        if isinstance(paths, Sequence):
            yield from ahead.load_all(source, there, found, acts=acts)
        else:  # what is asked for only when its turn comes is not read ahead
            load = partial(ahead.load, source, there, acts=acts)
            yield from ((file[0], partial(load, file)) for file in found)

    def _find(self, paths: Iterable[Path]) -> Iterator[ahead.Found]:
        for path in paths:
            try:
                yield from ((file, None) for file in self._source.find(path))
            except BadInput as error:
                yield path, error

    def take_all(self, paths: Iterable[Path], counter: FileCounter) -> None:
        """Count the files of all paths elsewhere, and land them stretch by stretch."""
        files: list[Path] = []
        for path in paths:
            try:
                files += self._source.find(path)
            except BadInput as error:
                self._refuse(path, None, error)
        for stretch in stretches(files):
            self._take_stretch(stretch, counter)
            self.land()

    def _take_stretch(self, files: Sequence[Path], counter: FileCounter) -> None:
        named = list(zip(files, counter.identify(files), strict=True))
        new: dict[str, Path] = {}
        for file, sha256 in named:
            if isinstance(sha256, str) and sha256 not in new and self._is_new(file, sha256):
                new[sha256] = file
        brought = counter.count(self._source, [(f, h) for h, f in new.items()]) if new else None
        outcomes = {h: brought.outcomes[i] for i, h in enumerate(new)} if brought else {}
        digests: dict[int, int] = {}
        for file, sha256 in named:
            if not isinstance(sha256, str):
                self._refuse(file, None, sha256)
                continue
            try:
                there = self._look_up(self._source.dataset, file, sha256)
            except BadInput as error:
                self._refuse(file, sha256, error)
                continue
            self._datasets[self._source.dataset.name] = self._source.dataset
            if there is not None:
                self.reports.append(there.report)
                continue
            outcome = outcomes[sha256]
            if outcome.account is None:
                self._refuse(file, sha256, outcome.why)
                continue
            staged = StagedFile(self._root, sha256, self._keep, outcome.account)
            digests[self._enter(staged, file)] = outcome.digest
            if self._progress is not None:
                self._progress(file.name, outcome.account.rows)
        if brought is not None:
            self._group.staging.add_counted(brought.cells, digests)

    def _is_new(self, path: Path, sha256: str) -> bool:
        try:
            return self._look_up(self._source.dataset, path, sha256) is None
        except BadInput:
            return False  # it is refused with its reason when its turn comes

    def land(self) -> None:
        """Commit the group and open the next one."""
        self._group.land()
        self._group = Group(self._root, self._manifest, Staging(self._root))
        give_back()
        if self._landed is not None:
            for report in self.reports[self._told :]:
                self._landed(report)
        self._told = len(self.reports)

    def abandon(self) -> None:
        """Stop writing the group that is open."""
        self._group.abandon()

    def settle(self) -> None:
        """Leave every month of what was ingested as one run."""
        for dataset in self._datasets.values():
            settle(self._root, self._manifest, dataset)

    def _refuse(self, path: Path, sha256: str | None, error: BadInput) -> None:
        self.reports.append(FileReport.refused(path, sha256, error))

    def _take_file(self, path: Path, loaded: ahead.Loaded) -> None:
        asked, sha256 = self._source.dataset, loaded.sha256
        there = self._look_up(asked, path, sha256)
        lacking = there.lacking(self._keep) if there else None
        staged = StagedFile(self._root, sha256, self._keep)
        if there is None or lacking is not None:
            try:
                for rows in self._read(staged, path, loaded):
                    if self._progress is not None:
                        self._progress(path.name, rows)
                dataset = self._source.dataset
                if dataset != asked:  # some name their dataset while they read
                    there = self._look_up(dataset, path, sha256)
                    lacking = there.lacking(self._keep) if there else None
                if lacking is not None:
                    known.require_same(staged, lacking, path)
            except BaseException:
                staged.discard()
                raise
        self._datasets[self._source.dataset.name] = self._source.dataset
        if there is not None and lacking is None:
            staged.discard()
            self.reports.append(there.report)
            return
        if self._group.dataset not in {None, self._source.dataset}:
            self.land()
        self._enter(staged, path, lacking)

    def _enter(self, staged: StagedFile, path: Path, lacking: InputFile | None = None) -> int:
        """Make a file part of the group, or only its events; report it and return its number."""
        if lacking is None:
            read_as = (self._source.format, self._source.fingerprint)
            number = self._group.add(staged, self._source.dataset, path, read_as)
        else:
            number = self._group.complete(staged, self._source.dataset, lacking)
        account, sha256 = staged.account, staged.sha256
        self._met.add(sha256)
        report = FileReport(path, sha256, "ingested", *account.counts, account.reasons)
        self._group.reports[sha256] = report
        self.reports.append(report)
        return number

    def _read(self, staged: StagedFile, path: Path, loaded: ahead.Loaded) -> Iterator[int]:
        """Read a file and yield the rows read so far."""
        account = staged.account
        if loaded.batch is not None and self._numbering is not None:
            intake.enter(self._numbering, path, account, loaded.batch)
            staged.add_numbers(self._numbering, loaded.batch)
            yield account.rows
        elif self._keep == "tally" and isinstance(self._source, CountingSource):
            for cells in intake.count(self._source, path, account, staged.sha256):
                staged.add_cells(cells)
                yield account.rows
        else:
            for acts in intake.read(self._source, path, account, staged.sha256):
                staged.add_acts(acts)
                yield account.rows

    def _look_up(self, new: Dataset, path: Path, sha256: str) -> Known | None:
        """Say what is known of a file; raises BadInput if it may not enter."""
        old = self._datasets.get(new.name) or self._manifest.datasets().get(new.name, new)
        known.fit(new, old, path)
        if sha256 not in self._met:
            return None
        return known.look_up(self._manifest, self._group, self._source, path, sha256)
