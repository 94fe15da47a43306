"""The acts that the scanner lists: those that the pure path reads, with their texts."""

from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saidanddone.sources.acts import ACT_SCHEMA
from saidanddone.sources.gdelt import LAYOUTS, GdeltSource
from saidanddone.sources.gdelt.acts import acts_of, acts_of_rows
from saidanddone.sources.numbers import NumberedBatch
from saidanddone.sources.scanner.counting import number_block
from saidanddone.sources.scanner.libdeflate import libdeflate
from saidanddone.sources.scanner.library import library

pytestmark = pytest.mark.usefixtures("built")


def scanned(text: bytes, width: int, first_line: int = 1) -> NumberedBatch:
    array = np.frombuffer(text, dtype=np.uint8)
    found = number_block(array, LAYOUTS[width], first_line, acts=True)
    assert found is not None
    return found


def assert_same(text: bytes, width: int, first_line: int = 1) -> pl.DataFrame:
    found = scanned(text, width, first_line)
    assert found.acts is not None
    expected = acts_of_rows(text, LAYOUTS[width], first_line)
    acts = pl.concat([acts_of([found.acts]), found.acts.odd]).sort("line")
    assert dict(acts.schema) == ACT_SCHEMA
    assert acts.equals(expected.acts)
    assert found.rest.aside.equals(expected.aside)
    assert (found.rest.kept, found.rest.filtered) == (expected.kept, expected.filtered)
    assert len(found.acts) == found.rest.acts
    return acts


@pytest.mark.parametrize("kernel", [0, 1, 2], ids=["best", "sse2", "plain"])
@pytest.mark.parametrize("width", [57, 58, 61])
def test_generated_exports_give_the_acts_of_the_pure_path(
    exports: dict[int, bytes], width: int, kernel: int
) -> None:
    library().scan_choose(kernel)
    try:
        acts = assert_same(exports[width], width, 7)
    finally:
        library().scan_choose(0)
    assert acts.height > 50
    assert acts["reference"].null_count() == (acts.height if width == 57 else 0)
    assert acts["added"].null_count() == 0


def test_genuine_files_give_the_acts_of_the_pure_path(shared_data: Path) -> None:
    for name, width in (
        ("v2/20170101073000.export.CSV", 61),
        ("v2/20191024143000.export.CSV", 61),
        ("v1/sample_events_2016.csv", 58),
    ):
        text = (shared_data / "gdelt" / name).read_bytes()
        assert_same(text if text.endswith(b"\n") else text + b"\n", width)


def test_rows_that_are_not_plain_keep_their_line(exports: dict[int, bytes]) -> None:
    """A code of five bytes, a blank line, bytes that are no UTF-8, a row cut short."""
    rows = exports[61].splitlines()
    place = LAYOUTS[61].place("Actor1Type1Code")
    for number in range(0, 400, 3):
        fields = rows[number].split(b"\t")
        fields[place] = b"LONGER"
        rows[number] = b"\t".join(fields)
    name = LAYOUTS[61].place("ActionGeo_FullName")
    for number in range(1, 400, 3):
        fields = rows[number].split(b"\t")
        fields[name] = b"M\xe9xico\xff"
        fields[LAYOUTS[61].place("DATEADDED")] = b"yesterday"
        rows[number] = b"\t".join(fields)
    rows[11:11] = [b"", rows[5][:200], b""]
    acts = assert_same(b"\n".join(rows) + b"\n", 61)
    assert acts.filter(pl.col("place") == "M\ufffdxico\ufffd")["added"].null_count() > 10
    assert scanned(b"\n".join(rows) + b"\n", 61).acts.odd.height > 10  # type: ignore[union-attr]


def test_a_scan_without_acts_lists_none(exports: dict[int, bytes]) -> None:
    array = np.frombuffer(exports[61], dtype=np.uint8)
    for acts in (True, False, True):
        found = number_block(array, LAYOUTS[61], 1, acts=acts)
        assert found is not None
        assert (found.acts is None) is not acts


def test_files_follow_one_another(exports: dict[int, bytes]) -> None:
    """Acts of several files, of two layouts, are one table."""
    batches = [scanned(exports[width], width).acts for width in (57, 61)]
    held = [acts for acts in batches if acts is not None]
    together = acts_of(held)
    assert together.equals(pl.concat([acts_of([acts]) for acts in held]))


@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_mangled_text_gives_the_acts_of_the_pure_path(
    exports: dict[int, bytes], data: st.DataObject
) -> None:
    width = data.draw(st.sampled_from([57, 58, 61]))
    text = bytearray(b"".join(exports[width].splitlines(keepends=True)[:25]))
    for _ in range(data.draw(st.integers(0, 12))):
        at = data.draw(st.integers(0, len(text) - 1))
        change = data.draw(st.sampled_from(["set", "cut", "put"]))
        byte = data.draw(st.sampled_from(b"\t\n 0A\xff\xc3"))
        if change == "set":
            text[at] = byte
        elif change == "put":
            text.insert(at, byte)
        else:
            del text[at : at + data.draw(st.integers(1, 30))]
    if not text.endswith(b"\n"):
        text += b"\n"
    assert_same(bytes(text), width)


def test_the_source_gives_the_acts_of_a_zip(tmp_path: Path, exports: dict[int, bytes]) -> None:
    if libdeflate() is None:
        pytest.skip("libdeflate is missing: neither the package deflate nor the system has it")
    path = tmp_path / "20191001001500.export.CSV.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(path.stem, exports[61])
    source = GdeltSource()
    found = source.count_numbers(np.frombuffer(path.read_bytes(), dtype=np.uint8), acts=True)
    assert found is not None
    assert found.acts is not None
    (batch,) = source.read(path)
    acts = pl.concat([source.acts_of([found.acts]), found.acts.odd]).sort("line")
    assert acts.equals(batch.acts)
