"""Kept: what was read of documents, on disk, so that none is read twice and memory stays bounded.

One SQLite file. An archive holds one beside its documents; without an archive it lies in a folder
that is removed at the end.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from saidanddone.errors import CannotWrite
from saidanddone.model import FuzzyDate
from saidanddone.reading.act import ReportedAct
from saidanddone.reading.notes import Note
from saidanddone.reading.page import Block, Page
from saidanddone.reading.parser import name_of
from saidanddone.reading.read import Report
from saidanddone.reading.stories import Signature, signature, signature_of

NAME = "readings.sqlite"

READER_VERSION = "8"
"""Rises when documents are read otherwise than before: they are then read anew."""

_SECONDS = 30.0
"""How long a process waits for another that writes."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS readings (
    sha256 TEXT PRIMARY KEY, reader TEXT NOT NULL, address TEXT NOT NULL, published TEXT,
    about TEXT NOT NULL, acts TEXT NOT NULL, notes TEXT NOT NULL, signature BLOB
);
CREATE TABLE IF NOT EXISTS told (
    dataset TEXT NOT NULL, sha256 TEXT NOT NULL, number INTEGER NOT NULL, date TEXT,
    reference TEXT NOT NULL, act TEXT NOT NULL, PRIMARY KEY (dataset, sha256, number)
);
"""

_ADD = """
INSERT INTO readings VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (sha256) DO UPDATE SET
    reader = excluded.reader, address = min(address, excluded.address),
    published = excluded.published, about = excluded.about, acts = excluded.acts,
    notes = excluded.notes, signature = excluded.signature
"""
"""Of the same bytes at several addresses the first in alphabetical order is named."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What is kept of one document that was read; acts in the order of its text."""

    sha256: str
    address: str
    published: str | None
    acts: tuple[ReportedAct, ...]
    signature: Signature | None


@dataclass(frozen=True, slots=True)
class Telling:
    """How a document's act stands in a dataset: as one of the reports of an act.

    act names the act and is the same for all its reports; date is the act's, reference the
    sentence of the first publication.
    """

    sha256: str
    number: int
    date: str | None
    reference: str
    act: str

    @property
    def leads(self) -> bool:
        """Whether this is the report that gave the act its name, date and sentence."""
        return self.act == act_name(self.sha256, self.number)


def act_name(sha256: str, number: int) -> str:
    """A name of an act, from the document and number of the report that leads it."""
    return hashlib.sha256(f"{sha256} {number}".encode()).hexdigest()[:16]


def reader() -> str:
    """Who reads: the version of the rules and the name of the parser's pipeline."""
    return f"{READER_VERSION} {name_of()}"


class Kept:
    """The readings in a folder."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME
        with self._writing() as connection:
            connection.executescript(_SCHEMA)

    def add(self, reports: Iterable[Report]) -> None:
        """Keep what was read of documents, all of it or nothing; raises CannotWrite."""
        rows = [_row(report) for report in reports]
        # What another reader found is told no more; its acts have other numbers.
        changed = [(row[0], row[1]) for row in rows]
        with self._writing() as connection:
            connection.executemany(
                "DELETE FROM told WHERE sha256 = ?1 AND EXISTS "
                "(SELECT 1 FROM readings WHERE sha256 = ?1 AND reader <> ?2)",
                changed,
            )
            connection.executemany(_ADD, rows)

    def holds(self, sha256: str) -> bool:
        """Whether a document lies here and was read, and as it would be read now."""
        with self._open() as connection:
            found = connection.execute(
                "SELECT 1 FROM readings WHERE sha256 = ? AND reader = ?", [sha256, reader()]
            ).fetchone()
        return found is not None and (self.path.parent / sha256).is_file()

    def report(self, sha256: str, address: str, raw: bytes, text: str) -> Report:
        """What was read of a document, under the address that it has now."""
        with self._open() as connection:
            about, acts, notes = connection.execute(
                "SELECT about, acts, notes FROM readings WHERE sha256 = ?", [sha256]
            ).fetchone()
        known = json.loads(about)
        published = known.pop("published")
        blocks = tuple(Block(*block) for block in known.pop("blocks"))
        counts = known.pop("sentences"), known.pop("left_out")
        page = Page(
            address=address,
            sha256=sha256,
            raw=raw,
            published=FuzzyDate.parse(published) if published else None,
            text=text,
            blocks=blocks,
            **known,
        )
        return Report(
            page,
            tuple(ReportedAct(**act | {"document": address}) for act in json.loads(acts)),
            tuple(Note(**note | {"document": address}) for note in json.loads(notes)),
            *counts,
        )

    def readings(self, documents: Iterable[str]) -> Iterator[Reading]:
        """Yield what is kept of documents, by their hashes."""
        with self._open() as connection:
            for sha256 in documents:
                row = connection.execute(
                    "SELECT address, published, acts, signature FROM readings WHERE sha256 = ?",
                    [sha256],
                ).fetchone()
                if row is None:
                    continue
                address, published, acts, signed = row
                told = tuple(ReportedAct(**a | {"document": address}) for a in json.loads(acts))
                yield Reading(sha256, address, published, told, signature_of(signed))

    def notes(self, sha256: str) -> list[Note]:
        """Return the notes on one document."""
        with self._open() as connection:
            row = connection.execute(
                "SELECT notes FROM readings WHERE sha256 = ?", [sha256]
            ).fetchone()
        return [Note(**note) for note in json.loads(row[0])] if row else []

    def tellings(self, dataset: str, sha256: str | None = None) -> list[Telling]:
        """Return how documents of a dataset are told, or one of them, in order."""
        where, values = ("AND sha256 = ?", [sha256]) if sha256 else ("", [])
        with self._open() as connection:
            rows = connection.execute(
                "SELECT sha256, number, date, reference, act FROM told WHERE dataset = ?"
                f" {where} ORDER BY sha256, number",
                [dataset, *values],
            ).fetchall()
        return [Telling(*row) for row in rows]

    def tell(self, dataset: str, tellings: Iterable[Telling]) -> None:
        """Decide how acts are told in a dataset; what was decided before stays."""
        rows = [(dataset, t.sha256, t.number, t.date, t.reference, t.act) for t in tellings]
        with self._writing() as connection:
            connection.executemany("INSERT OR IGNORE INTO told VALUES (?, ?, ?, ?, ?, ?)", rows)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.path, timeout=_SECONDS)) as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        try:
            with self._open() as connection, connection:
                yield connection
        except sqlite3.Error as error:
            raise CannotWrite(
                f"what was read cannot be kept in '{self.path}' ({error})",
                "a folder with space that can be written, and the file as it was left",
                "free some space or choose another archive",
            ) from error


def _row(report: Report) -> tuple[Any, ...]:
    page = report.page
    published = str(page.published) if page.published else None
    about = {
        "kind": page.kind,
        "title": page.title,
        "author": page.author,
        "published": published,
        "language": page.language,
        "blocks": [(block.start, block.end, block.kind) for block in page.blocks],
        "sentences": report.sentences,
        "left_out": report.left_out,
    }
    signed = signature(page.text)
    return (
        page.sha256,
        reader(),
        page.address,
        published,
        _json(about),
        _json([asdict(act) for act in report.acts]),
        _json([asdict(note) for note in report.notes]),
        signed.tobytes() if signed is not None else None,
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
