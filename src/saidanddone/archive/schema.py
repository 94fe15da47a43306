"""The schema of the manifest, and how that of an earlier version is read and brought up to date."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from saidanddone.archive.database import connect, sqlite_errors
from saidanddone.errors import NewerArchive

FORMAT_VERSION = 2
"""Rises when an earlier version of the product could no longer read what is written.

2: files without events, gaps, breaks, runs of parts, the tally by pair over all years at once."""

SCHEMA = """
CREATE TABLE archive (format_version INTEGER NOT NULL);
CREATE TABLE datasets (
    name TEXT PRIMARY KEY, kind TEXT NOT NULL, grain TEXT NOT NULL, roles INTEGER NOT NULL,
    title TEXT NOT NULL, citation TEXT NOT NULL, missing TEXT NOT NULL,
    breaks TEXT NOT NULL DEFAULT '[]'
);
CREATE TABLE files (
    id INTEGER PRIMARY KEY, dataset TEXT NOT NULL REFERENCES datasets, sha256 TEXT NOT NULL,
    name TEXT NOT NULL, format TEXT NOT NULL, fingerprint TEXT NOT NULL, bytes INTEGER NOT NULL,
    rows INTEGER NOT NULL, kept INTEGER NOT NULL, set_aside INTEGER NOT NULL,
    filtered INTEGER NOT NULL, acts INTEGER NOT NULL,
    keep TEXT NOT NULL DEFAULT 'events', digest TEXT NOT NULL DEFAULT '',
    UNIQUE (dataset, sha256), CHECK (rows = kept + set_aside + filtered)
);
CREATE TABLE reasons (
    file INTEGER NOT NULL REFERENCES files, outcome TEXT NOT NULL, reason TEXT NOT NULL,
    rows INTEGER NOT NULL, PRIMARY KEY (file, outcome, reason)
);
CREATE TABLE asides (
    file INTEGER NOT NULL REFERENCES files, line INTEGER, reason TEXT NOT NULL, content TEXT
);
CREATE TABLE parts (
    path TEXT PRIMARY KEY, kind TEXT NOT NULL, dataset TEXT NOT NULL REFERENCES datasets,
    period TEXT NOT NULL, file INTEGER REFERENCES files, rows INTEGER NOT NULL,
    reports INTEGER NOT NULL, first TEXT NOT NULL, last TEXT NOT NULL,
    bytes INTEGER NOT NULL, sha256 TEXT NOT NULL,
    run INTEGER NOT NULL DEFAULT 0, low TEXT NOT NULL DEFAULT '', high TEXT NOT NULL DEFAULT ''
);
CREATE INDEX parts_by_period ON parts (dataset, kind, period);
"""

_NEW_TABLES = """
CREATE TABLE IF NOT EXISTS gaps (
    dataset TEXT NOT NULL REFERENCES datasets, name TEXT NOT NULL,
    since TEXT NOT NULL, until TEXT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (dataset, name)
);
CREATE INDEX IF NOT EXISTS files_by_name ON files (dataset, name);
"""

_NEW_COLUMNS = {
    "datasets": {"breaks": "'[]'"},
    "files": {"keep": "'events'", "digest": "''"},
    "parts": {"run": "0", "low": "''", "high": "''"},
}
"""Columns that format 1 did not have, with what they hold for its rows."""


def write_empty(path: Path) -> None:
    """Write a manifest that lists nothing to a new file."""
    with sqlite_errors(path.parent), closing(sqlite3.connect(path)) as connection:
        connection.executescript(SCHEMA + _NEW_TABLES)
        connection.execute("INSERT INTO archive VALUES (?)", [FORMAT_VERSION])
        connection.commit()


def prepare(connection: sqlite3.Connection, root: Path) -> None:
    """Make a manifest readable as one of this format, whatever it is; raises NewerArchive.

    Views of this connection alone stand before the tables of format 1, so that also an archive on
    a read-only disk can be read.
    """
    if _version(connection, root) == FORMAT_VERSION:
        return
    for table, columns in _NEW_COLUMNS.items():
        added = ", ".join(f"{value} AS {name}" for name, value in columns.items())
        connection.execute(f"CREATE TEMP VIEW {table} AS SELECT *, {added} FROM main.{table}")
    connection.execute("CREATE TEMP TABLE gaps (dataset, name, since, until, reason)")


def migrate(root: Path, manifest: str) -> None:
    """Bring the manifest of an earlier version up to date; raises CannotWrite, NewerArchive."""
    with sqlite_errors(root, writing=True), closing(connect(root / manifest)) as connection:
        if _version(connection, root) == FORMAT_VERSION:
            return
        connection.execute("BEGIN IMMEDIATE")
        if _version(connection, root) < FORMAT_VERSION:
            for table, columns in _NEW_COLUMNS.items():
                for name, value in columns.items():
                    type_ = "INTEGER" if value == "0" else "TEXT"
                    connection.execute(
                        f"ALTER TABLE {table} ADD COLUMN {name} {type_} NOT NULL DEFAULT {value}"
                    )
            for statement in _NEW_TABLES.split(";")[:-1]:
                connection.execute(statement)
            connection.execute("UPDATE archive SET format_version = ?", [FORMAT_VERSION])
        connection.execute("COMMIT")


def _version(connection: sqlite3.Connection, root: Path) -> int:
    row = connection.execute("SELECT max(format_version) FROM archive").fetchone()
    version = int(row[0] or 0)
    if version > FORMAT_VERSION:
        raise NewerArchive(
            f"the archive '{root}' has format {version}",
            f"format {FORMAT_VERSION} or lower",
            "update saidanddone (pip install -U saidanddone)",
        )
    return version
