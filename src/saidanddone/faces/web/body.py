"""A body: a finished answer, plain and compressed, ready to be sent any number of times."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

WORTH_PRESSING = 400
"""Bytes from which a body is compressed: a smaller one fits into one packet either way."""

LEVEL = 6
"""zlib's own default: on pages of pairs 9 saves 2% and takes 1.4 times as long."""

PRESSED = ("text/", "application/json", "application/problem+json", "image/svg+xml",
           "application/atom+xml", "application/xml", "application/x-ndjson",
           "application/x-bibtex", "application/vnd.citationstyles.csl+json",
           "application/x-research-info-systems")  # fmt: skip

Headers = tuple[tuple[bytes, bytes], ...]


@dataclass(frozen=True, slots=True)
class Body:
    """Status, headers (without length, encoding and tag) and bytes; pressed is None where it is no
    smaller. tag is the strong entity tag without quotes, '' where there is none.
    """

    status: int
    headers: Headers
    plain: bytes
    pressed: bytes | None = None
    tag: str = ""

    @property
    def size(self) -> int:
        """Bytes in memory."""
        return len(self.plain) + len(self.pressed or b"") + 512  # headers and the object itself


def body(
    status: int, media: str, plain: bytes, headers: Iterable[tuple[str, str]] = (), tag: str = ""
) -> Body:
    """Make a body of bytes and press it where that is worth it."""
    pressed = None
    if media.startswith(PRESSED) and len(plain) >= WORTH_PRESSING:
        # mtime 0: the same answer gives the same bytes.
        pressed = gzip.compress(plain, LEVEL, mtime=0)
        pressed = pressed if len(pressed) < len(plain) else None
    own = [("content-type", media), *headers]
    return Body(
        status, tuple((k.encode(), v.encode("latin-1")) for k, v in own), plain, pressed, tag
    )


def tag_of(*parts: str) -> str:
    """A strong tag from what an answer depends on.

    >>> tag_of("a", "b") == tag_of("ab"), len(tag_of("a"))
    (False, 32)
    """
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:32]
