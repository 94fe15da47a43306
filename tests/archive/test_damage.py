"""What a check names, and what a reader says of an archive that is not whole."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from saidanddone.archive import Archive, Finding, reader
from saidanddone.archive.manifest import Manifest, Part
from saidanddone.archive.parts import hash_of
from saidanddone.errors import CannotWrite, DamagedArchive, NewerArchive, NotAnArchive

from .conftest import YEAR, Toy, Write, whole


@pytest.fixture
def filled(archive: Archive, write: Write) -> Archive:
    archive.ingest(Toy(), [write(YEAR)])
    assert whole(archive)
    return archive


def parts_of(archive: Archive, kind: str) -> list[Part]:
    with Manifest.opened(archive.path) as manifest:
        return [part for part in manifest.parts() if part.kind == kind]


def faults(archive: Archive) -> list[Finding]:
    return [finding for finding in archive.check() if finding.severity == "fault"]


@contextmanager
def tampering(archive: Archive) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(archive.path / "manifest.sqlite")) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        yield connection
        connection.commit()


KINDS = pytest.mark.parametrize("kind", ["events", "by-month", "by-pair"])


@KINDS
def test_a_truncated_part_is_named(filled: Archive, kind: str) -> None:
    part = parts_of(filled, kind)[0]
    path = filled.path / part.path
    path.write_bytes(path.read_bytes()[:-7])
    (fault,) = faults(filled)
    assert fault.where == part.path
    assert fault.what == f"it has {part.bytes - 7} bytes and was written with {part.bytes}"
    assert "a.toy" in fault.do
    with pytest.raises(DamagedArchive, match="saidanddone check"):
        _read(filled, kind)


@KINDS
def test_a_flipped_byte_is_named(filled: Archive, kind: str) -> None:
    part = parts_of(filled, kind)[0]
    path = filled.path / part.path
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    (fault,) = faults(filled)
    assert (fault.where, fault.what) == (part.path, "its bytes are not those that were written")


@KINDS
def test_a_deleted_part_is_named(filled: Archive, kind: str) -> None:
    part = parts_of(filled, kind)[0]
    (filled.path / part.path).unlink()
    (fault,) = faults(filled)
    assert (fault.where, fault.what) == (part.path, "it is missing")
    with pytest.raises(DamagedArchive, match="cannot be read"):
        _read(filled, kind)


def _read(archive: Archive, kind: str) -> pl.DataFrame:
    if kind == "events":
        return archive.acts("toy", sources=None, targets=None)
    return archive.cells("toy", sources=["RUS", "CHN"] if kind == "by-pair" else None)


@pytest.mark.parametrize("kind", ["by-month", "by-pair"])
def test_a_tally_that_is_not_what_the_events_give_is_named(filled: Archive, kind: str) -> None:
    """The part is exchanged for another whole one, and the manifest with it."""
    part = parts_of(filled, kind)[0]
    path = filled.path / part.path
    table = pl.read_parquet(path).with_columns(pl.col("valence") * -1)
    table.write_parquet(path)
    sha256 = hash_of(path)
    with tampering(filled) as connection:
        new = [path.stat().st_size, sha256, part.path]
        connection.execute("UPDATE parts SET bytes = ?, sha256 = ? WHERE path = ?", new)
    (fault,) = faults(filled)
    assert fault.where == part.path
    named = "the tally of 2018-01" if kind == "by-month" else "the tally by pair"
    assert fault.what.startswith(f"{named} is not what the events of toy give")


@pytest.mark.parametrize("kind", ["events", "by-month", "by-pair"])
def test_a_part_that_the_manifest_forgot_is_named(filled: Archive, kind: str) -> None:
    with tampering(filled) as connection:
        connection.execute("DELETE FROM parts WHERE path = ?", [parts_of(filled, kind)[0].path])
    findings = filled.check()
    assert any(finding.severity == "fault" for finding in findings)
    assert [finding.where for finding in findings if finding.severity == "note"] == [
        path.relative_to(filled.path).as_posix()
        for path in filled.path.rglob("*.parquet")
        if path.relative_to(filled.path).as_posix() not in _listed(filled)
    ]


def _listed(archive: Archive) -> set[str]:
    with Manifest.opened(archive.path) as manifest:
        return {part.path for part in manifest.parts()}


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE files SET kept = kept + 1",
        "UPDATE reasons SET rows = rows + 1",
        "DELETE FROM reasons",
    ],
)
def test_rows_that_do_not_balance_are_named(filled: Archive, change: str) -> None:
    with tampering(filled) as connection:
        connection.execute(change)
    assert any("a.toy: rows read are not rows kept" in fault.what for fault in faults(filled))


@pytest.mark.parametrize("change", ["rows = rows + 1", "reports = 0", "last = '2100-01-01'"])
def test_a_part_that_is_not_as_the_manifest_says_is_named(filled: Archive, change: str) -> None:
    path = parts_of(filled, "by-pair")[0].path
    with tampering(filled) as connection:
        connection.execute(f"UPDATE parts SET {change} WHERE path = ?", [path])
    (fault,) = faults(filled)
    assert fault.where == path
    assert "other rows, reports or days than the manifest says" in fault.what


def test_unlisted_files_are_a_note_never_read_and_removed(filled: Archive, write: Write) -> None:
    before = filled.cells("toy")
    left = filled.path / "tally" / "by-month" / "toy" / "2018-01-000009.parquet"
    before.write_parquet(left)
    (note,) = filled.check()
    assert (note.severity, note.where) == ("note", "tally/by-month/toy/2018-01-000009.parquet")
    assert filled.cells("toy").equals(before)
    filled.ingest(Toy(), [write(YEAR)])
    assert not left.exists()
    assert whole(filled)


def test_a_replaced_part_makes_a_reader_look_again(
    filled: Archive, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An ingest comes between a reader's look at the manifest and its reading."""
    second = write([("2018-01-05", "RUS", "PRK", "040", "10")], "b.toy")
    read = reader.cells
    calls = []

    def ingest_before(*args: Any, **named: Any) -> pl.DataFrame:
        calls.append(args)
        if len(calls) == 1:
            filled.ingest(Toy(), [second])
        return read(*args, **named)

    monkeypatch.setattr(reader, "cells", ingest_before)
    cells = filled.cells("toy", sources=["RUS"], targets=["PRK"])
    assert cells["reports"].to_list() == [15, 1, 1]
    assert len(calls) == 2


