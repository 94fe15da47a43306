from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saidanddone.model import CELL_COLUMNS
from saidanddone.sources import scanner
from saidanddone.sources.gdelt import LAYOUTS, counter, pure
from saidanddone.sources.scanner.library import SWITCH, library
from saidanddone.sources.scanner.scanner import Scanner
from saidanddone.sources.source import CountedBatch

pytestmark = pytest.mark.usefixtures("built")


def assert_same(found: CountedBatch, expected: CountedBatch) -> None:
    assert found.cells.schema == expected.cells.schema
    assert found.cells.sort(pl.all()).equals(expected.cells.sort(pl.all()))
    assert found.aside.equals(expected.aside)
    assert (found.kept, found.acts, found.filtered) == (
        expected.kept,
        expected.acts,
        expected.filtered,
    )


def both(text: bytes, width: int = 61, first_line: int = 1) -> CountedBatch:
    found = scanner.count_rows(text, LAYOUTS[width], first_line)
    assert_same(found, pure.count_rows(text, LAYOUTS[width], first_line))
    return found


def row(width: int = 61, **columns: str) -> bytes:
    layout = LAYOUTS[width]
    fields = {
        "SQLDATE": "20191001",
        "Actor1CountryCode": "RUS",
        "Actor2CountryCode": "PRK",
        "EventCode": "040",
        "NumArticles": "3",
    } | columns
    return (
        "\t".join(fields.get(name, "x") for name in layout.columns if name)
        .replace("x", "")
        .encode()
        + b"\n"
    )


@pytest.fixture(params=[0, 1, 2], ids=["best", "sse2", "plain"])
def kernel(request: pytest.FixtureRequest) -> Iterator[None]:
    assert library().scan_choose(request.param) == 0
    yield
    library().scan_choose(0)


@pytest.mark.usefixtures("kernel")
@pytest.mark.parametrize("width", [57, 58, 61])
def test_generated_exports_count_as_by_the_pure_path(exports: dict[int, bytes], width: int) -> None:
    batch = both(exports[width], width)
    assert list(batch.cells.columns) == [column.name for column in CELL_COLUMNS]
    assert batch.kept + sum(batch.filtered.values()) == 400
    assert batch.kept > 50


@pytest.mark.parametrize("width", [57, 58, 61])
def test_another_layout_sets_every_row_aside(exports: dict[int, bytes], width: int) -> None:
    other = {57: 61, 58: 57, 61: 58}[width]
    assert both(exports[width], other).aside.height == 400


def test_genuine_files_count_as_by_the_pure_path(shared_data: Path) -> None:
    for name, width in (
        ("v2/20170101073000.export.CSV", 61),
        ("v2/20191024143000.export.CSV", 61),
        ("v2/20170101073000.mentions.CSV", 61),
        ("v1/sample_events_2016.csv", 58),
    ):
        text = (shared_data / "gdelt" / name).read_bytes()
        both(text if text.endswith(b"\n") else text + b"\n", width)


@pytest.mark.parametrize(
    ("columns", "kept"),
    [
        ({}, 1),
        ({"SQLDATE": "20190230"}, 0),
        ({"SQLDATE": "2019100"}, 0),
        ({"SQLDATE": "201910011"}, 0),
        ({"SQLDATE": "19781231"}, 0),
        ({"SQLDATE": "21010101"}, 1),
        ({"EventCode": ""}, 0),
        ({"EventCode": "---"}, 0),
        ({"EventCode": "04"}, 0),
        ({"EventCode": " 040"}, 1),
        ({"EventCode": "04000"}, 0),
        ({"NumArticles": "0"}, 0),
        ({"NumArticles": ""}, 0),
        ({"NumArticles": "-3"}, 0),
        ({"NumArticles": "99999999"}, 1),
        ({"NumArticles": "100000000"}, 0),
        ({"NumArticles": "007"}, 1),
        ({"Actor1CountryCode": "", "Actor1KnownGroupCode": "UNO", "Actor1Type1Code": "IGO"}, 1),
        ({"Actor1CountryCode": "", "Actor1KnownGroupCode": "UNO", "Actor1Type1Code": "NGO"}, 1),
        ({"Actor1CountryCode": "RUS", "Actor1Type1Code": "IGO"}, 1),
        ({"Actor1CountryCode": "AFR", "Actor1KnownGroupCode": "UNO"}, 1),
        ({"Actor1CountryCode": "RUSSIA"}, 0),
        ({"Actor1CountryCode": "rus"}, 1),
        ({"Actor2CountryCode": "RUS"}, 0),
        ({"Actor2CountryCode": ""}, 0),
        ({"Actor1Type3Code": "GOV", "Actor1Type1Code": "MED"}, 1),
        ({"Actor1Type1Code": "MEDIAS"}, 1),
        ({"Actor1CountryCode": "R\u00fc"}, 0),
        ({"Actor1Name": "Z" * 70_000}, 0),
        ({"Actor1Name": "Z" * 65_000}, 1),
    ],
)  # fmt: skip
def test_single_rows(columns: dict[str, str], kept: int) -> None:
    batch = both(row(**columns))
    assert batch.kept == kept
    assert batch.kept + batch.aside.height + sum(batch.filtered.values()) == 1


