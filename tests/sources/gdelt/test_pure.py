from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from saidanddone.sources.gdelt import LAYOUTS, pure
from saidanddone.sources.gdelt.blocks import BLOCK_BYTES
from saidanddone.sources.gdelt.cells import CELL_SCHEMA, cells_of, merged
from saidanddone.sources.gdelt.pure import count_rows, number_text
from saidanddone.sources.gdelt.split import LONGEST_ROW

COUNTRIES = st.sampled_from(
    ["", "RUS", "PRK", "USA", "TMP", "EUR", "AFR", "WSB", "XYZ", "rus", " RUS", "RU", "RUSS", "é€"]
)
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "SQLDATE": st.one_of(
            st.sampled_from(["", "19790101", "19781231", "20000229", "20010229", "99991231", "x"]),
            st.sampled_from(
                ["20020519", "20020520", "2019102", "201910240", "2019１024", "00000000"]
            ),
        ),
        "EventCode": st.sampled_from(
            [
                "",
                "010",
                "0211",
                "190",
                "1056",
                "13",
                "---",
                "V+",
                "19 ",
                "01000",
                "00",
                "204\N{BOM}",
            ]
        ),
        "Actor1CountryCode": COUNTRIES,
        "Actor2CountryCode": COUNTRIES,
        "Actor1KnownGroupCode": st.sampled_from(["", "UNO", "EEC", "TAL", "NAT", "PSE"]),
        "Actor2KnownGroupCode": st.sampled_from(["", "UNO", "EEC", "TAL", "LONGER"]),
        "Actor1Type1Code": st.sampled_from(["", "GOV", "MED", "IGO", "GOVMIL", "?"]),
        "Actor1Type2Code": st.sampled_from(["", "MIL", "OPP", "gov"]),
        "Actor1Type3Code": st.sampled_from(["", "SPY", "JUD", "\N{COMBINING ACUTE ACCENT}"]),
        "NumArticles": st.sampled_from(
            ["", "0", "1", "007", "99999999", "100000000", "-3", "1.5", "+2", " 2", "1e3", "٣"]
        ),
        "SOURCEURL": st.text(st.characters(blacklist_characters="\t\n\r\0", codec="utf-8")),
    },
)
DAMAGES = st.sampled_from(["", "blank", "short", "long", "tabs", "bytes"])


def damaged(line: bytes, damage: str) -> bytes:
    match damage:
        case "blank":
            return b""
        case "short":
            return line.rpartition(b"\t")[0]
        case "long":
            return line + b"\tmore"
        case "tabs":
            return b"\t" * line.count(b"\t")
        case "bytes":
            return line.replace(b"RUS", b"R\xffS").replace(b"042", b"04\xe2")
    return line


@given(
    st.sampled_from(sorted(LAYOUTS)),
    st.lists(st.tuples(CHANGES, DAMAGES), min_size=1, max_size=30),
    st.integers(1, 10**9),
)
def test_counting_is_what_plain_reading_gives(  # noqa: PLR0917
    row: Any,
    plainly: Any,
    counted: Any,
    width: int,
    lines: list[tuple[dict[str, str], str]],
    first_line: int,
) -> None:
    text = b"".join(damaged(row(width, **changes).encode(), how) + b"\n" for changes, how in lines)
    expected = plainly(text, width)
    found = count_rows(text, LAYOUTS[width], first_line)
    assert dict(found.cells.schema) == CELL_SCHEMA
    assert counted(found.cells) == expected.cells
    assert found.kept == found.acts == expected.kept
    assert found.filtered == expected.filtered
    assert [line - first_line + 1 for line in found.aside["line"]] == expected.aside


@given(st.binary(max_size=400).filter(lambda data: b"\0" not in data))
def test_no_bytes_at_all_break_it(data: bytes) -> None:
    text = data + b"\n"
    found = count_rows(text, LAYOUTS[61], 1)
    rows = sum(bool(line) for line in text.split(b"\n"))
    assert found.kept + found.aside.height + sum(found.filtered.values()) == rows


