"""Hard indicators beside an answer: ranks counted by hand, and an answer that they do not touch."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import saidanddone as sd
from saidanddone.dossier.indicators import indicators_beside
from saidanddone.faces import indicators
from saidanddone.faces.questions import question_about
from saidanddone.measure.evidence import span_of

from .. import worlds

ROWS = (
    "supplier,recipient,year,value\n"
    "Russia,North Korea,1991,10\nSoviet Union,North Korea,1990,99\nRussia,North Korea,1992,5\n"
    "France,Peru,1991,40\nIndia,Iran,1992,15\nIndia,Iran,1991,1\nItaly,Iran,1990,900\n"
)
CASES = (
    "sanctioned_state,sanctioning_state,begin,end,trade\n"
    "North Korea,Russia,1992,1995,1\nPeru,France,1950,1960,1\n"
)
POINTS = "ccode,session,IdealPoint\n" + "".join(
    f"{code},46,{point}\n" for code, point in ((365, 0.0), (731, 3.0), (220, 0.1), (135, 0.2))
)


@pytest.fixture(scope="module")
def archive(census_archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("indicators")
    into = Path(shutil.copytree(census_archive, folder / "archive"))
    for name, text in (("arms", ROWS), ("cases", CASES), ("points", POINTS)):
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    report = sd.ingest(
        "indicators", [folder / f"{n}.csv" for n in ("arms", "cases", "points")], into
    )
    assert [file.status for file in report.files] == ["ingested"] * 3
    again = sd.ingest("indicators", [folder / "arms.csv"], into)
    assert [file.status for file in again.files] == ["already there"]
    return into


@pytest.fixture(scope="module")
def answer(archive: Path) -> Any:
    return sd.ask(*worlds.DECIDED, archive=archive)


def of(answer: Any, measure: str) -> Any:
    (found,) = [one for one in answer.indicators if one.measure == measure]
    return found


def test_an_answer_is_the_same_with_and_without_them(answer: Any, decided: Any) -> None:
    assert answer.to_dict() == decided.to_dict()
    assert decided.indicators == ()


def test_a_flow_adds_up_over_the_window_and_has_its_rank(answer: Any) -> None:
    arms = of(answer, "arms transfers")
    # 1991 and 1992 alone: Peru 40, then Iran 16, then North Korea 15.
    assert (arms.value, arms.rank, arms.pairs) == (15, 3, 3)
    assert arms.years == ((1991, 10), (1992, 5))
    assert arms.fits == "agrees"
    assert "rank 3 of 3 pairs with any; it agrees with deeds warmer than expected" in arms.sentence


def test_sanctions_against_warm_deeds_contradict_them(answer: Any) -> None:
    cases = of(answer, "sanctions in force")
    assert (cases.value, cases.rank, cases.fits) == (0.5, 1, "contradicts")
    assert cases.years == ((1991, 0), (1992, 1))
    assert of(answer, "sanctions in force: trade").fits is None


def test_a_distance_belongs_to_the_two_alike(answer: Any, archive: Path) -> None:
    back = sd.ask(*reversed(worlds.DECIDED), archive=archive)
    here, there = of(answer, "ideal point distance"), of(back, "ideal point distance")
    assert (here.value, here.rank, here.pairs) == (3.0, 1, 6) == (
        there.value, there.rank, there.pairs,
    )  # fmt: skip
    assert here.fits == "contradicts"
    assert here.years == ((1991, 3.0),)


def test_a_pair_without_values_is_told_what_that_means(archive: Path) -> None:
    silent = sd.ask(*worlds.SILENT, archive=archive)
    assert of(silent, "arms transfers").sentence == (
        "arms transfers: none in 1991 to 1992; 3 pairs have some"
    )
    assert of(silent, "arms transfers").fits is None
    assert "not known" in of(silent, "ideal point distance").sentence


def test_predecessors_count_as_the_answer_counts_them(archive: Path) -> None:
    def arms(state: str, year: str) -> Any:
        asked = sd.ask(state, "North Korea", archive=archive, since=year, until=year)
        return of(asked, "arms transfers").value

    assert (arms("Russia", "1991"), arms("Soviet Union", "1991")) == (10, 10)
    assert (arms("Russia", "1992"), arms("Soviet Union", "1992")) == (5, 0)


def test_years_that_a_measure_does_not_cover_are_said(answer: Any, archive: Path) -> None:
    store, question = question_about(*worlds.DECIDED, archive=archive)
    span = span_of(date(2010, 1, 1), date(2012, 12, 31), "day")
    for one in indicators_beside(store, question, span, answer.channels["done"]):
        assert "no years of this window" in one.sentence
        assert (one.value, one.rank, one.fits) == (None, None, None)


def test_a_second_value_for_the_same_year_is_refused(archive: Path, tmp_path: Path) -> None:
    other = tmp_path / "later.csv"
    other.write_text("supplier,recipient,year,value\nFrance,Peru,1991,41\n", encoding="utf-8")
    report = sd.ingest("indicators", [other], archive)
    assert report.files[0].status == "refused"
    assert "gave already" in str(report.files[0].error)
    assert sd.ingest("indicators", [other], archive, dataset="other").files[0].status == "ingested"


def test_check_names_a_part_that_was_changed(archive: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(archive, tmp_path / "copy"))
    assert [f for f in sd.check(copy) if f.severity == "fault"] == []
    (part,) = (copy / "indicators" / "sanctions").glob("*.parquet")
    part.write_bytes(part.read_bytes() + b"x")
    (fault,) = [f for f in sd.check(copy) if f.severity == "fault"]
    assert fault.where.startswith("indicators/sanctions/")


def test_json_holds_no_nan(answer: Any) -> None:
    told = json.loads(json.dumps(indicators.to_dict(answer), allow_nan=False))
    assert set(told) == {"source", "target", "window", "dataset", "deeds", "indicators"}
    assert told["indicators"][0]["years"][0] == {"year": 1991, "value": 10.0}
