from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest

from saidanddone.errors import BadFile
from saidanddone.sources.parquet import parquet_rows


def write(folder: Path, **columns: list[object]) -> Path:
    path = folder / "a.parquet"
    pl.DataFrame(columns, strict=False).write_parquet(path)
    return path


def test_values_become_text_and_rows_are_numbered_from_one(tmp_path: Path) -> None:
    path = write(
        tmp_path, day=[date(2018, 1, 2)], at=[datetime(2018, 1, 2, 3, 4)], n=[7], code=["013"]
    )
    (rows,) = parquet_rows(path, ["day", "at", "n", "code"], optional=["more"])
    assert rows.frame.rows() == [("2018-01-02", "2018-01-02", "7", "013", None, 1)]


def test_batches_go_on_counting(tmp_path: Path) -> None:
    path = write(tmp_path, n=list(range(10)))
    lines = [rows.frame["line"].to_list() for rows in parquet_rows(path, ["n"], 4)]
    assert lines == [[1, 2, 3, 4], [5, 6, 7, 8], [9, 10]]


@pytest.mark.parametrize("left", [0, 4, 100, -1])
def test_a_file_that_breaks_off_is_refused(tmp_path: Path, left: int) -> None:
    path = write(tmp_path, n=list(range(1000)))
    path.write_bytes(path.read_bytes()[:left])
    with pytest.raises(BadFile, match=r"no whole Parquet file|is empty"):
        list(parquet_rows(path, ["n"]))


def test_lacking_columns_are_named(tmp_path: Path) -> None:
    path = write(tmp_path, a=[1], b=[2])
    with pytest.raises(BadFile, match=r"lacks the column c \(found: a, b\)"):
        list(parquet_rows(path, ["a", "c"]))


def test_lists_and_no_rows_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match=r"the column 'a' of .* holds List"):
        list(parquet_rows(write(tmp_path, a=[[1]]), ["a"]))
    with pytest.raises(BadFile, match="no rows"):
        list(parquet_rows(write(tmp_path, a=[]), ["a"]))
