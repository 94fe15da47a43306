from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saidanddone.sources import scanner
from saidanddone.sources.gdelt import LAYOUTS, GdeltSource, pure
from saidanddone.sources.scanner import libdeflate as libdeflate_module
from saidanddone.sources.scanner import whole
from saidanddone.sources.scanner.libdeflate import libdeflate

pytestmark = pytest.mark.usefixtures("built")


@pytest.fixture(autouse=True, scope="module")
def at_hand() -> None:
    """Skip where nothing inflates into a buffer."""
    if libdeflate() is None:
        pytest.skip("libdeflate is missing: neither the package deflate nor the system has it")


def zipped(path: Path, *members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, text in members:
            archive.writestr(name, text)
    return path


NAME = "20191001001500.export.CSV"


@pytest.mark.parametrize("width", [57, 58, 61])
def test_a_plain_zip_counts_as_its_text(
    tmp_path: Path, exports: dict[int, bytes], width: int
) -> None:
    found = scanner.count_whole(zipped(tmp_path / "a.zip", (NAME, exports[width])))
    expected = pure.count_rows(exports[width], LAYOUTS[width], 1)
    assert found is not None
    assert found.cells.sort(pl.all()).equals(expected.cells.sort(pl.all()))
    assert (found.kept, found.filtered) == (expected.kept, expected.filtered)


def test_files_of_all_sizes_use_the_same_room(tmp_path: Path, exports: dict[int, bytes]) -> None:
    rows = exports[61].splitlines(keepends=True)
    for size in (400, 3, 120, 1, 399):
        path = zipped(tmp_path / f"{size}.zip", (NAME, b"".join(rows[:size])))
        found = scanner.count_whole(path)
        assert found is not None
        assert found.kept + sum(found.filtered.values()) == size


@pytest.mark.parametrize(
    "member",
    ["../20191001.export.CSV", "/tmp/a.CSV", "c:\\a.CSV", "folder/a.CSV"],
)
def test_a_path_in_the_zip_is_left_to_the_general_way(
    tmp_path: Path, exports: dict[int, bytes], member: str
) -> None:
    assert scanner.count_whole(zipped(tmp_path / "a.zip", (member, exports[61]))) is None


def test_what_is_not_plain_is_left_to_the_general_way(
    tmp_path: Path, exports: dict[int, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = exports[61]
    several = text.splitlines(keepends=True)
    header = "\t".join(LAYOUTS[61].columns).encode() + b"\n"
    for number, changed in enumerate(
        (
            b"",
            b"\n",
            text[:-1],
            header + text,
            b"\xef\xbb\xbf" + text,
            text.replace(b"\n", b"\r\n"),
            text[:5_000] + b"\0" + text[5_000:],
            several[0] + b"one\ttoo few\n" + b"".join(several[1:]),
            text.replace(b"\t", b";"),
        )
    ):
        assert scanner.count_whole(zipped(tmp_path / f"{number}.zip", (NAME, changed))) is None
    two = zipped(tmp_path / "two.zip", (NAME, text), ("other", text))
    stored = zipped(tmp_path / "stored.zip", (NAME, text), method=zipfile.ZIP_STORED)
    plain = tmp_path / NAME
    plain.write_bytes(text)
    for path in (two, stored, plain, tmp_path, tmp_path / "no such file"):
        assert scanner.count_whole(path) is None
    good = zipped(tmp_path / "good.zip", (NAME, text))
    assert scanner.count_whole(good) is not None
    monkeypatch.setattr(whole, "WHOLE_BYTES", len(text) - 1)
    assert scanner.count_whole(good) is None


def test_without_libdeflate_the_general_way_is_taken(
    tmp_path: Path, exports: dict[int, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = zipped(tmp_path / NAME, (NAME, exports[61]))
    expected = [batch.kept for batch in GdeltSource().count(path)]
    monkeypatch.setattr(libdeflate_module, "_candidates", lambda: iter(["no such library"]))
    libdeflate.cache_clear()
    monkeypatch.setattr(whole, "_room", whole._Room())
    try:
        assert scanner.count_whole(path) is None
        assert [batch.kept for batch in GdeltSource().count(path)] == expected
    finally:
        monkeypatch.undo()
        libdeflate.cache_clear()


def test_the_plain_text_is_the_same_without_libdeflate(
    tmp_path: Path, exports: dict[int, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = zipped(tmp_path / "a.zip", (NAME, exports[61]))
    packed = np.frombuffer(path.read_bytes(), dtype=np.uint8)
    broken = packed.copy()
    broken[2_000] ^= 0xFF
    short = packed.copy()
    at = packed.tobytes().rindex(b"PK\1\2") + 24  # where the list of contents has the text's size
    short[at] -= 1
    for inflater in (whole._room.inflater, None):
        monkeypatch.setattr(whole._room, "inflater", inflater)
        found = whole.plain_text(packed)
        assert found is not None
        assert found[0].tobytes() == exports[61]
        assert whole.plain_text(broken) is None
        assert whole.plain_text(short) is None


@pytest.mark.parametrize("threads", [1, 3, None])
def test_files_counted_ahead_come_in_their_order(
    tmp_path: Path, exports: dict[int, bytes], threads: int | None
) -> None:
    rows = exports[61].splitlines(keepends=True)
    paths = [
        zipped(tmp_path / f"{size:03}.zip", (NAME, b"".join(rows[:size]))) for size in range(1, 30)
    ]
    paths.insert(7, tmp_path / "no such file")
    found = list(scanner.count_files(paths, threads))
    assert [path for path, _ in found] == paths
    assert [batch is None for _, batch in found].index(True) == 7
    sizes = [batch.kept + sum(batch.filtered.values()) for _, batch in found if batch is not None]
    assert sizes == list(range(1, 30))


def test_counting_ahead_can_be_left(tmp_path: Path, exports: dict[int, bytes]) -> None:
    path = zipped(tmp_path / "a.zip", (NAME, exports[61]))
    taken = iter(scanner.count_files([path] * 50, 2))
    assert next(taken)[0] == path
    taken.close()  # type: ignore[attr-defined]
    assert list(scanner.count_files([])) == []


@given(data=st.data())
@settings(max_examples=200)
def test_a_damaged_zip_never_counts_otherwise(
    tmp_path_factory: pytest.TempPathFactory, exports: dict[int, bytes], data: st.DataObject
) -> None:
    text = b"".join(exports[61].splitlines(keepends=True)[:20])
    path = zipped(tmp_path_factory.mktemp("damaged") / "a.zip", (NAME, text))
    packed = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(packed) - 1))
        if data.draw(st.booleans()):
            packed[at] = data.draw(st.integers(0, 255))
        else:
            del packed[at : at + data.draw(st.integers(1, 40))]
        if not packed:
            break
    path.write_bytes(bytes(packed))
    found = scanner.count_whole(path)
    if found is not None:
        expected = pure.count_rows(text, LAYOUTS[61], 1)
        assert found.cells.sort(pl.all()).equals(expected.cells.sort(pl.all()))