def test_rows_set_aside_keep_their_lines() -> None:
    bad = row(EventCode="---")
    text = row() + b"\n\n" + bad + row() * 2 + b"too\tfew\n" + bad
    batch = both(text, first_line=1_000)
    assert batch.aside["line"].to_list() == [1_003, 1_006, 1_007]
    assert batch.kept == 3


def test_a_code_that_changes_its_bearer_follows_the_day() -> None:
    days = [f"{year}{day}" for year in (1980, 1999, 2001, 2002, 2003) for day in ("0101", "0531")]
    text = b"".join(
        row(SQLDATE=day, **{f"Actor{side}CountryCode": "TMP"}) for day in days for side in (1, 2)
    )
    assert both(text).cells["source"].n_unique() == 3


def test_what_was_forgotten_is_learnt_again(
    monkeypatch: pytest.MonkeyPatch, exports: dict[int, bytes]
) -> None:
    monkeypatch.setattr("saidanddone.sources.scanner.scanner.MOST_VALUES", 20)
    for _ in range(3):
        both(exports[61])
        both(row(EventCode="173"))


def test_an_interrupted_count_leaves_nothing_behind(
    monkeypatch: pytest.MonkeyPatch, exports: dict[int, bytes]
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Scanner, "cells", interrupted)
    with pytest.raises(KeyboardInterrupt):
        scanner.count_rows(exports[61], LAYOUTS[61], 1)
    monkeypatch.undo()
    both(exports[61])


def test_threads_count_alike(exports: dict[int, bytes]) -> None:
    expected = pure.count_rows(exports[61], LAYOUTS[61], 1)
    with ThreadPoolExecutor(4) as pool:
        for found in pool.map(lambda _: scanner.count_rows(exports[61], LAYOUTS[61], 1), range(40)):
            assert_same(found, expected)


def test_other_buffers_do_as_well(exports: dict[int, bytes]) -> None:
    expected = scanner.count_rows(exports[61], LAYOUTS[61], 1)
    assert_same(scanner.count_rows(bytearray(exports[61]), LAYOUTS[61], 1), expected)
    assert_same(scanner.count_rows(memoryview(exports[61]), LAYOUTS[61], 1), expected)


def test_nothing_counts_as_nothing() -> None:
    assert_same(scanner.count_rows(b"", LAYOUTS[61], 1), pure.count_rows(b"\n", LAYOUTS[61], 1))


def test_it_is_used_where_it_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    assert counter() is scanner.count_rows
    monkeypatch.setenv(SWITCH, "off")
    assert counter() is pure.count_rows


ADDRESS = st.characters(codec="utf-8", exclude_characters="\0\r")
MARKS = b"\t\n\r ;0A\xc3\xff"


@given(data=st.data())
@settings(max_examples=150)
def test_mangled_text_counts_as_by_the_pure_path(data: st.DataObject) -> None:
    rows = data.draw(
        st.lists(
            st.builds(
                row,
                SQLDATE=st.sampled_from(["20191001", "20000229", "20010229", "", "99999999"]),
                Actor1CountryCode=st.sampled_from(["USA", "RUS", "TMP", "ZZZ", "", "EUR"]),
                Actor1KnownGroupCode=st.sampled_from(["", "UNO", "EEC", "LONG1"]),
                Actor1Type1Code=st.sampled_from(["", "GOV", "IGO", "MED", "??"]),
                Actor1Type2Code=st.sampled_from(["", "MIL"]),
                Actor2CountryCode=st.sampled_from(["USA", "PRK", "TMP", ""]),
                EventCode=st.sampled_from(["010", "0251", "190", "", "9", "999", "01\u00e9"]),
                NumArticles=st.sampled_from(["1", "10", "0", "12345678", "123456789", "1.0"]),
                SOURCEURL=st.text(ADDRESS, max_size=90),
            ),
            max_size=12,
        )
    )  # fmt: skip
    text = bytearray(b"".join(rows))
    for _ in range(data.draw(st.integers(0, 6))):
        at = data.draw(st.integers(0, len(text)))
        if data.draw(st.booleans()):
            del text[at : at + data.draw(st.integers(1, 90))]
        else:
            text[at:at] = data.draw(st.sampled_from([bytes([mark]) for mark in MARKS]))
    whole = bytes(text).replace(b"\r\n", b"\n")
    both(whole if whole.endswith(b"\n") else whole + b"\n", first_line=7)
