"""Tables as bytes: CSV, Parquet and JSON Lines."""

from __future__ import annotations

import io
import json
from typing import Any

import polars as pl

from saidanddone.faces.exports.plain import FORMULA

ENDINGS = {
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
    "jsonl": "application/x-ndjson",
}
"""Formats by ending, with their media types."""


def written(table: pl.DataFrame, ending: str) -> tuple[bytes, str]:
    """Return a table in a format of ENDINGS and its media type.

    In CSV a text that a spreadsheet would take for a formula gets an apostrophe before it, as the
    readers of these files mostly open them there; Parquet and JSON Lines hold all texts as they
    are.

    >>> written(pl.DataFrame({"a": ["=1+1", "b"]}), "csv")[0]
    b"a\\n'=1+1\\nb\\n"
    """
    file = io.BytesIO()
    if ending == "parquet":
        table.write_parquet(file, compression="zstd", statistics=False)
    elif ending == "jsonl":
        table.with_columns(pl.col(pl.Float32, pl.Float64).fill_nan(None)).write_ndjson(file)
    else:
        safe = pl.when(pl.col(pl.String).str.contains(FORMULA))
        guarded = safe.then(pl.lit("'") + pl.col(pl.String)).otherwise(pl.col(pl.String))
        table.with_columns(guarded.name.keep()).write_csv(file)
    return file.getvalue(), ENDINGS[ending]


def flat(row: dict[str, Any], before: str = "") -> dict[str, Any]:
    """Lay nested objects out as one row; lists become JSON.

    >>> flat({"rank": 1, "source": {"id": "RUS"}, "interval90": [0.1, 0.2]})
    {'rank': 1, 'source.id': 'RUS', 'interval90': '[0.1, 0.2]'}
    """
    found: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, dict):
            found |= flat(value, f"{before}{name}.")
        elif isinstance(value, list | tuple):
            found[before + name] = json.dumps(value, ensure_ascii=False)
        else:
            found[before + name] = value
    return found
