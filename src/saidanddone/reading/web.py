"""The web: an address becomes bytes, never from a private network, never without end.

A host is resolved here, every address it has must be public, and the connection is made to the
address that was checked, at every redirect; proxies of the environment are not used, for they
would resolve the name again.
"""

from __future__ import annotations

import logging
import re
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from saidanddone.errors import BadFile, MissingExtra
from saidanddone.sources.internet import is_public

if TYPE_CHECKING:
    import httpx2

MAX_BYTES = 40 * 1024 * 1024
"""Reports with many pictures have some 20 MB; what is no PDF is held to less (pages.py)."""

MOST_REDIRECTS = 5
"""http to https, to www, to the canonical address: three; loops never end."""

_CONNECT_SECONDS = 10.0
_WHOLE_SECONDS = 60.0
"""50 MB in a minute is 7 Mbit/s; a server that drips bytes is given up."""
_ATTEMPTS = 3
_LONGEST_WAIT_SECONDS = 10.0
_BUSY = (429, 503)
_REDIRECTS = (301, 302, 303, 307, 308)
_AGENT = "saidanddone (reads single pages on request)"
_ADDRESS = re.compile(r"https?://\S+", re.I)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave: bytes, media type and charset as the server states them."""

    raw: bytes
    media_type: str | None
    charset: str | None


class _BusyError(Exception):
    """The server asks to come again later."""

    def __init__(self, status: int, wait: float | None) -> None:
        super().__init__(status)
        self.status = status
        self.wait = wait


def is_address(text: str) -> bool:
    """Whether a text is an http or https address.

    >>> is_address("https://example.org/a"), is_address("notes.txt")
    (True, False)
    """
    return bool(_ADDRESS.fullmatch(text))


def fetch(
    address: str, *, allow_private: bool = False, timeout_seconds: float = _WHOLE_SECONDS
) -> Fetched:
    """Return what an http address leads to; raises BadFile, MissingExtra.

    Tried three times where the server is busy (429, 503) or the connection breaks. allow_private
    lets through the addresses of this machine and its network.
    """
    try:
        import httpx2
        import stamina
    except ImportError as error:
        raise MissingExtra(
            "reading an address needs what is not installed",
            "the extra 'read'",
            "run: pip install 'saidanddone[read]'",
        ) from error

    def again(error: Exception) -> bool | float:
        if isinstance(error, _BusyError):
            return True if error.wait is None else error.wait
        # What timed out once has had its time.
        return isinstance(error, (httpx2.NetworkError, httpx2.RemoteProtocolError))

    # Without this, a retry prints itself on stderr where no logging is set up.
    logging.getLogger("stamina").addHandler(logging.NullHandler())
    deadline = time.monotonic() + timeout_seconds
    try:
        for attempt in stamina.retry_context(on=again, attempts=_ATTEMPTS, timeout=timeout_seconds):
            with attempt:
                return _followed(address, allow_private, deadline, timeout_seconds)
    except _BusyError as busy:
        raise _status(address, busy.status) from None
    except httpx2.TimeoutException:
        raise _too_slow(address, timeout_seconds) from None
    except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError, OSError) as error:
        raise _unreachable(address, str(error) or type(error).__name__) from None
    raise AssertionError("a retry context ends by returning or raising")


def _followed(
    address: str, allow_private: bool, deadline: float, timeout_seconds: float
) -> Fetched:
    import httpx2

    url = httpx2.URL(address)
    timeout = httpx2.Timeout(min(_CONNECT_SECONDS, timeout_seconds))
    with httpx2.Client(trust_env=False, timeout=timeout, follow_redirects=False) as client:
        for _ in range(MOST_REDIRECTS + 1):
            with client.stream(**_request(url, address, allow_private)) as response:
                onward = response.headers.get("location")
                if response.status_code in _REDIRECTS and onward:
                    url = url.join(onward)
                    continue
                if response.status_code in _BUSY:
                    raise _BusyError(response.status_code, _wait(response.headers))
                if response.status_code != 200:
                    raise _status(address, response.status_code)
                raw = b"".join(_limited(response, address, deadline, timeout_seconds))
                media_type = response.headers.get("content-type", "").split(";")[0].strip().lower()
                return Fetched(raw, media_type or None, response.charset_encoding)
    raise BadFile(
        f"'{address}' leads from redirect to redirect without end",
        f"a page after at most {MOST_REDIRECTS} redirects",
        "name the page's final address",
    )


def _request(url: httpx2.URL, address: str, allow_private: bool) -> dict[str, Any]:
    """Return a request to the checked address of a host, in the host's name."""
    if url.scheme not in ("http", "https") or not url.host:
        raise BadFile(
            f"'{address}' leads to '{url}', which is no web address",
            "an address that starts with http:// or https://",
            "check the address",
        )
    place = _resolved(url, address, allow_private)
    host = url.netloc.decode("ascii")
    return {
        "method": "GET",
        "url": url.copy_with(host=place, username=None, password=None, fragment=None),
        "headers": {"Host": host, "User-Agent": _AGENT, "Accept": "text/html, */*;q=0.5"},
        "extensions": {"sni_hostname": url.raw_host.decode("ascii")},
    }


