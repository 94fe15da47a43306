"""The service's lists on this machine: kept, and only what changed of them is asked for again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from saidanddone.errors import BadInput
from saidanddone.sources.fetch.connection import Connection
from saidanddone.sources.fetch.download import Download, Progress, Wanted
from saidanddone.sources.fetch.fault import LastingFault, PassingFault
from saidanddone.sources.fetch.partial import cannot_write, md5_of

if TYPE_CHECKING:
    import httpx2

OVERLAP_BYTES = 4096
"""The lists of 2.0 have over 100 MB and grow at their end: asked for are the last lines that are
known, some forty, and what follows; if those lines are not the same, the whole list."""

ATTEMPTS = 3
"""Tries without progress: somebody waits for it, perhaps at a wrong address; some seconds."""

LONGEST_GROWTH_BYTES = 64 << 20
"""What is held in memory of it; more is a download like any other."""


class KeptList:
    """A list in a folder, with a note of how the service marks it."""

    def __init__(self, connection: Connection, path: str, folder: Path, progress: Progress) -> None:
        self.connection = connection
        self.wanted = Wanted(path.replace("/", "-"), path)
        self.copy = folder / self.wanted.name
        self.note = folder / f"{self.wanted.name}.json"
        self.progress = progress

    def current(self) -> Path:
        """Return the list as the service has it now; raises BadInput, CannotWrite."""
        try:
            if not self._is_current():
                download = Download(
                    self.connection,
                    self.wanted,
                    self.copy.parent,
                    self.progress,
                    attempts=ATTEMPTS,
                )
                download.run()
                self._remember(download.headers)
        except (PassingFault, LastingFault) as fault:
            url = self.connection.service.url(self.wanted.path)
            raise BadInput(
                f"the list '{url}' cannot be fetched: {fault}",
                "a service of GDELT's files that answers",
                "check the connection and the service's address, or try again later",
            ) from None
        except OSError as error:
            raise cannot_write(self.copy, error) from None
        return self.copy

    def forget(self) -> None:
        """Ask for the whole list next time: a line of it did not fit its file."""
        with suppress(OSError):
            self.note.unlink(missing_ok=True)

    def _is_current(self) -> bool:
        """Ask what changed since the copy was made; False asks for the whole list."""
        about = self._about()
        if not about:
            return False
        marks = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
        headers = {marks[name]: about[name] for name in marks if about.get(name)}
        size = self.copy.stat().st_size
        if not headers or size < OVERLAP_BYTES:
            return False
        try:
            with self.connection.get(
                self.wanted.path, {**headers, "Range": f"bytes={size - OVERLAP_BYTES}-"}
            ) as response:
                if response.status_code == 304:
                    return True
                start = f"bytes {size - OVERLAP_BYTES}-"
                said = response.headers.get("content-range", "")
                if response.status_code != 206 or not said.startswith(start):
                    return False
                return self._is_grown(response)
        except PassingFault:
            return False

    def _is_grown(self, response: httpx2.Response) -> bool:
        """Add the lines that came to the list, if it goes on from the copy's last ones."""
        length = response.headers.get("content-length", "")
        if not length.isdigit() or int(length) > LONGEST_GROWTH_BYTES:
            return False
        came = b"".join(response.iter_raw())
        with self.copy.open("rb") as stream:
            stream.seek(-OVERLAP_BYTES, 2)
            if len(came) != int(length) or stream.read() != came[:OVERLAP_BYTES]:
                return False
        # The note goes first: a copy that is grown halfway has none and is fetched anew.
        self.note.unlink()
        with self.copy.open("ab") as stream:
            stream.write(came[OVERLAP_BYTES:])
        self._remember(response.headers)
        return True

    def _remember(self, headers: Mapping[str, str]) -> None:
        about = {name: headers[name] for name in ("etag", "last-modified") if name in headers}
        self.note.write_text(json.dumps({**about, "md5": md5_of(self.copy)}), encoding="utf-8")

    def _about(self) -> dict[str, Any]:
        """Return the note, if the copy is still what it was made of."""
        with suppress(OSError, ValueError):
            about = json.loads(self.note.read_text(encoding="utf-8"))
            if isinstance(about, dict) and about.get("md5") == md5_of(self.copy):
                return about
        return {}
