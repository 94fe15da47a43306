"""The lock: one writer to an archive at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from saidanddone.archive.database import sqlite_errors

NAME = ".lock"


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Keep other writers out, or raise BusyArchive at once; a writer that dies lets go.

    SQLite's own lock on an empty file is used: it works on every system, and also between two
    threads of one process.
    """
    with sqlite_errors(root, writing=True):
        connection = sqlite3.connect(root / NAME, timeout=0, isolation_level=None)
    with closing(connection):
        with sqlite_errors(root, writing=True):
            connection.execute("BEGIN EXCLUSIVE")
        yield
