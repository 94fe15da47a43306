"""The panel: what the counting of measure/ gives, from the archive's own layout."""

from __future__ import annotations

from pathlib import Path

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saidanddone.archive import (
    PANEL_COLUMNS,
    Archive,
    group,
    panel,
    run,
    runs,
    settling,
    tally,
    writer,
)
from saidanddone.archive.manifest import Manifest
from saidanddone.archive.parts import ACT_SCHEMA
from saidanddone.measure.choices import Choices
from saidanddone.measure.counting import by_period, counted
from saidanddone.model import Window

from .conftest import YEAR, Toy, Write, act, whole

_ROWS = st.lists(
    st.tuples(
        st.sampled_from(["2018-01-01", "2018-01-02", "2018-01", "2018", "2019-05-05"]),
        st.sampled_from(["RUS", "CHN"]),
        st.sampled_from(["PRK", "KOR"]),
        st.sampled_from(["", "040", "0411", "042", "190", "193", "V+"]),
        st.sampled_from(["1", "7"]),
        st.just("did"),
        st.sampled_from(["", "yes", "no"]),
    ),
    max_size=20,
)
_KEYS = ["source", "target", "period", "channel"]
_OWN = ("said", "signed", "done")


def expected(cells: pl.DataFrame, actors: str) -> pl.DataFrame:
    table = by_period(counted(cells, Choices(actors=actors)), "month")
    own: pl.DataFrame = nw.from_native(table).filter(nw.col("channel").is_in(_OWN)).to_native()
    return own.sort(_KEYS)


def found(table: pl.DataFrame, actors: str) -> pl.DataFrame:
    months = []
    for (month,), rows in table.partition_by("date", as_dict=True).items():
        sums = panel.by_pair(rows, government=actors == "government")
        months.append(sums.with_columns(pl.lit(month).alias("period")))
    empty = pl.DataFrame(schema=expected(pl.DataFrame(schema=tally_schema()), actors).schema)
    columns = empty.columns
    return pl.concat([empty, *(month.select(columns) for month in months)]).sort(_KEYS)


def tally_schema() -> dict[str, pl.DataType]:
    from saidanddone.archive.parts import CELL_SCHEMA

    return CELL_SCHEMA


@settings(deadline=None)
@given(_ROWS, st.sampled_from(["all", "government"]))
def test_a_panel_is_what_counting_gives(rows: list[tuple[str, ...]], actors: str) -> None:
    acts = pl.DataFrame([act(1, row) for row in rows], schema=ACT_SCHEMA)
    cells = tally.count(acts)
    table = panel.panel(cells)
    assert dict(table.schema) == panel.SCHEMA
    assert found(table, actors).equals(expected(cells, actors))


def test_an_archive_has_panels_and_counts_what_a_window_cuts(
    archive: Archive, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settling, "PANEL_CELLS", 1)
    monkeypatch.setattr(runs, "CELLS_IN_A_PART", 2)
    monkeypatch.setattr(run, "SAMPLED", 1)
    monkeypatch.setattr(group, "GROUP_FILES", 1)
    late = write(
        [("2018", "RUS", "PRK", "040", "9"), ("2018-01-05", "RUS", "PRK", "042", "1")], "b"
    )
    archive.ingest(Toy(), [write(YEAR), late])
    assert whole(archive)
    with Manifest.opened(archive.path) as manifest:
        panels = manifest.parts("toy", "panel")
    assert [part.period for part in panels] == ["2018", "2018-01", "2018-12", "2019", "2019-02"]
    for since, until in ((None, None), ("2018", "2018"), ("2018", "2018-11"), ("2018-01-06", None)):
        window = Window.parse(since, until)
        cells = archive.cells("toy", window=window)
        table = archive.panel("toy", window)
        assert table.columns == [column.name for column in PANEL_COLUMNS]
        by_year = archive.panel("toy", window, years=True)
        for actors in ("all", "government"):
            assert found(table, actors).equals(expected(cells, actors))
            assert pairs(by_year, actors).equals(pairs(table, actors))


def pairs(table: pl.DataFrame, actors: str) -> pl.DataFrame:
    sums = panel.by_pair(table, government=actors == "government")
    return sums.sort("source", "target", "channel")


def test_whole_years_are_read_as_years(
    archive: Archive, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settling, "PANEL_CELLS", 1)
    archive.ingest(Toy(), [write(YEAR)])

    def dates(since: str, until: str) -> list[str]:
        table = archive.panel("toy", Window.parse(since, until), years=True)
        return sorted({str(day) for day in table["date"]})

    assert dates("2018", "2019") == ["2018-01-01", "2019-01-01"]
    assert dates("2018-01", "2019-11") == ["2018-01-01", "2019-02-01"]
    assert dates("2018-01-02", "2019") == ["2018-01-01", "2018-12-01", "2019-01-01"]


def test_a_panel_is_written_anew_when_its_month_changes(
    archive: Archive, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.ingest(Toy(), [write(YEAR)])
    with Manifest.opened(archive.path) as manifest:
        assert manifest.parts("toy", "panel") == []  # these months are small
    monkeypatch.setattr(settling, "PANEL_CELLS", 1)
    archive.ingest(Toy(), [write(YEAR)])  # brings nothing, and writes what is missing
    assert archive.panel("toy")["acts"].sum() == 5
    archive.ingest(Toy(), [write([("2018-01-06", "RUS", "PRK", "040", "1")], "b.toy")])
    assert archive.panel("toy")["acts"].sum() == 6
    assert whole(archive)


def test_a_new_month_ends_the_panel_of_its_year(
    archive: Archive, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (settling, writer):
        monkeypatch.setattr(module, "PANEL_CELLS", 1)
    archive.ingest(Toy(), [write([("2018-01-06", "RUS", "PRK", "040", "1")], "a.toy")])
    archive.ingest(Toy(), [write([("2018-02-06", "RUS", "PRK", "040", "1")], "b.toy")])
    assert archive.panel("toy", years=True)["acts"].sum() == 2
    assert archive.panel("toy")["acts"].sum() == 2
    assert whole(archive)


def test_a_wrong_panel_is_named(
    archive: Archive, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settling, "PANEL_CELLS", 1)
    right = panel.panel

    def wrong(cells: pl.DataFrame) -> pl.DataFrame:
        return right(cells).with_columns(pl.col("acts") + 1)

    monkeypatch.setattr(panel, "panel", wrong)
    path: Path = write(YEAR)
    archive.ingest(Toy(), [path])
    faults = archive.check()
    assert len(faults) == 5
    assert faults[1].what == "the panel of 2018-01 is not what its cells give"
