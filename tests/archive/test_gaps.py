"""Gaps and breaks: what an archive lacks, and says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from saidanddone.archive import Archive, Gap, described
from saidanddone.archive.lock import locked
from saidanddone.errors import BadChoice
from saidanddone.model import Window

from .conftest import DATASET, YEAR, Toy, Write, whole


def gap(name: str, day: int, reason: str = "not listed") -> Gap:
    return Gap(name, date(2018, 1, day), date(2018, 1, day), reason)


def test_gaps_are_recorded_once_by_name_also_before_any_file(archive: Archive) -> None:
    archive.record_gaps(DATASET, [gap("b.toy", 9), gap("a.toy", 8)])
    archive.record_gaps(DATASET, [gap("b.toy", 9, "404")])
    assert archive.gaps("toy") == [gap("a.toy", 8), gap("b.toy", 9, "404")]
    assert archive.datasets() == [DATASET]
    coverage = archive.coverage("toy")
    assert (coverage.files, coverage.rows, coverage.first) == (0, 0, None)
    assert whole(archive)


def test_gaps_of_a_window_are_those_that_overlap_it(archive: Archive) -> None:
    long = Gap("month.zip", date(2018, 1, 1), date(2018, 1, 31), "late")
    archive.record_gaps(DATASET, [long, gap("a.toy", 8)])
    assert archive.gaps("toy", Window.parse("2018-01-09", None)) == [long]
    assert archive.gaps("toy", Window.parse("2018-01-08", "2018-01-08")) == [long, gap("a.toy", 8)]
    assert archive.gaps("toy", Window.parse(None, "2017")) == []
    assert archive.coverage("toy", Window.parse("2018-01-09", None)).gaps == (long,)
    for known in (long, gap("a.toy", 8)):
        assert known.overlaps(Window(known.until, None))
        assert not known.overlaps(Window(None, date(2017, 12, 31)))


@pytest.mark.parametrize("name", ["a.toy", "a.toy.zip"])
def test_a_file_fills_its_gap_when_it_is_ingested(
    archive: Archive, write: Write, name: str
) -> None:
    archive.record_gaps(DATASET, [gap(name, 8), gap("b.toy", 9)])
    archive.ingest(Toy(), [write([("bad",)], "b.toy"), write(YEAR)])
    assert archive.gaps("toy") == [gap("b.toy", 9)]
    archive.record_gaps(DATASET, [gap(name, 8)])
    assert archive.gaps("toy") == [gap("b.toy", 9)]
    archive.fill(DATASET, ["b.toy"])
    assert archive.gaps("toy") == []


def test_gaps_of_another_dataset_stay(archive: Archive, write: Write) -> None:
    other = replace(DATASET, name="other")
    archive.record_gaps(other, [gap("a.toy", 8)])
    archive.ingest(Toy(), [write(YEAR)])
    assert archive.gaps("other") == [gap("a.toy", 8)]
    with pytest.raises(BadChoice, match="no dataset 'nobody'"):
        archive.gaps("nobody")


def test_gaps_are_recorded_while_an_ingest_goes_on(archive: Archive) -> None:
    with locked(archive.path):
        archive.record_gaps(DATASET, [gap("a.toy", 8)])
    assert len(archive.gaps("toy")) == 1


def test_breaks_are_shown_where_the_data_lie_on_both_sides(archive: Archive, write: Write) -> None:
    broken = replace(DATASET, breaks=((date(2018, 2, 19), "translated sources are added"),))
    archive.ingest(Toy(broken), [write(YEAR)])
    assert archive.datasets() == [broken]
    assert archive.coverage("toy").breaks == broken.breaks
    for since, until in ((None, "2018-02"), ("2018-02-19", None), ("2019", None)):
        assert archive.coverage("toy", Window.parse(since, until)).breaks == ()


def test_many_gaps_are_one_sentence() -> None:
    reasons = ["not listed"] * 3 + ["404", "wrong MD5", "timeout", "wrong size"]
    found = described([gap(str(n), n + 1, reason) for n, reason in enumerate(reasons)])
    assert found == (
        "7 files of 2018-01-01 to 2018-01-07 that were not received "
        "(3 not listed, 1 404, 1 wrong MD5, and 2 other reasons)"
    )
    assert described([gap("a", 1)]) == "1 file of 2018-01-01 that was not received (1 not listed)"
