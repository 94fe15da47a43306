"""Counting a block of rows straight into cells; its text never becomes a table of strings."""

from __future__ import annotations

import numpy as np
import polars as pl

from saidanddone.sources.acts import set_aside
from saidanddone.sources.gdelt.cells import CELL_SCHEMA, cells_of, merged
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
from saidanddone.sources.gdelt.split import Ints, Split, split
from saidanddone.sources.source import (
    SAME_STATE,
    SOURCE_UNKNOWN,
    TARGET_UNKNOWN,
    CountedBatch,
)

REASONS = {SOURCE: SOURCE_UNKNOWN, TARGET: TARGET_UNKNOWN, SAME: SAME_STATE}
"""Why rows are filtered, by their outcome."""


def count_rows(text: bytes, layout: Layout, first_line: int) -> CountedBatch:
    """Count the rows of a block.

    text is whole lines, each ended by LF, without NUL bytes and CR LF; first_line is the number
    of the first. Blank lines count as lines and are no rows.
    """
    rows = split(text, layout, first_line)
    fields = fields_of(rows, layout)
    said = verdicts(fields)
    unusual = np.flatnonzero(said.outcome == JUDGE)
    judged = judge(raw(rows, layout, unusual)) if len(unusual) else None
    return counted(fields, said, judged, rows.aside)


def counted(
    fields: Fields, said: Verdicts, judged: pl.DataFrame | None, misfits: pl.DataFrame
) -> CountedBatch:
    """Put together what the verdicts say, the rows that were judged one by one, and the misfits.

    fields may be rows or distinct combinations of fields, of which those with the outcome JUDGE
    do not count here: their rows are in judged (meaning.judge of :func:`raw`).
    """
    kept, aside, filtered = account(fields, said, judged, misfits)
    cells = cells_of(fields, said)
    if judged is not None:
        alone = judged.filter(kept_of_judged()).select(CELL_SCHEMA.keys())
        cells = merged([cells, alone.cast(CELL_SCHEMA)])  # type: ignore[arg-type]
    return CountedBatch(cells, kept, kept, aside, filtered)


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
            rows.text[start:end].decode("utf-8", "replace") or None
            for start, end in zip(starts, ends, strict=True)
        ]
    return pl.DataFrame(columns, schema=dict.fromkeys(RAW, pl.String)).with_columns(
        pl.Series("line", rows.lines[which], dtype=pl.Int64),
        pl.Series("content", [rows.content(row) for row in which.tolist()], dtype=pl.String),
    )
