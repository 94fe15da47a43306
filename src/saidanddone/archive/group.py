"""A group: files that are committed together, each of them whole or not at all."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from pathlib import Path

import polars as pl

from saidanddone.archive import intake, parts
from saidanddone.archive.change import Change, FileChange, commit
from saidanddone.archive.manifest import InputFile, Manifest
from saidanddone.archive.staging import StagedFile, Staging
from saidanddone.archive.writer import ALWAYS, EVENTS_IN_A_PART, Writer
from saidanddone.sources.source import Dataset

GROUP_CELLS = 2**17
"""Cells of a group, those of 1.3 million GDELT events. A file of 200 cells costs a tenth in large
groups of what it costs alone (benchmarks/archive_reach.py); twice as many cells in a group took
50 MiB more memory and saved a sixth of the time."""

GROUP_NUMBERS = 2**21
"""Cells of a group that are held as numbers, about 32 MB: what they bring is written once more for
every group that follows, so there should be few."""

GROUP_ACTS = 2**18
"""Acts of a group whose events are kept, about 100 MB: a month of them is sorted at once."""

GROUP_FILES = 4_096
"""Files of a group, 43 days of GDELT's: what the manifest holds of them fits into one commit."""

GROUP_SECONDS = 60.0
"""A slow ingest, of files that are fetched, loses at most a minute when it is stopped."""


@dataclass
class Group:
    """Files of one dataset on their way into an archive; nothing of them is there until landed."""

    root: Path
    manifest: Manifest
    staging: Staging
    dataset: Dataset | None = None
    files: list[FileChange] = field(default_factory=list)
    accounts: dict[str, intake.Account] = field(default_factory=dict)
    opened: float = field(default_factory=time.monotonic)

    @property
    def full(self) -> bool:
        """Say whether it is time to land."""
        return (
            self.staging.cells >= GROUP_CELLS
            or self.staging.numbers >= GROUP_NUMBERS
            or self.staging.acts >= GROUP_ACTS
            or len(self.files) >= GROUP_FILES
            or time.monotonic() - self.opened >= GROUP_SECONDS
        )

    def add(
        self, staged: StagedFile, dataset: Dataset, path: Path, read_as: tuple[str, str]
    ) -> None:
        """Enter a file that was read whole; read_as is its format and fingerprint."""
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
        self.staging.add(staged, number)
        self.dataset = dataset
        self.accounts[staged.sha256] = account
        self.files.append(FileChange(file, account.entries(), account.lines))

    def land(self) -> None:
        """Write and commit everything; raises CannotWrite, DamagedArchive."""
        if self.dataset is None:
            return
        name = self.dataset.name
        writer = Writer(self.root, self.manifest, name)
        for month in self.staging.months():
            period = f"{month.year:04d}-{month.month:02d}"
            for acts in self.staging.events(month, EVENTS_IN_A_PART):
                origin = pl.lit(name).alias("dataset")
                writer.put_events(
                    period, acts.with_columns(origin).select(list(parts.EVENT_SCHEMA))
                )
        for period, cells in self.staging.by_month():
            writer.put_cells("by-month", period, cells)
        if self.staging.counted():
            writer.put_cells("by-pair", ALWAYS, self.staging.counted())
        writer.close()
        files = [
            replace(new, file=replace(new.file, digest=self.staging.digest(new.file.id)))
            for new in self.files
        ]
        commit(self.root, Change(self.dataset, files, writer.added, writer.replaced))
        parts.remove(self.root, (self.root / part.path for part in writer.replaced))
        self.staging.discard()
