"""Search: the acts and documents of a store by their words, with what matched marked."""

from __future__ import annotations

import secrets
import shutil
import sqlite3
import tempfile
import threading
import time
import weakref
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any

from saidanddone.archive import search_hit
from saidanddone.archive import search_index as index
from saidanddone.archive.archive import Archive
from saidanddone.archive.documents import FOLDER
from saidanddone.archive.search_hit import Found, Hit
from saidanddone.archive.search_query import parse
from saidanddone.archive.store import Store
from saidanddone.errors import BadChoice, BadInput, MissingExtra

__all__ = ["Found", "Hit", "Search"]

NAME = "search.sqlite"
KINDS = ("act", "document")

MOST_SIZE = 100
DEEPEST = 10_000
"""Hits that can be leafed to: whoever reads on needs a narrower question."""

LONGEST_SECONDS = 5.0
"""What one search may take: one that matches 124,110 acts took 1.8 s on a busy machine."""

STEPS_BETWEEN = 20_000
"""Steps of the engine between two looks at the clock."""

PATIENCE_SECONDS = 600.0
"""How long a process waits while another builds the same index."""

_FROM = "FROM found JOIN items ON items.id = found.rowid WHERE found MATCH ?"

# An act's own words count twice as much as the names and the code's name that stand beside it.
_ORDER = "ORDER BY round(bm25(found, 2.0, 1.0), 6), day DESC, id"


class Search:
    """Searches a store; its index is built when first needed and again when the content changed.

    An archive keeps the index beside its manifest, or in a folder for this process where the
    archive cannot be written; a store without a folder keeps it in memory. Several processes may
    share one archive: the first builds.
    """

    def __init__(self, store: Store, progress: index.Progress = lambda _: None) -> None:
        self._store = store
        self._root = store.path if isinstance(store, Archive) else None
        self._progress = progress
        self._building = threading.Lock()
        self._seen: tuple[object, ...] = ()
        self._path: Path | None = None
        self._memory: sqlite3.Connection | None = None

    def search(
        self,
        typed: str,
        *,
        kinds: Collection[str] = KINDS,
        sources: Collection[str] | None = None,
        targets: Collection[str] | None = None,
        since: date | None = None,
        until: date | None = None,
        page: int = 1,
        size: int = 20,
    ) -> Found:
        """Find what was typed (search_query.py); without a word nothing is found.

        sources, targets: ids; documents have none and are left out then. Raises BadChoice for a
        kind, page or size that does not exist, BadInput where it takes too long.
        """
        _refuse(kinds, page, size)
        expression = parse(typed).expression
        if expression is None:
            return Found(0, ())
        where, values = _conditions(kinds, sources, targets, since, until)
        asked = [expression, *values]
        with self._opened() as connection:
            (total,) = connection.execute(f"SELECT count(*) {_FROM}{where}", asked).fetchone()
            chosen = connection.execute(
                f"SELECT found.rowid {_FROM}{where} {_ORDER} LIMIT ? OFFSET ?",
                [*asked, size, (page - 1) * size],
            ).fetchall()
            return Found(
                total, tuple(search_hit.read(connection, expression, id_) for (id_,) in chosen)
            )

    @property
    def building(self) -> bool:
        """Whether an index is being built now."""
        return self._building.locked()

    def refresh(self) -> None:
        """Build the index if there is none of what the store holds now."""
        seen = self._glance()
        if seen == self._seen:
            return
        with self._building:
            if seen == self._seen:
                return
            known = index.content(self._store)
            if self._root is None:
                self._memory = _in_memory(self._store, known, self._progress)
            elif self._path is None or not _is_of(self._path, known):
                self._path = self._on_disk(self._root, known)
            self._seen = seen

    def _glance(self) -> tuple[object, ...]:
        """What changes when the content may have: cheap enough to ask before every search."""
        held = [(d.name, self._store.generation(d.name)) for d in self._store.datasets()]
        changed = 0
        if self._root is not None:
            with suppress(OSError):
                changed = (self._root / FOLDER).stat().st_mtime_ns
        return (tuple(held), changed)

    def _on_disk(self, root: Path, known: str) -> Path:
        path = root / NAME
        if _is_of(path, known):
            return path
        try:
            with _one_builder(root):
                if not _is_of(path, known):
                    self._build(path, known)
        except (OSError, sqlite3.OperationalError):
            # A read-only archive, a full disk, or somebody who builds for too long.
            folder = Path(tempfile.mkdtemp(prefix="saidanddone-"))
            weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
            path = folder / NAME
            self._build(path, known)
        return path

    def _build(self, path: Path, known: str) -> None:
        """Write an index, whole or not at all."""
        new = path.with_name(f".{path.name}-{secrets.token_hex(8)}")
        try:
            with closing(sqlite3.connect(new)) as connection:
                # Nobody reads the file before it is whole; a journal would only cost time.
                connection.execute("PRAGMA journal_mode = OFF")
                connection.execute("PRAGMA synchronous = OFF")
                _fill(connection, self._store, known, self._progress)
            new.replace(path)
        finally:
            new.unlink(missing_ok=True)

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        self.refresh()
        deadline = time.monotonic() + LONGEST_SECONDS
        try:
            if self._memory is not None:
                with self._building:
                    self._memory.set_progress_handler(_alarm(deadline), STEPS_BETWEEN)
                    yield self._memory
                return
            assert self._path is not None
            with closing(_reading(self._path)) as connection:
                connection.set_progress_handler(_alarm(deadline), STEPS_BETWEEN)
                yield connection
        except sqlite3.OperationalError as error:
            if "interrupted" not in str(error):
                raise
            raise BadInput(
                "the search takes too long",
                f"one that is over in {LONGEST_SECONDS:.0f} seconds",
                "search for rarer words, one pair or fewer years",
            ) from error


