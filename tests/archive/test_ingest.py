"""What an ingest promises: balanced, repeatable, one writer, and refusals that change nothing."""

from __future__ import annotations

import threading
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from saidanddone.archive import Archive, Shelf
from saidanddone.archive.lock import locked
from saidanddone.archive.manifest import Manifest
from saidanddone.errors import BadFile, BusyArchive
from saidanddone.sources.source import Batch

from .conftest import DATASET, YEAR, Toy, Write, content, whole

GOOD = ("2018-01-05", "RUS", "PRK", "040", "2")


def test_every_row_is_accounted_for(archive: Archive, write: Write) -> None:
    rows = [*YEAR, *[GOOD] * 20, ("bad date", "2018-02-30")]
    (report,) = archive.ingest(Toy(), [write(rows)]).files
    assert report.status == "ingested"
    assert (report.rows, report.kept, report.set_aside, report.filtered) == (29, 27, 1, 1)
    assert report.reasons == {"bad date": 1, "skip: inside one state": 1}
    with Manifest.opened(archive.path) as manifest:
        (file,) = manifest.files()
        asides = manifest._connection.execute("SELECT * FROM asides").fetchall()
    assert file.counts == (29, 27, 1, 1)
    assert asides == [(1, 29, "bad date", "bad date\t2018-02-30")]


def test_progress_tells_the_rows_read_so_far(archive: Archive, write: Write) -> None:
    told: list[tuple[str, int]] = []
    archive.ingest(Toy(), [write(YEAR)], progress=lambda *news: told.append(news))
    assert told == [("a.toy", 3), ("a.toy", 6), ("a.toy", 8)]


def test_a_file_counts_once(archive: Archive, write: Write) -> None:
    path = write(YEAR)
    archive.ingest(Toy(), [path])
    before, generation = content(archive), archive.generation("toy")
    files = sorted(archive.path.rglob("*"))
    again = archive.ingest(Toy(batch_rows=1), [write(YEAR, "renamed.toy"), path])
    assert [file.status for file in again.files] == ["already there"] * 2
    assert again.files[0].kept == 7
    assert again.files[0].reasons == {"skip: inside one state": 1}
    assert again.rows == 0
    assert all(a.equals(b) for a, b in zip(before, content(archive), strict=True))
    assert archive.generation("toy") == generation
    assert sorted(archive.path.rglob("*")) == files


def test_the_same_file_belongs_to_two_datasets(archive: Archive, write: Write) -> None:
    path = write(YEAR)
    archive.ingest(Toy(), [path])
    archive.ingest(Toy(replace(DATASET, name="other")), [path])
    assert [dataset.name for dataset in archive.datasets()] == ["other", "toy"]
    assert archive.cells("toy").equals(archive.cells("other"))
    assert whole(archive)


def test_generation_changes_with_the_content_only(tmp_path: Path, write: Write) -> None:
    first, second = write(YEAR, "1.toy"), write([GOOD], "2.toy")
    archives = [Archive.create(tmp_path / name) for name in "ab"]
    archives[0].ingest(Toy(), [first])
    alone = archives[0].generation("toy")
    archives[0].ingest(Toy(replace(DATASET, name="other")), [second])
    assert archives[0].generation("toy") == alone
    archives[0].ingest(Toy(), [second])
    archives[1].ingest(Toy(), [second, first])
    assert archives[0].generation("toy") == archives[1].generation("toy") != alone


def test_another_mapping_of_the_same_bytes_is_refused(archive: Archive, write: Write) -> None:
    path = write(YEAR)
    archive.ingest(Toy(), [path])
    (report,) = archive.ingest(Toy(mapping="swapped"), [path]).files
    assert report.status == "refused"
    assert "'a.toy' is already in the dataset 'toy', read in another way" in str(report.error)
    assert "--dataset" in str(report.error)


@pytest.mark.parametrize("change", [{"kind": "selection"}, {"grain": "year"}])
def test_a_dataset_keeps_its_kind_and_grain(
    archive: Archive, write: Write, change: dict[str, str]
) -> None:
    archive.ingest(Toy(), [write(YEAR)])
    other = Toy(replace(DATASET, **change))
    (report,) = archive.ingest(other, [write([GOOD], "b.toy")]).files
    assert "one kind and grain in a dataset" in str(report.error)
    assert archive.datasets() == [DATASET]


