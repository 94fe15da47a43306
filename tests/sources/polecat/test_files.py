"""POLECAT's files as they are published, and as they are broken."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path
from typing import Any

import pytest

from saidanddone.errors import BadFile
from saidanddone.sources import open_source
from saidanddone.sources.polecat import PolecatSource
from saidanddone.sources.polecat.columns import COLUMNS, READ, WITHHELD


def test_columns_go_by_name(polecat_file: Any, row: Any, whole: Any) -> None:
    expected = whole(PolecatSource(), polecat_file([row()]))
    backwards = "\t".join(row().split("\t")[::-1])
    header = [name.lower().replace(" ", "_") for name in COLUMNS[::-1]]
    read = whole(PolecatSource(), polecat_file([backwards], header))
    assert read.acts.equals(expected.acts)
    renamed = ["Event Intensity" if name == "Intensity" else name for name in COLUMNS]
    assert whole(PolecatSource(), polecat_file([row()], renamed)).acts.equals(expected.acts)


def test_an_unknown_column_is_refused_by_name(polecat_file: Any, row: Any) -> None:
    with pytest.raises(BadFile, match="the unknown column 'Mood'"):
        list(PolecatSource().read(polecat_file([row() + "\t1"], [*COLUMNS, "Mood"])))
    with pytest.raises(BadFile, match="the unknown columns Mood, Tone"):
        list(PolecatSource().read(polecat_file([row() + "\t1\t2"], [*COLUMNS, "Mood", "Tone"])))


def test_a_column_lacking_or_twice_is_refused_by_name(polecat_file: Any, row: Any) -> None:
    lacking = [name for name in COLUMNS if name != "Event Mode"]
    with pytest.raises(BadFile, match="lacks the column Event Mode "):
        list(PolecatSource().read(polecat_file([row()], lacking)))
    with pytest.raises(BadFile, match="the column 'Source' twice"):
        list(PolecatSource().read(polecat_file([row() + "\tx"], [*COLUMNS, "source"])))


def test_a_header_may_name_what_its_rows_do_not_hold(
    polecat_file: Any, row: Any, whole: Any
) -> None:
    expected = whole(PolecatSource(), polecat_file([row()]))
    long = [*COLUMNS[:7], *WITHHELD, *COLUMNS[7:]]
    assert whole(PolecatSource(), polecat_file([row()], long)).acts.equals(expected.acts)


def test_tabs_at_the_end_of_lines_are_no_columns(polecat_file: Any, row: Any, whole: Any) -> None:
    expected = whole(PolecatSource(), polecat_file([row(), row()]))
    lines = [row() + "\t\t\t"] * 2
    read = whole(PolecatSource(), polecat_file(lines, [*COLUMNS, "", "", ""]))
    assert read.acts.equals(expected.acts)


def test_a_years_zip_holds_its_months(
    tmp_path: Path, polecat_file: Any, row: Any, whole: Any
) -> None:
    january = polecat_file([row(), row(Event_Type="DANCE")], name="ngecEventsDV-2022-Jan.txt")
    february = polecat_file(
        [row(Event_Type="AID", Event_Mode="")], name="ngecEventsDV-2022-Feb.txt"
    )
    packed = tmp_path / "ngecEventsDV-2022.txt.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for month in (january, february):
            archive.write(month, f"2022/{month.name}")
    read = whole(PolecatSource(), packed)
    assert sorted(read.acts["code"].to_list()) == ["070", "173"]
    assert (read.kept, read.aside.height) == (2, 1)
    assert any("ngecEventsDV-2022-Feb.txt, line 2" in text for text in read.acts["reference"])


def test_one_packed_table_is_read_as_it_is(
    tmp_path: Path, polecat_file: Any, row: Any, whole: Any
) -> None:
    path = polecat_file([row()])
    zipped, packed = tmp_path / "one.zip", tmp_path / "one.txt.gz"
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.write(path, path.name)
    packed.write_bytes(gzip.compress(path.read_bytes()))
    assert whole(PolecatSource(), zipped).kept == whole(PolecatSource(), packed).kept == 1


@pytest.mark.parametrize("packed", ["plain", "gz", "zip", "zips"])
def test_bytes_that_are_not_utf8_are_marked_and_cost_no_row(
    tmp_path: Path, polecat_file: Any, row: Any, whole: Any, packed: str
) -> None:
    text = polecat_file([row(), row(Source="Le Matin é"), row()]).read_bytes()
    text = text.replace("é".encode(), b"\xe9")
    path = tmp_path / f"ngecEvents.1.txt{'.gz' if packed == 'gz' else ''}"
    if packed.startswith("zip"):
        path = tmp_path / "ngecEventsDV-2019.txt.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for number in range(len(packed) - 2):
                archive.writestr(f"ngecEventsDV-2019-{number}.txt", text)
    else:
        path.write_bytes(gzip.compress(text) if packed == "gz" else text)
    read = whole(PolecatSource(), path)
    assert read.kept == (6 if packed == "zips" else 3)
    assert any("Le Matin \ufffd" in reference for reference in read.acts["reference"])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"\xff\xfeE\0v\0", "UTF-16"),
        (b"Event ID\0\t", "NUL byte"),
        (b"\x1f\x8bxx", "damaged"),
        (b"PK\x03\x04xx", "damaged"),
        (b"PAR1", "Parquet"),
    ],
)
def test_what_is_no_such_file_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "ngecEvents.1.txt"
    path.write_bytes(content)
    with pytest.raises(BadFile, match=message):
        list(PolecatSource().read(path))


def test_a_damaged_or_swollen_zip_is_refused(tmp_path: Path, polecat_file: Any, row: Any) -> None:
    path = tmp_path / "ngecEventsDV-2021.txt.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"0" * 50_000_000)
        archive.writestr("b.txt", polecat_file([row()]).read_bytes())
    with pytest.raises(BadFile, match="unpacks to more than 200 times"):
        list(PolecatSource().read(path))
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(BadFile, match="damaged"):
        list(PolecatSource().read(path))


def test_a_member_cannot_climb_out(tmp_path: Path, polecat_file: Any, row: Any, whole: Any) -> None:
    text = polecat_file([row()]).read_bytes()
    path = tmp_path / "ngecEventsDV-2020.txt.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../climbed-1.txt", text)
        archive.writestr("..\\climbed-2.txt", text)
    assert whole(PolecatSource(), path).kept == 2
    assert not list(tmp_path.parent.glob("climbed*"))


def test_a_folder_gives_its_files_by_name(tmp_path: Path) -> None:
    names = ["ngecEvents.20230103111842.Release603.DV.txt", "ngecEventsDV-2022.txt.zip"]
    for name in [*names, "readme.txt"]:
        (tmp_path / name).write_text("x")
    assert [path.name for path in open_source("polecat").find(tmp_path)] == names


def test_what_is_read_is_in_the_codebook() -> None:
    assert len(COLUMNS) == len(set(COLUMNS)) == 40
    assert set(READ) <= set(COLUMNS)
