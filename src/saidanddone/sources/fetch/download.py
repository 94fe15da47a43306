"""A download: one file, whole and as it was listed, resumed where it broke off."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from saidanddone.sources.fetch.connection import Connection
from saidanddone.sources.fetch.fault import AwayFault, LastingFault, PassingFault, Stopped
from saidanddone.sources.fetch.partial import Partial, cannot_write, md5_of

if TYPE_CHECKING:
    import httpx2

ATTEMPTS = 6
"""Tries without progress: with the pauses below half a minute or so, longer than most restarts of
a server; what takes longer is for a later fetch."""

FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS, JITTER_SECONDS = 1.0, 30.0, 1.0
"""Doubled from try to try; the jitter keeps connections that broke together apart."""

PROGRESS_BYTES = 1 << 20
"""A try that brought so much counts as progress: files have up to 200 MB and lines break."""

SLOWEST_BYTES_PER_SECOND, SLOW_AFTER_SECONDS = 1000.0, 60.0
"""Below this a yearly file takes a day or more; another connection is likely faster."""

CLEAN_MISMATCHES = 2
"""A wrong MD5 without a resume may be a fault of the way; twice it is the file's."""

Progress = Callable[[str, int], None]
"""Is called with a file's name and how many bytes of it are there."""

_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+|\*)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file to download: its name, its path at the service, and what is known of it."""

    name: str
    path: str
    bytes: int | None = None
    md5: str | None = None


class Download:
    """The download of one file into a folder."""

    def __init__(
        self,
        connection: Connection,
        wanted: Wanted,
        folder: Path,
        progress: Progress,
        *,
        attempts: int = ATTEMPTS,
    ) -> None:
        self.attempts = attempts
        self.connection = connection
        self.wanted = wanted
        self.part = Partial(folder / wanted.name)
        self.progress = progress
        self.headers: Mapping[str, str] = {}
        """Of the answer that brought the file, or its last part."""
        self._mismatches = 0

    def run(self) -> Path:
        """Return the whole file's path.

        Raises PassingFault when every try is used up, LastingFault, Stopped, CannotWrite.
        """
        import stamina

        def again(error: Exception) -> bool | float:
            if not isinstance(error, PassingFault):
                return False
            # Where the service named the pause, the gate keeps it.
            return 0.0 if error.held else True

        while True:
            for attempt in stamina.retry_context(
                on=again,
                attempts=self.attempts,
                timeout=None,
                wait_initial=FIRST_PAUSE_SECONDS,
                wait_max=LONGEST_PAUSE_SECONDS,
                wait_jitter=JITTER_SECONDS,
            ):
                with attempt:
                    whole = self._tried()
            if whole is not None:
                return whole

    def _tried(self) -> Path | None:
        """Try once; None if it broke off after progress, so that the tries start anew."""
        before = self._there()
        try:
            if before == 0 or before != self.wanted.bytes:
                self._transfer(before)
            return self._verified(resumed=before > 0)
        except PassingFault:
            if self._there() - before >= PROGRESS_BYTES:
                return None
            raise
        except AwayFault:
            raise
        except LastingFault:
            self.part.discard()
            raise
        except OSError as error:
            raise cannot_write(self.part.target, error) from None

    def _there(self) -> int:
        return self.part.bytes_of(self.wanted.bytes, self.wanted.md5)

    def _transfer(self, offset: int) -> None:
        headers = {}
        if offset:
            headers["Range"] = f"bytes={offset}-"
            if self.part.validator is not None:
                headers["If-Range"] = self.part.validator
        with self.connection.get(self.wanted.path, headers) as response:
            self.headers = response.headers
            start, total = self._told(response, offset)
            if self.wanted.bytes is not None and total not in (None, self.wanted.bytes):
                raise LastingFault(f"wrong size: {total:,} bytes, listed are {self.wanted.bytes:,}")
            if start == 0:
                self.part.begin(self.wanted.bytes, self.wanted.md5, _validator(response))
            size = self._write(response, start)
        if self.wanted.bytes is None and total is not None and size < total:
            raise PassingFault(f"ended early: after {size:,} of {total:,} bytes")

    def _told(self, response: httpx2.Response, offset: int) -> tuple[int, int | None]:
        """Return where the body starts and how large the whole file is; it must fit the offset."""
        length = response.headers.get("content-length", "")
        if response.status_code == 200:
            return 0, int(length) if length.isdigit() else None
        found = _RANGE.fullmatch(response.headers.get("content-range", "").strip())
        if response.status_code != 206 or found is None or int(found[1]) != offset or not offset:
            self.part.discard()
            raise PassingFault("did not go on where it broke off")
        return offset, None if found[3] == "*" else int(found[3])

    def _write(self, response: httpx2.Response, size: int) -> int:
        """Write the body behind what is there; never more than was listed."""
        clock = self.connection.clock
        began, start, most = clock.now(), size, self.wanted.bytes
        with self.part.path.open("r+b") as stream:
            stream.seek(size)
            stream.truncate()
            for chunk in response.iter_raw():
                if clock.stopped:
                    raise Stopped
                size += len(chunk)
                if most is not None and size > most:
                    if start:
                        self.part.discard()
                        raise PassingFault("did not go on where it broke off")
                    raise LastingFault(f"wrong size: more than the {most:,} bytes listed")
                stream.write(chunk)
                self.progress(self.wanted.name, size)
                passed = clock.now() - began
                if passed > SLOW_AFTER_SECONDS and (
                    size - start < SLOWEST_BYTES_PER_SECOND * passed
                ):
                    raise PassingFault("the service is too slow")
            stream.flush()
            os.fsync(stream.fileno())
        return size

    def _verified(self, *, resumed: bool) -> Path:
        """Check size and MD5 and give the file its name."""
        size = self.part.path.stat().st_size
        if self.wanted.bytes is not None and size != self.wanted.bytes:
            raise PassingFault(f"ended early: after {size:,} of {self.wanted.bytes:,} bytes")
        if self.wanted.md5 is not None and (found := md5_of(self.part.path)) != self.wanted.md5:
            self.part.discard()
            if not resumed:
                self._mismatches += 1
                if self._mismatches >= CLEAN_MISMATCHES:
                    raise LastingFault(f"wrong MD5: {found}, listed is {self.wanted.md5}")
            raise PassingFault("wrong MD5")
        return self.part.complete()


def _validator(response: httpx2.Response) -> str | None:
    """Return what If-Range may hold: a strong ETag, else the date (RFC 9110)."""
    tag = response.headers.get("etag", "")
    if tag.startswith('"'):
        return str(tag)
    date = response.headers.get("last-modified")
    return str(date) if date else None
