from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saidanddone.errors import BadFile
from saidanddone.sources.lines import blocks


def text_of(path: Path, size: int = 7) -> str:
    return b"".join(blocks(path, size)).decode()


def refused(path: Path) -> str:
    with pytest.raises(BadFile) as caught:
        text_of(path)
    return str(caught.value)


def test_marks_and_line_ends_of_every_kind_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xef\xbb\xbfone\r\ntwo\rthr\xc3\xa9\nfour")
    assert [text_of(path, size) for size in (1, 2, 3, 5, 100)] == ["one\ntwo\nthré\nfour"] * 5


@given(
    lines=st.lists(st.text("aé日,", max_size=5), min_size=1, max_size=8),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    size=st.integers(1, 40),
)
def test_the_block_size_never_matters(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str], end: str, size: int
) -> None:
    path = tmp_path_factory.mktemp("blocks") / "a.txt"
    path.write_bytes(("x" + end.join(lines) + end).encode())
    found = list(blocks(path, size))
    assert b"".join(found).decode() == "x" + "\n".join(lines) + "\n"
    assert all(block.endswith(b"\n") for block in found)


def test_gz_and_zip_are_opened(tmp_path: Path) -> None:
    packed = tmp_path / "a.csv.gz"
    packed.write_bytes(gzip.compress(b"one\ntwo\n"))
    archive = tmp_path / "a.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("a.csv", "one\ntwo\n")
    assert text_of(packed) == text_of(archive) == "one\ntwo\n"


def test_a_zip_with_two_files_is_refused(tmp_path: Path) -> None:
    archive = tmp_path / "a.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("a.csv", "one\n")
        file.writestr("b.csv", "two\n")
    assert "holds 2 files" in refused(archive)


@pytest.mark.parametrize("suffix", ["gz", "zip"])
@pytest.mark.parametrize("left", [3, 60, -15])
def test_a_packed_file_that_breaks_off_is_refused(tmp_path: Path, suffix: str, left: int) -> None:
    content = b"".join(b"%d\t%d\n" % (row, row * row) for row in range(500))
    path = tmp_path / f"a.{suffix}"
    if suffix == "gz":
        path.write_bytes(gzip.compress(content))
    else:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
            file.writestr("a.csv", content)
    path.write_bytes(path.read_bytes()[:left])
    assert "truncated or damaged" in refused(path)


def test_a_damaged_middle_of_a_packed_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.gz"
    raw = bytearray(gzip.compress(bytes(range(1, 100)) * 50))
    raw[40:60] = b"\xaa" * 20
    path.write_bytes(bytes(raw))
    assert "truncated or damaged" in refused(path)


def test_a_plain_file_named_zip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_text("one\n")
    assert "does not begin as a .zip file does" in refused(path)


def test_latin1_is_refused_with_position_and_way_out(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"one\r\nS\xe3o Tom\xe9\n")
    said = refused(path)
    assert "not UTF-8 at byte 6" in said
    assert "iconv -f LATIN1 -t UTF-8" in said


def test_utf16_nul_and_parquet_are_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("one".encode("utf-16"))
    assert "UTF-16" in refused(path)
    path.write_bytes(b"one\ntw\0o\n")
    assert "NUL byte at byte 6" in refused(path)
    path.write_bytes(b"PAR1abc")
    assert "Parquet" in refused(path)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    assert "is a folder" in refused(tmp_path)
    assert "there is no file" in refused(tmp_path / "none")
    for content in (b"", b"\xef\xbb\xbf"):
        (tmp_path / "empty").write_bytes(content)
        assert "is empty" in refused(tmp_path / "empty")