@pytest.mark.parametrize("name", ["../toy", "", "a/b", ".hidden", "ü", "x" * 65])
def test_a_dataset_bears_a_name_that_a_folder_can_bear(
    archive: Archive, write: Write, name: str
) -> None:
    (report,) = archive.ingest(Toy(replace(DATASET, name=name)), [write(YEAR)]).files
    assert "cannot be the name of a dataset" in str(report.error)
    assert archive.datasets() == []


def test_good_files_land_beside_refused_ones(archive: Archive, write: Write) -> None:
    paths = [
        write([GOOD], "good.toy"),
        write([GOOD, ("bad",)], "bad.toy"),
        write([], "empty.toy"),
        Path("missing.toy"),
        write(YEAR, "year.toy"),
    ]
    report = archive.ingest(Toy(), paths)
    assert [file.path.name for file in report.having("ingested")] == ["good.toy", "year.toy"]
    errors = {file.path.name: str(file.error) for file in report.having("refused")}
    assert "line 2: bad" in errors["bad.toy"]
    assert "holds no rows" in errors["empty.toy"]
    assert "cannot be read (No such file" in errors["missing.toy"]
    assert report.kept == 8
    assert whole(archive)


def test_a_folder_gives_the_files_that_its_source_finds(archive: Archive, write: Write) -> None:
    folder = write([GOOD], "1.toy").parent
    write(YEAR, "2.toy")
    assert len(archive.ingest(Toy(), [folder]).having("ingested")) == 2
    (report,) = archive.ingest(Toy(), [archive.path]).files
    assert "holds no toy files" in str(report.error)


@pytest.mark.parametrize(("bad", "status"), [(4, "ingested"), (5, "ingested"), (6, "refused")])
def test_at_most_five_percent_may_be_set_aside(
    archive: Archive, write: Write, bad: int, status: str
) -> None:
    rows = [GOOD] * (100 - bad)
    rows[10:10] = [(f"bad {n}",) for n in range(bad)]
    path = write(rows)
    (report,) = archive.ingest(Toy(), [path]).files
    assert report.status == status
    if status == "refused":
        assert "line 11: bad 0; line 12: bad 1; line 13: bad 2)" in str(report.error)
        assert "6 of the 100 rows" in str(report.error)
        with pytest.raises(BadFile, match="6 of the 100 rows"):
            Shelf(Toy(), path)
        assert not list(archive.path.rglob("*.parquet"))
    assert whole(archive)


def test_of_many_set_aside_a_thousand_lines_are_recorded(archive: Archive, write: Write) -> None:
    rows = [GOOD] * 22_000 + [("bad",)] * 1_100
    (report,) = archive.ingest(Toy(batch_rows=900), [write(rows)]).files
    assert report.set_aside == report.reasons["bad"] == 1_100
    with Manifest.opened(archive.path) as manifest:
        asides = manifest._connection.execute("SELECT count(*) FROM asides").fetchone()
    assert asides == (1_000,)
    assert whole(archive)


def _one_kept_too_many(batch: Batch) -> Batch:
    return replace(batch, aside=batch.aside.vstack(_aside_of(batch)))


def _aside_of(batch: Batch) -> pl.DataFrame:
    return batch.acts.head(1).select(
        "line", pl.lit("twice").alias("reason"), pl.col("text").alias("content")
    )


SPOILS = {
    "acts from 3 lines": lambda batch: replace(batch, kept=batch.kept - 1),
    "negative": lambda batch: replace(batch, filtered={"x": -1}),
    "both kept and set aside": _one_kept_too_many,
    "other columns or types": lambda batch: replace(batch, acts=batch.acts.drop("mode")),
    "an empty value": lambda batch: replace(
        batch, acts=batch.acts.with_columns(pl.lit(None, pl.String).alias("target"))
    ),
    "a valence other than": lambda batch: replace(
        batch, acts=batch.acts.with_columns(pl.lit(5, pl.Int8).alias("valence"))
    ),
    "does not start its month or year": lambda batch: replace(
        batch, acts=batch.acts.with_columns(pl.lit("month").alias("precision"))
    ),
}


