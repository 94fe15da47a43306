"""What an archive answers: cells, acts, coverage, generation, cache."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from saidanddone.archive import EVENT_COLUMNS, TALLY_COLUMNS, Archive, Shelf, Store
from saidanddone.errors import BadChoice
from saidanddone.model import Window

from .conftest import DATASET, YEAR, Toy, Write, whole


@pytest.fixture(params=["archive", "shelf"])
def store(request: pytest.FixtureRequest, archive: Archive, write: Write) -> Store:
    path = write(YEAR)
    if request.param == "shelf":
        return Shelf(Toy(), path)
    archive.ingest(Toy(), [path])
    assert whole(archive)
    return archive


def test_datasets_are_as_their_source_described_them(store: Store) -> None:
    assert store.datasets() == [DATASET]


def test_cells_add_up_the_reports_of_equal_acts(store: Store) -> None:
    cells = store.cells("toy", sources=["RUS"], targets=["PRK"], window=Window.parse("2018", None))
    assert cells.columns == [column.name for column in TALLY_COLUMNS]
    found = cells.select("date", "code", "government", "reports").rows()
    assert found == [
        (date(2018, 1, 5), "040", None, 5),
        (date(2018, 1, 5), "190", True, 1),
        (date(2019, 2, 1), "020", None, 1),
    ]


def test_cells_are_the_same_from_both_layouts(store: Store) -> None:
    window = Window.parse("2018-01", "2018-12")
    ids = {"RUS", "PRK", "CHN"}
    by_pair = store.cells("toy", sources=ids, targets=ids, window=window)
    by_month = store.cells("toy", sources=ids, window=window)
    assert by_pair.height == 4
    assert by_pair.equals(by_month)


def test_uncounted_modes_are_shown_and_not_counted(store: Store) -> None:
    acts = store.acts("toy", sources={"RUS"}, targets={"PRK"})
    assert acts.columns == [column.name for column in EVENT_COLUMNS]
    assert acts["mode"].to_list().count("negated") == 1
    assert "061" not in store.cells("toy")["code"]


def test_acts_of_some_dates(store: Store) -> None:
    acts = store.acts("toy", sources=None, targets={"PRK"}, dates=[date(2018, 1, 31)])
    assert acts["source"].to_list() == ["CHN"]


def test_nobody_gives_an_empty_table_with_its_columns(store: Store) -> None:
    cells = store.cells("toy", sources=[], targets=["PRK"])
    acts = store.acts("toy", sources=["USA"], targets=None, window=Window.parse("1950", "1951"))
    assert (cells.height, acts.height) == (0, 0)
    assert acts.schema["date"] == pl.Date
    assert cells.schema["valence"] == pl.Int8


def test_an_unknown_dataset_is_refused_with_those_that_exist(store: Store) -> None:
    for ask in (store.cells, store.coverage, store.generation):
        with pytest.raises(BadChoice, match="no dataset 'gdelt' here; expected one of: toy"):
            ask("gdelt")


def test_coverage_names_rows_and_missing_months(store: Store) -> None:
    coverage = store.coverage("toy")
    assert (coverage.files, coverage.rows, coverage.kept) == (1, 8, 7)
    assert (coverage.set_aside, coverage.filtered) == (0, 1)
    assert coverage.reasons == {"skip: inside one state": 1}
    assert (coverage.first, coverage.last) == (date(2018, 1, 5), date(2019, 2, 1))
    assert coverage.months == ("2018-01", "2018-12", "2019-02")
    assert coverage.months_missing[0] == "2018-02"
    assert len(coverage.months_missing) == 11


def test_coverage_within_a_window_that_cuts_months(store: Store) -> None:
    coverage = store.coverage("toy", Window(date(2018, 1, 10), date(2018, 12, 30)))
    assert (coverage.first, coverage.last) == (date(2018, 1, 31), date(2018, 1, 31))
    assert coverage.months == ("2018-01",)
    assert coverage.straddling == 0


def test_a_window_without_acts_is_covered_by_nothing(store: Store) -> None:
    coverage = store.coverage("toy", Window.parse("1950", "1951"))
    assert (coverage.first, coverage.last, coverage.months) == (None, None, ())


def test_values_are_cached_by_their_whole_key(store: Store) -> None:
    assert store.cached("norm|toy") is None
    store.cache("norm|toy", {"alpha": 3.8735, "pairs": None})
    assert store.cached("norm|toy") == {"alpha": 3.8735, "pairs": None}
    assert store.cached("norm|toy|self") is None


def test_a_damaged_cache_counts_as_absent(archive: Archive) -> None:
    archive.cache("key", {"a": 1})
    (entry,) = (archive.path / "norms").iterdir()
    entry.write_bytes(b'{"key": "key", "val\xff')
    assert archive.cached("key") is None
    entry.write_text('{"key": "other", "value": {"a": 2}}', encoding="utf-8")
    assert archive.cached("key") is None


def test_an_archive_without_room_for_a_cache_keeps_none(archive: Archive) -> None:
    (archive.path / "norms").write_text("a file where the folder would be", encoding="utf-8")
    archive.cache("key", {"a": 1})
    assert archive.cached("key") is None


def test_a_path_with_a_pattern_in_it_is_a_path(tmp_path: Path, write: Write) -> None:
    archive = Archive.create(tmp_path / "a[1]* ?#%20")
    archive.ingest(Toy(), [write(YEAR)])
    assert archive.cells("toy", sources=["RUS"], targets=["PRK"]).height == 3
    assert whole(archive)


def test_shelf_and_archive_answer_alike(archive: Archive, write: Write) -> None:
    path = write(YEAR)
    archive.ingest(Toy(), [path])
    shelf = Shelf(Toy(), path)
    window = Window.parse("2018-01-05", "2019")
    for by in ({"sources": ["RUS"], "targets": ["PRK"]}, {"sources": None, "targets": None}):
        assert shelf.cells("toy", window=window, **by).equals(
            archive.cells("toy", window=window, **by)
        )
        assert shelf.acts("toy", window=window, **by).equals(
            archive.acts("toy", window=window, **by)
        )
    assert shelf.coverage("toy", window) == archive.coverage("toy", window)


def test_a_shelf_reads_a_folder_and_the_same_bytes_once(write: Write) -> None:
    folder = write(YEAR, "1.toy").parent
    write(YEAR, "2.toy")
    write([("2018-01-05", "RUS", "PRK", "040", "1")], "3.toy")
    shelf = Shelf(Toy(), folder)
    assert shelf.coverage("toy").files == 2
    assert shelf.coverage("toy").reasons == {"skip: inside one state": 1}
    assert shelf.cells("toy", sources=["RUS"], targets=["PRK"])["reports"].to_list() == [6, 1, 1]
