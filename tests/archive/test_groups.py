"""Groups of files: committed together, each of them whole or not at all."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl
import pytest

from saidanddone.archive import Archive, FileReport, group, runs, staging, tally
from saidanddone.archive.manifest import Manifest, Part
from saidanddone.errors import BadChoice
from saidanddone.sources import open_source
from saidanddone.sources.source import Batch, CountedBatch

from .conftest import DATASET, YEAR, Toy, Write, content, whole

ROWS = [
    [
        (f"2018-{month:02d}-{day:02d}", "RUS", "PRK", code, "2"),
        ("2010-06-01", "RUS", "PRK", "040", "1"),
    ]
    for month in (1, 2, 3)
    for day, code in ((1, "040"), (2, "190"), (3, "112"))
]


@pytest.fixture
def files(write: Write) -> list[Path]:
    """Nine files of three months, each with a late report of one day of 2010."""
    return [write([*rows, (f"skip {n}",)], f"{n}.toy") for n, rows in enumerate(ROWS)]


@dataclass
class Counting(Toy):
    """Counts its files at once; reading one is a mistake."""

    asked: int = 0

    def count(self, path: Path) -> Iterator[CountedBatch]:
        for batch in Toy.read(self, path):
            self.asked += 1
            cells = tally.count(batch.acts)
            yield CountedBatch(cells, batch.kept, batch.acts.height, batch.aside, batch.filtered)


def listed(archive: Archive) -> list[Part]:
    with Manifest.opened(archive.path) as manifest:
        return manifest.parts()


@pytest.mark.parametrize("size", [1, 2, 5, 100])
@pytest.mark.parametrize("keep", ["events", "tally"])
def test_the_size_of_groups_changes_nothing_that_is_answered(
    tmp_path: Path,
    files: list[Path],
    size: int,
    keep: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    archives = []
    for limit in (group.GROUP_FILES, size):
        monkeypatch.setattr(group, "GROUP_FILES", limit)
        archives.append(Archive.create(tmp_path / f"of-{limit}"))
        archives[-1].ingest(Toy(), files, keep=keep)
        assert whole(archives[-1])
    one, other = archives
    assert all(a.equals(b) for a, b in zip(content(one), content(other), strict=True))
    assert one.generation("toy") == other.generation("toy")
    assert one.coverage("toy") == other.coverage("toy")


def test_a_group_is_one_commit_of_few_parts(
    archive: Archive, files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    commits = []
    commit = group.commit
    monkeypatch.setattr(group, "commit", lambda *args: commits.append(commit(*args)))
    archive.ingest(Toy(), files)
    assert len(commits) == 1
    kinds = [part.kind for part in listed(archive)]
    assert (kinds.count("events"), kinds.count("by-month"), kinds.count("by-pair")) == (4, 4, 1)


def test_a_refused_file_does_not_spoil_its_group(archive: Archive, write: Write) -> None:
    good = [write([(f"2018-01-0{n}", "RUS", "PRK", "040", "1")], f"good{n}.toy") for n in (1, 2)]
    bad = write([*YEAR, ("bad",), ("bad",)], "bad.toy")
    report = archive.ingest(Toy(batch_rows=2), [good[0], bad, good[1]])
    assert [file.status for file in report.files] == ["ingested", "refused", "ingested"]
    assert archive.cells("toy")["reports"].to_list() == [1, 1]
    assert archive.acts("toy", sources=None, targets=None).height == 2
    assert whole(archive)


def test_the_same_bytes_twice_in_a_group_count_once(archive: Archive, write: Write) -> None:
    report = archive.ingest(Toy(), [write(YEAR), write(YEAR, "again.toy")])
    assert [file.status for file in report.files] == ["ingested", "already there"]
    assert report.files[1].kept == report.files[0].kept == 7
    assert archive.coverage("toy").files == 1


def test_two_datasets_are_two_groups(archive: Archive, write: Write) -> None:
    @dataclass
    class Renaming(Toy):
        def find(self, path: Path) -> list[Path]:
            self.dataset = replace(DATASET, name=path.stem)
            return [path]

    paths = [write(YEAR, f"{name}.toy") for name in "ab"]
    archive.ingest(Renaming(), paths)
    assert archive.cells("a").equals(archive.cells("b"))
    assert whole(archive)


def test_a_file_may_be_made_when_its_turn_comes_and_go_when_it_landed(
    archive: Archive, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(group, "GROUP_FILES", 2)
    there: list[int] = []
    landed: list[str] = []

    def made() -> Iterator[Path]:
        for n in range(5):
            there.append(len(list(archive.path.parent.glob("*.toy"))))
            yield write([(f"2018-01-0{n + 1}", "RUS", "PRK", "040", "1")], f"{n}.toy")

    def drop(report: FileReport) -> None:
        assert archive.coverage("toy").files > len(landed)
        landed.append(report.path.name)
        report.path.unlink()

    report = archive.ingest(Toy(), made(), landed=drop)
    assert landed == [file.path.name for file in report.files]
    assert max(there) == 1
    assert archive.cells("toy").height == 5


def test_late_events_reach_their_own_month(archive: Archive, files: list[Path]) -> None:
    archive.ingest(Toy(), files[:8])
    untouched = [part for part in listed(archive) if part.period == "2018-01"]
    archive.ingest(Toy(), files[8:])
    assert [part for part in listed(archive) if part.period == "2018-01"] == untouched
    late = archive.cells("toy").filter(pl.col("date").dt.year() == 2010)
    assert late["reports"].to_list() == [9]


def test_history_is_not_rewritten_and_a_month_is_one_run(
    archive: Archive, files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "SMALL_ROWS", 0)
    monkeypatch.setattr(group, "GROUP_FILES", 1)
    archive.ingest(Toy(), files[:8])
    before = {part.path for part in listed(archive) if part.kind == "by-pair"}
    archive.ingest(Toy(), files[8:])
    found = [part for part in listed(archive) if part.kind == "by-pair"]
    assert before & {part.path for part in found}
    assert len(runs.runs_of(found)) <= 5
    months = [part.period for part in listed(archive) if part.kind == "by-month"]
    assert len(months) == len(set(months))
    pair = archive.cells("toy", sources=["RUS"], targets=["PRK"])
    assert pair.equals(archive.cells("toy"))
    assert whole(archive)


def test_a_tally_is_kept_without_events(archive: Archive, write: Write) -> None:
    path = write(YEAR)
    source = Counting()
    (report,) = archive.ingest(source, [path], keep="tally").files
    assert (report.rows, report.kept, report.filtered) == (8, 7, 1)
    assert source.asked == 3
    full = Archive.create(archive.path.with_name("full"))
    full.ingest(Toy(), [path])
    assert archive.cells("toy").equals(full.cells("toy"))
    assert archive.generation("toy") == full.generation("toy")
    assert not (archive.path / "events").exists()
    assert whole(archive)
    assert archive.coverage("toy").without_events == 1


def test_without_events_cells_stand_as_acts(archive: Archive, write: Write) -> None:
    archive.ingest(Toy(), [write(YEAR)], keep="tally")
    acts = archive.acts("toy", sources=["RUS"], targets=["PRK"])
    assert acts.select("code", "valence", "reports", "text", "line").rows() == [
        ("040", 1, 5, "5 reports", None),
        ("190", -1, 1, "1 report", None),
        ("020", 1, 1, "1 report", None),
    ]
    full = Archive.create(archive.path.with_name("full"))
    full.ingest(Toy(), [write(YEAR)])
    assert acts.schema == full.acts("toy", sources=None, targets=None).schema


def test_events_and_cells_mix(archive: Archive, write: Write) -> None:
    archive.ingest(Toy(), [write(YEAR)])
    more = [("2018-01-05", "RUS", "PRK", "040", "4"), ("2018-05-05", "RUS", "PRK", "060", "1")]
    archive.ingest(Toy(), [write(more, "b.toy")], keep="tally")
    assert whole(archive)
    acts = archive.acts("toy", sources=["RUS"], targets=["PRK"])
    counted = acts.filter(pl.col("mode") == "did")
    cells = archive.cells("toy", sources=["RUS"], targets=["PRK"])
    assert tally.count(counted).equals(cells)
    bare = acts.filter(pl.col("file").is_null())
    assert bare.select("code", "reports").rows() == [("040", 4), ("060", 1)]
    covered = archive.coverage("toy")
    assert (covered.files, covered.without_events) == (2, 1)


@pytest.mark.parametrize("kind", ["by-month", "by-pair"])
def test_a_check_finds_a_tally_that_is_not_that_of_its_files(
    archive: Archive, write: Write, kind: str
) -> None:
    """The part is exchanged for another whole one, and the manifest with it."""
    import sqlite3
    from contextlib import closing

    from saidanddone.archive.parts import hash_of

    archive.ingest(Counting(), [write(YEAR)], keep="tally")
    part = next(part for part in listed(archive) if part.kind == kind)
    path = archive.path / part.path
    pl.read_parquet(path).with_columns(pl.col("valence") * -1).write_parquet(path)
    with closing(sqlite3.connect(archive.path / "manifest.sqlite")) as connection:
        new = [path.stat().st_size, hash_of(path), part.path]
        connection.execute("UPDATE parts SET bytes = ?, sha256 = ? WHERE path = ?", new)
        connection.commit()
    assert any("the tally" in finding.what for finding in archive.check())


def test_what_cannot_be_kept_is_refused(archive: Archive, write: Write) -> None:
    with pytest.raises(BadChoice, match="'everything' cannot be kept; expected events or tally"):
        archive.ingest(Toy(), [write(YEAR)], keep="everything")


def test_events_come_later_to_a_tally(archive: Archive, files: list[Path]) -> None:
    """Files of which only the tally was kept are read again, and cells count once."""
    archive.ingest(Toy(), files[:3], keep="tally")
    archive.ingest(Toy(), files[3:4])
    full = Archive.create(archive.path.with_name("full"))
    full.ingest(Toy(), files)
    report = archive.ingest(Toy(), [*files, files[0]])
    statuses = ["ingested"] * 3 + ["already there"] + ["ingested"] * (len(files) - 4)
    assert [file.status for file in report.files] == [*statuses, "already there"]
    assert archive.coverage("toy").without_events == 0
    assert archive.coverage("toy").files == len(files)
    assert archive.cells("toy").equals(full.cells("toy"))
    order = ["date", "source", "target", "file", "line", "code"]
    acts = [held.acts("toy", sources=None, targets=None).sort(order) for held in (archive, full)]
    assert acts[0].equals(acts[1])
    assert archive.generation("toy") == full.generation("toy")
    assert whole(archive)
    again = archive.ingest(Toy(), files)
    assert {file.status for file in again.files} == {"already there"}
    kept_less = archive.ingest(Toy(), files, keep="tally")
    assert {file.status for file in kept_less.files} == {"already there"}
    assert whole(archive)


def test_events_that_do_not_fit_their_tally_are_refused(archive: Archive, write: Write) -> None:
    """A reader that gives other acts than it did when it counted."""
    path = write(YEAR)
    archive.ingest(Toy(), [path], keep="tally")
    before = archive.cells("toy")

    def spoil(batch: Batch) -> Batch:
        return replace(batch, acts=batch.acts.with_columns(pl.col("reports") + 1))

    (report,) = archive.ingest(Toy(spoil=spoil), [path]).files
    assert report.status == "refused"
    assert report.error is not None
    assert "now gives other acts than those that were counted of it" in report.error
    assert archive.cells("toy").equals(before)
    assert archive.coverage("toy").without_events == 1
    assert whole(archive)


def test_events_come_later_to_a_tally_of_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of GDELT, whatever counted and whatever reads."""
    row = "\t".join(
        {1: "20191001", 7: "RUS", 17: "PRK", 26: "040", 33: "3", 59: "20191001001500"}.get(i, "")
        for i in range(61)
    )
    path = tmp_path / "20191001001500.export.CSV.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(path.stem, f"{row}\n" * 3)
    for number, switches in enumerate((("", ""), ("off", ""), ("", "off"), ("off", "off"))):
        held = Archive.create(tmp_path / f"archive{number}")
        for keep, switch in zip(("tally", "events"), switches, strict=True):
            monkeypatch.setenv("SAIDANDDONE_SCANNER", switch)
            (report,) = held.ingest(open_source("gdelt"), [path], keep=keep).files
            assert report.status == "ingested"
        assert held.acts("gdelt", sources=None, targets=None)["line"].to_list() == [1, 2, 3]
        assert held.cells("gdelt")["reports"].to_list() == [9]
        assert whole(held)


@pytest.mark.parametrize("full", [1, 4, 100])
def test_events_may_be_written_while_their_group_is_open(
    archive: Archive, files: list[Path], full: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are there with their group only, and what is written is the same."""
    whole_one = Archive.create(archive.path.with_name("whole"))
    whole_one.ingest(Toy(), files)
    monkeypatch.setattr(group, "ACTS_IN_MEMORY", 5)
    monkeypatch.setattr(staging, "FULL_MONTH", full)

    def stop(name: str, rows: int) -> None:
        if name == files[-1].name:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        archive.ingest(Toy(), files, progress=stop)
    assert listed(archive) == []
    assert not any(archive.path.rglob("*.parquet"))
    archive.ingest(Toy(), files)
    acts = [held.acts("toy", sources=None, targets=None) for held in (archive, whole_one)]
    assert acts[0].equals(acts[1])
    assert archive.cells("toy").equals(whole_one.cells("toy"))
    assert whole(archive)
    if full < 100:
        assert len({part.path for part in listed(archive) if part.kind == "events"}) >= 4
