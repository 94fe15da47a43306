"""Cells as numbers: the same tables and digests as of text, and a file's bytes read once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from saidanddone.archive import ahead, digest, numbered, runs, tally
from saidanddone.archive.parts import CELL_SCHEMA
from saidanddone.errors import BadFile
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
    held = numbered.Numbered()
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
    assert run.between(None, None).equals(expected)
    months = run.by_month()
    together = pl.concat([month.between(None, None) for _, month in months])
    assert tally.merge(together).equals(expected)
    for name, month in months:
        assert {f"{day:%Y-%m}" for day in month.between(None, None)["date"]} == {name}
    counted = expected.group_by("source", "target").len().sort("source", "target")
    assert run.pairs().equals(counted)


@given(files.filter(any), st.integers(1, 6))
def test_a_run_is_cut_between_pairs(given_files: list[list[tuple[int, ...]]], most: int) -> None:
    """Also at pairs that it does not have, of actors that it does not know."""
    held = numbered.Numbered()
    for number, rows in enumerate(given_files):
        held.add(number, as_numbers(rows), WORDS)
    run = held.sorted()
    assert run is not None
    expected = run.between(None, None)
    tables = list(runs.merge(Path(), [], [run], rows_in_a_part=most))
    assert pl.concat(tables).equals(expected)
    for low, high in (("CHN PRK", "RUS USA"), ("DEU FRA", "RUS ZZZ"), ("AAA AAA", "zzz zzz")):
        pair = expected["source"] + " " + expected["target"]
        assert run.between(low, high).equals(expected.filter((pair >= low) & (pair < high)))


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