def test_a_newer_archive_is_left_alone(filled: Archive, write: Write) -> None:
    with tampering(filled) as connection:
        connection.execute("UPDATE archive SET format_version = 3")
    for use in (Archive.open, Archive.create):
        with pytest.raises(NewerArchive, match="has format 3; expected format 2 or lower; update"):
            use(filled.path)
    with pytest.raises(NewerArchive):
        filled.ingest(Toy(), [write(YEAR, "b.toy")])


def test_no_archive_is_found_where_there_is_none(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing"):
        with pytest.raises(NotAnArchive, match="holds no archive"):
            Archive.open(path)
    assert list(tmp_path.iterdir()) == []


def test_an_archive_is_never_mixed_with_other_files(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("mine", encoding="utf-8")
    with pytest.raises(NotAnArchive, match=r"not empty and holds no archive \(thesis.doc"):
        Archive.create(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.doc"]


def test_an_archive_is_made_once_and_then_opened(tmp_path: Path, write: Write) -> None:
    archive = Archive.create(tmp_path / "new" / "folder")
    archive.ingest(Toy(), [write(YEAR)])
    again = Archive.create(tmp_path / "new" / "folder")
    assert again.cells("toy").height == archive.cells("toy").height > 0
    assert whole(Archive.create(tmp_path / "empty"))


def test_making_an_archive_can_be_taken_up_again(tmp_path: Path) -> None:
    (tmp_path / ".lock").touch()
    (tmp_path / "manifest.sqlite-0123456789abcdef").touch()
    assert Archive.create(tmp_path).datasets() == []


def test_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.touch()
    with pytest.raises(CannotWrite, match="cannot be made at"):
        Archive.create(path)
    with pytest.raises(NotAnArchive):
        Archive.open(path)


@pytest.mark.parametrize("content", [b"", b"no database at all" * 100])
def test_a_manifest_that_is_none_is_damage(filled: Archive, content: bytes) -> None:
    (filled.path / "manifest.sqlite").write_bytes(content)
    with pytest.raises(DamagedArchive, match=r"manifest of the archive .* cannot be read"):
        Archive.open(filled.path)


def test_a_manifest_with_flipped_bytes_is_damage(filled: Archive) -> None:
    path = filled.path / "manifest.sqlite"
    content = bytearray(path.read_bytes())
    content[4096:] = bytes(byte ^ 0xFF for byte in content[4096:])
    path.write_bytes(content)
    with pytest.raises(DamagedArchive):
        filled.cells("toy")


def test_an_ingest_never_adds_to_a_damaged_part(filled: Archive, write: Write) -> None:
    """Else the new part would bear a right checksum of wrong bytes."""
    part = parts_of(filled, "by-pair")[0]
    path = filled.path / part.path
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    files = sorted(filled.path.rglob("*"))
    with pytest.raises(DamagedArchive, match="are not those that were written"):
        filled.ingest(Toy(), [write([("2018-01-05", "RUS", "PRK", "040", "1")], "b.toy")])
    assert sorted(filled.path.rglob("*")) == files
    path.unlink()
    with pytest.raises(DamagedArchive, match="cannot be read"):
        filled.ingest(Toy(), [write([("2018-01-05", "RUS", "PRK", "040", "1")], "b.toy")])
