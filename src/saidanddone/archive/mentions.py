"""Mentions in an archive: who reported an event, beside the events, in tables of their own.

Files of mentions come every 15 minutes, and a file's mentions are of events of any day before. They
are gathered and written as parts under mentions/, each sorted by event; a small part is merged with
those that follow. What the manifest does not list is no part of the archive. The manifest's tables
are made when the first mentions come: earlier versions read such an archive as before.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import closing
from dataclasses import astuple, dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from saidanddone.archive import intake, parts, schema
from saidanddone.archive.database import connect, sqlite_errors
from saidanddone.archive.lock import locked
from saidanddone.archive.manifest import NAME as MANIFEST
from saidanddone.archive.report import FileReport, Ingest
from saidanddone.errors import BadInput, DamagedArchive
from saidanddone.sources.gdelt import (
    MENTION_COLUMNS,
    find_mentions,
    is_number,
    once_each,
    read_mentions,
)

FOLDER = "mentions"
SCHEMA = parts.schema(MENTION_COLUMNS)

ROWS_IN_A_PART = 2**18
"""Mentions of a full part, eight hours of GDELT 2.0: some 150 MB while it is sorted. A part with
fewer is written anew with those that come later."""

FILES_AT_ONCE = 1_024
"""Files that are entered in one commit, ten days of the service's."""

_TABLES = (
    """
CREATE TABLE IF NOT EXISTS mentions (
    dataset TEXT NOT NULL, sha256 TEXT NOT NULL, name TEXT NOT NULL, rows INTEGER NOT NULL,
    kept INTEGER NOT NULL, set_aside INTEGER NOT NULL, reasons TEXT NOT NULL,
    PRIMARY KEY (dataset, sha256), CHECK (rows = kept + set_aside)
)""",
    """
CREATE TABLE IF NOT EXISTS mention_parts (
    path TEXT PRIMARY KEY, dataset TEXT NOT NULL, rows INTEGER NOT NULL, low INTEGER NOT NULL,
    high INTEGER NOT NULL, bytes INTEGER NOT NULL, sha256 TEXT NOT NULL
)""",
)


@dataclass(frozen=True, slots=True)
class MentionPart:
    """A part: mentions of the events from low to high."""

    path: str
    dataset: str
    rows: int
    low: int
    high: int
    bytes: int
    sha256: str


def of_events(root: Path, dataset: str, ids: Collection[str]) -> pl.DataFrame:
    """Return the mentions (MENTION_COLUMNS) of events of a dataset; raises DamagedArchive."""
    numbers = {int(id_) for id_ in ids if is_number(id_)}
    wanted = pl.Series("id", sorted(numbers), dtype=pl.Int64)
    before: list[MentionPart] | None = None
    while True:
        found = [part for part in _parts(root, dataset) if _may_hold(part, wanted)]
        if not found:
            return pl.DataFrame(schema=SCHEMA)
        try:
            with parts.reading(root):
                paths = [root / part.path for part in found]
                return once_each(_select(paths, wanted).collect())
        except DamagedArchive:  # a writer may have merged one with others meanwhile
            if found == before:
                raise
            before = found


def names(root: Path, dataset: str) -> set[str]:
    """Return the names of the files of mentions that a dataset has."""
    return {name for _, name in _files(root, dataset)}


def add(
    root: Path,
    paths: Iterable[Path],
    dataset: str,
    progress: Callable[[str, int], None] | None = None,
) -> Ingest:
    """Make files of mentions part of an archive: each whole or not at all, and once.

    Folders give the files of mentions in them. Files that are refused stand in the report, the
    others go on. Raises BadChoice for the dataset's name, CannotWrite, BusyArchive, DamagedArchive;
    what was entered by then stays.
    """
    parts.require_name(dataset)
    with locked(root):
        schema.migrate(root, MANIFEST)
        parts.remove(root, unlisted(root))
        group = _Group(root, dataset, {sha256 for sha256, _ in _files(root, dataset)})
        try:
            for path in paths:
                group.take(path, progress)
            group.land()
        except BaseException:
            parts.remove(root, unlisted(root))
            raise
    return Ingest(tuple(group.reports))


@dataclass
class _Group:
    """Files on their way into the archive."""

    root: Path
    dataset: str
    met: set[str]
    reports: list[FileReport] = field(default_factory=list)
    _tables: list[pl.DataFrame] = field(default_factory=list)
    _rows: int = 0
    _files: list[FileReport] = field(default_factory=list)

    def take(self, path: Path, progress: Callable[[str, int], None] | None) -> None:
        """Read a file, or those of a folder."""
        try:
            found = find_mentions(path)
        except BadInput as error:
            self.reports.append(FileReport.refused(path, None, error))
            return
        for file in found:
            sha256 = None
            try:
                sha256 = intake.identify(file)
                self._enter(file, sha256)
            except BadInput as error:
                self.reports.append(FileReport.refused(file, sha256, error))
            if progress is not None:
                progress(file.name, self.reports[-1].rows)
            if self._rows >= ROWS_IN_A_PART or len(self._files) >= FILES_AT_ONCE:
                self.land()

    def _enter(self, file: Path, sha256: str) -> None:
        if sha256 in self.met:
            self.reports.append(FileReport(file, sha256, "already there", 0, 0, 0, 0, {}))
            return
        read = read_mentions(file)
        kept = read.rows - read.set_aside
        report = FileReport(
            file, sha256, "ingested", read.rows, kept, read.set_aside, 0, read.aside
        )
        self.met.add(sha256)
        self._tables.append(read.table)
        self._rows += read.table.height
        self._files.append(report)
        self.reports.append(report)

    def land(self) -> None:
        """Write what was read as a part, with parts that are small, and commit both at once."""
        if not self._files:
            return
        old = _small(_parts(self.root, self.dataset), self._rows)
        for part in old:
            if fault := _fault(self.root, part):
                raise parts.damaged(self.root, f"{part.path}: {fault}")
        with parts.reading(self.root):
            held = [pl.read_parquet(self.root / part.path, glob=False) for part in old]
        table = once_each(pl.concat([*held, *self._tables]))
        new = [_write(self.root, self.dataset, table)] if table.height else []
        _commit(self.root, self.dataset, self._files, new, old)
        parts.remove(self.root, (self.root / part.path for part in old))
        self._tables, self._files, self._rows = [], [], 0


