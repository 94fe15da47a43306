from __future__ import annotations

import struct
import sys
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saidanddone.errors import BadFile
from saidanddone.sources.gdelt import inflate as module
from saidanddone.sources.gdelt.inflate import HARMLESS_BYTES, inflate

TEXT = b"".join(b"%d\tnothing much\t%d\n" % (n, n * 7919 % 1000) for n in range(20_000))

WAYS = {
    "as installed": (),
    "without deflate": ("deflate",),
    "with the standard library alone": ("deflate", "isal"),
}


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    for name in WAYS[request.param]:
        monkeypatch.setitem(sys.modules, name, None)
    return str(request.param)


def packed(path: Path, method: int = zipfile.ZIP_DEFLATED, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in (members or {"a": TEXT}).items():
            archive.writestr(name, data)
    return path


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
def test_every_way_gives_the_same_bytes(
    way: str, method: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = packed(tmp_path / "a.zip", method)
    assert b"".join(inflate(path, 1000)) == TEXT
    monkeypatch.setattr(module, "WHOLE_BYTES", 1000)  # then it is unpacked in pieces
    pieces = list(inflate(path, 1000))
    assert b"".join(pieces) == TEXT
    assert max(map(len, pieces)) <= 1000


def test_plain_files_and_empty_members(way: str, tmp_path: Path) -> None:
    plain = tmp_path / "a.csv"
    plain.write_bytes(TEXT)
    assert b"".join(inflate(plain, 999)) == TEXT
    assert b"".join(inflate(packed(tmp_path / "b.zip", a=b""), 99)) == b""


def refused(path: Path) -> str:
    with pytest.raises(BadFile) as caught:
        list(inflate(path, 1 << 16))
    return str(caught.value)


@given(st.integers(0, 10**9), st.integers(1, 255))
def test_a_changed_byte_is_never_taken_for_the_file(
    tmp_path_factory: pytest.TempPathFactory, place: int, change: int
) -> None:
    path = packed(tmp_path_factory.mktemp("changed") / "a.zip", a=TEXT[:500])
    data = bytearray(path.read_bytes())
    data[place % len(data)] ^= change
    path.write_bytes(data)
    try:
        found = b"".join(inflate(path, 100))
    except BadFile:
        return
    assert found == TEXT[:500]  # the byte was a date or a comment


@pytest.mark.parametrize("keep", [0.0001, 0.5, 0.99, 0.9999])
def test_a_file_that_breaks_off_is_refused(way: str, tmp_path: Path, keep: float) -> None:
    path = packed(tmp_path / "a.zip")
    data = path.read_bytes()
    path.write_bytes(data[: max(int(len(data) * keep), 1)])
    assert "truncated or damaged" in refused(path)


def test_a_wrong_crc_is_refused(way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = packed(tmp_path / "a.zip", zipfile.ZIP_STORED)
    path.write_bytes(path.read_bytes().replace(b"nothing much", b"nothing more", 1))
    assert "CRC" in refused(path)
    deflated = packed(tmp_path / "b.zip")
    crc = struct.pack("<I", zlib.crc32(TEXT))
    deflated.write_bytes(deflated.read_bytes().replace(crc, b"\0\0\0\0"))
    for whole in (module.WHOLE_BYTES, 10):
        monkeypatch.setattr(module, "WHOLE_BYTES", whole)
        assert "CRC" in refused(deflated)


def test_a_size_that_lies_is_refused(
    way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = packed(tmp_path / "a.zip")
    size = struct.pack("<I", len(TEXT))
    for lie in (len(TEXT) - 1, len(TEXT) + 1, 10):
        for whole in (1 << 25, 1):
            monkeypatch.setattr(module, "WHOLE_BYTES", whole)
            other = tmp_path / "b.zip"
            other.write_bytes(path.read_bytes().replace(size, struct.pack("<I", lie)))
            assert "truncated or damaged" in refused(other)


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("a.csv", "w") as member,
    ):
        for _ in range((HARMLESS_BYTES >> 20) + 1):
            member.write(bytes(1 << 20))
    assert "would unpack to 68,157,440 bytes" in refused(path)
    assert path.stat().st_size < 100_000


def test_what_is_no_zip_of_one_plain_file_is_refused(tmp_path: Path) -> None:
    assert "holds 2 files" in refused(packed(tmp_path / "two.zip", a=TEXT, b=TEXT))
    assert "holds 0 files" in refused(packed(tmp_path / "none.zip", **{"folder/": b""}))
    for name in ("../a.csv", "/etc/a.csv", "x/../../a.csv", "..\\a.csv", "C:\\a.csv"):
        assert "leads out of its folder" in refused(packed(tmp_path / "out.zip", **{name: TEXT}))
    assert "packed by method" in refused(packed(tmp_path / "xz.zip", zipfile.ZIP_LZMA))
    fake = tmp_path / "fake.zip"
    fake.write_bytes(TEXT)
    assert "does not begin as a zip file does" in refused(fake)
    path = packed(tmp_path / "locked.zip")
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    assert "is encrypted" in refused(path)
    assert "is a folder" in refused(tmp_path)