def test_misfits_keep_their_lines_and_show_their_beginning(row: Callable[..., str]) -> None:
    lines = [row(), "", row() + "\tmore", row(), row().rpartition("\t")[0], "x" * LONGEST_ROW]
    found = count_rows("".join(f"{line}\n" for line in lines).encode(), LAYOUTS[61], 10)
    assert found.kept == 2
    assert found.aside["line"].to_list() == [12, 14, 15]
    assert found.aside["reason"].to_list() == [
        "62 columns instead of 61",
        "60 columns instead of 61",
        "a row of 65,536 bytes, more than 65,535",
    ]
    assert found.aside["content"].str.len_chars().max() == 200


@pytest.mark.parametrize("size", [LONGEST_ROW - 1, LONGEST_ROW, 1 << 20])
def test_a_row_may_be_long_but_not_endless(row: Callable[..., str], size: int) -> None:
    short = len(row(SOURCEURL=""))
    text = (row(SOURCEURL="u" * (size - short)) + "\n").encode()
    found = count_rows(text * 2, LAYOUTS[61], 1)
    assert (found.kept, found.aside.height) == ((2, 0) if size < LONGEST_ROW else (0, 2))


def test_the_same_cell_is_counted_once(row: Callable[..., str]) -> None:
    # TMP is judged by itself where days matter; both ways have to meet in one cell.
    lines = [row(NumArticles="3"), row(NumArticles="4"), row(NumArticles="00000000000")]
    lines += [row(EventCode=" 042", NumArticles="5"), row(EventCode="042   ", NumArticles="6")]
    found = count_rows("".join(f"{line}\n" for line in lines).encode(), LAYOUTS[61], 1)
    assert found.cells["reports"].to_list() == [18]
    assert (found.kept, found.aside["line"].to_list()) == (4, [3])


def test_more_codes_than_are_remembered_change_nothing(
    row: Any, plainly: Any, counted: Any
) -> None:
    codes = [f"{place:04X}" for place in range(5000)]
    text = "".join(row(Actor2CountryCode=code) + "\n" for code in [*codes, "FRA"]).encode()
    found = count_rows(text, LAYOUTS[61], 1)
    assert counted(found.cells) == plainly(text, 61).cells
    assert found.kept == 1


KINDS = ({}, {"Actor2CountryCode": ""}, {"Actor1Type1Code": "LONGER"}, {"EventCode": "---"})
"""An act, a row that is filtered, one that is judged alone, one that is set aside."""


@pytest.mark.parametrize("block", [1_000, 4_000, BLOCK_BYTES])
def test_a_text_counts_as_its_blocks(
    row: Callable[..., str], monkeypatch: pytest.MonkeyPatch, block: int
) -> None:
    """As one block, whatever their size, with lines that go on from block to block."""
    lines = [row(61, SQLDATE=f"201910{n % 9 + 10}", **KINDS[n % 4]) for n in range(200)]
    text = "\n".join([*lines[:90], "", *lines[90:]]).encode() + b"\n"
    monkeypatch.setattr(pure, "BLOCK_BYTES", block)
    found = number_text(np.frombuffer(text, dtype=np.uint8), LAYOUTS[61])
    assert found is not None
    expected = count_rows(text, LAYOUTS[61], 1)
    cells = merged([cells_of(found.numbers), found.rest.cells]).sort(pl.all())
    assert cells.equals(expected.cells.sort(pl.all()))
    assert found.rest.aside.equals(expected.aside)
    assert (found.rest.kept, found.rest.acts) == (expected.kept, expected.acts) == (100, 100)
    assert found.rest.filtered == expected.filtered


def test_a_text_that_is_not_plain_is_left_to_the_general_way(row: Callable[..., str]) -> None:
    good = row(61).encode() + b"\n"
    assert number_text(np.frombuffer(good, dtype=np.uint8), LAYOUTS[61]) is not None
    endless = row(61, SOURCEURL="a" * (BLOCK_BYTES + 1)).encode() + b"\n"
    for bad in (good.replace(b"MOSCOW", b"MOS\0OW"), good[:-1] + b"\r\n", endless):
        assert number_text(np.frombuffer(bad, dtype=np.uint8), LAYOUTS[61]) is None
