"""The plan: what a window should have, what of it is there, and what is missing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from saidanddone.model import Window
from saidanddone.sources.fetch.connection import Connection
from saidanddone.sources.fetch.download import Progress, Wanted
from saidanddone.sources.fetch.interval import EVENT_TABLES, Interval, Table, Version, expected
from saidanddone.sources.fetch.listing import Listed, Listing, lists_of
from saidanddone.sources.fetch.lists import KeptList
from saidanddone.sources.fetch.partial import md5_of

NOT_LISTED = "not listed by the service"
NOT_YET = "not fetched yet"


@dataclass(frozen=True, slots=True)
class Missing:
    """An interval without its file, and why."""

    interval: Interval
    reason: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A window against the service's lists.

    files are listed and in the window; unlisted should be listed and are not; not_due is how
    many intervals lie so late that their files may still come; unread counts lines of the lists
    that are none.
    """

    window: Window
    version: Version
    files: tuple[Listed, ...]
    unlisted: tuple[Missing, ...]
    not_due: int
    unread: int


def tables_of(version: Version, *, translated: bool, mentions: bool) -> list[Table]:
    """Return the tables that are asked for; 1.0 has only one."""
    if version == 1:
        return ["export"]
    kinds: list[Table] = ["export"]
    if translated:
        kinds.append("translation.export")
    if mentions:
        kinds.append("mentions")
    if translated and mentions:
        kinds.append("translation.mentions")
    return kinds


def make_plan(
    listing: Listing, window: Window, version: Version, tables: Sequence[Table], now: datetime
) -> Plan:
    """Compare what a window should have with a listing."""
    listed = {file.interval.key for file in listing.files.values()}
    unlisted, not_due = [], 0
    for interval in expected(window, version, tables):
        if interval.key in listed:
            continue
        if interval.is_due(now):
            unlisted.append(Missing(interval, NOT_LISTED))
        else:
            not_due += 1
    files = tuple(listing.sorted())
    return Plan(window, version, files, tuple(unlisted), not_due, listing.unread)


def read_lists(
    connection: Connection,
    folder: Path,
    window: Window,
    version: Version,
    tables: Sequence[Table],
    *,
    progress: Progress = lambda _name, _bytes: None,
) -> tuple[Listing, list[KeptList]]:
    """Return the files of a window by the service's lists, and the lists; raises BadInput."""
    listing, lists = Listing(), []
    for wanted in lists_of(version, tables):
        kept = KeptList(connection, wanted.path, folder, progress)
        lists.append(kept)
        listing.add(kept.current(), wanted.form, window, version, tables)
    return listing, lists


def wanted_of(file: Listed) -> Wanted:
    """Return what to download for a listed file."""
    return Wanted(file.name, file.path, file.bytes, file.md5)


def lies_whole(file: Listed, folder: Path) -> bool:
    """Say whether a folder holds the file as it is listed."""
    path = folder / file.name
    try:
        if not path.is_file() or file.bytes not in (None, path.stat().st_size):
            return False
        return file.md5 is None or md5_of(path) == file.md5
    except OSError:
        return False


def is_known(name: str, names: Collection[str]) -> bool:
    """Say whether a file was ingested, zipped or unpacked, by their names in small letters.

    >>> is_known("20180101.export.CSV.zip", {"20180101.export.csv"})
    True
    """
    lower = name.lower()
    return lower in names or lower.removesuffix(".zip") in names


def holds_events(file: Listed) -> bool:
    """Say whether a file holds events; the others are mentions."""
    return file.interval.table in EVENT_TABLES
