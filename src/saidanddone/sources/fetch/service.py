"""The service: its address, and the machine that the address leads to."""

from __future__ import annotations

import ipaddress
import os
import re
import socket
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from saidanddone.errors import BadChoice, BadInput
from saidanddone.sources.internet import is_public

PUBLISHED = "http://data.gdeltproject.org"
"""The address that GDELT publishes; its lists write plain http, and MD5 sums guard the files."""

SETTING = "SAIDANDDONE_GDELT"
"""The environment variable that names another address, say of a mirror."""


@dataclass(frozen=True, slots=True)
class Service:
    """A service of GDELT's files: scheme, host, port, and the folder that they lie below."""

    scheme: str
    host: str
    port: int
    folder: str

    @classmethod
    def at(cls, address: str | None = None) -> Service:
        """Read an address; without one that of the environment, else the published one.

        Raises BadChoice.

        >>> Service.at("http://127.0.0.1:8000/gdelt/").url("events/md5sums")
        'http://127.0.0.1:8000/gdelt/events/md5sums'
        """
        given = (address or os.environ.get(SETTING) or PUBLISHED).strip()
        try:
            parts = urlsplit(given)
            port = parts.port or (443 if parts.scheme == "https" else 80)
            host = (parts.hostname or "").encode("idna" if parts.hostname else "ascii").decode()
        except (ValueError, UnicodeError):
            raise _no_address(given) from None
        if not _is_plain(parts, given) or not host:
            raise _no_address(given)
        return cls(parts.scheme, host, port, parts.path.rstrip("/"))

    @property
    def netloc(self) -> str:
        """Host, with the port if it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = self.port == (443 if self.scheme == "https" else 80)
        return host if usual else f"{host}:{self.port}"

    def url(self, path: str) -> str:
        """Return the address of a file below the service's."""
        return f"{self.scheme}://{self.netloc}{self.folder}/{path}"

    def place(self) -> str:
        """Return the IP address that the host has; raises BadInput.

        A private one only if the setting itself names it: a name that somebody else answers for
        must not lead into the user's network. OSError if the name cannot be looked up.
        """
        found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        places = [str(entry[4][0]) for entry in found]
        if not self._names_itself() and not all(map(is_public, places)):
            raise BadInput(
                f"the service '{self.host}' leads to a private network",
                "a host on the public internet, or the private address itself",
                f"name it by its number, such as --service {self.scheme}://10.0.0.5",
            )
        return places[0]

    def _names_itself(self) -> bool:
        if self.host == "localhost":
            return True
        try:
            ipaddress.ip_address(self.host)
        except ValueError:
            return False
        return True


def _is_plain(parts: SplitResult, given: str) -> bool:
    """Say whether an address is a host and a folder, without what a folder of files never has."""
    return (
        parts.scheme in ("http", "https")
        and not (parts.query or parts.fragment or parts.username or parts.password)
        and re.search(r"[\s\\]|\.\.", given) is None
        and given.isprintable()
    )


def _no_address(given: str) -> BadChoice:
    return BadChoice(
        f"'{given}' is not the address of a service",
        f"an http or https address such as {PUBLISHED}",
        f"check --service or {SETTING}",
    )
