"""The writer of a commit: new runs of parts, beside old ones or in their place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Literal

import polars as pl

from saidanddone.archive import packed, parts, runs
from saidanddone.archive.manifest import Kind, Manifest, Part
from saidanddone.archive.numbered_panel import panel_of
from saidanddone.archive.run import Stretch, as_table

ALWAYS = "all"
"""The period of the tally by pair: it is one for all years."""

EVENTS_IN_A_PART = 2**17
"""Acts of a part, about 50 MB in memory."""

PANEL_CELLS = 2**14
"""Cells from which a month has a panel: fewer are counted in some ms whenever they are asked."""

PANEL_ROWS = 2**14
"""Rows of a panel that are a part: 1.5 MB in memory."""

EVENT_ORDER = ("source", "target", "date", "file", "line")


class Writer:
    """Writes the parts of one commit and remembers which it adds and which it replaces.

    A part is written while the next one is made; it waits for the one before it, so that no more
    than two are in memory. Close it before the commit; left without, it waits and nothing counts.
    """

    def __init__(self, root: Path, manifest: Manifest, dataset: str) -> None:
        self._root = root
        self._manifest = manifest
        self.dataset = dataset
        self._run = manifest.next_run()
        self._serials: Counter[tuple[Kind, str]] = Counter()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="writer")
        self._under_way: Future[Part] | None = None
        self.added: list[Part] = []
        self.replaced: list[Part] = []

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, *failure: object) -> None:
        self.leave()

    def put_month(self, period: str, cells: Sequence[runs.New]) -> None:
        """Write cells of a month, and its panel where they are all that it has.

        Raises CannotWrite, DamagedArchive.
        """
        rows = sum(new.height for new in cells)
        if rows < PANEL_CELLS or self._manifest.parts(self.dataset, "by-month", period, period):
            self.put_cells("by-month", period, cells)
            return
        self._forget_panels(period)
        panel = PanelWriter(self, period)
        self._put("by-month", period, panel.counting(runs.merge(self._root, [], cells)))
        panel.close(PANEL_CELLS)

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
            self._forget_panels(period)

    def _forget_panels(self, month: str) -> None:
        """Replace the panels of a month and of its year, which are no longer true."""
        gone = {part.path for part in self.replaced}
        for derived in (month, month[:4]):
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

    def put_settled(self, period: str, old: Sequence[Part], stretches: Iterable[Stretch]) -> None:
        """Write a month's cells as one run in the place of all that it had."""
        self._put("by-month", period, stretches)
        self.replaced += old

    def put_panel(self, period: str, table: pl.DataFrame) -> None:
        """Write a part of the panel (PANEL_COLUMNS) of a month or a year."""
        self._put("panel", period, [table])

    def close(self) -> None:
        """Write what is under way, and the folders' lists of files, down to the disk.

        Only then is added all that is new. Raises CannotWrite.
        """
        self._wait()
        self._thread.shutdown()
        parts.sync_folders(self._root, self.added)

    def leave(self) -> None:
        """Wait until nothing is written any more; of what was not closed no commit knows."""
        self._thread.shutdown()

    def _put(self, kind: Kind, period: str, stretches: Iterable[Stretch]) -> None:
        write = partial(parts.write, self._root, kind, self.dataset, period, run=self._run)
        for stretch in stretches:
            table = as_table(stretch)
            if table.height:
                self._wait()
                serial = self._serials[kind, period]
                self._under_way = self._thread.submit(write, table, serial=serial)
                self._serials[kind, period] += 1

    def _wait(self) -> None:
        """Enter the part that is under way; raises CannotWrite if it could not be written."""
        under_way, self._under_way = self._under_way, None
        if under_way is not None:
            self.added.append(under_way.result())


class PanelWriter:
    """The panel of a month or a year, which comes pairs by pairs and is written part by part."""

    def __init__(self, writer: Writer, period: str) -> None:
        self._writer, self._period = writer, period
        self._held: list[pl.DataFrame] = []
        self._cells = 0

    def counting(self, stretches: Iterable[Stretch]) -> Iterator[Stretch]:
        """Count stretches of a month's cells, cut between pairs, on their way."""
        for stretch in stretches:
            self.count(stretch)
            yield stretch

    def count(self, stretch: Stretch) -> None:
        """Enter the cells of some pairs of a month."""
        self._cells += stretch.height
        self.add(panel_of(stretch))

    def add(self, table: pl.DataFrame) -> None:
        """Enter some pairs of the panel."""
        self._held.append(table)
        if sum(each.height for each in self._held) >= PANEL_ROWS:
            self._write()

    def close(self, least: int = 0) -> None:
        """Write what is left; nothing if fewer cells than least were counted."""
        if self._cells >= least and self._held:
            self._write()

    def _write(self) -> None:
        self._writer.put_panel(self._period, pl.concat(self._held))
        self._held = []


def _by_pair(tables: Sequence[pl.DataFrame]) -> pl.DataFrame:
    return packed.ordered(pl.concat(tables), EVENT_ORDER)
