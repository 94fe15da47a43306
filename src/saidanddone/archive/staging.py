"""The staging of a file: its acts on disk while it is read, then its parts, month by month."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from pathlib import Path

import polars as pl

from saidanddone.archive import parts, tally
from saidanddone.archive.manifest import Kind, Manifest, Part

_ORDER = ("source", "target", "date", "line")


class Staging:
    """A file's acts, batch after batch; memory holds one batch, later one month."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._batches: list[Path] = []
        self._months: set[date] = set()

    def add(self, acts: pl.DataFrame) -> None:
        """Write a batch of acts (model.ACT_COLUMNS) down; raises CannotWrite."""
        if acts.is_empty():
            return
        folder = self._root / parts.STAGING
        path = folder / f"{len(self._batches):06d}.parquet"
        with parts.writing_to(self._root):
            folder.mkdir(exist_ok=True)
            # By date, so that row-group statistics find a month again.
            by_date = acts.sort("date", maintain_order=True)
            by_date.write_parquet(path, row_group_size=parts.ROWS_IN_A_GROUP)
        self._batches.append(path)
        self._months.update(acts["date"].dt.truncate("1mo").unique())

    def write(
        self, manifest: Manifest, dataset: str, sha256: str, number: int
    ) -> tuple[list[Part], list[Part]]:
        """Write new events, and every month and year of the tally that they touch, anew.

        Returns the parts added and the parts of the archive that they replace. Raises
        CannotWrite, and DamagedArchive rather than add to a part that is not as it was written.
        """
        added: list[Part] = []
        replaced: list[Part] = []

        def put(kind: Kind, period: str, table: pl.DataFrame) -> None:
            added.append(parts.write(self._root, kind, dataset, period, number=number, table=table))

        def add_to_tally(kind: Kind, period: str, new: list[pl.DataFrame]) -> None:
            old = manifest.parts(dataset, kind, period, period)
            tables = [parts.read(self._root, part) for part in old]
            # The cells of two months differ by their date: only old ones can be the same as new.
            combine = tally.merge if old else tally.ordered
            put(kind, period, combine(pl.concat(tables + new)))
            replaced.extend(old)

        for year, months in groupby(sorted(self._months), key=lambda month: month.year):
            counted: list[pl.DataFrame] = []
            for month in months:
                period = f"{month.year:04d}-{month.month:02d}"
                acts = self._acts(month)
                origin = (pl.lit(dataset).alias("dataset"), pl.lit(sha256).alias("file"))
                put("events", period, acts.with_columns(*origin))
                cells = tally.count(acts)
                if cells.height:
                    add_to_tally("by-month", period, [cells])
                    counted.append(cells)
            if counted:
                add_to_tally("by-pair", f"{year:04d}", counted)
        return added, replaced

    def _acts(self, month: date) -> pl.DataFrame:
        in_month = (pl.col("date") >= month) & (pl.col("date") <= pl.lit(month).dt.month_end())
        staged = pl.scan_parquet(self._batches, glob=False).filter(in_month)
        return staged.collect().sort(_ORDER, maintain_order=True)
