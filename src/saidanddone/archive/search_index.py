"""The search index: every act's text and every document's passages, in one SQLite file.

It is derived from the archive, known by what it was made of, and deleted at any time without loss.
"""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from functools import cache
from typing import Any

import polars as pl

from saidanddone import actors, codes
from saidanddone.archive.documents import Document
from saidanddone.archive.store import Store
from saidanddone.errors import BadDate, DamagedArchive, UnknownActor, UnknownCode
from saidanddone.model import FuzzyDate, Window

Progress = Callable[[str], None]

VERSION = "2"
"""Rises when an index is made otherwise than before: it is then made anew."""

PASSAGE = 1_000
"""Characters from which a passage ends with its paragraph: a screen of text, so that what is
found lies in sight of where the hit leads."""

LONGEST = 4_000
"""Characters at which a passage ends also inside a paragraph, at a blank."""

SHORT = 60
"""Characters below which an act's text is only a relation and gets its actors' names."""

# remove_diacritics 2 folds also letters with several marks; 1 leaves Vietnamese as it is typed.
_SCHEMA = """
CREATE TABLE made_of (content TEXT NOT NULL);
CREATE TABLE items (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, dataset TEXT, source TEXT, target TEXT,
    day TEXT, date TEXT, channel TEXT, valence INTEGER, mode TEXT, code TEXT, reference TEXT,
    document TEXT, first INTEGER, last INTEGER, title TEXT, text TEXT NOT NULL, names TEXT NOT NULL
);
CREATE VIRTUAL TABLE found USING fts5 (
    text, names, content = 'items', content_rowid = 'id',
    tokenize = "unicode61 remove_diacritics 2"
);
"""

_ADD = f"INSERT INTO items VALUES (NULL, {', '.join('?' * 17)})"

_SENTENCE = re.compile(r"characters (\d+) to (\d+)$")

_TOLD_ONCE = ("date", "precision", "source", "target", "code", "mode", "text", "file")


def content(store: Store) -> str:
    """Return a hash of all that an index of a store is made of."""
    held = sorted((d.name, store.generation(d.name)) for d in store.datasets())
    known = json.dumps([VERSION, held, sorted(store.documents())])
    return hashlib.sha256(known.encode()).hexdigest()


def fill(connection: sqlite3.Connection, store: Store, known: str, progress: Progress) -> None:
    """Write the index of a store into an empty database."""
    connection.executescript(_SCHEMA)
    kept = store.documents()
    with connection:
        for dataset in store.datasets():
            for window in _windows(store, dataset.name):
                progress(f"indexing {dataset.name}, {window.since or window.until or 'all'}")
                connection.executemany(_ADD, _acts(store, dataset.name, window, kept))
        if kept:
            progress(f"indexing {len(kept)} documents")
        for sha256 in sorted(kept):
            with suppress(DamagedArchive):  # what cannot be read is not found; check names it
                connection.executemany(_ADD, _passages(store.document(sha256)))
        connection.execute("INSERT INTO found (found) VALUES ('rebuild')")
        connection.execute("INSERT INTO found (found) VALUES ('optimize')")
        connection.execute("INSERT INTO made_of VALUES (?)", [known])


def made_of(connection: sqlite3.Connection) -> str | None:
    """Return the hash of what an index was made of; None where it is no whole index."""
    with suppress(sqlite3.Error):
        row = connection.execute("SELECT content FROM made_of").fetchone()
        return str(row[0]) if row else None
    return None


def _windows(store: Store, dataset: str) -> Iterator[Window]:
    """A dataset's years one by one, so that memory holds the acts of one.

    Before the first and after the last counted act others may lie, which were denied.
    """
    covered = store.coverage(dataset)
    if covered.first is None or covered.last is None:
        yield Window()
        return
    first, last = covered.first.year, covered.last.year
    if first > date.min.year:
        yield Window(None, date(first - 1, 12, 31))
    for year in range(first, last + 1):
        yield Window(date(year, 1, 1), date(year, 12, 31))
    if last < date.max.year:
        yield Window(date(last + 1, 1, 1), None)


def _acts(
    store: Store, dataset: str, window: Window, kept: frozenset[str]
) -> Iterator[tuple[Any, ...]]:
    """Rows of a window's acts, those that tell the same of one day once; cells tell nothing."""
    acts = store.acts(dataset, sources=None, targets=None, window=window)
    told = acts.filter(pl.col("file").is_not_null())
    for row in told.unique(_TOLD_ONCE, keep="first", maintain_order=True).iter_rows(named=True):
        document = row["file"] if row["file"] in kept else None
        sentence = _SENTENCE.search(row["reference"] or "") if document else None
        day: date = row["date"]
        source, target = _name(row["source"]), _name(row["target"])
        yield (
            "act",
            dataset,
            row["source"],
            row["target"],
            day.isoformat(),
            str(FuzzyDate(day, day, row["precision"])),
            row["channel"],
            row["valence"],
            row["mode"],
            row["code"],
            row["reference"],
            document,
            int(sentence[1]) if sentence else None,
            int(sentence[2]) if sentence else None,
            f"{source} toward {target}",
            _plain(_text(row)),
            _plain(" ".join([source, target, _what(row["code"]), row["place"] or ""])),
        )


def _text(row: dict[str, Any]) -> str:
    text = str(row["text"] or "")
    written = row["source_name"], row["target_name"]
    if all(written) and len(text) < SHORT and not text.endswith("."):
        return f"{written[0]} → {written[1]}: {text}"
    return text


def _passages(document: Document) -> Iterator[tuple[Any, ...]]:
    """Rows of a document's passages; its title is found with the first of them."""
    day = None
    with suppress(BadDate):
        day = FuzzyDate.parse(document.published or "").first.isoformat()
    title = _plain(document.title or "")
    for first, last in passages(document.text):
        yield (
            *("document", None, None, None, day, document.published if day else None),
            *(None, None, None, None, document.address),
            *(document.sha256, first, last, title),
            _plain(document.text[first:last]),
            title if first == 0 else "",
        )


def passages(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the passages of a text begin and end; together they are the text.

    >>> list(passages("One.")), list(passages(""))
    ([(0, 4)], [])
    """
    first = 0
    while first < len(text):
        last = text.find("\n\n", first + PASSAGE)
        last = len(text) if last < 0 else last + 2
        if last - first > LONGEST:
            blank = text.rfind(" ", first + PASSAGE, first + LONGEST)
            last = blank + 1 if blank > 0 else first + LONGEST
        yield first, last
        first = last


def _plain(text: str) -> str:
    """Control characters become blanks, so that a mark of ours is none of theirs, and offsets
    stay.
    """
    clean = "".join(char if char.isprintable() else " " for char in text)
    return clean.encode("utf-8", "replace").decode("utf-8")


@cache
def _name(id_: str) -> str:
    try:
        return actors.actor(id_).name
    except UnknownActor:
        return id_


@cache
def _what(code: str | None) -> str:
    try:
        return codes.code(code).name if code else ""
    except UnknownCode:
        return ""