def unlisted(root: Path) -> list[Path]:
    """Return the parts that the manifest does not list: what a killed ingest left."""
    known = {root / part.path for part in _parts(root)}
    return sorted(path for path in (root / FOLDER).rglob("*.parquet") if path not in known)


def faults(root: Path) -> Iterator[tuple[str, str]]:
    """Yield where and what of every part of mentions that is not as it was written."""
    for part in _parts(root):
        if fault := _fault(root, part):
            yield part.path, fault


def _fault(root: Path, part: MentionPart) -> str | None:
    path = root / part.path
    if not path.is_file():
        return "it is missing"
    if path.stat().st_size != part.bytes or parts.hash_of(path) != part.sha256:
        return "its bytes are not those that were written"
    return None


def _select(paths: list[Path], ids: pl.Series) -> pl.LazyFrame:
    # By the range first: row groups' statistics know it.
    near = pl.scan_parquet(paths, schema=SCHEMA, glob=False).filter(
        pl.col("id").is_between(ids[0], ids[-1])
    )
    return near.filter(pl.col("id").is_in(ids.implode()))


def _may_hold(part: MentionPart, ids: pl.Series) -> bool:
    place = ids.search_sorted(part.low)
    return place < len(ids) and ids[place] <= part.high


def _small(listed: Iterable[MentionPart], rows: int) -> list[MentionPart]:
    """Return the parts that are no larger than what comes, as long as all fit into one."""
    found: list[MentionPart] = []
    for part in sorted(listed, key=lambda part: part.rows):
        if part.rows > rows or rows + part.rows > ROWS_IN_A_PART:
            break
        found.append(part)
        rows += part.rows
    return found


def _write(root: Path, dataset: str, table: pl.DataFrame) -> MentionPart:
    relative = f"{FOLDER}/{dataset}/{secrets.token_hex(8)}.parquet"
    path = root / relative
    with parts.writing_to(root):
        path.parent.mkdir(parents=True, exist_ok=True)
        parts.write_parquet(path, table)
        for folder in path.relative_to(root).parents:
            parts.sync(root / folder)
        low, high = table["id"][0], table["id"][-1]
        return MentionPart(
            relative, dataset, table.height, low, high, path.stat().st_size, parts.hash_of(path)
        )


def _commit(
    root: Path,
    dataset: str,
    files: Iterable[FileReport],
    new: Iterable[MentionPart],
    old: Iterable[MentionPart],
) -> None:
    rows = [
        (dataset, f.sha256, f.path.name, f.rows, f.kept, f.set_aside, json.dumps(f.reasons))
        for f in files
    ]
    with sqlite_errors(root, writing=True), closing(connect(root / MANIFEST)) as connection:
        connection.execute("PRAGMA synchronous = EXTRA")
        connection.execute("BEGIN IMMEDIATE")
        for table in _TABLES:
            connection.execute(table)
        connection.executemany("INSERT INTO mentions VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        gone = [(part.path,) for part in old]
        connection.executemany("DELETE FROM mention_parts WHERE path = ?", gone)
        connection.executemany(
            "INSERT INTO mention_parts VALUES (?, ?, ?, ?, ?, ?, ?)",
            [astuple(part) for part in new],
        )
        connection.execute("COMMIT")


def _files(root: Path, dataset: str) -> list[tuple[str, str]]:
    """Return checksum and name of every file of mentions."""
    return _rows(root, "SELECT sha256, name FROM mentions WHERE dataset = ?", dataset)


def _parts(root: Path, dataset: str | None = None) -> list[MentionPart]:
    names_ = ", ".join(MentionPart.__slots__)
    asked = f"SELECT {names_} FROM mention_parts WHERE dataset = ifnull(?, dataset) ORDER BY path"
    return [MentionPart(*row) for row in _rows(root, asked, dataset)]


def _rows(root: Path, asked: str, dataset: str | None) -> list[Any]:
    """Ask the manifest; an archive without mentions has no rows."""
    with sqlite_errors(root), closing(connect(root / MANIFEST)) as connection:
        known = "SELECT 1 FROM sqlite_master WHERE name = 'mention_parts'"
        if connection.execute(known).fetchone() is None:
            return []
        return connection.execute(asked, [dataset]).fetchall()
