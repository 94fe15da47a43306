"""Cells as numbers: the same tables and digests as of text, and a file's bytes read once."""

from __future__ import annotations

import importlib.util
import sys
import tempfile
from datetime import date
from pathlib import Path
from types import ModuleType

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saidanddone.archive import (
    Archive,
    ahead,
    digest,
    keys,
    numbered,
    numbered_panel,
    packed,
    panel,
    renumbered,
    runs,
    settling,
    spilled,
    tally,
    writer,
)
from saidanddone.archive import run as of_run
from saidanddone.archive.manifest import Manifest
from saidanddone.archive.parts import CELL_SCHEMA
from saidanddone.archive.run import as_table as written
from saidanddone.errors import BadFile, DamagedArchive
from saidanddone.model import Window
from saidanddone.sources import open_source
from saidanddone.sources.numbers import NumberingSource, Numbers, Words

WORDS = Words(
    pl.Series([None, "USA", "PRK", "RUS", "igo.UN", "CHN"], dtype=pl.String),
    pl.DataFrame(
        {
            "code": [None, "19", "042", "04"],
            "channel": [None, "done", "done", "said"],
            "valence": pl.Series([None, -1, 1, 0], dtype=pl.Int8),
        }
    ),
)

cells = st.tuples(
    st.integers(1, 5),
    st.integers(1, 5),
    st.integers(0, 1),
    st.integers(-800, 20_000),
    st.integers(1, 3),
    st.integers(1, 2**40),
)
files = st.lists(st.lists(cells, max_size=12), max_size=5)


