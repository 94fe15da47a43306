"""Archives of format 1, made here by hand as that version wrote them: read, checked, added to."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from saidanddone.archive import Archive, Gap, tally
from saidanddone.archive.manifest import Manifest
from saidanddone.archive.parts import hash_of, measure
from saidanddone.errors import SaidAndDoneError

from .conftest import DATASET, YEAR, Toy, Write, whole

SCHEMA = """
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

MORE = [("2018-01-05", "RUS", "PRK", "040", "7"), ("2020-05-05", "CHN", "PRK", "190", "1")]


@pytest.fixture
def new(archive: Archive, write: Write) -> Archive:
    archive.ingest(Toy(), [write(YEAR)])
    return archive


@pytest.fixture
def old(new: Archive, tmp_path: Path) -> Archive:
    """What format 1 made of the same file: events by month, the tally by month and by year."""
    root = tmp_path / "old"
    root.mkdir()
    with Manifest.opened(new.path) as manifest:
        (file,) = manifest.files()
        reasons = manifest._connection.execute("SELECT * FROM reasons").fetchall()
    events = new.acts("toy", sources=None, targets=None).drop("place", "added")
    cells = new.cells("toy")
    tables: list[tuple[str, str, str, int | None, pl.DataFrame]] = []
    for month in ("2018-01", "2018-03", "2018-12", "2019-02"):
        inside = pl.col("date").dt.strftime("%Y-%m") == month
        sorted_ = events.filter(inside).sort("source", "target", "date", "line")
        tables.append((f"events/toy/{month}/000001.parquet", "events", month, 1, sorted_))
        counted = cells.filter(inside)
        where = f"tally/by-month/toy/{month}-000001.parquet"
        tables += [(where, "by-month", month, None, counted)] if counted.height else []
    for year in ("2018", "2019"):
        counted = tally.ordered(cells.filter(pl.col("date").dt.strftime("%Y") == year))
        where = f"tally/by-pair/toy/{year}-000001.parquet"
        tables.append((where, "by-pair", year, None, counted))
    with closing(sqlite3.connect(root / "manifest.sqlite")) as connection:
        connection.executescript(SCHEMA)
        connection.execute("INSERT INTO archive VALUES (1)")
        described = [DATASET.name, DATASET.kind, DATASET.grain, True, DATASET.title]
        missing = '["sectors", "texts"]'
        connection.execute(
            "INSERT INTO datasets VALUES (?, ?, ?, ?, ?, ?, ?)",
            [*described, DATASET.citation, missing],
        )
        values = [file.id, file.dataset, file.sha256, file.name, file.format, file.fingerprint]
        values += [file.bytes, *file.counts, file.acts]
        connection.execute(f"INSERT INTO files VALUES ({', '.join('?' * 12)})", values)
        connection.executemany("INSERT INTO reasons VALUES (?, ?, ?, ?)", reasons)
        for where, kind, period, number, table in tables:
            path = root / where
            path.parent.mkdir(parents=True, exist_ok=True)
            table.write_parquet(path)
            connection.execute(
                f"INSERT INTO parts VALUES ({', '.join('?' * 11)})",
                [
                    *(where, kind, "toy", period, number),
                    *measure(table),
                    *(path.stat().st_size, hash_of(path)),
                ],
            )
        connection.commit()
    return Archive.open(root)


def version(archive: Archive) -> int:
    with closing(sqlite3.connect(archive.path / "manifest.sqlite")) as connection:
        return int(connection.execute("SELECT format_version FROM archive").fetchone()[0])


def same(one: Archive, other: Archive) -> bool:
    by = ({"sources": None, "targets": None}, {"sources": ["RUS"], "targets": ["PRK"]})
    return all(
        one.cells("toy", **some).equals(other.cells("toy", **some))
        and one.acts("toy", **some).equals(other.acts("toy", **some))
        and one.panel("toy").sort(pl.all()).equals(other.panel("toy").sort(pl.all()))
        and one.coverage("toy") == other.coverage("toy")
        for some in by
    )


def test_an_old_archive_is_read_as_it_is(old: Archive, new: Archive) -> None:
    assert same(old, new)
    assert whole(old)
    assert old.gaps("toy") == []
    assert old.datasets() == new.datasets()
    assert len(old.generation("toy")) == 64
    assert version(old) == 1


def test_an_old_archive_is_added_to(old: Archive, new: Archive, write: Write) -> None:
    more = write(MORE, "b.toy")
    (again,) = old.ingest(Toy(), [write(YEAR)]).files
    assert again.status == "already there"
    for archive in (old, new):
        archive.ingest(Toy(), [more])
        assert whole(archive)
    assert same(old, new)
    assert version(old) == 2
    third = write([("2019-02-01", "RUS", "PRK", "020", "3")], "c.toy")
    for archive in (old, new):
        archive.ingest(Toy(), [third], keep="tally")
        assert whole(archive)
    assert same(old, new)


def test_gaps_enter_an_old_archive(old: Archive) -> None:
    gap = Gap("b.toy", date(2018, 1, 2), date(2018, 1, 2), "not listed")
    old.record_gaps(DATASET, [gap, Gap("a.toy", gap.since, gap.until, "there")])
    assert old.gaps("toy") == [gap]
    assert version(old) == 2
    assert whole(old)


def test_an_old_archive_that_cannot_be_written_is_read(
    old: Archive, new: Archive, write: Write
) -> None:
    manifest = old.path / "manifest.sqlite"
    locked = old.path.with_name("locked")
    shutil.copytree(old.path, locked)
    copy = locked / "manifest.sqlite"
    copy.chmod(0o444)
    assert same(Archive.open(locked), new)
    assert copy.read_bytes() == manifest.read_bytes()


def test_a_damaged_old_part_is_named(old: Archive) -> None:
    path = old.path / "events/toy/2018-01/000001.parquet"
    path.write_bytes(path.read_bytes()[:-3])
    (fault,) = old.check()
    assert "a.toy" in fault.do
    with pytest.raises(SaidAndDoneError):
        old.acts("toy", sources=None, targets=None)
