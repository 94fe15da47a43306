"""Listing: tables as pages of JSON with links to the others, or whole as CSV and Parquet."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlencode

import polars as pl
from fastapi import Depends
from starlette.requests import Request
from starlette.responses import Response

from saidanddone.faces.web import reply, tables
from saidanddone.faces.web.api import fields
from saidanddone.faces.web.api.shapes import Shape

Listed = dict[str, Any] | Response


class Leaves:
    """The leaves of a list as one request asks for them."""

    def __init__(self, request: Request, response: Response) -> None:
        self._asked = reply.asked(request)
        self._response = response

    def table(
        self,
        table: pl.DataFrame,
        given: fields.Paged,
        shape: type[Shape],
        name: str,
        **more: Any,
    ) -> Listed:
        """A table: one page of rows of a shape, or whole as a file of that name."""
        if (file := as_file(table, given.format, name)) is not None:
            return file
        page = table.slice((given.page - 1) * given.size, given.size)
        return self.page(rows(page, shape), table.height, given, **more)

    def page(
        self,
        items: list[dict[str, Any]],
        total: int,
        given: fields.Paged | fields.Search,
        **more: Any,
    ) -> dict[str, Any]:
        """A page of items, with links to the others (RFC 8288) relative to where it lies."""
        page, size = given.page, given.size
        last = max(1, -(-total // size))
        at = {"first": 1, "prev": page - 1, "next": page + 1, "last": last}
        own = {k: v for k, v in self._asked.fields if k not in ("page", "format")}
        self._response.headers["link"] = ", ".join(
            f'<?{urlencode({**own, "page": number})}>; rel="{rel}"'
            for rel, number in at.items()
            if 1 <= number <= last
        )
        return {**more, "total": total, "page": page, "size": size, "items": items}


Leafing = Annotated[Leaves, Depends()]


def rows(table: pl.DataFrame, shape: type[Shape]) -> list[dict[str, Any]]:
    """Rows as JSON holds them: null and never NaN, days as text."""
    floats = pl.col(pl.Float32, pl.Float64).fill_nan(None)
    chosen = table.select(list(shape.model_fields)).with_columns(floats)
    return chosen.with_columns(pl.col(pl.Date).cast(pl.String)).to_dicts()


def as_file(table: pl.DataFrame, format_: str, name: str) -> Response | None:
    """A table as a file of a format; None for JSON."""
    if format_ == "json":
        return None
    content, media = tables.written(table, format_)
    return reply.file(content, media, f"{name}.{format_}")


def nested_as_file(items: list[dict[str, Any]], format_: str, name: str) -> Response | None:
    """Objects as a file: what is nested is joined to its name with a dot; None for JSON."""
    if format_ == "json":
        return None
    return as_file(pl.DataFrame([tables.flat(item) for item in items]), format_, name)