@pytest.fixture(scope="module")
def gdelt_like() -> ModuleType:
    """The generator of the benchmarks."""
    path = Path(__file__).parents[2] / "benchmarks" / "gdelt_like.py"
    spec = importlib.util.spec_from_file_location("gdelt_like", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["gdelt_like"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def as_numbers(rows: list[tuple[int, ...]]) -> Numbers:
    columns = [list(column) for column in zip(*rows, strict=True)] or [[]] * 6
    types = (np.int32, np.int32, np.int8, np.int32, np.int32, np.int64)
    return Numbers(*(np.array(c, dtype=t) for c, t in zip(columns, types, strict=True)))


def as_table(rows: list[tuple[int, ...]]) -> pl.DataFrame:
    found = [
        (
            WORDS.actors[source],
            WORDS.actors[target],
            bool(government),
            date.fromordinal(date(1970, 1, 1).toordinal() + day),
            "day",
            *WORDS.codes.row(code),
            reports,
        )
        for source, target, government, day, code, reports in rows
    ]
    return pl.DataFrame(found, schema=CELL_SCHEMA, orient="row")


@given(files)
def test_numbers_give_the_cells_and_digests_of_text(
    given_files: list[list[tuple[int, ...]]],
) -> None:
    held = numbered.Numbered(Path())
    for number, rows in enumerate(given_files):
        held.add(number, as_numbers(rows), WORDS)
        if number % 2:
            held.pack()
    run = held.sorted()
    expected = tally.merge(as_table([row for rows in given_files for row in rows]))
    assert (run.height if run else 0) == expected.height
    for number, rows in enumerate(given_files):
        assert held.digests.get(number, 0) == digest.of(as_table(rows))
    if run is None:
        return
    assert run.table().equals(expected)
    months = [(name, made()) for name, made in run.by_month().items()]
    together = pl.concat([month.table() for _, month in months])
    assert tally.merge(together).equals(expected)
    for name, month in months:
        assert {f"{day:%Y-%m}" for day in month.table()["date"]} == {name}
    sample = run.sample()
    assert sample.select("source", "target").equals(expected.select("source", "target")[:1])
    assert sample["len"].to_list() == [run.height]


def words_of(rows: list[tuple[int, ...]]) -> Words:
    """No more words than these rows need: later files bring more, which stand between them."""
    actors = max((row[at] for row in rows for at in (0, 1)), default=0) + 1
    codes = max((row[4] for row in rows), default=0) + 1
    return Words(WORDS.actors[:actors], WORDS.codes[:codes])


@settings(deadline=None)
@given(files.filter(any), st.integers(1, 6), st.integers(1, 3))
def test_runs_on_the_disk_are_one_run(
    given_files: list[list[tuple[int, ...]]], most: int, step: int
) -> None:
    """Also where words come later that stand between those of before."""
    expected = tally.merge(as_table([row for rows in given_files for row in rows]))
    pair = expected["source"] + " " + expected["target"]
    met: list[tuple[int, ...]] = []
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        for name in ("ROWS_TO_PACK", "ROWS_TO_SPILL"):
            patch.setattr(numbered, name, 1)
        patch.setattr(spilled, "STEP", step)
        patch.setattr(of_run, "SAMPLED", step)
        held = numbered.Numbered(Path(folder))
        for number, rows in enumerate(given_files):
            met += rows
            held.add(number, as_numbers(rows), words_of(met))
        assert len(held) <= sum(map(len, given_files))
        run = held.sorted()
        assert isinstance(run, spilled.SpilledRun)
        assert run.height >= expected.height
        stretches = runs.merge(Path(folder), [], [run], rows_in_a_part=most)
        assert pl.concat(map(written, stretches)).equals(expected)
        for low, high in (("CHN PRK", "RUS USA"), ("DEU FRA", "RUS ZZZ"), ("AAA AAA", "zzz zzz")):
            found = run.stretch(low, high).table()
            assert found.equals(expected.filter((pair >= low) & (pair < high)))
        for name, made in run.by_month().items():
            month = expected.filter(pl.col("date").dt.strftime("%Y-%m") == name)
            assert month.height
            assert made().stretch(None, None).table().equals(month)
        sample = run.sample()
        assert sample["len"].sum() <= run.height
        known = expected.select("source", "target")
        assert sample.join(known, on=["source", "target"], how="anti").is_empty()
        for number, rows in enumerate(given_files):
            assert held.digests.get(number, 0) == digest.of(as_table(rows))


def test_a_run_on_the_disk_that_is_cut_short_is_no_run(tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(numbered, "ROWS_TO_PACK", 1)
        patch.setattr(numbered, "ROWS_TO_SPILL", 1)
        held = numbered.Numbered(tmp_path)
        held.add(1, as_numbers([(1, 2, 0, 0, 1, 1), (3, 2, 0, 0, 1, 1)]), WORDS)
        run = held.sorted()
    assert run is not None
    (path,) = held.on_disk
    path.write_bytes(path.read_bytes()[:-8])
    with pytest.raises(DamagedArchive, match="shorter"):
        run.stretch(None, None)


@given(files.filter(any), st.integers(1, 6), st.integers(1, 3))
def test_a_run_is_cut_between_pairs(
    given_files: list[list[tuple[int, ...]]], most: int, step: int
) -> None:
    """Also at pairs that it does not have, of actors that it does not know."""
    held = numbered.Numbered(Path())
    for number, rows in enumerate(given_files):
        held.add(number, as_numbers(rows), WORDS)
    run = held.sorted()
    assert run is not None
    expected = run.table()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(of_run, "SAMPLED", step)
        tables = [written(one) for one in runs.merge(Path(), [], [run], rows_in_a_part=most)]
    assert pl.concat(tables).equals(expected)
    assert all(table.height for table in tables)
    for low, high in (("CHN PRK", "RUS USA"), ("DEU FRA", "RUS ZZZ"), ("AAA AAA", "zzz zzz")):
        pair = expected["source"] + " " + expected["target"]
        assert run.stretch(low, high).table().equals(expected.filter((pair >= low) & (pair < high)))


@pytest.mark.parametrize(
    "row",
    [
        (0, 1, 0, 0, 1, 1),
        (1, 6, 0, 0, 1, 1),
        (1, 2, 2, 0, 1, 1),
        (1, 2, 0, 0, 4, 1),
        (1, 2, 0, 0, 1, 0),
        (1, 2, 0, 4_000_000, 1, 1),
        (1, 2, 0, -800_001, 1, 1),
    ],
)
def test_numbers_that_stand_for_nothing_are_a_fault(row: tuple[int, ...]) -> None:
    assert numbered.fault(as_numbers([(1, 2, 0, 0, 1, 1), row]), WORDS) is not None
    assert numbered.fault(as_numbers([(1, 2, 0, 0, 1, 1)]), WORDS) is None


def test_files_are_read_ahead_in_their_order(tmp_path: Path) -> None:
    """A file that cannot be read, and one that was not found, say so when their turn comes."""
    source = open_source("gdelt")
    assert isinstance(source, NumberingSource)
    error = BadFile("there is none", "a file", "check it")
    found: list[ahead.Found] = []
    for number in range(9):
        path = tmp_path / f"{number}.csv"
        path.write_bytes(b"%d" % number)
        found.append((path, error if number == 3 else None))
    found[5][0].unlink()
    known = frozenset({ahead.identify(found[1]).sha256})
    seen = []
    for path, load in ahead.load_all(source, known, iter(found)):
        seen.append(path)
        if path in {found[3][0], found[5][0]}:
            with pytest.raises(BadFile):
                load()
        else:
            assert load() == ahead.identify((path, None))
    assert seen == [path for path, _ in found]


@given(files.filter(any))
def test_keys_that_need_all_bits_are_sorted_as_well(
    given_files: list[list[tuple[int, ...]]],
) -> None:
    runs_ = []
    for bits in (keys.KEY_BITS, 5):
        held = numbered.Numbered(Path())
        for number, rows in enumerate(given_files):
            held.add(number, as_numbers(rows), WORDS)
            held.pack()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(keys, "KEY_BITS", bits)
            runs_.append(held.sorted())
    short, long = runs_
    assert short is not None
    assert long is not None
    assert short.table().equals(long.table())


@given(files.filter(any), st.integers(1, 4))
def test_a_panel_of_numbers_is_that_of_the_cells(
    given_files: list[list[tuple[int, ...]]], at_once: int
) -> None:
    held = numbered.Numbered(Path())
    for number, rows in enumerate(given_files):
        held.add(number, as_numbers(rows), WORDS)
    run = held.sorted()
    assert run is not None
    for month in (made() for made in run.by_month().values()):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(numbered_panel, "CELLS_AT_ONCE", at_once)
            found = numbered_panel.panel(month)
        assert found.equals(panel.panel(month.table()))


@pytest.mark.parametrize("keep", ["events", "tally"])
def test_an_archive_is_the_same_without_the_scanner(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gdelt_like: ModuleType, keep: str
) -> None:
    """Cells, events, panels and digests, of files of two months."""
    files_ = gdelt_like.make(tmp_path / "in", 2_000, files=4)
    files_ += gdelt_like.make(tmp_path / "in", 300, files=1, since=date(2019, 11, 2), seed=1)
    monkeypatch.setattr(writer, "PANEL_CELLS", 1)
    monkeypatch.setattr(settling, "PANEL_CELLS", 1)
    found = []
    for switch in ("", "off"):
        monkeypatch.setenv("SAIDANDDONE_SCANNER", switch)
        archive = Archive.create(tmp_path / f"archive{switch}")
        report = archive.ingest(open_source("gdelt"), files_, keep=keep)
        assert archive.check() == []
        with Manifest.opened(archive.path) as manifest:
            digests = [(file.name, file.digest, file.counts) for file in manifest.files()]
        acts = archive.acts("gdelt", sources=None, targets=None)
        window = Window.parse("2019-10", "2019-10")
        tables = (archive.cells("gdelt"), acts, archive.panel("gdelt", window))
        found.append((report.rows, digests, tables))
    with_, without = found
    assert with_[:2] == without[:2]
    for one, other in zip(with_[2], without[2], strict=True):
        assert one.height > 0
        assert one.equals(other)


def spread(data: st.DataObject, rows: list[tuple[int, ...]]) -> pl.DataFrame:
    """Cells of a month, now and then one that is not plain."""
    table = as_table([(*row[:3], row[3] % 31 + 18_170, *row[4:]) for row in rows])
    odd = data.draw(st.sampled_from(["", "", "precision", "government", "code", "valence"]))
    if odd == "precision":
        month = pl.lit("month").alias("precision"), pl.col("date").dt.truncate("1mo")
        table = pl.concat([table, table.head(2).with_columns(month)])
    elif odd == "valence":  # a code that counts in two ways
        table = pl.concat([table, table.head(2).with_columns(-pl.col("valence"))])
    elif odd:
        nothing = pl.lit(None, table.schema[odd]).alias(odd)
        table = pl.concat([table, table.head(2).with_columns(nothing)])
    return table


@given(st.lists(cells, min_size=1, max_size=12), st.lists(cells, max_size=12), st.data())
def test_tables_are_added_up_by_numbers_as_by_text(
    some: list[tuple[int, ...]], others: list[tuple[int, ...]], data: st.DataObject
) -> None:
    tables = [tally.merge(spread(data, rows)) for rows in (some, others)]
    expected = tally.merge(pl.concat(tables))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(packed, "FEW_ROWS", 0)
        assert written(renumbered.together(tables)).equals(expected)
        assert numbered_panel.panel_of(expected).equals(panel.panel(expected))
    plain = as_table(some).with_columns(date=pl.lit(date(2019, 10, 1)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(packed, "FEW_ROWS", 0)
        run = renumbered.run_of(plain)
    assert run is not None
    assert run.table().equals(tally.merge(plain))
