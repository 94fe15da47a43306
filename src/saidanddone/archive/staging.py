"""The staging of a group of files: what they bring, until it is written and committed at once."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

import numpy as np
import polars as pl

from saidanddone.archive import digest, intake, parts, runs, tally
from saidanddone.archive.manifest import Keep
from saidanddone.archive.numbered import Numbered, digest_of
from saidanddone.archive.run import Run
from saidanddone.archive.spilled import SpilledRun
from saidanddone.model import CELL_COLUMNS, UNCOUNTED_MODES
from saidanddone.sources.numbers import (
    NumberedActs,
    NumberedBatch,
    NumberingSource,
    Numbers,
    Words,
)

ACTS_IN_MEMORY = 2**17
"""Acts that are in memory before they are written down, about 50 MB; as many as in a part."""

FULL_MONTH = 2**16
"""Acts of a month that are worth a part of their own while the group is open."""

ACTS_TO_READ = 2**15
"""Acts that are made a table of at a time: their text, 5 MB, is in memory twice meanwhile."""

CELLS_TO_MERGE = 2**16
"""Cells that are gathered before equal ones are added up, about 6 MB: adding up a few costs as
much as adding up thousands."""

_COUNTED = [column.name for column in CELL_COLUMNS]


@dataclass
class StagedFile:
    """What one file brought so far: acts in memory and on disk, cells, and its account."""

    root: Path
    sha256: str
    keep: Keep
    account: intake.Account = field(default_factory=intake.Account)
    acts: list[pl.DataFrame] = field(default_factory=list)
    on_disk: list[Path] = field(default_factory=list)
    cells: list[pl.DataFrame] = field(default_factory=list)
    numbers: tuple[Numbers, Words] | None = None
    numbered_acts: tuple[NumberingSource, NumberedActs] | None = None

    def add_acts(self, acts: pl.DataFrame) -> None:
        """Enter a batch of acts (model.ACT_COLUMNS); raises CannotWrite."""
        # Acts that count are cells as they are: they are added up with those of other batches.
        self.add_cells(acts.filter(~pl.col("mode").is_in(UNCOUNTED_MODES)).select(_COUNTED))
        if self.keep == "events" and acts.height:
            self.acts.append(acts.with_columns(pl.lit(self.sha256).alias("file")))
            if _height(self.acts) >= ACTS_IN_MEMORY:
                self.on_disk.append(write_down(self.root, self.acts))
                self.acts = []

    def add_numbers(self, source: NumberingSource, batch: NumberedBatch) -> None:
        """Enter what a file brings that was counted at once."""
        self.numbers = batch.numbers, source.words()
        self.add_cells(batch.rest.cells)
        if self.keep == "events" and batch.acts is not None:
            self.numbered_acts = source, batch.acts
            if batch.acts.odd.height:
                self.acts.append(batch.acts.odd.with_columns(pl.lit(self.sha256).alias("file")))

    def add_cells(self, cells: pl.DataFrame) -> None:
        """Enter a batch of cells (TALLY_COLUMNS)."""
        if cells.height:
            self.cells.append(cells)
        if len(self.cells) > 1 and _height(self.cells[1:]) >= CELLS_TO_MERGE:
            self.cells = [tally.merge(pl.concat(self.cells))]

    def digest(self) -> int:
        """Return the digest of the file's cells."""
        counted = digest_of(*self.numbers) if self.numbers is not None else 0
        return digest.total([counted, *map(digest.of, self.cells)])

    def forget_cells(self) -> None:
        """Leave only the events: the cells are in the archive."""
        self.cells, self.numbers = [], None

    def discard(self) -> None:
        """Delete what the file left on the disk."""
        parts.remove(self.root, self.on_disk)


