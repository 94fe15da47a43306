"""Which shape a table of indicators has: known by its columns."""

from __future__ import annotations

import hashlib
from pathlib import Path

import polars as pl

from saidanddone.errors import BadFile
from saidanddone.sources.indicators import arms, own, positions, sanctions
from saidanddone.sources.indicators.indicator import IndicatorTable

ENDINGS = (".csv", ".parquet")
BAD_SHARE = 0.05
"""A file of which more rows cannot be read is refused, as everywhere in the archive."""


def find(path: Path, mapping: Path | None = None) -> list[Path]:
    """Return a file as it is, of a folder the tables of a known shape; raises BadFile."""
    if not path.is_dir():
        return [path]
    known = own.read_mapping(mapping) if mapping else None
    found = [
        file
        for file in sorted(path.iterdir())
        if file.suffix in ENDINGS and file.is_file() and _shape(_header(file), known)
    ]
    if not found:
        raise BadFile(
            f"the folder '{path}' holds no table of indicators", _expected(), "name its files"
        )
    return found


def read(path: Path, *, mapping: Path | None = None, dataset: str | None = None) -> IndicatorTable:
    """Read a file of indicators; raises BadFile, BadMapping."""
    known = own.read_mapping(mapping) if mapping else None
    header = _header(path)
    shape = _shape(header, known)
    if shape is None:
        raise BadFile(
            f"'{path}' is no table of indicators (its columns are {', '.join(header[:8]) or 'none'}"
            f"{', ...' if len(header) > 8 else ''})",
            _expected(),
            "write a mapping, or give the columns these names",
        )
    rows = _rows(path)
    if shape == "own":
        found = own.read(rows, dataset, known or own.IndicatorMapping())
    elif shape == "arms":
        found = arms.read(rows, dataset)
    elif shape == "sanctions":
        found = sanctions.read(rows, dataset)
    else:
        found = positions.read(rows, dataset)
    if not found.table.height or found.set_aside > BAD_SHARE * found.rows:
        why = ", ".join(f"{rows:,} {reason}" for reason, rows in found.reasons.items())
        raise BadFile(
            f"of the {found.rows:,} rows of '{path}' {found.kept:,} can be used ({why})",
            "at least one value of two states, and at most 5% rows that cannot be read",
            "check the columns, or write a mapping",
        )
    return found


def identify(path: Path) -> str:
    """Return the SHA-256 of a file's bytes; raises BadFile."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise _unreadable(path, error) from None


def _shape(header: list[str], mapping: own.IndicatorMapping | None) -> str | None:
    if mapping is not None:
        return "own" if set(mapping.columns.values()) <= set(header) else None
    shapes = {
        "arms": arms.COLUMNS,
        "sanctions": sanctions.COLUMNS,
        **{f"positions {point}": (*positions.COLUMNS, point) for point in positions.POINTS},
        "own": own.COLUMNS,
    }
    return next((name for name, columns in shapes.items() if set(columns) <= set(header)), None)


def _expected() -> str:
    return f"a CSV or Parquet file with the columns {', '.join(own.COLUMNS)}, or a known one"


def _header(path: Path) -> list[str]:
    try:
        if path.suffix == ".parquet":
            return list(pl.read_parquet_schema(path))
        with path.open(encoding="utf-8-sig", errors="replace") as stream:
            line = stream.readline().rstrip("\r\n")
    except (OSError, pl.exceptions.PolarsError) as error:
        raise _unreadable(path, error) from None
    return [name.strip().strip('"') for name in line.split(",")]


def _rows(path: Path) -> pl.DataFrame:
    """All columns as text; NA is a name, not a gap, until it is read as a number."""
    try:
        if path.suffix == ".parquet":
            return pl.read_parquet(path).cast(pl.String)
        return pl.read_csv(path, infer_schema=False, encoding="utf8-lossy")
    except (OSError, pl.exceptions.PolarsError) as error:
        raise _unreadable(path, error) from None


def _unreadable(path: Path, error: Exception) -> BadFile:
    return BadFile(
        f"'{path}' cannot be read ({str(error).splitlines()[0]})",
        "a CSV file in UTF-8 or a Parquet file",
        "check the path",
    )
