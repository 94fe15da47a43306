"""Counting a block of rows straight into cells; its text never becomes a table of strings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import fields as columns_of
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import polars as pl

from saidanddone.sources.acts import set_aside
from saidanddone.sources.gdelt.blocks import BLOCK_BYTES
from saidanddone.sources.gdelt.cells import CELL_SCHEMA, cells_of, merged, numbers_of
from saidanddone.sources.gdelt.fields import (
    JUDGE,
    KEPT,
    SAME,
    SOURCE,
    TARGET,
    Fields,
    Verdicts,
    fields_of,
    verdicts,
)
from saidanddone.sources.gdelt.layouts import Layout
from saidanddone.sources.gdelt.meaning import RAW, judge
from saidanddone.sources.gdelt.split import LONGEST_ROW, Ints, Split, Text, lines_in, split
from saidanddone.sources.numbers import NumberedBatch, Numbers
from saidanddone.sources.source import (
    SAME_STATE,
    SOURCE_UNKNOWN,
    TARGET_UNKNOWN,
    CountedBatch,
)

UInt8s = npt.NDArray[np.uint8]

_NO_CELLS = pl.DataFrame(schema=CELL_SCHEMA)
_LF, _CR = (np.uint8(ord(mark)) for mark in "\n\r")

REASONS = {SOURCE: SOURCE_UNKNOWN, TARGET: TARGET_UNKNOWN, SAME: SAME_STATE}
"""Why rows are filtered, by their outcome."""


def count_rows(text: bytes, layout: Layout, first_line: int) -> CountedBatch:
    """Count the rows of a block.

    text is whole lines, each ended by LF, without NUL bytes and CR LF; first_line is the number
    of the first. Blank lines count as lines and are no rows.
    """
    found = number_rows(text, layout, first_line)
    cells, rest = cells_of(found.numbers), found.rest
    if rest.cells.height:
        cells = merged([cells, rest.cells])
    return replace(rest, cells=cells)


def number_rows(text: Text, layout: Layout, first_line: int) -> NumberedBatch:
    """Count the rows of a block into numbers of the lexicon; as :func:`count_rows` otherwise."""
    rows = split(text, layout, first_line)
    fields = fields_of(rows, layout)
    said = verdicts(fields)
    unusual = np.flatnonzero(said.outcome == JUDGE)
    judged = judge(raw(rows, layout, unusual)) if len(unusual) else None
    return counted(fields, said, judged, rows.aside)


def number_text(text: UInt8s, layout: Layout) -> NumberedBatch | None:
    """Count a whole text into numbers, block by block; None where it holds a NUL or a CR."""
    if not text.min() or (text == _CR).any():
        return None
    found: list[NumberedBatch] = []
    line = 1
    start = 0
    while start < len(text):
        end = min(start + BLOCK_BYTES, len(text))
        last = np.flatnonzero(text[max(start, end - LONGEST_ROW) : end] == _LF)
        if not len(last):
            return None  # a row that long is left to the general way
        end = max(start, end - LONGEST_ROW) + int(last[-1]) + 1
        block = text[start:end].data
        found.append(number_rows(block, layout, line))
        line += lines_in(block) if end < len(text) else 0
        start = end
    return found[0] if len(found) == 1 else _together(found)


def _together(found: Sequence[NumberedBatch]) -> NumberedBatch:
    """Put the blocks of a file together; a cell may stand in several."""
    filtered: Counter[str] = Counter()
    for batch in found:
        filtered.update(batch.rest.filtered)
    kept = sum(batch.rest.kept for batch in found)
    cells = pl.concat([batch.rest.cells for batch in found])
    aside = pl.concat([batch.rest.aside for batch in found])
    numbers = (
        np.concatenate([getattr(batch.numbers, column.name) for batch in found])
        for column in columns_of(Numbers)
    )
    rest = CountedBatch(cells, kept, kept, aside, dict(filtered))
    return NumberedBatch(Numbers(*numbers), rest)


def counted(
    fields: Fields, said: Verdicts, judged: pl.DataFrame | None, misfits: pl.DataFrame
) -> NumberedBatch:
    """Put together what the verdicts say, the rows that were judged one by one, and the misfits.

    fields may be rows or distinct combinations of fields, of which those with the outcome JUDGE
    do not count here: their rows are in judged (meaning.judge of :func:`raw`).
    """
    kept, aside, filtered = account(fields, said, judged, misfits)
    cells = _NO_CELLS.clone()
    if judged is not None:
        alone = judged.filter(kept_of_judged()).select(CELL_SCHEMA.keys())
        cells = merged([alone.cast(CELL_SCHEMA)])  # type: ignore[arg-type]
    rest = CountedBatch(cells, kept, kept, aside, filtered)
    return NumberedBatch(numbers_of(fields, said), rest)


def account(
    fields: Fields, said: Verdicts, judged: pl.DataFrame | None, misfits: pl.DataFrame
) -> tuple[int, pl.DataFrame, dict[str, int]]:
    """Return how many rows are kept, which are set aside, and how many are filtered and why."""
    filtered = {
        reason: number
        for outcome, reason in REASONS.items()
        if (number := int(fields.rows[said.outcome == outcome].sum()))
    }
    kept = int(fields.rows[said.outcome == KEPT].sum())
    if judged is None:
        return kept, misfits, filtered
    readable = judged.filter(pl.col("aside_reason").is_null())
    for reason, number in readable["filter_reason"].drop_nulls().value_counts().iter_rows():
        filtered[reason] = filtered.get(reason, 0) + number
    kept += judged.filter(kept_of_judged()).height
    return kept, set_aside(judged, misfits), filtered


def kept_of_judged() -> pl.Expr:
    """Say which rows that were judged one by one are kept."""
    return pl.col("aside_reason").is_null() & pl.col("filter_reason").is_null()


def raw(rows: Split, layout: Layout, which: Ints) -> pl.DataFrame:
    """Return rows as meaning.judge takes them, with line and content; which are their places."""
    columns: dict[str, list[str | None]] = {}
    for name, column in RAW.items():
        place = layout.place(column)
        starts = rows.starts(place)[which].tolist()
        ends = rows.ends[which, place].tolist()
        columns[name] = [
            bytes(rows.text[start:end]).decode("utf-8", "replace") or None
            for start, end in zip(starts, ends, strict=True)
        ]
    return pl.DataFrame(columns, schema=dict.fromkeys(RAW, pl.String)).with_columns(
        pl.Series("line", rows.lines[which], dtype=pl.Int64),
        pl.Series("content", [rows.content(row) for row in which.tolist()], dtype=pl.String),
    )
