from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saidanddone.errors import BadFile
from saidanddone.sources.delimited import plain_rows, quoted_rows

CELL = st.text('ab é",;\n|', max_size=4)


def write(folder: Path, content: str) -> Path:
    path = folder / "a.csv"
    path.write_text(content, encoding="utf-8", newline="")
    return path


def test_plain_text_takes_quotes_as_they_are(tmp_path: Path) -> None:
    path = write(tmp_path, 'a\tb\n"x\ty"\n\n1\t\n')
    (rows,) = plain_rows(path, ["b", "a"])
    assert rows.frame.rows() == [('y"', '"x', 2), (None, "1", 4)]


def test_rows_of_another_width_are_set_aside_with_their_line(tmp_path: Path) -> None:
    path = write(tmp_path, "a\tb\n1\t2\n3\n4\t5\t6\n7\t8\n")
    for read in (plain_rows, quoted_rows):
        for size in (1, 2, 100):
            rows = list(read(path, ["a", "b"], "\t", size))
            lines = [line for part in rows for line in part.frame["line"]]
            asides = [row for part in rows for row in part.aside.rows()]
            assert lines == [2, 5]
            assert asides == [
                (3, "1 columns instead of 2", "3"),
                (4, "3 columns instead of 2", "4\t5\t6"),
            ]


@given(table=st.lists(st.tuples(CELL, CELL), min_size=1, max_size=12), size=st.integers(1, 14))
def test_quoted_tables_are_read_as_written(
    tmp_path_factory: pytest.TempPathFactory, table: list[tuple[str, str]], size: int
) -> None:
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows([("a", "b"), *table])
    frames = [rows.frame for rows in quoted_rows(path, ["a", "b"], ",", size)]
    found = [row[:2] for frame in frames for row in frame.rows()]
    assert found == [tuple(cell or None for cell in row) for row in table]


@pytest.mark.parametrize("read", [plain_rows, quoted_rows])
def test_a_last_line_that_breaks_off_is_refused(tmp_path: Path, read: object) -> None:
    path = write(tmp_path, "a\tb\n1\t2\n3")
    with pytest.raises(BadFile, match="truncated: line 3, its last, breaks off after 1 of 2"):
        list(read(path, ["a"], "\t"))  # type: ignore[operator]


def test_a_last_line_without_its_end_is_read(tmp_path: Path) -> None:
    path = write(tmp_path, "a\tb\n1\t2\n3\t4")
    for read in (plain_rows, quoted_rows):
        found = [row for rows in read(path, ["a"], "\t") for row in rows.frame.rows()]
        assert found == [("1", 2), ("3", 3)]


def test_a_quote_that_never_closes_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, 'a,b\n1,2\n3,"4\n5,6\n')
    with pytest.raises(BadFile, match="opens a quote on line 3 that never closes"):
        list(quoted_rows(path, ["a"]))


def test_text_after_a_closing_quote_is_set_aside(tmp_path: Path) -> None:
    path = write(tmp_path, 'a,b\n"1"x,2\n3,4\n')
    (rows,) = quoted_rows(path, ["a"])
    assert rows.frame.rows() == [("3", 3)]
    assert rows.aside["line"].to_list() == [2]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_delimiter_is_sniffed(tmp_path: Path, mark: str) -> None:
    path = write(tmp_path, f"a{mark}b{mark}c\n1{mark}2{mark}3\n")
    (rows,) = quoted_rows(path, ["c"], None, 10, ["d", "b"])
    assert rows.frame.select("c", "b", "d").rows() == [("3", "2", None)]


def test_lacking_columns_are_named_and_a_wrong_delimiter_suspected(tmp_path: Path) -> None:
    path = write(tmp_path, "when;who\n1;2\n")
    with pytest.raises(BadFile) as caught:
        list(quoted_rows(path, ["when", "whom"], ","))
    said = str(caught.value)
    assert "lacks the columns when, whom (found: when;who)" in said
    assert "looks separated by semicolons, not commas" in said


def test_a_column_that_is_there_twice_and_a_lone_header_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="the column 'a' twice"):
        list(quoted_rows(write(tmp_path, "a,a\n1,2\n"), ["a"]))
    for read in (plain_rows, quoted_rows):
        with pytest.raises(BadFile, match="a header and no rows"):
            list(read(write(tmp_path, "a\tb\n"), ["a"]))
