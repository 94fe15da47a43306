"""Runs, packed keys and digests: small tables against the plain way."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saidanddone.archive import cells as of_cells
from saidanddone.archive import digest, packed, parts, runs, tally
from saidanddone.archive import run as of_run
from saidanddone.archive.manifest import Part
from saidanddone.archive.parts import ACT_SCHEMA
from saidanddone.archive.run import as_table

from .conftest import act

_ROWS = st.lists(
    st.tuples(
        st.sampled_from(["2018-01-01", "2018-01", "2018", "1950-05-05", "2019-05-05"]),
        st.sampled_from(["RUS", "CHN", "PRK"]),
        st.sampled_from(["PRK", "KOR", "NATO"]),
        st.sampled_from(["", "040", "190", "V+"]),
        st.sampled_from(["1", "7"]),
        st.just("did"),
        st.sampled_from(["", "yes", "no"]),
    ),
    max_size=30,
)


def raw(rows: list[tuple[str, ...]]) -> pl.DataFrame:
    acts = pl.DataFrame([act(1, row) for row in rows], schema=ACT_SCHEMA)
    return acts.select(list(parts.CELL_SCHEMA))


def plainly(table: pl.DataFrame) -> pl.DataFrame:
    """The Narwhals way: a lazy table takes it."""
    return tally.merge(table.lazy()).collect()


@pytest.fixture
def always_packed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "FEW_ROWS", 0)


@pytest.mark.usefixtures("always_packed")
def test_packed_is_as_plain() -> None:
    @settings(deadline=None)
    @given(_ROWS)
    def check(rows: list[tuple[str, ...]]) -> None:
        table = raw(rows)
        assert tally.merge(table).equals(plainly(table))
        # Cells are put in order once they are added up: equal ones have no order of their own.
        cells = plainly(table).reverse()
        assert tally.ordered(cells).equals(tally.ordered(cells.lazy()).collect())

    check()


@pytest.mark.usefixtures("always_packed")
def test_keys_that_need_too_much_room_are_grouped(monkeypatch: pytest.MonkeyPatch) -> None:
    table = raw([("2018-01-01", "RUS", "PRK", "040", "1"), ("2018", "CHN", "PRK", "190", "2")] * 3)
    monkeypatch.setattr(packed, "_ROOM", 4)
    assert packed.packed(table, tally.ORDER) is None
    assert tally.merge(table).equals(plainly(table))
    assert tally.ordered(table).height == 6


@settings(deadline=None)
@given(_ROWS, _ROWS)
def test_digests_add_up_however_cells_are_split(
    some: list[tuple[str, ...]], others: list[tuple[str, ...]]
) -> None:
    together = digest.of(tally.merge(raw(some + others)))
    assert together == digest.total([digest.of(raw(some)), digest.of(raw(others))])
    by_month = digest.by(raw(some), pl.col("date").dt.strftime("%Y-%m"))
    assert digest.total(by_month.values()) == digest.of(raw(some))


@settings(deadline=None)
@given(st.lists(_ROWS, min_size=1, max_size=5))
def test_one_pair_is_woven_as_it_is_merged(tables: list[list[tuple[str, ...]]]) -> None:
    one = [
        tally.merge(raw([(row[0], "RUS", "PRK", *row[3:]) for row in table])) for table in tables
    ]
    assert of_cells.woven(one).equals(tally.merge(pl.concat(one)))


@settings(deadline=None)
@given(_ROWS, st.integers(0, 29), st.sampled_from(tally.KEYS))
def test_a_digest_tells_cells_apart(rows: list[tuple[str, ...]], at: int, key: str) -> None:
    table = tally.merge(raw(rows))
    if not table.height:
        assert digest.of(table) == 0
        return
    other = table.with_columns(
        pl.when(pl.int_range(pl.len()) == at % table.height)
        .then(pl.lit(None, table.schema[key]))
        .otherwise(pl.col(key))
        .alias(key)
    )
    assert (digest.of(other) == digest.of(table)) == other.equals(table)
    more = table.with_columns(pl.col("reports") + 1)
    assert digest.of(more) != digest.of(table)


def part(run: int, rows: int) -> Part:
    where = f"{run}.parquet"
    return Part(where, "by-pair", "toy", "all", None, rows, rows, "", "", 1, "", run=run)


@given(st.lists(st.integers(1, 60), min_size=1, max_size=200))
def test_runs_stay_few_and_are_seldom_written_anew(sizes: list[int]) -> None:
    held: list[Part] = []
    written = 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runs, "SMALL_ROWS", 4)
        for run, size in enumerate(sizes, start=1):
            taken = runs.taken_along(held, size)
            together = size + sum(old.rows for old in taken)
            held = [old for old in held if old not in taken] + [part(run, together)]
            written += together
    total = sum(sizes)
    assert sum(old.rows for old in held) == total
    newest_first = [run[0].rows for run in runs.runs_of(held)]
    assert all(newer < older for newer, older in pairwise(newest_first))
    assert len(held) <= total.bit_length()
    assert written <= total * (total.bit_length() + 4)


@settings(deadline=None)
@given(st.lists(_ROWS, min_size=1, max_size=4), st.integers(1, 9))
def test_a_merge_by_slices_is_a_merge(tables: list[list[tuple[str, ...]]], rows: int) -> None:
    cells = [tally.merge(raw(table)) for table in tables]
    cells = [table for table in cells if table.height] or [
        tally.merge(raw([("2018", *"AB", "", "1")]))
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(of_run, "SAMPLED", 1)
        slices = [as_table(one) for one in runs.merge(Path(), [], cells, rows_in_a_part=rows)]
    pairs_of_all = pl.concat(cells).n_unique(["source", "target"])
    assert len(slices) >= min(pairs_of_all, sum(table.height for table in cells) // (2 * rows))
    assert pl.concat(slices).equals(tally.merge(pl.concat(cells)))
    pairs = [of_cells.pair_of(table, row) for table in slices for row in (0, -1)]
    assert pairs == sorted(pairs)
    for earlier, later in pairwise(slices):
        assert of_cells.pair_of(earlier, -1) < of_cells.pair_of(later, 0)
