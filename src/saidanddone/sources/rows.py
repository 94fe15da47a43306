"""Rows of a table as text: every column a string, every row with its line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from saidanddone.errors import BadFile
from saidanddone.sources.source import ASIDE_SCHEMA


@dataclass(frozen=True, slots=True)
class Rows:
    """A stretch of rows.

    frame has the wanted columns as String (null where empty) and line (Int64). aside has the
    rows that do not fit the header: line, reason, content.
    """

    frame: pl.DataFrame
    aside: pl.DataFrame


def misfits(lines: list[int], reasons: list[str], contents: list[str]) -> pl.DataFrame:
    """Rows that do not fit the header, as Batch.aside shows them."""
    return pl.DataFrame(
        {"line": lines, "reason": reasons, "content": contents}, schema=ASIDE_SCHEMA
    )


def wrong_width(found: int, expected: int) -> str:
    """The reason for which a row with too many or too few fields is set aside."""
    return f"{found} columns instead of {expected}"


def truncated(path: Path, line: int, found: int, expected: int) -> BadFile:
    """The refusal of a file whose last line breaks off."""
    return BadFile(
        f"'{path.name}' is truncated: line {line}, its last, breaks off after {found} of"
        f" {expected} columns",
        "a whole last line",
        "fetch the file again",
    )


def require_rows(path: Path, anything: bool) -> None:
    """Refuse a file of which only the header is there; raises BadFile."""
    if not anything:
        raise BadFile(f"'{path.name}' has a header and no rows", "rows", "fetch the file again")
