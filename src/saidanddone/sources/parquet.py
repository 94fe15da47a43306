"""Parquet: rows as text, in stretches, so that memory stays bounded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from saidanddone.errors import BadFile
from saidanddone.sources.header import require_columns
from saidanddone.sources.lines import first_bytes, require_file
from saidanddone.sources.rows import Rows, misfits, require_rows
from saidanddone.sources.source import BATCH_ROWS


def parquet_rows(
    path: Path,
    wanted: Sequence[str],
    batch_rows: int = BATCH_ROWS,
    optional: Sequence[str] = (),
) -> Iterator[Rows]:
    """Read Parquet, values as text, line = row from 1; raises BadFile."""
    require_file(path)
    try:
        lazy = pl.scan_parquet(path, glob=False)
        schema = lazy.collect_schema()
        height = int(lazy.select(pl.len()).collect().item())
        require_columns(path, wanted, schema.names())
        present = [*wanted, *(name for name in optional if name in schema)]
        texts = [_as_text(path, name, schema[name]) for name in dict.fromkeys(present)]
        absent = [pl.lit(None, pl.String).alias(name) for name in optional if name not in schema]
        for offset in range(0, height, batch_rows):
            stretch = lazy.select(texts).slice(offset, batch_rows).collect()
            numbers = pl.int_range(offset + 1, offset + 1 + stretch.height, dtype=pl.Int64)
            yield Rows(
                stretch.select(pl.all().replace("", None), *absent, numbers.alias("line")),
                misfits([], [], []),
            )
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as error:
        # A page that contradicts the footer makes Polars panic; its words help nobody.
        reason = "its pages contradict its footer"
        if not isinstance(error, pl.exceptions.PanicException) and str(error):
            reason = str(error).splitlines()[0]
        raise BadFile(
            f"'{path.name}' is no whole Parquet file ({reason.rstrip('.')})",
            "a Parquet file from its first to its last byte",
            "fetch the file again",
        ) from None
    require_rows(path, height > 0)


def _as_text(path: Path, name: str, dtype: pl.DataType) -> pl.Expr:
    if dtype.is_nested() or dtype in (pl.Binary, pl.Object):
        raise BadFile(
            f"the column '{name}' of '{path.name}' holds {dtype}",
            "text, numbers or dates",
            "flatten the column",
        )
    column = pl.col(name)
    if isinstance(dtype, pl.Datetime):
        column = column.cast(pl.Date)
    return column.cast(pl.String)


def is_parquet(path: Path) -> bool:
    """Say whether a file is Parquet, by its name or its first bytes; raises BadFile."""
    return first_bytes(path) == b"PAR1" or path.suffix.lower() == ".parquet"
