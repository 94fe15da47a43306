"""The connection: one request at the service, told apart by whether another try would help.

The host is looked up once, checked, and every connection is made to that address; proxies of the
environment are not used, for they would look the name up again.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import TracebackType
from typing import TYPE_CHECKING

from saidanddone.errors import MissingExtra
from saidanddone.sources.fetch.fault import AwayFault, LastingFault, PassingFault
from saidanddone.sources.fetch.gate import Clock, Gate, seconds_asked
from saidanddone.sources.fetch.service import Service

if TYPE_CHECKING:
    import httpx2

AGENT = "saidanddone (fetches event files on request)"
"""Names the project, so that the service can tell whose requests these are."""

MOST_REDIRECTS = 3
"""http to https and a canonical path are two; a folder of files needs no more."""

LONGEST_WAIT_SECONDS = 900.0
"""A quarter of an hour, the rhythm of 2.0; who is asked to wait longer had better come again."""

_CONNECT_SECONDS = 20.0
_READ_SECONDS = 60.0
"""Silence for a minute is a connection that broke without saying so."""

_REDIRECTS = (301, 302, 303, 307, 308)
_BUSY = (429, 503)
_PASSING = (408, 425, 500, 502, 504, 520, 521, 522, 523, 524)


def require_extra() -> None:
    """Raise MissingExtra where what fetching needs is not installed."""
    try:
        import httpx2  # noqa: F401
        import stamina  # noqa: F401
    except ImportError as error:
        raise MissingExtra(
            "fetching needs what is not installed",
            "the extra 'fetch'",
            "run: pip install 'saidanddone[fetch]'",
        ) from error


class Connection:
    """A few connections to one service; closed by leaving its with block."""

    def __init__(self, service: Service, jobs: int, clock: Clock | None = None) -> None:
        require_extra()
        import httpx2

        # Without this, a retry prints itself on stderr where no logging is set up.
        logging.getLogger("stamina").addHandler(logging.NullHandler())
        self.service = service
        self.clock = clock or Clock()
        self.gate = Gate(self.clock)
        self._place: str | None = None
        self._client = httpx2.Client(
            trust_env=False,
            follow_redirects=False,
            timeout=httpx2.Timeout(_READ_SECONDS, connect=_CONNECT_SECONDS),
            limits=httpx2.Limits(max_connections=jobs, max_keepalive_connections=jobs),
        )

    def __enter__(self) -> Connection:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.clock.stop()
        self._client.close()

    @contextmanager
    def get(self, path: str, headers: Mapping[str, str]) -> Iterator[httpx2.Response]:
        """Open a file of the service: its answer with status 200, 206, 304 or 416, body unread.

        Raises PassingFault, LastingFault, Stopped; also while the body is read. BadInput if the
        service leads to a private network.
        """
        import httpx2

        try:
            with self._followed(httpx2.URL(self.service.url(path)), headers) as response:
                yield response
        except httpx2.TimeoutException:
            raise PassingFault("the service went silent") from None
        except (httpx2.TransportError, httpx2.StreamError, httpx2.DecodingError) as error:
            raise PassingFault(f"the connection broke: {_said(error)}") from None

    @contextmanager
    def _followed(self, url: httpx2.URL, headers: Mapping[str, str]) -> Iterator[httpx2.Response]:
        for _ in range(MOST_REDIRECTS + 1):
            self.gate.pass_through()
            with self._client.stream(**self._request(url, headers)) as response:  # type: ignore[arg-type]
                onward = response.headers.get("location")
                if response.status_code in _REDIRECTS and onward:
                    url = self._joined(url, onward)
                    continue
                self._judge(response)
                yield response
                return
        raise LastingFault("leads from redirect to redirect")

    def _request(self, url: httpx2.URL, headers: Mapping[str, str]) -> dict[str, object]:
        """Return a request to the address that was checked, in the host's name."""
        if self._place is None:
            try:
                self._place = self.service.place()
            except (OSError, UnicodeError):
                raise PassingFault(f"no such host: '{self.service.host}'") from None
        return {
            "method": "GET",
            "url": url.copy_with(host=self._place),
            # Sizes and MD5 sums are those of the bytes as they lie there.
            "headers": {
                "Host": url.netloc.decode("ascii"),
                "User-Agent": AGENT,
                "Accept-Encoding": "identity",
                **headers,
            },
            "extensions": {"sni_hostname": url.raw_host.decode("ascii")},
        }

    def _joined(self, url: httpx2.URL, onward: str) -> httpx2.URL:
        import httpx2

        try:
            target = url.join(onward)
        except httpx2.InvalidURL:
            raise LastingFault("redirects to what is no address") from None
        same = target.host == url.host and target.scheme in (url.scheme, "https")
        if not same or (target.scheme == url.scheme and target.port != url.port):
            raise LastingFault(f"redirects to another host: {target.host or target.scheme}")
        return target.copy_with(username=None, password=None, fragment=None)

    def _judge(self, response: httpx2.Response) -> None:
        status = response.status_code
        if status in _BUSY:
            self._hold(response)
        if status in _PASSING:
            raise PassingFault(f"HTTP status {status}")
        if status not in (200, 206, 304, 416):
            raise LastingFault(f"HTTP status {status}" + (" (not found)" if status == 404 else ""))

    def _hold(self, response: httpx2.Response) -> None:
        """Keep all connections back for as long as a busy service asks."""
        asked = seconds_asked(response.headers.get("retry-after", ""), self.clock.today())
        if asked is None:
            raise PassingFault(f"the service is busy: HTTP status {response.status_code}")
        if asked > LONGEST_WAIT_SECONDS:
            raise AwayFault(f"the service asks to come later: in {asked:,.0f} seconds")
        self.gate.hold(asked)
        raise PassingFault(
            f"the service is busy: HTTP status {response.status_code}", held=asked > 0
        )


def _said(error: Exception) -> str:
    return " ".join(str(error).split())[:100] or type(error).__name__
