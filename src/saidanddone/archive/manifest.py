"""The manifest: what belongs to an archive, and what became of every row that was read.

One SQLite file. A part that it does not list is no part of the archive, so that one transaction
makes all parts of a group of files part of it at once. The rollback journal is used, not the
write-ahead log: an archive on a read-only disk has to stay readable.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from saidanddone.archive import schema
from saidanddone.archive.database import connect, sqlite_errors
from saidanddone.archive.gaps import Gap
from saidanddone.model import Window
from saidanddone.sources.source import Dataset

NAME = "manifest.sqlite"

Kind = Literal["events", "by-month", "by-pair", "panel"]
Keep = Literal["events", "tally"]


@dataclass(frozen=True, slots=True)
class Part:
    """A Parquet file of the archive; path is relative to the archive, first and last are days.

    period is a month (YYYY-MM), for by-pair 'all' (before format 2 a year). run is the number of
    the commit that wrote it: the parts of one kind, period and run are one sorted table. low and
    high are its first and last pair, as 'RUS PRK', or '' before format 2. file is None, before
    format 2 the number of the input file that events came from.
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
    run: int = 0
    low: str = ""
    high: str = ""


@dataclass(frozen=True, slots=True)
class InputFile:
    """What the manifest holds of a file that was ingested.

    keep says whether its events are in the archive or only their tally; digest is that of its
    cells (digest.py), '' before format 2.
    """

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
    keep: Keep = "events"
    digest: str = ""

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """Rows read, kept, set aside and filtered."""
        return self.rows, self.kept, self.set_aside, self.filtered


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over a dataset's files: rows read, kept, set aside, filtered; files without events."""

    files: int
    counts: tuple[int, int, int, int]
    without_events: int


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
    def opened(cls, root: Path, *, at_once: bool = True) -> Iterator[Manifest]:
        """Open an archive's manifest; raises NewerArchive, DamagedArchive, BusyArchive.

        at_once: in one read transaction. Without, every question sees what is there then, and no
        commit has to wait for this reader.
        """
        with sqlite_errors(root), closing(connect(root / NAME)) as connection:
            connection.execute("PRAGMA temp_store = MEMORY")
            if at_once:
                connection.execute("BEGIN")
            schema.prepare(connection, root)
            yield cls(connection)

    def datasets(self) -> dict[str, Dataset]:
        """Return every dataset by its name."""
        rows = self._connection.execute(
            "SELECT name, kind, grain, roles, title, citation, missing, breaks FROM datasets"
            " ORDER BY name"
        )
        return {
            name: Dataset(
                name,
                kind,
                grain,
                bool(roles),
                title,
                citation,
                tuple(json.loads(missing)),
                tuple((date.fromisoformat(day), what) for day, what in json.loads(breaks)),
            )
            for name, kind, grain, roles, title, citation, missing, breaks in rows
        }

    def files(self, dataset: str | None = None, sha256: str | None = None) -> list[InputFile]:
        """Return the input files in the order of their ingest, of one dataset or checksum."""
        where, values = _where({"dataset =": dataset, "sha256 =": sha256})
        rows = self._connection.execute(
            f"SELECT {', '.join(InputFile.__slots__)} FROM files WHERE {where} ORDER BY id", values
        )
        return [InputFile(*row) for row in rows]

    def totals(self, dataset: str) -> Totals:
        """Return the sums over a dataset's files."""
        files, *counts, without = self._connection.execute(
            "SELECT count(*), total(rows), total(kept), total(set_aside), total(filtered),"
            " total(keep = 'tally') FROM files WHERE dataset = ?",
            [dataset],
        ).fetchone()
        rows, kept, set_aside, filtered = map(int, counts)
        return Totals(files, (rows, kept, set_aside, filtered), int(without))

    def next_number(self) -> int:
        """Return the number of the next input file; numbers are never used twice."""
        row = self._connection.execute("SELECT max(id) FROM files").fetchone()
        return int(row[0] or 0) + 1

    def next_run(self) -> int:
        """Return the number of the next run; no part of an earlier version bears it either."""
        run = self._connection.execute("SELECT max(run) FROM parts").fetchone()[0]
        return max(int(run or 0) + 1, self.next_number())

    def generation(self, dataset: str) -> str:
        """Return a hash of a dataset's files and of their cells, in whatever order they came."""
        rows = self._connection.execute(
            "SELECT sha256 || fingerprint || rows || ' ' || kept || ' ' || set_aside || digest"
            " FROM files WHERE dataset = ? ORDER BY sha256",
            [dataset],
        )
        found = hashlib.sha256()
        for (file,) in rows:
            found.update(f"{file}\n".encode())
        return found.hexdigest()

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
        self,
        dataset: str | None = None,
        kind: Kind | None = None,
        since: str = "",
        until: str = "",
        pairs: Sequence[tuple[str, str]] = (),
    ) -> list[Part]:
        """Return the parts with since <= period <= until, by period; empty ends are open.

        pairs asks for parts that may hold one of these spans of pairs, each from first to last.
        """
        where, values = _where(
            {
                "dataset =": dataset,
                "kind =": kind,
                "period >=": since or None,
                "period <=": until or None,
            }
        )
        if pairs:
            spans = " OR ".join(["(low <= ? AND high >= ?)"] * len(pairs))
            where += f" AND (low = '' OR {spans})"
            values += [end for low, high in pairs for end in (high, low)]
        rows = self._connection.execute(
            f"SELECT {', '.join(Part.__slots__)} FROM parts WHERE {where}"
            " ORDER BY dataset, kind, period, run, path",
            values,
        )
        return [Part(*row) for row in rows]

    def gaps(self, dataset: str, window: Window) -> list[Gap]:
        """Return the gaps that overlap a window, by day and name."""
        since = str(window.since) if window.since else None
        until = str(window.until) if window.until else None
        where, values = _where({"dataset =": dataset, "until >=": since, "since <=": until})
        rows = self._connection.execute(
            f"SELECT name, since, until, reason FROM gaps WHERE {where} ORDER BY since, name",
            values,
        )
        day = date.fromisoformat
        return [Gap(name, day(since), day(until), reason) for name, since, until, reason in rows]

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
