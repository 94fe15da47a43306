"""The writer of a commit: new runs of parts, beside old ones or in their place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

import polars as pl

from saidanddone.archive import packed, parts, runs
from saidanddone.archive.manifest import Kind, Manifest, Part

ALWAYS = "all"
"""The period of the tally by pair: it is one for all years."""

EVENTS_IN_A_PART = 2**17
"""Acts of a part, about 50 MB in memory."""

PANEL_CELLS = parts.ROWS_IN_A_GROUP
"""Cells from which a month has a panel: fewer are counted in some ms whenever they are asked."""

EVENT_ORDER = ("source", "target", "date", "file", "line")


class Writer:
    """Writes the parts of one commit and remembers which it adds and which it replaces."""

    def __init__(self, root: Path, manifest: Manifest, dataset: str) -> None:
        self._root = root
        self._manifest = manifest
        self.dataset = dataset
        self._run = manifest.next_run()
        self.added: list[Part] = []
        self.replaced: list[Part] = []

    def put_cells(
        self, kind: Literal["by-month", "by-pair"], period: str, cells: Sequence[runs.New]
    ) -> None:
        """Write cells as one run, with the old ones that are no larger.

        A panel of the month is no longer true. Raises CannotWrite, DamagedArchive.
        """
        # By pair all periods are one, also the years of an earlier version.
        month = period if kind == "by-month" else ""
        old = self._manifest.parts(self.dataset, kind, month, month)
        rows = sum(new.height for new in cells)
        taken = runs.taken_along(old, rows, settled=kind == "by-month")
        self._put(kind, period, runs.merge(self._root, taken, cells))
        self.replaced += taken
        if kind == "by-month":
            gone = {part.path for part in self.replaced}
            for derived in (period, period[:4]):
                panels = self._manifest.parts(self.dataset, "panel", derived, derived)
                self.replaced += [part for part in panels if part.path not in gone]

    def put_events(self, period: str, acts: pl.DataFrame) -> None:
        """Write a part of events (EVENT_COLUMNS), with small old ones."""
        gone = {part.path for part in self.replaced}
        listed = self._manifest.parts(self.dataset, "events", period, period)
        taken = runs.taken_along([part for part in listed if part.path not in gone], acts.height)
        rows = sum(part.rows for part in taken) + acts.height
        if rows > EVENTS_IN_A_PART:
            taken = []
        tables = runs.merge(
            self._root,
            taken,
            [acts],
            combine=_by_pair,
            schema=parts.EVENT_SCHEMA,
            rows_in_a_part=rows,
        )
        self._put("events", period, tables)
        self.replaced += taken

    def alone(self, period: str, cells: int) -> bool:
        """Say whether so many cells are all that a month has, and enough for a panel of it."""
        gone = {part.path for part in self.replaced}
        old = self._manifest.parts(self.dataset, "by-month", period, period)
        written = sum(p.rows for p in self.added if (p.kind, p.period) == ("by-month", period))
        return written == cells >= PANEL_CELLS and all(part.path in gone for part in old)

    def put_settled(self, period: str, old: Sequence[Part], tables: Iterable[pl.DataFrame]) -> None:
        """Write a month's cells as one run in the place of all that it had."""
        self._put("by-month", period, tables)
        self.replaced += old

    def put_panel(self, period: str, table: pl.DataFrame) -> None:
        """Write the panel (PANEL_COLUMNS) of a month or a year."""
        self._put("panel", period, [table])

    def close(self) -> None:
        """Write the folders' lists of files down to the disk."""
        parts.sync_folders(self._root, self.added)

    def _put(self, kind: Kind, period: str, tables: Iterable[pl.DataFrame]) -> None:
        serial = sum((part.kind, part.period) == (kind, period) for part in self.added)
        for number, table in enumerate(tables, start=serial):
            new = parts.write(
                self._root, kind, self.dataset, period, table, run=self._run, serial=number
            )
            self.added.append(new)


def _by_pair(tables: Sequence[pl.DataFrame]) -> pl.DataFrame:
    return packed.ordered(pl.concat(tables), EVENT_ORDER)
