"""The database below the manifest: how it is opened, and what its errors mean."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from saidanddone.errors import BusyArchive, CannotWrite, DamagedArchive

PATIENCE_SECONDS = 10.0
"""A commit holds readers up for some milliseconds; whoever waits longer than this waits in vain."""


def connect(path: Path) -> sqlite3.Connection:
    """Open a database that exists."""
    # mode=rw never creates a file, and falls back to reading where writing is not allowed.
    uri = f"{path.absolute().as_uri()}?mode=rw"
    return sqlite3.connect(uri, uri=True, timeout=PATIENCE_SECONDS, isolation_level=None)


_CANNOT_WRITE = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM,
}


@contextmanager
def sqlite_errors(root: Path, writing: bool = False) -> Iterator[None]:
    """Turn SQLite's errors into those of an archive."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the rest says where, not what
        if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            raise BusyArchive(
                f"somebody else is writing to the archive '{root}'",
                "one writer at a time",
                "try again when the other ingest is over",
            ) from error
        if (writing and code in _CANNOT_WRITE) or code == sqlite3.SQLITE_FULL:
            raise CannotWrite(
                f"the archive '{root}' cannot be written ({error})",
                "a folder that can be written, with room on the disk",
                "make room or choose another folder and ingest again: what is there counts once",
            ) from error
        raise DamagedArchive(
            f"the manifest of the archive '{root}' cannot be read ({error})",
            "a manifest as it was written",
            "restore the archive from a copy or ingest its files into a new one",
        ) from error
