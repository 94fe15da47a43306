"""Rows of text: a table written to an open file a stretch at a time."""

from __future__ import annotations

from typing import BinaryIO

import polars as pl

ROWS_AT_ONCE = 50_000
"""Rows that are text in memory at one time: some 15 MB."""


def write_delimited(file: BinaryIO, table: pl.DataFrame) -> None:
    """Write rows with commas between fields, quoted where they need it."""
    for part in table.iter_slices(ROWS_AT_ONCE):
        file.write(part.write_csv(include_header=False).encode())


def write_tabbed(file: BinaryIO, table: pl.DataFrame) -> None:
    """Write rows with tabs between fields and no quotes: no field may hold a tab or a line end."""
    for part in table.iter_slices(ROWS_AT_ONCE):
        text = part.write_csv(include_header=False, separator="\t", quote_style="never")
        file.write(text.encode())


def write_objects(file: BinaryIO, table: pl.DataFrame) -> None:
    """Write each row as a JSON object on a line of its own."""
    for part in table.iter_slices(ROWS_AT_ONCE):
        file.write(part.write_ndjson().encode())