def _resolved(url: httpx2.URL, address: str, allow_private: bool) -> str:
    """Return the first address of a host once all of them are known to be public."""
    port = url.port or (443 if url.scheme == "https" else 80)
    try:
        found = socket.getaddrinfo(url.raw_host.decode("ascii"), port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise _unreachable(address, f"there is no host '{url.host}'") from None
    places = [str(entry[4][0]) for entry in found]
    if not places:
        raise _unreachable(address, f"there is no host '{url.host}'")
    if not allow_private and not all(map(is_public, places)):
        raise BadFile(
            f"'{address}' leads to a private network ('{url.host}')",
            "an address on the public internet",
            "save the page and name its file",
        )
    return places[0]


def _limited(
    response: httpx2.Response, address: str, deadline: float, timeout_seconds: float
) -> Iterator[bytes]:
    """Yield the body as long as it keeps within size and time; sizes count once unpacked."""
    stated = response.headers.get("content-length", "")
    if stated.isdigit() and int(stated) > MAX_BYTES:
        raise too_large(address)
    size = 0
    for chunk in response.iter_bytes():
        size += len(chunk)
        if size > MAX_BYTES:
            raise too_large(address)
        if time.monotonic() > deadline:
            raise _too_slow(address, timeout_seconds)
        yield chunk


def too_large(name: str, most: int | None = None) -> BadFile:
    """Return the refusal of a document over so many bytes, MAX_BYTES where none are given."""
    return BadFile(
        f"'{name}' is larger than {(most or MAX_BYTES) // 1024**2} MB",
        "a single page or report",
        "split it, or save its text as .txt",
    )


def _wait(headers: httpx2.Headers) -> float | None:
    """Return the seconds that a server asks to wait, up to ten."""
    seconds = headers.get("retry-after", "")
    return min(float(seconds), _LONGEST_WAIT_SECONDS) if seconds.isdigit() else None


def _status(address: str, status: int) -> BadFile:
    why = {
        401: " (it asks for a login)",
        403: " (not allowed)",
        404: " (not found)",
        410: " (gone)",
        429: " (too many requests)",
        503: " (busy)",
    }.get(status, "")
    return BadFile(
        f"'{address}' answered with HTTP status {status}{why}",
        "a page (status 200)",
        "check the address, or save the page and name its file",
    )


def _too_slow(address: str, seconds: float) -> BadFile:
    return BadFile(
        f"'{address}' timed out",
        f"a page within {seconds:g} seconds",
        "try again later, or save the page and name its file",
    )


def _unreachable(address: str, why: str) -> BadFile:
    return BadFile(
        f"'{address}' cannot be reached: {why}",
        "an address that answers",
        "check the address and the connection",
    )