class Staging:
    """The files of a group that were read whole; a file that was refused never enters."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._acts: list[pl.DataFrame] = []
        self._on_disk: list[Path] = []
        self._rows_of_acts = 0
        self._numbered_acts: list[tuple[str, NumberedActs]] = []
        self._numbering: NumberingSource | None = None
        self._merged = pl.DataFrame(schema=parts.CELL_SCHEMA)
        self._gathered: list[pl.DataFrame] = []
        self._rows_gathered = 0
        self._numbered = Numbered(root)
        self._run: Run | SpilledRun | None = None
        self._digests: dict[int, int] = {}
        self.acts = 0

    @property
    def cells(self) -> int:
        """Cells that are held as text; equal ones of several files may count more than once."""
        return self._merged.height + self._rows_gathered

    @property
    def numbers(self) -> int:
        """Cells that came as numbers."""
        return len(self._numbered)

    def add(self, file: StagedFile, number: int) -> None:
        """Enter a file under a number; raises CannotWrite."""
        self._on_disk += file.on_disk
        self._acts += file.acts
        self._rows_of_acts += _height(file.acts)
        if file.keep == "events":
            self.acts += file.account.acts
        self._gathered += [table.with_columns(pl.lit(number).alias("file")) for table in file.cells]
        self._rows_gathered += _height(file.cells)
        if self._rows_gathered >= CELLS_TO_MERGE:
            self._merge()
        if file.numbers is not None:
            self._numbered.add(number, *file.numbers)
        if file.numbered_acts is not None:
            self._numbering, acts = file.numbered_acts
            if len(acts.numbers):
                self._numbered_acts.append((file.sha256, acts))
                self._rows_of_acts += len(acts.numbers)

    def add_counted(self, cells: pl.DataFrame, digests: Mapping[int, int]) -> None:
        """Enter cells of files that were added up before, with each file's digest by number."""
        self._merge()
        self._merged = tally.merge(pl.concat([self._merged, cells]))
        self._digests.update(digests)

    def by_month(self) -> Iterator[tuple[str, list[runs.New]]]:
        """Yield the sorted cells of each month (YYYY-MM), in order; see :meth:`counted`."""
        found: dict[str, list[Callable[[], runs.New]]] = {}
        for new in self.counted():
            months = _by_month(new) if isinstance(new, pl.DataFrame) else new.by_month()
            for period, made in months.items():
                found.setdefault(period, []).append(made)
        for period in sorted(found):
            yield period, [made() for made in found[period]]

    def counted(self) -> list[runs.New]:
        """Return the cells of all files, each table sorted; a cell may stand in two tables."""
        self._merge()
        if self._run is None:
            self._run = self._numbered.sorted()
        return [new for new in (self._merged, self._run) if new is not None and new.height]

    def digest(self, number: int) -> str:
        """Return the digest of a file's cells, as the manifest writes it."""
        self._merge()
        self._numbered.pack()
        both = (digests.get(number, 0) for digests in (self._digests, self._numbered.digests))
        return f"{digest.total(both):016x}"

    def _merge(self) -> None:
        if not self._gathered:
            return
        gathered = pl.concat(self._gathered)
        self._gathered = []
        self._rows_gathered = 0
        for number, found in digest.by(gathered, pl.col("file")).items():
            at = int(str(number))
            self._digests[at] = digest.total([self._digests.get(at, 0), found])
        self._merged = tally.merge(pl.concat([self._merged, gathered.drop("file")]))

    @property
    def in_memory(self) -> int:
        """Acts that are in memory."""
        return self._rows_of_acts

    def full_months(self) -> list[tuple[date, pl.DataFrame]]:
        """Hand over the acts in memory of every month that has FULL_MONTH of them."""
        self._read_acts()
        if not self._acts:
            return []
        together = pl.concat(self._acts)
        month = together["date"].dt.truncate("1mo")
        counts = month.value_counts().filter(pl.col("count") >= FULL_MONTH).sort("date")
        full = [(first, together.filter(month == first)) for first in counts["date"]]
        rest = together.filter(~month.is_in(counts["date"].implode()))
        self._acts = [rest] if rest.height else []
        self.acts -= together.height - rest.height
        self._rows_of_acts = rest.height
        return full

    def write_down(self) -> None:
        """Write the acts in memory to the staging folder; raises CannotWrite."""
        self._read_acts()
        if self._acts:
            self._on_disk.append(write_down(self._root, self._acts))
        self._acts, self._rows_of_acts = [], 0

    def months(self) -> list[date]:
        """Return the first days of the months that the acts belong to."""
        self._read_acts()
        tables = [table.lazy() for table in self._acts] + self._scanned()
        months = [t.select(pl.col("date").dt.truncate("1mo").unique()) for t in tables]
        if not months:
            return []
        return sorted(pl.concat(pl.collect_all(months))["date"].unique())

    def events(self, month: date, rows: int) -> Iterator[pl.DataFrame]:
        """Yield a month's acts with their file, in tables of about so many rows."""
        in_month = (pl.col("date") >= month) & (pl.col("date") <= pl.lit(month).dt.month_end())
        held: list[pl.DataFrame] = []
        for table in [table.lazy() for table in self._acts] + self._scanned():
            held.append(table.filter(in_month).collect())
            if _height(held) >= rows:
                yield pl.concat(held)
                held = []
        if _height(held):
            yield pl.concat(held)

    def discard(self) -> None:
        """Delete what the files left in the staging folder."""
        parts.remove(self._root, [*self._on_disk, *self._numbered.on_disk])

    def _read_acts(self) -> None:
        """Make a table of the acts that are held as numbers and text."""
        if not self._numbered_acts or self._numbering is None:
            return
        waiting, self._numbered_acts = self._numbered_acts[::-1], []
        while waiting:
            held: list[tuple[str, NumberedActs]] = []
            rows = 0
            while waiting and rows < ACTS_TO_READ:
                held.append(waiting.pop())
                rows += len(held[-1][1].numbers)
            acts = self._numbering.acts_of([acts for _, acts in held])
            files = pl.Series([sha256 for sha256, _ in held])
            which = np.repeat(np.arange(len(held)), [len(acts.numbers) for _, acts in held])
            self._acts.append(acts.with_columns(files.gather(which).alias("file")))

    def _scanned(self) -> list[pl.LazyFrame]:
        return [pl.scan_parquet(path, glob=False) for path in self._on_disk]


def write_down(root: Path, tables: list[pl.DataFrame]) -> Path:
    """Write tables to a new file of the staging folder; raises CannotWrite."""
    folder = root / parts.STAGING
    with parts.writing_to(root):
        folder.mkdir(exist_ok=True)
        path = folder / f"{secrets.token_hex(8)}.parquet"
        # By date, so that row-group statistics find a month again.
        by_date = pl.concat(tables).sort("date", maintain_order=True)
        by_date.write_parquet(path, row_group_size=parts.ROWS_IN_A_GROUP)
    return path


def _by_month(cells: pl.DataFrame) -> dict[str, Callable[[], pl.DataFrame]]:
    month = pl.col("date").dt.truncate("1mo")
    months = cells.select(month.unique().sort())["date"]
    return {f"{first:%Y-%m}": partial(cells.filter, month == first) for first in months}


def _height(tables: list[pl.DataFrame]) -> int:
    return sum(table.height for table in tables)
