"""Counting a block of rows with the compiled scanner: the same result as gdelt.pure.count_rows."""

from __future__ import annotations

import threading
from dataclasses import replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import polars as pl

from saidanddone.sources.acts import ACT_SCHEMA
from saidanddone.sources.gdelt import lexicon, pure
from saidanddone.sources.gdelt.acts import acts_of_rows
from saidanddone.sources.gdelt.cells import CELL_SCHEMA, merged
from saidanddone.sources.gdelt.layouts import Layout
from saidanddone.sources.numbers import NumberedActs, NumberedBatch, Numbers
from saidanddone.sources.rows import misfits
from saidanddone.sources.scanner.scanner import Odd, Scanner
from saidanddone.sources.source import (
    SAME_STATE,
    SOURCE_UNKNOWN,
    TARGET_UNKNOWN,
    CountedBatch,
)

_mine = threading.local()
_NOTHING_ASIDE = misfits([], [], [])
_NO_CELLS = pl.DataFrame(schema=CELL_SCHEMA)  # made once: for every file it cost as much as hashing
_NO_ACTS = pl.DataFrame(schema=ACT_SCHEMA)
_DAY = pl.Series(["day"], dtype=pl.String)


def count_rows(
    text: bytes | bytearray | memoryview, layout: Layout, first_line: int
) -> CountedBatch:
    """Count the rows of a block of whole lines; first_line is the number of the first.

    Only where available(). Each thread has scanners of its own, and the scan lets others run.
    """
    if not len(text):
        return CountedBatch(pl.DataFrame(schema=CELL_SCHEMA), 0, 0, _NOTHING_ASIDE.clone(), {})
    counted = count_block(np.frombuffer(text, dtype=np.uint8), layout, first_line)
    assert counted is not None
    return counted


def count_block(
    text: npt.NDArray[np.uint8], layout: Layout, first_line: int, *, only_clean: bool = False
) -> CountedBatch | None:
    """Count as count_rows does; None, with only_clean, where the text holds a NUL or a CR."""
    found = number_block(text, layout, first_line, only_clean=only_clean)
    if found is None:
        return None
    cells, rest = _frame(found.numbers), found.rest
    if rest.cells.height:
        cells = merged([cells, rest.cells])
    return CountedBatch(cells, rest.kept, rest.acts, rest.aside, rest.filtered)


def number_block(
    text: npt.NDArray[np.uint8],
    layout: Layout,
    first_line: int,
    *,
    only_clean: bool = False,
    acts: bool = False,
) -> NumberedBatch | None:
    """Count as count_block does, into numbers: of lexicon.ids and of lexicon.code_table.

    With acts the rows that are kept are given one by one, too.
    """
    # Taken out while it is used: one that was interrupted may hold cells, and is not used again.
    mine: dict[Layout, Scanner] = _mine.__dict__.setdefault("scanners", {})
    scanner = mine.pop(layout, None) or Scanner(layout)
    totals = scanner.scan(text, only_clean=only_clean, acts=acts)
    if totals is None:
        mine[layout] = scanner
        return None
    numbers = scanner.cells(totals.cells)
    odd = scanner.odd(totals.odd)
    plain = _acts(scanner, totals.kept, first_line) if acts else None
    mine[layout] = scanner
    filtered = {
        reason: number
        for reason, number in (
            (SOURCE_UNKNOWN, totals.source_unknown),
            (TARGET_UNKNOWN, totals.target_unknown),
            (SAME_STATE, totals.same_state),
        )
        if number
    }
    if not totals.odd:
        nothing = _NO_CELLS.clone(), totals.kept, totals.kept
        rest = CountedBatch(*nothing, _NOTHING_ASIDE.clone(), filtered)
        return NumberedBatch(numbers, rest, plain)
    alone = _alone(text.data, odd)
    if plain is not None:
        judged = acts_of_rows(alone, layout, 0)
        lines = pl.Series(odd.line + first_line).gather(judged.acts["line"])
        plain = replace(plain, odd=judged.acts.with_columns(lines.alias("line")))
    rest = _judged(alone, odd, layout, first_line)
    for reason, number in rest.filtered.items():
        filtered[reason] = filtered.get(reason, 0) + number
    kept = totals.kept + rest.kept
    rest = CountedBatch(rest.cells, kept, kept, rest.aside, filtered)
    return NumberedBatch(numbers, rest, plain)


def _acts(scanner: Scanner, kept: int, first_line: int) -> NumberedActs:
    numbers, lines = scanner.acts(kept)
    return NumberedActs(numbers, lines + first_line, scanner.texts(), _NO_ACTS.clone())


def _alone(text: memoryview, odd: Odd) -> bytes:
    """The odd rows, each ended by LF."""
    spans = zip(odd.start.tolist(), odd.end.tolist(), strict=True)
    return b"".join([part for start, end in spans for part in (text[start:end], b"\n")])


def _judged(alone: bytes, odd: Odd, layout: Layout, first_line: int) -> CountedBatch:
    """Count the odd rows by the pure path, and give them back their own lines."""
    counted = pure.count_rows(alone, layout, 0)
    lines = pl.Series(odd.line + first_line).gather(counted.aside["line"])
    aside = counted.aside.with_columns(lines.alias("line"))
    return CountedBatch(counted.cells, counted.kept, counted.acts, aside, counted.filtered)


def _frame(cells: Numbers) -> pl.DataFrame:
    """Give numbers their texts; by look-ups in whole tables, which ask no query engine."""
    ids = _ids(len(lexicon.ids.texts))
    source, target, code = ids[cells.source], ids[cells.target], lexicon.code_table()[cells.code]
    columns = {
        "source": source["id"],
        "target": target["id"],
        "government": pl.Series(cells.government.view(np.bool_)),
        "date": pl.Series(cells.day).cast(pl.Date),
        "precision": _DAY.new_from_index(0, len(cells.day)),
        "code": code["code"],
        "channel": code["channel"],
        "valence": code["valence"],
        "reports": pl.Series(cells.reports),
    }
    return pl.DataFrame({name: columns[name] for name in CELL_SCHEMA})


@lru_cache(maxsize=1)
def _ids(known: int) -> pl.DataFrame:
    return pl.DataFrame({"id": lexicon.ids.series()[:known]})
