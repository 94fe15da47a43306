"""The tally as expressions: merging, windows, and another engine."""

from __future__ import annotations

from datetime import date, timedelta

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from saidanddone.archive import Archive, tally
from saidanddone.archive.parts import ACT_SCHEMA, CELL_SCHEMA
from saidanddone.model import FuzzyDate, Window

from .conftest import Toy, Write, act

_ROWS = st.lists(
    st.tuples(
        st.sampled_from(["2018-01-01", "2018-01", "2018", "2019-05-05"]),
        st.sampled_from(["RUS", "CHN"]),
        st.sampled_from(["PRK", "KOR"]),
        st.sampled_from(["", "040", "190"]),
        st.sampled_from(["1", "7"]),
        st.sampled_from(["did", "hypothetical"]),
        st.sampled_from(["", "yes"]),
    ),
    max_size=20,
)


def _acts(rows: list[tuple[str, ...]]) -> pl.DataFrame:
    return pl.DataFrame([act(1, row) for row in rows], schema=ACT_SCHEMA)


@given(_ROWS, _ROWS)
def test_cells_merged_are_cells_of_the_union(
    some: list[tuple[str, ...]], others: list[tuple[str, ...]]
) -> None:
    apart = [tally.count(_acts(rows)) for rows in (some, others)]
    together = tally.count(_acts(others + some))
    assert tally.merge(pl.concat(apart)).equals(together)
    assert dict(together.schema) == CELL_SCHEMA
    counted = [row for row in some + others if row[5] == "did"]
    assert together["reports"].sum() == sum(int(row[4]) for row in counted)


def test_a_lazy_table_stays_lazy_and_gives_the_same() -> None:
    acts = _acts([("2018", "RUS", "PRK", "040", "1"), ("2018", "RUS", "PRK", "040", "2")])
    cells = tally.count(acts.lazy())
    assert isinstance(cells, pl.LazyFrame)
    assert cells.collect().equals(tally.count(acts))


def test_another_engine_gives_the_same_cells() -> None:
    pyarrow = pytest.importorskip("pyarrow")
    rows = [("2018-01", "RUS", "PRK", "", "1", "did", "yes"), ("2018", "CHN", "PRK", "190", "2")]
    acts = _acts(rows * 2)
    table = tally.count(acts.to_arrow())
    assert isinstance(table, pyarrow.Table)
    found = pl.from_arrow(table)
    assert isinstance(found, pl.DataFrame)
    assert found.cast(CELL_SCHEMA).equals(tally.count(acts))


_DAY = st.dates(date(2015, 1, 1), date(2019, 12, 31))


@given(
    st.lists(st.tuples(_DAY, st.sampled_from([4, 7, 10])), min_size=1),
    st.none() | _DAY,
    st.none() | _DAY,
)
def test_a_period_enters_only_as_a_whole(
    days: list[tuple[date, int]], since: date | None, until: date | None
) -> None:
    window = Window(since, until)
    first, last = since or date.min, until or date.max
    spans = [FuzzyDate.parse(day.isoformat()[:length]) for day, length in days]
    table = pl.DataFrame(
        {"date": [span.first for span in spans], "precision": [span.precision for span in spans]}
    )
    inside = tally.select(table, tally.inside(window))
    assert inside.height == sum(first <= span.first and span.last <= last for span in spans)
    overlapping = tally.select(table, tally.overlapping(window))
    if first <= last:
        touched = [span for span in spans if first <= span.last and span.first <= last]
        assert overlapping.height == len(touched)


def test_a_year_is_left_out_by_a_window_that_cuts_it(archive: Archive, write: Write) -> None:
    rows = [
        ("2017", "RUS", "PRK", "040", "1"),
        ("2018", "RUS", "PRK", "040", "1"),
        ("2018-06", "RUS", "PRK", "040", "1"),
        ("2018-06-15", "RUS", "PRK", "040", "1"),
    ]
    archive.ingest(Toy(), [write(rows)])

    def found(since: str, until: str) -> tuple[list[str], int]:
        window = Window.parse(since, until)
        cells = archive.cells("toy", window=window)
        pair = archive.cells("toy", window=window, sources=["RUS"], targets=["PRK"])
        assert cells.equals(pair)
        return cells["precision"].to_list(), archive.coverage("toy", window).straddling

    assert found("2018", "2018") == (["year", "month", "day"], 0)
    assert found("2018-02", "2018-12") == (["month", "day"], 1)
    assert found("2018", "2018-11") == (["month", "day"], 1)
    assert found("2018-06-02", "2018-06-30") == (["day"], 2)
    assert found("2018-06-02", "2018-06-14") == ([], 2)
    assert found("2017-02", "2018-12-30") == (["month", "day"], 2)


def test_coverage_of_years_names_years(archive: Archive, write: Write, yearly: Toy) -> None:
    rows = [(year, "RUS", "PRK", "", "9") for year in ("2002", "2003", "2006")]
    archive.ingest(yearly, [write(rows)])
    coverage = archive.coverage("years", Window.parse("2003", "2007"))
    assert coverage.months == ("2003", "2006")
    assert coverage.months_missing == ("2004", "2005")
    assert (coverage.first, coverage.last) == (date(2003, 1, 1), date(2006, 12, 31))


def test_conditions_hold_for_any_narwhals_table() -> None:
    table = nw.from_native(_acts([("2018", "RUS", "PRK", "040", "1")]))
    window = Window(date(2018, 1, 1) - timedelta(days=1), None)
    assert table.filter(*tally.inside(window), *tally.between(["RUS"], None)).shape[0] == 1
