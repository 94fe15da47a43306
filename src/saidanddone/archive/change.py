"""A change of an archive: all that one input file brings, in one transaction."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from saidanddone.archive.database import connect, sqlite_errors
from saidanddone.archive.manifest import NAME, InputFile, Part
from saidanddone.sources.source import Dataset


@dataclass(frozen=True, slots=True)
class Change:
    """All that one input file changes in an archive: it is made as a whole or not at all."""

    dataset: Dataset
    file: InputFile
    reasons: Sequence[tuple[str, str, int]]
    asides: Sequence[tuple[int | None, str, str | None]]
    added: Sequence[Part]
    replaced: Sequence[Part]


def commit(root: Path, change: Change) -> None:
    """Make a change in one transaction; raises CannotWrite and leaves the manifest as it was."""
    dataset, file = change.dataset, change.file
    with sqlite_errors(root, writing=True), closing(connect(root / NAME)) as connection:
        # EXTRA also syncs the folder, so that a commit outlives a power cut.
        connection.execute("PRAGMA synchronous = EXTRA")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(
            "INSERT OR IGNORE INTO datasets VALUES (?, ?, ?, ?, ?, ?, ?)",
            _row(dataset),
        )
        _record(connection, "files", file)
        reasons = [(file.id, *reason) for reason in change.reasons]
        connection.executemany("INSERT INTO reasons VALUES (?, ?, ?, ?)", reasons)
        asides = [(file.id, *aside) for aside in change.asides]
        connection.executemany("INSERT INTO asides VALUES (?, ?, ?, ?)", asides)
        replaced = [(part.path,) for part in change.replaced]
        connection.executemany("DELETE FROM parts WHERE path = ?", replaced)
        for part in change.added:
            _record(connection, "parts", part)
        connection.execute("COMMIT")


def _row(dataset: Dataset) -> list[str | bool]:
    described = [dataset.title, dataset.citation, json.dumps(dataset.missing, ensure_ascii=False)]
    return [dataset.name, dataset.kind, dataset.grain, dataset.roles, *described]


def _record(connection: sqlite3.Connection, table: str, record: Part | InputFile) -> None:
    names = record.__slots__
    marks = ", ".join("?" * len(names))
    values = [getattr(record, name) for name in names]
    connection.execute(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", values)
