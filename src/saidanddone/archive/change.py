"""A change of an archive: all that a group of input files brings, in one transaction."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from saidanddone.archive import schema
from saidanddone.archive.database import connect, sqlite_errors
from saidanddone.archive.gaps import Gap, names_filled
from saidanddone.archive.manifest import NAME, InputFile, Part
from saidanddone.sources.source import Dataset


@dataclass(frozen=True, slots=True)
class FileChange:
    """One input file of a change, why rows of it were left out, and which lines cannot be read."""

    file: InputFile
    reasons: Sequence[tuple[str, str, int]]
    asides: Sequence[tuple[int | None, str, str | None]]


@dataclass(frozen=True, slots=True)
class Change:
    """All that some input files change in an archive: it is made as a whole or not at all.

    completed are the numbers of files that were there without their events, which are added now.
    """

    dataset: Dataset
    files: Sequence[FileChange]
    added: Sequence[Part]
    replaced: Sequence[Part]
    completed: Sequence[int] = ()


def commit(root: Path, change: Change) -> None:
    """Make a change in one transaction; raises CannotWrite and leaves the manifest as it was.

    Gaps that bear the name of one of its files are filled.
    """
    with _transaction(root) as connection:
        _describe(connection, change.dataset)
        for new in change.files:
            file = new.file
            _record(connection, "files", file)
            reasons = [(file.id, *reason) for reason in new.reasons]
            connection.executemany("INSERT INTO reasons VALUES (?, ?, ?, ?)", reasons)
            asides = [(file.id, *aside) for aside in new.asides]
            connection.executemany("INSERT INTO asides VALUES (?, ?, ?, ?)", asides)
        numbers = [(number,) for number in change.completed]
        connection.executemany("UPDATE files SET keep = 'events' WHERE id = ?", numbers)
        _fill(connection, change.dataset.name, [new.file.name for new in change.files])
        replaced = [(part.path,) for part in change.replaced]
        connection.executemany("DELETE FROM parts WHERE path = ?", replaced)
        for part in change.added:
            _record(connection, "parts", part)


def record_gaps(root: Path, dataset: Dataset, gaps: Sequence[Gap]) -> None:
    """Record gaps of a dataset, also of one without a file yet; raises CannotWrite, BusyArchive.

    A gap of the same name is replaced. One whose file is in the dataset is none.
    """
    schema.migrate(root, NAME)
    with _transaction(root) as connection:
        _describe(connection, dataset)
        connection.executemany(
            "INSERT OR REPLACE INTO gaps VALUES (?, ?, ?, ?, ?)",
            [
                (dataset.name, gap.name, str(gap.since), str(gap.until), gap.reason)
                for gap in gaps
                if not _holds(connection, dataset.name, gap.name)
            ],
        )


def fill(root: Path, dataset: str, names: Sequence[str]) -> None:
    """Strike gaps out by the names of their files; raises CannotWrite, BusyArchive."""
    schema.migrate(root, NAME)
    with _transaction(root) as connection:
        _fill(connection, dataset, names)


@contextmanager
def _transaction(root: Path) -> Iterator[sqlite3.Connection]:
    with sqlite_errors(root, writing=True), closing(connect(root / NAME)) as connection:
        # EXTRA also syncs the folder, so that a commit outlives a power cut.
        connection.execute("PRAGMA synchronous = EXTRA")
        connection.execute("BEGIN IMMEDIATE")
        yield connection
        connection.execute("COMMIT")


def _describe(connection: sqlite3.Connection, dataset: Dataset) -> None:
    """Enter a dataset, or the breaks of one that an earlier version entered without them."""
    breaks = json.dumps([[str(day), what] for day, what in dataset.breaks], ensure_ascii=False)
    described = [dataset.title, dataset.citation, json.dumps(dataset.missing, ensure_ascii=False)]
    connection.execute(
        "INSERT INTO datasets VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (name) DO UPDATE SET breaks = excluded.breaks WHERE breaks = '[]'",
        [dataset.name, dataset.kind, dataset.grain, dataset.roles, *described, breaks],
    )


def _holds(connection: sqlite3.Connection, dataset: str, gap: str) -> bool:
    names = names_filled(gap)
    marks = ", ".join("?" * len(names))
    found = connection.execute(
        f"SELECT 1 FROM files WHERE dataset = ? AND name IN ({marks}) LIMIT 1", [dataset, *names]
    )
    return found.fetchone() is not None


def _fill(connection: sqlite3.Connection, dataset: str, names: Sequence[str]) -> None:
    connection.executemany(
        "DELETE FROM gaps WHERE dataset = ? AND name = ?",
        [(dataset, gap) for name in names for gap in names_filled(name)],
    )


def _record(connection: sqlite3.Connection, table: str, record: Part | InputFile) -> None:
    names = record.__slots__
    marks = ", ".join("?" * len(names))
    values = [getattr(record, name) for name in names]
    connection.execute(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", values)
