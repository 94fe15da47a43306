from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saidanddone.errors import BadFile
from saidanddone.sources import open_source
from saidanddone.sources.counts import CountsSource
from saidanddone.sources.source import ALL_ZERO, SAME_STATE

YEARLY = "icews/icews_dyad_year_2002_2014.parquet"
HEADER = "i,j,year,verbCoop,matlCoop,verbConf,matlConf"


@pytest.fixture(scope="module")
def yearly(genuine: Any, whole: Any) -> Any:
    return whole(open_source("counts"), genuine(YEARLY))


@pytest.fixture
def read(tmp_path: Path, whole: Any) -> Callable[[str], Any]:
    def read(*rows: str) -> Any:
        path = tmp_path / "counts.csv"
        path.write_text("\n".join([HEADER, *rows]) + "\n")
        return whole(open_source("counts"), path)

    return read


def test_the_genuine_counts_balance(yearly: Any) -> None:
    assert yearly.rows == 298_376
    assert yearly.aside.height == 0
    assert set(yearly.filtered) == {ALL_ZERO}
    assert yearly.acts["line"].n_unique() == yearly.kept


@pytest.mark.parametrize(
    ("source", "target", "counts"),
    [
        ("RUS", "PRK", [130, 293, 478, 9_623]),
        ("CHN", "PRK", [1_506, 569, 1_173, 25_912]),
        ("KOR", "PRK", [1_440, 1_211, 5_523, 32_778]),
        ("RUS", "SYR", [314, 792, 758, 9_308]),
    ],
)
def test_the_genuine_counts_are_those_of_the_method(
    yearly: Any, source: str, target: str, counts: list[int]
) -> None:
    pair = yearly.acts.filter(source=source, target=target)
    sums = pair.group_by("channel", "valence").agg(pl.col("reports").sum())
    assert sums.sort("channel", "valence")["reports"].to_list() == counts


def test_a_row_gives_one_act_for_every_count_above_zero(read: Any) -> None:
    found = read("Russia,Japan,2002,1274,1,0,3", "Russia,Japan,2003,0,0,0,0")
    assert (found.kept, found.filtered) == (1, {ALL_ZERO: 1})
    columns = ("channel", "valence", "reports", "text")
    assert found.acts.select(columns).rows() == [
        ("verbal", 1, 1274, "1274 verbal cooperative acts in 2002"),
        ("material", 1, 1, "1 material cooperative act in 2002"),
        ("material", -1, 3, "3 material conflictual acts in 2002"),
    ]
    act = found.acts.row(0, named=True)
    assert (str(act["date"]), act["precision"], act["line"]) == ("2002-01-01", "year", 2)
    assert (act["code"], act["government"], act["id"]) == (None, None, None)
    assert act["reference"] == "counts.csv, line 2"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Russia,Japan,2002,-1,0,0,0", "verbCoop is negative: -1"),
        ("Russia,Japan,2002,0,1.5,0,0", "matlCoop is not a whole number: 1.5"),
        ("Russia,Japan,2002,0,0,many,0", "verbConf is not a whole number: many"),
        ("Russia,Japan,2002,0,0,inf,0", "verbConf is not a whole number: inf"),
        ("Russia,Japan,2002,0,0,nan,0", "verbConf is not a whole number: nan"),
        ("Russia,Japan,2002,1,1,1,", "matlConf is missing"),
        ("Russia,Japan,,1,1,1,1", "the year is missing"),
        ("Russia,Japan,0,1,1,1,1", "'0' is not a year"),
        ("Russia,Japan,2002.5,1,1,1,1", "'2002.5' is not a year"),
        (",Japan,2002,1,1,1,1", "the source is missing"),
        ("Russia,Nowhereland,2002,1,1,1,1", "the target 'Nowhereland' is no state"),
    ],
)
def test_what_cannot_be_read_is_set_aside(read: Any, row: str, reason: str) -> None:
    found = read(row, "Russia,Japan,2002,1,0,0,0")
    assert found.kept == 1
    assert found.aside["line"].to_list() == [2]
    assert reason in found.reasons[0]


def test_whole_numbers_written_as_floats_are_read(read: Any) -> None:
    found = read("Russia,Japan,2002.0,7.0,0,0,0", "Japan,Japan,2002,7,0,0,0")
    assert found.acts["reports"].to_list() == [7]
    assert found.filtered == {SAME_STATE: 1}


def test_other_columns_need_a_mapping(tmp_path: Path, whole: Any) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("a;b;y;vp;mp;vm;mm\n365;740;2002;1;2;3;4\n")
    with pytest.raises(BadFile, match="lacks the columns i, j, year"):
        whole(open_source("counts"), path)
    mapping = tmp_path / "mine.toml"
    mapping.write_text(
        'names = "cow"\n[columns]\nsource = "a"\ntarget = "b"\nyear = "y"\n'
        'verbal_cooperation = "vp"\nmaterial_cooperation = "mp"\n'
        'verbal_conflict = "vm"\nmaterial_conflict = "mm"\n'
    )
    source = open_source("counts", mapping=mapping)
    found = whole(source, path)
    assert found.acts.select("source", "target", "reports").rows() == [
        ("RUS", "JPN", count) for count in (1, 2, 3, 4)
    ]
    assert (source.dataset.grain, source.dataset.kind) == ("year", "selection")


def test_counts_say_what_they_cannot_give() -> None:
    dataset = open_source("counts").dataset
    assert (dataset.kind, dataset.grain, dataset.roles) == ("census", "year", False)
    assert {"no days", "no sectors"} <= set(dataset.missing)


ROW = st.tuples(
    st.sampled_from(["Russia", "Japan", "Nowhereland"]),
    st.sampled_from(["Russia", "China"]),
    st.sampled_from(["2002", "2010", "x"]),
    *[st.sampled_from(["0", "0", "1", "25", "-3", ""])] * 4,
)


@settings(deadline=None, max_examples=40)
@given(rows=st.lists(ROW, min_size=1, max_size=20), size=st.integers(1, 25), seed=st.randoms())
def test_neither_batches_nor_order_matter_and_rows_balance(
    read_rows: Callable[..., Any], rows: list[tuple[str, ...]], size: int, seed: Any
) -> None:
    once, split = read_rows(rows, 1000), read_rows(rows, size)
    assert once.rows == split.rows == len(rows)
    assert once.acts.equals(split.acts)
    assert (once.aside.rows(), once.filtered) == (split.aside.rows(), split.filtered)
    seed.shuffle(rows)
    mixed = read_rows(rows, size)
    assert (mixed.kept, mixed.filtered) == (once.kept, once.filtered)
    one, other = (found.acts.drop("line", "reference").sort(pl.all()) for found in (once, mixed))
    assert one.equals(other)


@pytest.fixture(scope="module")
def read_rows(tmp_path_factory: pytest.TempPathFactory, whole: Any) -> Callable[..., Any]:
    path = tmp_path_factory.mktemp("counts") / "a.csv"

    def read(rows: list[tuple[str, ...]], batch_rows: int) -> Any:
        path.write_text("\n".join([HEADER, *(",".join(row) for row in rows)]) + "\n")
        return whole(CountsSource(batch_rows=batch_rows), path)

    return read
