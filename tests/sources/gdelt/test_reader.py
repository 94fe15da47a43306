from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from saidanddone.errors import BadFile
from saidanddone.sources import CountedBatch, CountingSource, open_source
from saidanddone.sources.gdelt import LAYOUTS, GdeltSource
from saidanddone.sources.gdelt.blocks import blocks
from saidanddone.sources.gdelt.cells import CELL_SCHEMA, merged
from saidanddone.sources.gdelt.pure import count_rows

KEYS = [name for name in CELL_SCHEMA if name != "reports"]


def both_ways(source: GdeltSource, path: Path, whole: Any) -> Any:
    """Read a file as acts and count it, compiled and not, and compare what all give."""
    read = whole(source, path)
    agree(read, list(source.count(path)))
    pieces = blocks(path, source.block_bytes)
    agree(read, [count_rows(piece.text, piece.layout, piece.first_line) for piece in pieces])
    return read


def agree(read: Any, batches: list[CountedBatch]) -> None:
    from_acts = merged([read.acts.select(CELL_SCHEMA.keys())])
    at_once = merged([batch.cells for batch in batches])
    assert at_once.sort(KEYS).equals(from_acts.sort(KEYS))
    assert sum(batch.kept for batch in batches) == read.kept == read.acts.height
    filtered: dict[str, int] = {}
    for batch in batches:
        for reason, rows in batch.filtered.items():
            filtered[reason] = filtered.get(reason, 0) + rows
    assert filtered == read.filtered
    assert pl.concat([batch.aside for batch in batches]).equals(read.aside)


def test_the_format_is_registered_and_counts() -> None:
    source = open_source("gdelt", dataset="mine")
    assert isinstance(source, CountingSource)
    assert (source.dataset.name, source.dataset.kind, source.dataset.roles) == (
        *("mine", "census"),
        True,
    )


def lines_of(row: Any, width: int = 61) -> list[str]:
    plain = [row(width, GLOBALEVENTID=str(n), NumArticles=str(n + 1)) for n in range(40)]
    return [
        *plain,
        row(width, EventCode="---"),
        row(width, Actor1CountryCode=""),
        row(width, Actor2CountryCode="TMP", SQLDATE="20020519"),
        row(width, EventCode=" 042"),
        "",
        row(width) + "\tmore",
        row(width, ActionGeo_FullName='"Quoted, "half', Actor1Name="Côte d’Ivoire"),
        row(width, ActionGeo_FullName="", DATEADDED="soon"),
    ]


@pytest.mark.parametrize("width", LAYOUTS)
@pytest.mark.parametrize("name", ["a.export.CSV", "a.export.CSV.zip"])
def test_acts_and_cells_agree_in_blocks_of_any_size(
    row: Any, export: Any, whole: Any, width: int, name: str
) -> None:
    path = export(lines_of(row, width), name)
    at_once = both_ways(GdeltSource(), path, whole)
    in_pieces = both_ways(GdeltSource(block_bytes=1000), path, whole)
    assert in_pieces.batches > at_once.batches == 1
    assert in_pieces.acts.equals(at_once.acts)
    assert at_once.rows == 47
    assert at_once.aside["line"].to_list() == [41, 46]
    act = at_once.acts.filter(line=47).row(0, named=True)
    assert (act["place"], act["source_name"]) == ('"Quoted, "half', "Côte d’Ivoire")
    act = at_once.acts.filter(line=48).row(0, named=True)
    assert (act["place"], act["added"]) == (None, None)


@given(st.lists(st.integers(0, 2), max_size=60), st.integers(1, 3000))
def test_the_cut_between_blocks_loses_nothing(
    row: Any, whole: Any, tmp_path_factory: Any, kinds: list[int], size: int
) -> None:
    kind = [row(), "", row(SOURCEURL="http://example.org/" + "b" * 900)]
    path = tmp_path_factory.mktemp("cut") / "a.export.CSV"
    path.write_text("".join(kind[number] + "\n" for number in [0, *kinds]))
    read = both_ways(GdeltSource(block_bytes=size), path, whole)
    assert read.kept == 1 + sum(number != 1 for number in kinds)
    expected = [line for line, number in enumerate([0, *kinds], 1) if number != 1]
    assert read.acts["line"].to_list() == expected


def test_windows_line_ends_a_mark_and_a_missing_last_line_end(
    row: Any, tmp_path: Path, whole: Any
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"\xef\xbb\xbf" + f"{row()}\r\n{row()}".encode())
    for size in (1 << 20, 7):  # also where CR and LF fall into different pieces
        read = both_ways(GdeltSource(block_bytes=size), path, whole)
        assert read.acts["line"].to_list() == [1, 2]
        assert read.acts["reference"].to_list() == ["http://example.org/a"] * 2


def test_bytes_that_are_no_text_are_shown_as_such(row: Any, tmp_path: Path, whole: Any) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(row(ActionGeo_FullName="M?nchen").encode().replace(b"?", b"\xfc") + b"\n")
    assert both_ways(GdeltSource(), path, whole).acts["place"].to_list() == ["M\ufffdnchen"]


@pytest.mark.parametrize("width", LAYOUTS)
def test_a_header_is_taken_off(row: Any, export: Any, whole: Any, width: int) -> None:
    names = [name.lower() for name in LAYOUTS[width].columns]
    names[1] = "day"
    read = both_ways(GdeltSource(), export(["\t".join(names), row(width)]), whole)
    assert read.acts["line"].to_list() == [2]


def refusal(path: Path) -> str:
    said = []
    for way in (GdeltSource().read, GdeltSource().count):
        with pytest.raises(BadFile) as caught:
            list(way(path))
        said.append(str(caught.value))
    assert said[0] == said[1]
    assert "\n" not in said[0]
    return said[0]


def test_other_files_are_refused_by_what_they_are(row: Any, export: Any, tmp_path: Path) -> None:
    header = "\t".join(LAYOUTS[61].columns)
    cases = {
        "semicolons between its columns": row().replace("\t", ";"),
        "commas between its columns": row().replace("\t", ","),
        "holds mentions, not events": "\t".join(["1"] * 16),
        "has 20 columns": "\t".join(["1"] * 20),
        "has 1 column;": "no table at all",
        "a header and no rows": header,
        "'goldstein' as its column 31; expected GoldsteinScale": header.replace(
            "GoldsteinScale", "goldstein"
        ),
        "holds a NUL byte at byte 3": "ab\n\0" + row(),
    }
    for said, line in cases.items():
        assert said in refusal(export([line]))
    assert "is truncated: line 2" in refusal(_cut(export([row(), row()]), 40))
    empty = tmp_path / "empty.csv"
    empty.touch()
    assert "is empty" in refusal(empty)
    assert "there is no file" in refusal(tmp_path / "none.csv")


def _cut(path: Path, bytes_: int) -> Path:
    path.write_bytes(path.read_bytes()[:-bytes_])
    return path


def test_one_bad_row_at_the_top_does_not_decide_the_layout(
    row: Any, export: Any, whole: Any
) -> None:
    read = both_ways(GdeltSource(), export([row(58), row(), row(), row()]), whole)
    assert (read.kept, read.reasons) == (3, ["58 columns instead of 61"])