def _alarm(deadline: float) -> Any:
    return lambda: int(time.monotonic() > deadline)


def _refuse(kinds: Collection[str], page: int, size: int) -> None:
    if unknown := sorted(set(kinds) - set(KINDS)):
        raise BadChoice(f"'{unknown[0]}' is no kind of hit", " or ".join(KINDS), "choose one")
    if not 1 <= size <= MOST_SIZE:
        raise BadChoice(f"a page of {size} hits", f"1 to {MOST_SIZE}", "choose another size")
    if page < 1 or page * size > DEEPEST:
        raise BadChoice(
            f"page {page} of {size} hits each",
            f"pages from 1 on, and at most the first {DEEPEST:,} hits",
            "narrow the search",
        )


def _conditions(
    kinds: Collection[str],
    sources: Collection[str] | None,
    targets: Collection[str] | None,
    since: date | None,
    until: date | None,
) -> tuple[str, list[str]]:
    found, values = "", []
    for column, wanted in (("kind", kinds), ("source", sources), ("target", targets)):
        if wanted is not None and set(wanted) != set(KINDS):
            found += f" AND {column} IN ({', '.join('?' * len(wanted))})"
            values += sorted(wanted)
    for relation, day in ((">=", since), ("<=", until)):
        if day is not None:
            found += f" AND day {relation} ?"
            values.append(day.isoformat())
    return found, values


def _reading(path: Path) -> sqlite3.Connection:
    # immutable: an index is replaced and never changed, so that it needs no lock or journal.
    uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    return sqlite3.connect(uri, uri=True)


def _is_of(path: Path, known: str) -> bool:
    if not path.is_file():
        return False
    with suppress(sqlite3.Error), closing(_reading(path)) as connection:
        return index.made_of(connection) == known
    return False


def _in_memory(store: Store, known: str, progress: index.Progress) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    _fill(connection, store, known, progress)
    return connection


def _fill(connection: sqlite3.Connection, *given: Any) -> None:
    try:
        index.fill(connection, *given)
    except sqlite3.OperationalError as error:
        if "fts5" not in str(error):
            raise
        raise MissingExtra(
            "this Python's SQLite has no full-text search",
            "SQLite with FTS5, as Python's own installers bring it",
            "install another Python",
        ) from error


@contextmanager
def _one_builder(root: Path) -> Iterator[None]:
    """Wait until nobody else builds; SQLite's own lock on an empty file is let go by the dead."""
    path = root / f".{NAME}-lock"
    with closing(sqlite3.connect(path, timeout=PATIENCE_SECONDS, isolation_level=None)) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        yield
