"""Runs: sorted tables that lie beside one another until they are few and large enough to merge.

What a group of files brings is written as a new run and history stays where it is. A run is one
sorted table in one or more parts; what has to be added up is added up on reading. So that a
reader never opens many, a new run takes the newest runs with it as long as they are no larger:
of a period's runs each is then larger than all that came after it together, their number is at
most the binary logarithm of the cells, and a cell is written anew about half as often (O'Neil et
al., The log-structured merge-tree, 1996).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise
from pathlib import Path

import numpy as np
import polars as pl

from saidanddone.archive import cells, parts, renumbered
from saidanddone.archive.manifest import Part
from saidanddone.archive.run import Run, Stretch, sampled_rows
from saidanddone.archive.spilled import SpilledRun

New = pl.DataFrame | Run | SpilledRun
"""Sorted cells that are new: a table, or numbers that become one where they are written."""

SMALL_ROWS = 2**14
"""A run of so few cells is always taken along: writing it anew costs no more than opening it."""

MOST_UNSETTLED = 8
"""Runs of a month while an ingest goes on: merged at once in the end, a cell is written twice."""

CELLS_IN_A_PART = 2**15
"""About so many cells are in memory at once while runs are merged, 3 MB before they are copied; and
are a part. Twice as many took 14 MiB more memory."""


def runs_of(listed: Sequence[Part]) -> list[list[Part]]:
    """Return the parts of one period by runs, the newest first; old parts are a run each."""

    def name(part: Part) -> tuple[int, str]:
        return part.run, "" if part.run else part.path

    found = [list(run) for _, run in groupby(sorted(listed, key=name), key=name)]
    return found[::-1]


def taken_along(listed: Sequence[Part], rows: int, *, settled: bool = False) -> list[Part]:
    """Return the parts of a period that a new run of so many rows is merged with.

    settled says that all runs of the period become one when the ingest ends: until there are
    MOST_UNSETTLED of them only small ones are merged before.
    """
    taken: list[Part] = []
    total = rows
    found = runs_of(listed)
    for run in found:
        size = sum(part.rows for part in run)
        if size > max(total, SMALL_ROWS):
            break
        if settled and size > SMALL_ROWS and len(found) < MOST_UNSETTLED:
            break
        taken += run
        total += size
    return taken


def merge(
    root: Path,
    old: Sequence[Part],
    new: Sequence[New],
    *,
    combine: Callable[[Sequence[pl.DataFrame]], Stretch] = renumbered.together,
    schema: dict[str, pl.DataType] = parts.CELL_SCHEMA,
    rows_in_a_part: int | None = None,
) -> Iterator[Stretch]:
    """Yield old parts and new cells as one sorted run, in stretches of about rows_in_a_part
    (by default CELLS_IN_A_PART), cut between pairs.

    What came as numbers alone stays so. Raises DamagedArchive rather than add to a part that is
    not as it was written.
    """
    most = rows_in_a_part or CELLS_IN_A_PART
    for part in old:
        parts.verify(root, part)
    if sum(part.rows for part in old) + sum(table.height for table in new) <= most:
        bounds: list[str] = []
    else:
        with parts.reading(root):
            bounds = _bounds(root, old, new, schema, most)
    ends: list[str | None] = [None, *bounds, None]
    for low, high in pairwise(ends):
        conditions = [cells.since(low)] if low else []
        conditions += [cells.before(high)] if high else []
        touched = [part for part in old if _overlaps(part, low, high)]
        tables = [parts.scan(root, [part], schema) for part in touched]
        tables += [table.lazy() for table in new if isinstance(table, pl.DataFrame)]
        with parts.reading(root):
            held = pl.collect_all([t.filter(conditions) if conditions else t for t in tables])
        numbers = [run.stretch(low, high) for run in new if not isinstance(run, pl.DataFrame)]
        if len(numbers) == 1 and not any(table.height for table in held):
            yield numbers[0]
        else:
            yield combine([*held, *(run.table() for run in numbers)])


def _overlaps(part: Part, low: str | None, high: str | None) -> bool:
    """Say whether a part may hold pairs from low to before high; old parts do not tell."""
    return not part.low or ((not low or part.high >= low) and (not high or part.low < high))


def _bounds(
    root: Path,
    old: Sequence[Part],
    new: Sequence[New],
    schema: dict[str, pl.DataType],
    rows: int,
) -> list[str]:
    """Return the pairs at which tables are cut, so that about so many rows lie between two cuts.

    Sorted tables say with a few of their rows how their pairs lie: nobody has to count them.
    """
    sampled = [sampled_rows(parts.scan(root, [part], schema), part.rows) for part in old]
    sampled += [
        sampled_rows(one.lazy(), one.height) if isinstance(one, pl.DataFrame) else one.sample()
        for one in new
    ]
    pairs = pl.concat(sampled).sort("source", "target")
    stretch = pairs["len"].to_numpy().cumsum() // rows
    cuts = (np.flatnonzero(stretch[1:] != stretch[:-1]) + 1).tolist()
    found = dict.fromkeys(cells.pair_of(pairs, place) for place in cuts)
    found.pop(cells.pair_of(pairs, 0), None)  # before the first pair there is nothing
    return list(found)
