"""Bad input: exit code 2, one sentence on stderr that names the thing, the archive as it was."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import saidanddone as sd

from .conftest import TABLE, Ran

Run = Callable[..., Ran]
Make = Callable[[Path], Path]

HEADER = TABLE.splitlines()[0]
ROW = "2001-04-01,Russia,North Korea,051,9,Praise,https://example.org/9"


def state(archive: Path) -> tuple[Any, ...]:
    """All by which a change would show: generation, findings, files but the cache of norms."""
    opened = sd.Archive.open(archive)
    files = {
        path.relative_to(archive).as_posix(): path.read_bytes()
        for path in archive.rglob("*.parquet")
    }
    return opened.generation("census"), opened.check(), files


@pytest.fixture(scope="module")
def before(small: Path) -> tuple[Any, ...]:
    found = state(small)
    assert found[1] == []
    return found


@pytest.fixture
def unchanged(small: Path, before: tuple[Any, ...]) -> Iterator[Path]:
    """The small archive, which must be whole and the same afterwards."""
    yield small
    assert state(small) == before


def refused(ran: Ran, *named: str) -> None:
    """Assert exit code 2 and one sentence on stderr that names what is wrong."""
    assert ran.code == 2, ran
    assert "Traceback" not in ran.out + ran.err
    lines = ran.err.strip().splitlines()
    assert len(lines) == 1, ran.err
    assert lines[0].startswith("saidanddone: ")
    assert lines[0].endswith(".")
    assert "; expected " in lines[0]
    for name in named:
        assert name in lines[0]


def text(content: str, name: str = "bad.csv", encoding: str = "utf-8") -> Make:
    """A maker of a text file."""

    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(content.encode(encoding))
        return path

    return make


def raw(content: bytes, name: str = "bad.csv") -> Make:
    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(content)
        return path

    return make


def missing(folder: Path) -> Path:
    return folder / "absent.csv"


def empty_folder(folder: Path) -> Path:
    path = folder / "nothing-here"
    path.mkdir()
    return path


def truncated_zip(folder: Path) -> Path:
    path = folder / "bad.csv.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bad.csv", TABLE * 50)
    path.write_bytes(path.read_bytes()[:-60])
    return path


def zip_of_two(folder: Path) -> Path:
    path = folder / "two.csv.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", TABLE)
        archive.writestr("b.csv", TABLE)
    return path


def truncated_gzip(folder: Path) -> Path:
    path = folder / "bad.csv.gz"
    path.write_bytes(gzip.compress(TABLE.encode() * 50)[:-20])
    return path


def folder_as_parquet(folder: Path) -> Path:
    path = folder / "table.parquet"
    path.mkdir()
    (path / "part-0.txt").write_text("nothing")
    return path


def many_unknown_codes(folder: Path) -> Path:
    rows = [ROW.replace("051", "999")] * 2 + [ROW] * 18
    return text("\n".join([HEADER, *rows]) + "\n")(folder)


FILES: list[tuple[str, Make, tuple[str, ...]]] = [
    ("missing file", missing, ("absent.csv", "there is no file")),
    ("empty folder", empty_folder, ("nothing-here",)),
    ("empty file", text(""), ("bad.csv", "empty")),
    ("truncated zip", truncated_zip, ("bad.csv.zip", "truncated or damaged")),
    ("truncated gzip", truncated_gzip, ("bad.csv.gz", "truncated or damaged")),
    ("zip of two files", zip_of_two, ("two.csv.zip", "holds 2 files")),
    ("no zip at all", text(TABLE * 2, "bad.csv.zip"), ("bad.csv.zip",)),
    ("columns missing", text(TABLE.replace("actor", "player")), ("bad.csv", "actor")),
    ("Latin-1 text", text(TABLE.replace("Praise", "Éloge"), encoding="latin-1"), ("not UTF-8",)),
    ("UTF-16 text", text(TABLE, encoding="utf-16"), ("UTF-16", "bad.csv")),
    ("NUL bytes", raw(TABLE.encode() + b"\0\0\0\n"), ("NUL byte", "bad.csv")),
    ("unknown codes over 5%", many_unknown_codes, ("bad.csv", "5%")),
    ("impossible dates over 5%", text(TABLE.replace("2001-03-07", "2018-02-30")), ("bad.csv",)),
    ("only a header", text(HEADER + "\n"), ("bad.csv",)),
    ("a column twice", text(TABLE.replace("summary,link", "event,link")), ("event",)),
    ("a row cut short", text(TABLE + "2001-05-01,Russia"), ("bad.csv", "6")),
    ("a quote that never closes", text(TABLE + '2001-05-01,"Russia,Japan\n'), ("quote",)),
    ("a folder named as Parquet", folder_as_parquet, ("table.parquet",)),
    ("Parquet that is none", text("PAR1 no more", "bad.parquet"), ("bad.parquet",)),
    ("a picture", raw(b"\x89PNG\r\n\x1a\n" + bytes(range(256))), ("bad.csv",)),
]


@pytest.mark.parametrize(("make", "named"), [f[1:] for f in FILES], ids=[f[0] for f in FILES])
def test_a_bad_file_is_refused_whole(  # noqa: PLR0917
    make: Make,
    named: tuple[str, ...],
    run: Run,
    unchanged: Path,
    tmp_path: Path,
    census_tables: dict[str, Path],
) -> None:
    ran = run(
        "ingest", "table", make(tmp_path), "--archive", unchanged,
        "--mapping", census_tables["mapping"],
    )  # fmt: skip
    refused(ran, *named)


def test_a_wrong_delimiter_is_named(
    run: Run, unchanged: Path, tmp_path: Path, census_tables: dict[str, Path]
) -> None:
    mapping = tmp_path / "semicolons.toml"
    mapping.write_text('delimiter = ";"\n' + census_tables["mapping"].read_text())
    table = text(f"{HEADER}\n{ROW}\n")(tmp_path)
    ran = run("ingest", "table", table, "--archive", unchanged, "--mapping", mapping)
    refused(ran, "bad.csv", "separated by commas, not semicolons")


def test_a_file_that_may_not_be_read(
    run: Run, unchanged: Path, tmp_path: Path, census_tables: dict[str, Path]
) -> None:
    table = text(TABLE + ROW + "\n")(tmp_path)
    table.chmod(0)
    if os.access(table, os.R_OK):
        pytest.skip("this user may read every file")
    mapping = census_tables["mapping"]
    ran = run("ingest", "table", table, "--archive", unchanged, "--mapping", mapping)
    refused(ran, "bad.csv", "ermission denied")
    assert "1 refused" in ran.out


def test_a_negative_count_is_refused(run: Run, unchanged: Path, tmp_path: Path) -> None:
    columns = "i,j,year,verbCoop,matlCoop,verbConf,matlConf\n"
    table = text(columns + "Russia,Japan,2002,3,-1,2,0\n")(tmp_path)
    refused(run("ingest", "counts", table, "--archive", unchanged), "bad.csv", "negative")


def test_of_several_files_the_good_ones_land(
    run: Run, small: Path, tmp_path: Path, census_tables: dict[str, Path]
) -> None:
    archive = Path(shutil.copytree(small, tmp_path / "copy"))
    good = text(f"{HEADER}\n{ROW}\n", "good.csv")(tmp_path)
    bad = text("", "bad.csv")(tmp_path)
    mapping = census_tables["mapping"]
    ran = run("ingest", "table", bad, good, "--archive", archive, "--mapping", mapping)
    refused(ran, "bad.csv")
    assert "1 ingested, 0 already there, 1 refused" in ran.out
    assert run("check", "--archive", archive).code == 0
    acts = sd.Archive.open(archive).acts("census", sources=None, targets=None)
    assert acts.height == 5


def test_bad_rows_are_set_aside(run: Run, tmp_path: Path, census_tables: dict[str, Path]) -> None:
    rows = [ROW] * 60 + [ROW.replace("2001-04-01", "2018-02-30"), ROW.replace("051", "999")]
    table = text("\n".join([HEADER, *rows]) + "\n")(tmp_path)
    ran = run(
        "ingest", "table", table, "--archive", tmp_path / "new", "--mapping",
        census_tables["mapping"],
    )  # fmt: skip
    assert (ran.code, ran.err) == (0, "")
    assert "rows read 62 = kept 60 + set aside 2 + filtered 0" in ran.out
    assert "1  the date '2018-02-30' does not exist" in ran.out
    assert "1  unknown code: " in ran.out and "999" in ran.out


def test_a_byte_order_mark_is_accepted(
    run: Run, tmp_path: Path, census_tables: dict[str, Path]
) -> None:
    table = text(TABLE, encoding="utf-8-sig")(tmp_path)
    mapping = census_tables["mapping"]
    ran = run("ingest", "table", table, "--archive", tmp_path / "new", "--mapping", mapping)
    assert (ran.code, ran.err) == (0, "")
    assert "kept 4" in ran.out


QUESTIONS: list[tuple[str, list[str], tuple[str, ...]]] = [
    ("unknown state", ["atlantis", "russia"], ("atlantis",)),
    ("nearly a state", ["germeny", "japan"], ("germeny", "Germany")),
    ("ambiguous Korea", ["russia", "Korea"], ("Korea", "PRK", "KOR")),
    ("ambiguous Congo", ["Congo", "russia"], ("Congo", "COD", "COG")),
    ("same state", ["russia", "Moscow"], ("'russia'", "'Moscow'")),
    ("unicode nonsense", ["\u202e\u0000x\U0001f9ff".replace("\0", ""), "russia"], ("\U0001f9ff",)),
    ("control characters", ["rus\nsia", "\x1b[31mjapan"], ("no state",)),
    ("empty name", ["", "russia"], ()),
    ("blank name", ["   ", "russia"], ()),
    ("very long name", ["x" * 5000, "russia"], ("xxx",)),
    ("impossible day", ["russia", "japan", "--since", "2018-02-30"], ("2018-02-30",)),
    ("thirteenth month", ["russia", "japan", "--until", "2018-13"], ("2018-13",)),
    ("words as a date", ["russia", "japan", "--since", "yesterday"], ("yesterday",)),
    ("year zero", ["russia", "japan", "--since", "0000"], ("0000",)),
    ("window turned round", ["russia", "japan", "--since", "2009", "--until", "2006"], ("2006",)),
    ("unknown code", ["russia", "japan", "--without", "173,999"], ("999",)),
    (
        "no norm friends",
        ["russia", "japan", "--against", "friends"],
        ("friends", "world, plain, peers, self"),
    ),
    ("no engine duckdb", ["russia", "japan", "--engine", "duckdb"], ("duckdb", "polars", "spark")),
    ("unknown reading", ["russia", "japan", "--reading", "tea"], ("tea", "said-done")),
    ("unknown counting", ["russia", "japan", "--count", "beans"], ("beans", "acts")),
    ("unknown actors", ["russia", "japan", "--actors", "me"], ("me", "government")),
    ("unknown dispersion", ["russia", "japan", "--dispersion", "some"], ("some", "blocks")),
    ("unknown dataset", ["russia", "japan", "--dataset", "nyt"], ("nyt", "census")),
    ("plot in an unknown folder", ["russia", "japan", "--plot", "/nonexistent/a.png"], ("a.png",)),
    ("plot in the kernel's folder", ["russia", "japan", "--plot", "/proc/a.png"], ("/proc/a.png",)),
    ("plot with another ending", ["russia", "japan", "--plot", "a.gif"], ("a.gif", ".png")),
    ("one state only", ["russia"], ("target",)),
    ("three states", ["russia", "japan", "china"], ("china",)),
    ("unknown option", ["russia", "japan", "--why"], ("--why",)),
    ("option without value", ["russia", "japan", "--since"], ("--since",)),
]


@pytest.mark.parametrize(
    ("arguments", "named"), [q[1:] for q in QUESTIONS], ids=[q[0] for q in QUESTIONS]
)
def test_a_bad_question_is_refused(
    arguments: list[str], named: tuple[str, ...], run: Run, unchanged: Path
) -> None:
    ran = run("ask", "--archive", unchanged, *arguments)
    refused(ran, *named)
    assert ran.out == ""


def test_counts_cannot_be_read_as_gdelt_reads_codes(run: Run, counts_archive: Path) -> None:
    ran = run("ask", "austria", "chile", "--archive", counts_archive, "--reading", "gdelt")
    refused(ran, "--reading gdelt", "counts")


def test_a_dataset_that_does_not_tell_governments(run: Run, counts_archive: Path) -> None:
    ran = run("ask", "austria", "chile", "--archive", counts_archive, "--actors", "government")
    refused(ran, "does not tell governments", "--actors all")


RANKINGS: list[tuple[str, list[str], tuple[str, ...]]] = [
    ("nothing to show", ["--top", "0"], ("--top 0",)),
    ("fewer than nothing", ["--top", "-3"], ("-3",)),
    ("no number", ["--top", "ten"], ("--top",)),
    ("unknown corner", ["--corner", "warm friend"], ("warm friend", "quiet partner")),
    ("unknown dataset", ["--dataset", "nyt"], ("nyt",)),
    ("no norm friends", ["--against", "friends"], ("friends",)),
    ("unknown code", ["--without", "abc"], ("abc",)),
]


@pytest.mark.parametrize(
    ("arguments", "named"), [r[1:] for r in RANKINGS], ids=[r[0] for r in RANKINGS]
)
def test_a_bad_ranking_is_refused(
    arguments: list[str], named: tuple[str, ...], run: Run, unchanged: Path
) -> None:
    refused(run("rank", "--archive", unchanged, *arguments), *named)


def test_a_selection_is_not_ranked(run: Run, tmp_path: Path) -> None:
    from saidanddone.sources import shipped_case

    sd.ingest("case", [shipped_case()], tmp_path / "archive")
    refused(run("rank", "--archive", tmp_path / "archive"), "selection", "moscow-pyongyang")


COLUMNS = """\
[columns]
date = "when"
source = "actor"
target = "recipient"
code = "cameo"
"""

MAPPINGS: list[tuple[str, str | None, tuple[str, ...]]] = [
    ("missing", None, ("mine.toml", "there is no mapping")),
    ("unknown key", 'colour = "red"\n', ("colour", "mine.toml")),
    ("no TOML", "[columns\n", ("no TOML", "mine.toml")),
    ("column missing", '[columns]\ndate = "when"\n', ("source", "mine.toml")),
    ("a number for a text", f"name = 7\n{COLUMNS}", ("name = 7", "mine.toml")),
    ("another format", 'format = "counts"\n', ("counts", "mine.toml")),
]


@pytest.mark.parametrize(
    ("content", "named"), [m[1:] for m in MAPPINGS], ids=[m[0] for m in MAPPINGS]
)
def test_a_bad_mapping_is_refused(
    content: str | None, named: tuple[str, ...], run: Run, unchanged: Path, tmp_path: Path
) -> None:
    mapping = tmp_path / "mine.toml"
    if content is not None:
        mapping.write_text(content)
    table = text(TABLE)(tmp_path)
    ran = run("ingest", "table", table, "--archive", unchanged, "--mapping", mapping)
    refused(ran, *named)


def test_a_folder_as_a_mapping(run: Run, unchanged: Path, tmp_path: Path) -> None:
    table = text(TABLE)(tmp_path)
    ran = run("ingest", "table", table, "--archive", unchanged, "--mapping", tmp_path)
    refused(ran, str(tmp_path))


def test_a_table_without_a_mapping(run: Run, unchanged: Path, tmp_path: Path) -> None:
    refused(run("ingest", "table", text(TABLE)(tmp_path), "--archive", unchanged), "--mapping")


def test_a_mapping_where_none_is_taken(run: Run, unchanged: Path, tmp_path: Path) -> None:
    table = text(TABLE)(tmp_path)
    ran = run("ingest", "icews", table, "--archive", unchanged, "--mapping", "icews-2018")
    refused(ran, "icews", "mapping")


def test_an_unknown_format(run: Run, unchanged: Path, tmp_path: Path) -> None:
    ran = run("ingest", "xml", text(TABLE)(tmp_path), "--archive", unchanged)
    refused(ran, "'xml'", "table")


def test_a_bad_format_makes_no_archive(run: Run, tmp_path: Path) -> None:
    refused(run("ingest", "xml", tmp_path, "--archive", tmp_path / "new"), "'xml'")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("name", ["../up", "", ".hidden", "a/b", "x" * 65])
def test_a_dataset_name_that_is_no_folder_name(
    name: str, run: Run, unchanged: Path, tmp_path: Path, census_tables: dict[str, Path]
) -> None:
    ran = run(
        "ingest", "table", text(TABLE)(tmp_path), "--archive", unchanged,
        "--mapping", census_tables["mapping"], "--dataset", name,
    )  # fmt: skip
    if name:
        refused(ran, "name of a dataset")
    else:  # an empty name asks for the mapping's own
        assert ran.code in (0, 2)
        assert "Traceback" not in ran.err


def test_the_same_file_through_another_mapping(
    run: Run, unchanged: Path, tmp_path: Path, census_tables: dict[str, Path]
) -> None:
    mapping = tmp_path / "other.toml"
    mapping.write_text(census_tables["mapping"].read_text().replace('"filter"', '"aside"'))
    table = text(TABLE, "small.csv")(tmp_path)
    ran = run("ingest", "table", table, "--archive", unchanged, "--mapping", mapping)
    refused(ran, "small.csv", "read in another way")


COMMANDS = (["ask", "russia", "japan"], ["rank"], ["check"])


@pytest.mark.parametrize("command", COMMANDS, ids=["ask", "rank", "check"])
def test_a_folder_that_holds_no_archive(command: list[str], run: Run, tmp_path: Path) -> None:
    refused(run(*command, "--archive", tmp_path), str(tmp_path), "holds no archive")
    refused(run(*command, "--archive", tmp_path / "absent"), "absent")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", COMMANDS, ids=["ask", "rank", "check"])
def test_an_archive_that_is_a_file(command: list[str], run: Run, tmp_path: Path) -> None:
    path = text("nothing", "archive")(tmp_path)
    refused(run(*command, "--archive", path), str(path))


def test_ingest_into_what_is_no_archive(
    run: Run, tmp_path: Path, census_tables: dict[str, Path]
) -> None:
    table = text(TABLE)(tmp_path)
    mapping = census_tables["mapping"]
    for archive in (table, tmp_path):
        ran = run("ingest", "table", table, "--archive", archive, "--mapping", mapping)
        refused(ran, str(archive))
    assert [path.name for path in tmp_path.iterdir()] == ["bad.csv"]


@pytest.mark.parametrize("command", COMMANDS, ids=["ask", "rank", "check"])
def test_an_archive_of_a_newer_version(
    command: list[str], run: Run, small: Path, tmp_path: Path
) -> None:
    archive = Path(shutil.copytree(small, tmp_path / "newer"))
    with sqlite3.connect(archive / "manifest.sqlite") as connection:
        connection.execute("UPDATE archive SET format_version = format_version + 1")
    connection.close()
    refused(run(*command, "--archive", archive), "newer", str(archive))


@pytest.mark.parametrize("command", COMMANDS, ids=["ask", "rank", "check"])
def test_a_broken_manifest(command: list[str], run: Run, small: Path, tmp_path: Path) -> None:
    archive = Path(shutil.copytree(small, tmp_path / "broken"))
    (archive / "manifest.sqlite").write_bytes(b"SQLite format 3\0" + b"nonsense" * 100)
    refused(run(*command, "--archive", archive), "manifest")


def test_a_broken_part(run: Run, small: Path, tmp_path: Path) -> None:
    archive = Path(shutil.copytree(small, tmp_path / "broken"))
    part = next((archive / "tally" / "by-pair").rglob("*.parquet"))
    part.write_bytes(part.read_bytes()[:100])
    refused(run("ask", "russia", "north-korea", "--archive", archive))
    ran = run("check", "--archive", archive)
    assert (ran.code, ran.err) == (2, "")
    assert "fault: " in ran.out
    assert ran.out.strip().endswith("is not whole: 1 fault")
    found = run("check", "--archive", archive, "--json")
    assert found.code == 2
    assert [finding["severity"] for finding in json.loads(found.out)] == ["fault"]


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 256 kB; skipped where none can be mounted."""
    place = tmp_path / "disk"
    place.mkdir()
    if os.geteuid() != 0 or sys.platform != "linux":
        pytest.skip("only root can mount a tiny disk")
    command = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(place)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("a tiny disk cannot be mounted here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk(
    run: Run, tiny_disk: Path, tmp_path: Path, census_tables: dict[str, Path]
) -> None:
    mapping = census_tables["mapping"]
    archive = tiny_disk / "archive"
    small = text(TABLE)(tmp_path)
    assert run("ingest", "table", small, "--archive", archive, "--mapping", mapping).code == 0
    before = state(archive)
    large = census_tables["on_time"]
    ran = run("ingest", "table", large, "--archive", archive, "--mapping", mapping)
    refused(ran, "No space left on device")
    assert state(archive) == before


def test_a_picture_on_a_full_disk(run: Run, tiny_disk: Path) -> None:
    (tiny_disk / "filler").write_bytes(b"x" * (250 * 1024))
    ran = run("ask", "russia", "north-korea", "--plot", tiny_disk / "gap.png")
    refused(ran, "gap.png")
    assert [path.name for path in tiny_disk.iterdir()] == ["filler"]


def test_real_processes_end_the_same_way(process: Run, tmp_path: Path, small: Path) -> None:
    refused(process("ask", "russia", "Korea"), "Korea")
    refused(process("ask", "russia", "japan", "--bogus"), "--bogus")
    refused(process("check", cwd=tmp_path), "'archive' holds no archive")
    ran = process("ask", "fiji", "iceland", "--archive", small, "--json", "--quiet")
    assert (ran.code, ran.err) == (0, "")
    assert json.loads(ran.out)["channels"]["said"]["n"] == 0
