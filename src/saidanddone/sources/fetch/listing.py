"""Listings: the service's own lists of files, with the size and MD5 of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from saidanddone.errors import BadFile
from saidanddone.model import Window
from saidanddone.sources.fetch.interval import Interval, Table, Version, interval_of

_LONGEST_LINE = 1000
"""Genuine lines have some 110 characters; a list without line ends must not fill the memory."""

_SIZE = re.compile(r"(?P<bytes>\d{1,15})\s+(?P<name>\S+)", re.ASCII)
_MD5 = re.compile(r"(?P<md5>[0-9a-fA-F]{32})\s+\*?(?P<name>\S+)")
_MASTER = re.compile(r"(?P<bytes>\d{1,15})\s+(?P<md5>[0-9a-fA-F]{32})\s+(?P<name>\S+)", re.ASCII)

_FORMS = {"sizes": _SIZE, "md5s": _MD5, "master": _MASTER}

Form = Literal["sizes", "md5s", "master"]


@dataclass(frozen=True, slots=True)
class ServiceList:
    """A list that the service publishes: its path there, and the form of its lines."""

    path: str
    form: Form


def lists_of(version: Version, tables: Sequence[Table]) -> list[ServiceList]:
    """Return the lists that name a version's tables.

    >>> [found.path for found in lists_of(1, ["export"])]
    ['events/filesizes', 'events/md5sums']
    """
    if version == 1:
        return [ServiceList("events/filesizes", "sizes"), ServiceList("events/md5sums", "md5s")]
    found = []
    if any(not table.startswith("translation.") for table in tables):
        found.append(ServiceList("gdeltv2/masterfilelist.txt", "master"))
    if any(table.startswith("translation.") for table in tables):
        found.append(ServiceList("gdeltv2/masterfilelist-translation.txt", "master"))
    return found


@dataclass(frozen=True, slots=True)
class Listed:
    """A file as the service lists it; bytes or md5 is None where its lists do not say."""

    interval: Interval
    bytes: int | None
    md5: str | None

    @property
    def name(self) -> str:
        """The file's name."""
        return self.interval.name

    @property
    def path(self) -> str:
        """Where the file lies at the service, below its address.

        Made of the name alone: a list cannot send anybody to another host or folder.
        """
        return f"{'events' if self.interval.version == 1 else 'gdeltv2'}/{self.name}"


@dataclass
class Listing:
    """The files of a window; unread is how many lines of the lists could not be read."""

    files: dict[str, Listed] = field(default_factory=dict)
    unread: int = 0

    def add(
        self, text: Path, form: Form, window: Window, version: Version, tables: Sequence[Table]
    ) -> None:
        """Enter the lines of a list for a window with two ends; of two for a file the last counts.

        Raises BadFile if no line can be read: then it is no list but, say, a page of a provider.
        """
        read = 0
        first, last = (str(day).replace("-", "") for day in (window.since, window.until))
        for line in _lines(text):
            found = _FORMS[form].fullmatch(line)
            if found is None:
                self.unread += 1
                continue
            read += 1
            name = found["name"].rsplit("/", 1)[-1]
            # The list of 2.0 has over a million lines, most of them of other days.
            if version == 2 and not first <= name[:8] <= last:
                continue
            interval = interval_of(name)
            if interval is None or interval.version != version or interval.table not in tables:
                continue
            given = found.groupdict()
            if interval.overlaps(window):
                self._enter(interval, given.get("bytes"), given.get("md5"))
        if read == 0:
            raise BadFile(
                f"'{text.name}' as the service gives it is no list of files",
                "lines with size, MD5 and name",
                "check the service's address, or try again later",
            )

    def _enter(self, interval: Interval, size: str | None, md5: str | None) -> None:
        before = self.files.get(interval.name, Listed(interval, None, None))
        self.files[interval.name] = Listed(
            interval,
            int(size) if size is not None else before.bytes,
            md5.lower() if md5 is not None else before.md5,
        )

    def sorted(self) -> list[Listed]:
        """Return the files by time, then by name."""
        return sorted(self.files.values(), key=lambda file: (file.interval.start, file.name))


def _lines(text: Path) -> Iterator[str]:
    """Yield the lines that are not blank, cut at _LONGEST_LINE."""
    with text.open("rb") as stream:
        for line in iter(lambda: stream.readline(_LONGEST_LINE), b""):
            stripped = line.decode("ascii", errors="replace").strip()
            if stripped:
                yield stripped
