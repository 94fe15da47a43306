"""The manifest: what belongs to an archive, and what became of every row that was read.

One SQLite file. A part that it does not list is no part of the archive, so that one transaction
makes all parts of an ingest part of it at once. The rollback journal is used, not the write-ahead
log: an archive on a read-only disk has to stay readable.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from saidanddone.archive.database import connect, sqlite_errors
from saidanddone.errors import NewerArchive
from saidanddone.sources.source import Dataset

FORMAT_VERSION = 1
"""Rises when an earlier version of the product could no longer read what is written."""

NAME = "manifest.sqlite"

_SCHEMA = """
CREATE TABLE archive (format_version INTEGER NOT NULL);
CREATE TABLE datasets (
    name TEXT PRIMARY KEY, kind TEXT NOT NULL, grain TEXT NOT NULL, roles INTEGER NOT NULL,
    title TEXT NOT NULL, citation TEXT NOT NULL, missing TEXT NOT NULL
);
CREATE TABLE files (
    id INTEGER PRIMARY KEY, dataset TEXT NOT NULL REFERENCES datasets, sha256 TEXT NOT NULL,
    name TEXT NOT NULL, format TEXT NOT NULL, fingerprint TEXT NOT NULL, bytes INTEGER NOT NULL,
    rows INTEGER NOT NULL, kept INTEGER NOT NULL, set_aside INTEGER NOT NULL,
    filtered INTEGER NOT NULL, acts INTEGER NOT NULL,
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
    bytes INTEGER NOT NULL, sha256 TEXT NOT NULL
);
CREATE INDEX parts_by_period ON parts (dataset, kind, period);
"""

Kind = Literal["events", "by-month", "by-pair"]


@dataclass(frozen=True, slots=True)
class Part:
    """A Parquet file of the archive; path is relative to the archive, first and last are days.

    period is a month (YYYY-MM) or, for by-pair, a year. file is the number of the input file that
    events came from, None for the tally.
    """

    path: str
    kind: Kind
    dataset: str
    period: str
    file: int | None
    rows: int
    reports: int
    first: str
    last: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class InputFile:
    """What the manifest holds of a file that was ingested."""

    id: int
    dataset: str
    sha256: str
    name: str
    format: str
    fingerprint: str
    bytes: int
    rows: int
    kept: int
    set_aside: int
    filtered: int
    acts: int

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """Rows read, kept, set aside and filtered."""
        return self.rows, self.kept, self.set_aside, self.filtered


def _where(conditions: dict[str, str | int | None]) -> tuple[str, list[str | int]]:
    """Join the conditions that have a value; written out, so that SQLite can use its indexes."""
    given = {name: value for name, value in conditions.items() if value is not None}
    return " AND ".join(f"{name} ?" for name in given) or "TRUE", list(given.values())


class Manifest:
    """The manifest of one archive, open; every method only reads."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @classmethod
    @contextmanager
    def opened(cls, root: Path) -> Iterator[Manifest]:
        """Open an archive's manifest in one read transaction; raises Newer- or DamagedArchive."""
        with sqlite_errors(root), closing(connect(root / NAME)) as connection:
            connection.execute("BEGIN")
            _check_version(connection, root)
            yield cls(connection)

    @staticmethod
    def write_empty(path: Path) -> None:
        """Write a manifest that lists nothing to a new file."""
        with sqlite_errors(path.parent), closing(sqlite3.connect(path)) as connection:
            connection.executescript(_SCHEMA)
            connection.execute("INSERT INTO archive VALUES (?)", [FORMAT_VERSION])
            connection.commit()

    def datasets(self) -> dict[str, Dataset]:
        """Return every dataset by its name."""
        rows = self._connection.execute(
            "SELECT name, kind, grain, roles, title, citation, missing FROM datasets ORDER BY name"
        )
        return {
            name: Dataset(
                name, kind, grain, bool(roles), title, citation, tuple(json.loads(missing))
            )
            for name, kind, grain, roles, title, citation, missing in rows
        }

    def files(self, dataset: str | None = None, sha256: str | None = None) -> list[InputFile]:
        """Return the input files in the order of their ingest, of one dataset or checksum."""
        where, values = _where({"dataset =": dataset, "sha256 =": sha256})
        rows = self._connection.execute(
            f"SELECT {', '.join(InputFile.__slots__)} FROM files WHERE {where} ORDER BY id", values
        )
        return [InputFile(*row) for row in rows]

    def next_number(self) -> int:
        """Return the number of the next input file; numbers are never used twice."""
        row = self._connection.execute("SELECT max(id) FROM files").fetchone()
        return int(row[0] or 0) + 1

    def reasons(self, dataset: str, file: int | None = None) -> dict[str, int]:
        """Return why rows were set aside or filtered, with their numbers, largest first."""
        where, values = _where({"dataset =": dataset, "file =": file})
        rows = self._connection.execute(
            "SELECT reason, sum(reasons.rows) FROM reasons JOIN files ON file = id"
            f" WHERE {where} GROUP BY reason ORDER BY 2 DESC, 1",
            values,
        )
        return dict(rows.fetchall())

    def parts(
        self, dataset: str | None = None, kind: Kind | None = None, since: str = "", until: str = ""
    ) -> list[Part]:
        """Return the parts with since <= period <= until, by period; empty ends are open."""
        where, values = _where(
            {
                "dataset =": dataset,
                "kind =": kind,
                "period >=": since or None,
                "period <=": until or None,
            }
        )
        rows = self._connection.execute(
            f"SELECT {', '.join(Part.__slots__)} FROM parts WHERE {where}"
            " ORDER BY dataset, kind, period, path",
            values,
        )
        return [Part(*row) for row in rows]

    def faults(self) -> list[str]:
        """Say what SQLite itself finds wrong, and which files' rows do not balance."""
        found = self._connection.execute("PRAGMA integrity_check").fetchall()
        wrong = [row[0] for row in found if row[0] != "ok"]
        wrong += [
            f"{name}: rows read are not rows kept + set aside + filtered, with their reasons"
            for (name,) in self._connection.execute(
                "SELECT name FROM files WHERE rows <> kept + set_aside + filtered OR set_aside <>"
                " (SELECT total(rows) FROM reasons WHERE file = id AND outcome = 'aside') OR"
                " filtered <>"
                " (SELECT total(rows) FROM reasons WHERE file = id AND outcome = 'filtered')"
            )
        ]
        return wrong


def _check_version(connection: sqlite3.Connection, root: Path) -> None:
    row = connection.execute("SELECT max(format_version) FROM archive").fetchone()
    version = int(row[0] or 0)
    if version > FORMAT_VERSION:
        raise NewerArchive(
            f"the archive '{root}' has format {version}",
            f"format {FORMAT_VERSION} or lower",
            "update saidanddone (pip install -U saidanddone)",
        )
