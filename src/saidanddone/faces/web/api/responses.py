"""What every operation of the API may answer beside what it is for."""

from __future__ import annotations

from typing import Any

Responses = dict[int | str, dict[str, Any]]

TROUBLE: Responses = {
    status: {
        "description": what,
        "content": {
            "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
        },
    }
    for status, what in (
        (400, "the address is not well formed"),
        (404, "there is no such state"),
        (422, "a field cannot be used"),
        (503, "too many answers are being made, or the archive cannot be read: come back"),
    )
}

AS_TABLE: Responses = {
    200: {
        "content": {
            "text/csv": {"schema": {"type": "string"}},
            "application/vnd.apache.parquet": {"schema": {"type": "string", "format": "binary"}},
        }
    }
}
"""Of tables that `format` gives whole."""
