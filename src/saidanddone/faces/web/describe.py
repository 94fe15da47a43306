"""The API's own description (OpenAPI 3.1), with problems as RFC 9457 has them."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from saidanddone import __version__
from saidanddone.faces.web.api.data_shapes import Problem

ABOUT = """\
What governments are reported to have said and done toward one another, and whether their deeds \
match their words. Acts are reported acts: nothing here says what anybody meant by them.

Everything is read by GET. Lists come in pages with a `Link` header; `format=csv` and \
`format=parquet`, or the endings `.csv` and `.parquet`, give whole tables. Every answer has an \
`ETag` that changes when the data do; ask again with `If-None-Match`. Numbers that are not known \
are null. What is wrong is told as `application/problem+json`. Where more is asked at once than \
can be answered, the status is 503 with `Retry-After`.
"""

TAGS = [
    {"name": "answers", "description": "A question and its answer."},
    {"name": "pairs", "description": "Pairs of states: who acts, and toward whom."},
    {"name": "all pairs", "description": "What all pairs come to."},
    {"name": "search", "description": "Acts and documents by their words."},
    {"name": "topics", "description": "What acts are about."},
    {"name": "data", "description": "What the answers rest on."},
]


def describe(app: FastAPI) -> dict[str, Any]:
    """Return the description of an application's API; made once."""
    if app.openapi_schema is None:
        found = get_openapi(
            title="Said & Done",
            version=__version__,
            description=ABOUT,
            routes=app.routes,
            tags=TAGS,
            servers=[{"url": ".", "description": "this server"}],
        )
        shapes = found.setdefault("components", {}).setdefault("schemas", {})
        for unused in ("HTTPValidationError", "ValidationError"):
            shapes.pop(unused, None)
        problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        shapes |= problem.pop("$defs", {})
        shapes["Problem"] = problem
        app.openapi_schema = found
    return app.openapi_schema
