"""The service's lists, also those that lie or are none."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saidanddone.errors import BadFile
from saidanddone.model import Window
from saidanddone.sources.fetch.listing import Listing, lists_of

SPAN = Window.parse("2018-01-01", "2018-01-03")
SUM = "0123456789abcdef0123456789ABCDEF"


def listed(tmp_path: Path, text: str | bytes, *, version: int = 2) -> Listing:
    path = tmp_path / "list.txt"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    found = Listing()
    found.add(path, "master", SPAN, 2 if version == 2 else 1, ["export"])
    return found


def test_a_line_names_size_md5_and_file(tmp_path: Path) -> None:
    url = "http://data.gdeltproject.org/gdeltv2/20180101000000"
    found = listed(
        tmp_path,
        f"12 {SUM} {url}.export.CSV.zip\r\n"
        f"13 {SUM} {url}.mentions.CSV.zip\r\n"
        f"14 {SUM} {url}.gkg.csv.zip\r\n"
        f"15 {SUM} http://data.gdeltproject.org/gdeltv2/20190101000000.export.CSV.zip\r\n",
    )
    (file,) = found.sorted()
    assert (file.bytes, file.md5, file.path) == (
        12, SUM.lower(), "gdeltv2/20180101000000.export.CSV.zip"
    )  # fmt: skip
    assert found.unread == 0


def test_garbage_lines_are_counted_and_left_out(tmp_path: Path) -> None:
    good = f"12 {SUM} http://h/20180101000000.export.CSV.zip\n"
    garbage = ["", " ", "x", f"-1 {SUM} 1979.zip", "12 abc f", "\0\0", "é" * 5000]
    found = listed(tmp_path, good + "\n".join(garbage))
    assert [file.name for file in found.sorted()] == ["20180101000000.export.CSV.zip"]
    # A line of 10,000 bytes is read in pieces, each of them garbage.
    assert found.unread == 4 + 10


def test_a_list_cannot_send_anybody_elsewhere(tmp_path: Path) -> None:
    found = listed(
        tmp_path,
        f"12 {SUM} http://evil.example/../../20180101000000.export.CSV.zip\n"
        f"12 {SUM} file:///etc/..\\20180101001500.export.CSV.zip\n",
    )
    assert [file.path for file in found.sorted()] == ["gdeltv2/20180101000000.export.CSV.zip"]


def test_of_two_lines_the_last_counts(tmp_path: Path) -> None:
    line = "{} {} http://h/20180101000000.export.CSV.zip\n"
    found = listed(tmp_path, line.format(1, SUM) + line.format(2, "f" * 32))
    assert [(file.bytes, file.md5) for file in found.sorted()] == [(2, "f" * 32)]


@pytest.mark.parametrize("text", ["<!DOCTYPE html>\n<p>Please log in\n", "", "\0" * 4096])
def test_what_is_no_list_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadFile, match="no list of files"):
        listed(tmp_path, text)


def test_sizes_and_sums_come_together(tmp_path: Path) -> None:
    found, path = Listing(), tmp_path / "list"
    path.write_text(f"{SUM}  20180101.export.CSV.zip\n{SUM}  20180102.export.CSV.zip\n")
    found.add(path, "md5s", SPAN, 1, ["export"])
    path.write_text("7 20180103.export.CSV.zip\n9 20180101.export.CSV.zip\n")
    found.add(path, "sizes", SPAN, 1, ["export"])
    assert [(file.name[6:8], file.bytes, file.md5) for file in found.sorted()] == [
        ("01", 9, SUM.lower()), ("02", None, SUM.lower()), ("03", 7, None)
    ]  # fmt: skip


def test_translated_files_have_a_list_of_their_own() -> None:
    tables = ["export", "translation.export"]
    assert [found.path for found in lists_of(2, tables)] == [  # type: ignore[arg-type]
        "gdeltv2/masterfilelist.txt", "gdeltv2/masterfilelist-translation.txt"
    ]  # fmt: skip


@given(st.binary(max_size=3000))
def test_no_bytes_break_it(tmp_path_factory: pytest.TempPathFactory, text: bytes) -> None:
    folder = tmp_path_factory.mktemp("lists")
    good = f"\n12 {SUM} 20180101000000.export.CSV.zip\n".encode()
    assert len(listed(folder, text + good).files) == 1