@pytest.mark.parametrize("what", SPOILS)
def test_a_source_that_does_not_balance_is_refused(
    archive: Archive, write: Write, what: str
) -> None:
    archive.ingest(Toy(), [write([GOOD], "before.toy")])
    before = content(archive)
    (report,) = archive.ingest(Toy(spoil=SPOILS[what]), [write(YEAR)]).files
    assert report.status == "refused"
    assert what in str(report.error)
    assert "bug of the reader" in str(report.error)
    assert all(a.equals(b) for a, b in zip(before, content(archive), strict=True))
    assert whole(archive)


def test_a_file_that_changes_while_it_is_read_is_refused(archive: Archive, write: Write) -> None:
    path = write(YEAR)

    def rewrite(batch: Batch) -> Batch:
        write([*YEAR, GOOD])
        return batch

    (report,) = archive.ingest(Toy(spoil=rewrite), [path]).files
    assert "changed while it was read" in str(report.error)


def test_one_writes_at_a_time(archive: Archive, write: Write) -> None:
    path = write(YEAR)
    with locked(archive.path):
        with pytest.raises(BusyArchive, match="one writer at a time"):
            archive.ingest(Toy(), [path])
        with pytest.raises(BusyArchive):
            archive.check()
        assert archive.datasets() == []  # readers go on
    assert archive.ingest(Toy(), [path]).kept == 7


def test_readers_see_whole_states_only(archive: Archive, write: Write) -> None:
    """Every file brings one report to each of two months and years."""
    rows = [("2018-12-01", "RUS", "PRK", "040", "1"), ("2019-01-01", "RUS", "PRK", "040", "1")]
    archive.ingest(Toy(), [write(rows)])
    paths = [write([*rows, (f"skip {n}",)], f"{n}.toy") for n in range(12)]
    seen: list[list[int]] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            seen.append(archive.cells("toy")["reports"].to_list())
            seen.append(archive.cells("toy", sources=["RUS"], targets=["PRK"])["reports"].to_list())

    reader = threading.Thread(target=read)
    reader.start()
    report = archive.ingest(Toy(), paths)
    done.set()
    reader.join()
    assert len(report.having("ingested")) == 12
    assert seen
    assert all(months[0] == months[1] for months in seen)
    assert archive.cells("toy")["reports"].to_list() == [13, 13]


_DAYS = st.sampled_from(["2017", "2018", "2018-01", "2018-02", "2018-01-01", "2018-02-28"])
_ACTS = st.tuples(
    _DAYS,
    st.sampled_from(["RUS", "CHN"]),
    st.sampled_from(["PRK", "KOR"]),
    st.sampled_from(["", "040", "190"]),
    st.sampled_from(["1", "7"]),
    st.sampled_from(["did", "negated", "ended"]),
    st.sampled_from(["", "yes", "no"]),
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    rows=st.lists(_ACTS, min_size=1, max_size=12),
    cuts=st.lists(st.integers(0, 12), max_size=3),
    batch_rows=st.integers(1, 12),
    data=st.data(),
)
def test_neither_files_nor_batches_nor_order_change_the_tally(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[tuple[str, ...]],
    cuts: list[int],
    batch_rows: int,
    data: st.DataObject,
) -> None:
    folder = tmp_path_factory.mktemp("split")
    bounds = [0, *sorted(cuts), len(rows)]
    stretches = [rows[a:b] for a, b in pairwise(bounds) if a < b]
    paths = []
    for number, stretch in enumerate(stretches):
        path = folder / f"{number}.toy"
        text = "".join("\t".join(row) + "\n" for row in stretch)
        path.write_text(f"{text}skip {number}\n", encoding="utf-8")  # equal stretches are two files
        paths.append(path)
    path = folder / "all.toy"
    path.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
    split, joined = (Archive.create(folder / name) for name in ("split", "joined"))
    split.ingest(Toy(batch_rows=batch_rows), data.draw(st.permutations(paths)))
    split.ingest(Toy(), paths)  # counts once
    joined.ingest(Toy(), [path])
    assert split.cells("toy").equals(joined.cells("toy"))
    by_pair = split.cells("toy", sources={"RUS", "CHN"}, targets={"PRK", "KOR"})
    assert by_pair.equals(joined.cells("toy"))
    assert whole(split)
    assert whole(joined)
