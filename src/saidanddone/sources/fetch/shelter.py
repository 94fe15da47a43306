"""Folders that a fetch writes to: made where there is none, and one fetch at a time."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from saidanddone.errors import CannotWrite
from saidanddone.sources.fetch.partial import cannot_write

_LOCK = ".fetching"


@contextmanager
def claimed(folder: Path) -> Iterator[Path]:
    """Make a folder and keep other fetches out of it; raises CannotWrite.

    SQLite's lock on an empty file is used, as in the archive: a fetch that dies lets go.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(folder / _LOCK, timeout=0, isolation_level=None)
    except OSError as error:
        raise cannot_write(folder, error) from None
    except sqlite3.Error:
        raise cannot_write(folder, OSError("it takes no files")) from None
    with closing(connection):
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise cannot_write(folder, OSError(str(error))) from None
            raise CannotWrite(
                f"another fetch is writing to '{folder}'",
                "one fetch at a time in a folder",
                "wait for it to end, or choose another folder with --into",
            ) from None
        yield folder


@contextmanager
def list_folder(address: str) -> Iterator[Path]:
    """A folder for the lists of a service: in the user's cache, so that the next fetch has them.

    One that is thrown away where another fetch has that one, or it cannot be written.
    """
    with ExitStack() as stack:
        try:
            folder = stack.enter_context(claimed(_cache_folder(address)))
        except CannotWrite:
            folder = Path(stack.enter_context(TemporaryDirectory()))
        yield folder


def _cache_folder(address: str) -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    root = Path(base) if base else Path.home() / ".cache"
    return root / "saidanddone" / "gdelt" / hashlib.sha256(address.encode()).hexdigest()[:16]
