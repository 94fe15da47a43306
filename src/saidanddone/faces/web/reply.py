"""Replies that the inner application gives: pages, redirects, files, refusals."""

from __future__ import annotations

from typing import Any, cast

from starlette.requests import Request
from starlette.responses import Response

from saidanddone.faces.pages import Site, addresses
from saidanddone.faces.web import failures
from saidanddone.faces.web.asked import Asked, Refusal
from saidanddone.faces.web.body import Body

FOREVER = "public, max-age=31536000, immutable"
"""For what bears a mark of its content in its address."""


def asked(request: Request) -> Asked:
    """What was asked for, as the front understood it."""
    return cast("Asked", request.state.asked)


def field(request: Request, name: str) -> str:
    """A field as it was typed; '' where it was left out."""
    return dict(asked(request).fields).get(name, "")


def page(html: str, trouble: str = "") -> Response:
    """A page; 422 where a field of its form could not be used, which the page then tells."""
    # Half of a surrogate pair, which a data set may hold, has no bytes.
    content = html.encode("utf-8", "replace")
    return Response(content, 422 if trouble else 200, media_type=failures.PAGE)


def number(typed: str) -> int:
    """The number of a page as it was typed, the first where none was; 0 for what is no number.

    >>> number(""), number("12"), number("-1"), number("1e9")
    (1, 12, 0, 0)
    """
    if not typed:
        return 1
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


def moved(request: Request, to: str, status: int = 308) -> Response:
    """A redirect to an address of this site, relative, so that no Host header enters it."""
    return Response(
        status_code=status, headers={"location": addresses.relative(asked(request).here, to)}
    )


def file(content: bytes, media: str, name: str, **headers: str) -> Response:
    """A file to be saved under a name (of letters, digits, '-' and '.')."""
    disposition = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media, headers=disposition | headers)


def refused(request: Request, refusal: Refusal, site: Site, **more: Any) -> Response:
    """A refusal in the form that the asker reads."""
    return sent(failures.told(refusal, asked(request), site, **more))


def sent(body: Body) -> Response:
    """A finished body as a reply."""
    headers = {k.decode("latin-1"): v.decode("latin-1") for k, v in body.headers}
    return Response(body.plain, status_code=body.status, headers=headers)
