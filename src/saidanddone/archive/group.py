"""A group: files that are committed together, each of them whole or not at all."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import polars as pl

from saidanddone.archive import parts
from saidanddone.archive.change import Change, FileChange, commit
from saidanddone.archive.manifest import InputFile, Manifest
from saidanddone.archive.report import FileReport
from saidanddone.archive.staging import ACTS_IN_MEMORY, StagedFile, Staging
from saidanddone.archive.writer import ALWAYS, EVENTS_IN_A_PART, Writer
from saidanddone.sources.source import Dataset

GROUP_CELLS = 2**17
"""Cells of a group, those of 1.3 million GDELT events. A file of 200 cells costs a tenth in large
groups of what it costs alone (benchmarks/archive_reach.py); twice as many cells in a group took
50 MiB more memory and saved a sixth of the time."""

GROUP_NUMBERS = 2**24
"""Cells of a group that came as numbers, those of 80 million GDELT events: they wait on the disk,
32 bytes each. What a group brings is written once more for every few groups that follow, so there
should be few; a minute is mostly over before."""

GROUP_ACTS = 2**18
"""Acts of a group that wait for its end, about 100 MB: a month of them is sorted at once."""

GROUP_FILES = 8_192
"""Files of a group, 85 days of GDELT's: what the manifest holds of them fits into one commit."""

GROUP_SECONDS = 60.0
"""A slow ingest, of files that are fetched, loses at most a minute when it is stopped."""


@dataclass
class Group:
    """Files of one dataset on their way into an archive; nothing of them is there until landed.

    reports: what became of each file, by its SHA-256.
    """

    root: Path
    manifest: Manifest
    staging: Staging
    dataset: Dataset | None = None
    files: list[FileChange] = field(default_factory=list)
    completed: list[int] = field(default_factory=list)
    reports: dict[str, FileReport] = field(default_factory=dict)
    opened: float = field(default_factory=time.monotonic)
    _opened_writer: Writer | None = None

    @property
    def full(self) -> bool:
        """Say whether it is time to land."""
        return (
            self.staging.cells >= GROUP_CELLS
            or self.staging.numbers >= GROUP_NUMBERS
            or self.staging.acts >= GROUP_ACTS
            or len(self.files) + len(self.completed) >= GROUP_FILES
            or time.monotonic() - self.opened >= GROUP_SECONDS
        )

    def add(
        self, staged: StagedFile, dataset: Dataset, path: Path, read_as: tuple[str, str]
    ) -> int:
        """Enter a file that was read whole, and return its number.

        read_as is its format and fingerprint.
        """
        number = self.files[-1].file.id + 1 if self.files else self.manifest.next_number()
        account = staged.account
        file = InputFile(
            number,
            dataset.name,
            staged.sha256,
            path.name,
            *read_as,
            path.stat().st_size,
            *account.counts,
            account.acts,
            staged.keep,
        )
        self._stage(staged, dataset, number)
        self.files.append(FileChange(file, account.entries(), account.lines))
        return number

    def complete(self, staged: StagedFile, dataset: Dataset, file: InputFile) -> int:
        """Enter the events of a file of which only the cells were kept, and return its number."""
        staged.forget_cells()
        self._stage(staged, dataset, file.id)
        self.completed.append(file.id)
        return file.id

    def _stage(self, staged: StagedFile, dataset: Dataset, number: int) -> None:
        self.staging.add(staged, number)
        self.dataset = dataset
        if self.staging.in_memory >= ACTS_IN_MEMORY:
            # Parts that no commit lists are not there for any reader.
            for month, acts in self.staging.full_months():
                self._put_events(month, acts)
            # The others go to the disk: the few that are left would hold on to the text of all.
            self.staging.write_down()

    def _put_events(self, month: date, acts: pl.DataFrame) -> None:
        origin = pl.lit(self._writer.dataset).alias("dataset")
        table = acts.with_columns(origin).select(list(parts.EVENT_SCHEMA))
        for start in range(0, table.height, EVENTS_IN_A_PART):
            some = table.slice(start, EVENTS_IN_A_PART)
            self._writer.put_events(f"{month.year:04d}-{month.month:02d}", some)

    @property
    def _writer(self) -> Writer:
        if self._opened_writer is None:
            assert self.dataset is not None
            self._opened_writer = Writer(self.root, self.manifest, self.dataset.name)
        return self._opened_writer

    def abandon(self) -> None:
        """Stop writing: nothing of the group will be there."""
        if self._opened_writer is not None:
            self._opened_writer.leave()

    def land(self) -> None:
        """Write and commit everything; raises CannotWrite, DamagedArchive."""
        if self.dataset is None:
            return
        writer = self._writer
        for month in self.staging.months():
            for acts in self.staging.events(month, EVENTS_IN_A_PART):
                self._put_events(month, acts)
        for period, cells in self.staging.by_month():
            writer.put_month(period, cells)
        if self.staging.counted():
            writer.put_cells("by-pair", ALWAYS, self.staging.counted())
        writer.close()
        files = [
            replace(new, file=replace(new.file, digest=self.staging.digest(new.file.id)))
            for new in self.files
        ]
        change = Change(self.dataset, files, writer.added, writer.replaced, self.completed)
        commit(self.root, change)
        parts.remove(self.root, (self.root / part.path for part in writer.replaced))
        self.staging.discard()
