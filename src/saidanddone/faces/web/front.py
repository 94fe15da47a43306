"""The front: every request comes by here, every answer leaves by here.

Refuses what is not well formed, answers from the shelf what is there, has the rest made once and
by turns, and gives every answer, errors too, its headers. What makes answers sees a GET without
conditions, ranges or encodings.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from saidanddone.errors import SaidAndDoneError
from saidanddone.faces.pages import Site
from saidanddone.faces.web import failures, policy
from saidanddone.faces.web.asked import API, Asked, Refusal, understand
from saidanddone.faces.web.body import Body, body, tag_of
from saidanddone.faces.web.holdings import Holdings
from saidanddone.faces.web.shelf import Shelf
from saidanddone.faces.web.turns import Line, Turns

log = logging.getLogger("saidanddone.web")

LIGHT = ("/assets/", "/ask", "/about/", "/contact/", "/api/v1/actors", "/openapi.json", "/feed")
"""Beginnings of paths whose answers take no table work: they do not wait for those that do."""

LIGHT_AT_ONCE = 8
"""Threads for them: they are over in milliseconds."""

MOST_SHOWN = 2_000
"""Characters of an address that links are made relative to; of a longer one they are not."""

KEPT = (200, 303, 308)
"""Statuses of answers that are kept and tagged; errors are made anew, lest they outlast a cause."""


class Front:
    """The outermost application."""

    def __init__(self, inner: ASGIApp, holdings: Holdings) -> None:
        self._inner = inner
        self._holdings = holdings
        settings = holdings.settings
        self._hosts = tuple(host.lower() for host in settings.hosts)
        self._shelf = Shelf(settings.cache_bytes)
        self._turns = Turns()
        self._heavy = Line(settings.computing, settings.waiting)
        self._light = Line(LIGHT_AT_ONCE, LIGHT_AT_ONCE * settings.waiting)
        self._bare = Site(title=settings.title, downloads=False, feed=False)
        self._looking: asyncio.Task[str] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; anything but HTTP goes on to what is inside."""
        if scope["type"] == "lifespan":
            await self._inner(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        try:
            found = await self._answer(scope)
        except asyncio.CancelledError:  # the server ends before the answer is there
            found = failures.told(failures.ENDING, _somewhere(scope), self._bare)
        await _send(found, scope, send)

    async def _answer(self, scope: Scope) -> Body:
        asked = understand(scope, self._hosts)
        if isinstance(asked, Refusal):
            return failures.told(asked, _somewhere(scope), self._bare)
        if scope["method"] not in ("GET", "HEAD"):
            return failures.told(failures.READ_ONLY, asked, self._bare)
        try:
            generation = self._holdings.known or await self._look()
        except Exception as error:
            return self._failed(error, asked)
        key = f"{generation} {asked.key}"
        found = self._shelf.get(key)
        if found is not None:
            return found
        line = self._light if asked.path.startswith(LIGHT) else self._heavy

        async def make() -> Body:
            return await self._make(scope, asked, generation, key)

        made = await self._turns.once(key, line, make)
        return made or failures.told(failures.TOO_MANY, asked, self._bare)

    async def _look(self) -> str:
        """Look at the archive, once for all who wait."""
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(asyncio.to_thread(self._holdings.look))
        return await asyncio.shield(self._looking)

    async def _make(self, scope: Scope, asked: Asked, generation: str, key: str) -> Body:
        try:
            made = await _called(self._inner, scope, asked)
        except Exception as error:
            return self._failed(error, asked)
        if made.status not in KEPT:
            return made
        try:
            now = await self._look()
        except Exception as error:
            return self._failed(error, asked)
        if now != generation:
            # The data changed meanwhile: nobody can say of which this answer is.
            return made
        tagged = Body(
            made.status, made.headers, made.plain, made.pressed, tag_of(generation, asked.key)
        )
        self._shelf.put(key, tagged)
        return tagged

    def _failed(self, error: Exception, asked: Asked) -> Body:
        refusal = failures.refusal_of(error)
        if refusal.status >= 500 and not isinstance(error, SaidAndDoneError):
            log.error("%s could not be answered", asked.path[:200], exc_info=error)
        return failures.told(refusal, asked, self._bare)


async def _called(inner: ASGIApp, scope: Scope, asked: Asked) -> Body:
    """Have an answer made and gather it."""
    plain = {
        **scope,
        "method": "GET",
        "path": asked.path,
        "raw_path": asked.raw.encode(),
        "query_string": asked.key.partition("?")[2].encode(),
        "headers": [(b"host", b"localhost")],
        "state": {"asked": asked},
    }
    status = 500
    headers: Mapping[bytes, bytes] = {}
    parts: list[bytes] = []

    async def nothing() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def gather(message: Message) -> None:
        nonlocal status, headers
        if message["type"] == "http.response.start":
            status, headers = message["status"], dict(message["headers"])
        elif message["type"] == "http.response.body":
            parts.append(message.get("body", b""))

    await inner(plain, nothing, gather)
    media = headers.get(b"content-type", b"text/plain").decode("latin-1")
    left = (b"content-type", b"content-length")
    rest = [(k.decode("latin-1"), v.decode("latin-1")) for k, v in headers.items() if k not in left]
    # Pressing a large table takes longer than the other answers should wait.
    return await asyncio.to_thread(body, status, media, b"".join(parts), rest)


def _somewhere(scope: Scope) -> Asked:
    """Where a refused request seems to have gone, to tell it as a page or as JSON."""
    raw = (scope.get("raw_path") or b"/").decode("ascii", "replace")
    raw = raw if len(raw) < MOST_SHOWN and raw.isprintable() else "/"
    api = str(scope["path"]).startswith(API)
    return Asked(API if api else raw, raw, ())


async def _send(found: Body, scope: Scope, send: Send) -> None:
    """Send a body as the request wants it: whole, compressed, without its bytes, or not again."""
    asked: dict[bytes, bytes] = {}
    for name, value in scope["headers"]:
        asked[name] = asked[name] + b", " + value if name in asked else value
    pressed = found.pressed is not None and _takes_gzip(asked.get(b"accept-encoding", b""))
    content = found.pressed if pressed and found.pressed is not None else found.plain
    names = {name for name, _ in found.headers}
    media = dict(found.headers)[b"content-type"]
    headers = [*found.headers, *policy.headers(media)]
    if b"cache-control" not in names:
        headers.append((b"cache-control", b"no-cache" if found.tag else b"no-store"))
    if found.pressed is not None:
        headers.append((b"vary", b"accept-encoding"))
    status = found.status
    if found.tag:
        tag = f'"{found.tag}{"-gzip" if pressed else ""}"'.encode()
        headers.append((b"etag", tag))
        if status == 200 and _matches(asked.get(b"if-none-match", b""), found.tag):
            status, content = 304, b""
    if status != 304:
        if pressed:
            headers.append((b"content-encoding", b"gzip"))
        headers.append((b"content-length", str(len(content)).encode()))
    if scope["method"] == "HEAD":
        content = b""
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": content})


def _takes_gzip(accepted: bytes) -> bool:
    """Say whether gzip may be sent; what cannot be read accepts nothing.

    >>> _takes_gzip(b"br, gzip;q=0.5"), _takes_gzip(b"gzip;q=0"), _takes_gzip(b"*;;q=x")
    (True, False, False)
    """
    for part in accepted.lower().split(b","):
        coding, _, weight = (piece.strip() for piece in part.partition(b";"))
        if coding in (b"gzip", b"x-gzip"):
            return weight.replace(b" ", b"") not in (b"q=0", b"q=0.0", b"q=0.00", b"q=0.000")
    return False


def _matches(conditions: bytes, tag: str) -> bool:
    """Say whether If-None-Match names the answer, in either encoding, or any (RFC 9110, 13.1.2)."""
    given = [each.strip().removeprefix(b"W/") for each in conditions.split(b",")]
    own = (f'"{tag}"'.encode(), f'"{tag}-gzip"'.encode())
    return conditions.strip() == b"*" or any(each in own for each in given)
