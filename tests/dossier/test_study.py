"""Event studies from the question to the answer, and triggers as people keep them."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

import saidanddone as sd
from saidanddone.dossier.triggers import Trigger, shipped, triggers
from saidanddone.errors import BadChoice, BadFile, UnknownActor

from .. import worlds

MIDDLE = worlds.FIRST + timedelta(days=300)


@pytest.fixture(scope="module")
def found(census_archive: Path) -> Any:
    return sd.study(*worlds.DECIDED, triggers=[Trigger(MIDDLE, "x")], archive=census_archive)


def test_the_pools_are_the_acts_of_the_windows(found: Any, census_archive: Path) -> None:
    answer = sd.ask(
        *worlds.DECIDED,
        archive=census_archive,
        since=str(MIDDLE),
        until=str(MIDDLE + timedelta(days=90)),
    )
    said = answer.channels["said"]
    assert (found.words.k_after, found.words.n_after) == (said.cooperative, said.n)
    assert (found.words.days_before, found.words.days_after) == (90, 91)
    assert sum(row[2] for row in found.daily) == found.words.n_before + found.words.n_after


def test_every_effect_is_told_with_p_and_interval(found: Any) -> None:
    told = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert set(told["effects"]) == {"words", "deeds", "gap", "rate of words", "rate of deeds"}
    for effect in told["effects"].values():
        assert 0 < effect["p"] <= 1
        low, high = effect["interval90"]
        assert low <= effect["estimate"] + 1e-9 or low < high
        assert effect["placebos"] > 600
    assert any("one trigger" in note for note in told["notes"])


def test_triggers_outside_are_named_and_test_nothing(census_archive: Path) -> None:
    found = sd.study(*worlds.DECIDED, triggers="nuclear-tests", archive=census_archive)
    assert found.effects is None
    assert len(found.outside) == 6
    assert any("none of the 6 triggers" in note for note in found.notes)
    json.dumps(found.to_dict(), allow_nan=False)


def test_a_thousand_triggers_are_answered(census_archive: Path) -> None:
    many = [Trigger(worlds.FIRST + timedelta(days=i), "") for i in range(1000)]
    found = sd.study(*worlds.DECIDED, triggers=many, archive=census_archive)
    assert found.effects is not None
    json.dumps(found.to_dict(), allow_nan=False)


def test_a_pair_without_acts_says_so(census_archive: Path) -> None:
    found = sd.study(*worlds.SILENT, triggers=[Trigger(MIDDLE, "")], archive=census_archive)
    assert found.effects is None
    assert sum("no words" in note or "no deeds" in note for note in found.notes) == 2


def test_a_selection_is_counted_and_not_tested() -> None:
    found = sd.study("russia", "north korea", triggers="nuclear-tests")
    assert found.effects is None
    assert any("somebody chose" in note for note in found.notes)


def test_yearly_counts_are_refused(counts_archive: Path) -> None:
    with pytest.raises(BadChoice, match="no days before and after"):
        sd.study("Austria", "Chile", triggers="nuclear-tests", archive=counts_archive)


@pytest.mark.parametrize("days", [0, -5, 99999])
def test_windows_that_are_none_are_refused(census_archive: Path, days: int) -> None:
    with pytest.raises(BadChoice, match="is no window"):
        sd.study(*worlds.DECIDED, triggers="nuclear-tests", archive=census_archive, after_days=days)


def test_all_targets_come_with_false_discovery_rates(census_archive: Path) -> None:
    rows = sd.study_targets(
        worlds.DECIDED[0], triggers=[Trigger(MIDDLE, "")], archive=census_archive
    )
    assert len(rows) > 3
    p = [row.study.effects["gap"].p for row in rows if row.study.effects]
    assert p == sorted(p)
    assert all(row.q["gap"] >= own - 1e-12 for row, own in zip(rows, p, strict=True))
    assert all(row.q_dependent["gap"] >= row.q["gap"] - 1e-12 for row in rows)
    json.dumps([row.to_dict() for row in rows], allow_nan=False)


@pytest.mark.parametrize("name", shipped())
def test_shipped_lists_are_sorted_days_with_words(name: str) -> None:
    found = triggers(name)
    assert [t.date for t in found] == sorted({t.date for t in found})
    assert all(t.what for t in found)


def test_leaders_come_from_the_table_of_offices() -> None:
    found = triggers("leaders:russia")
    assert date(2012, 5, 7) in {t.date for t in found}
    with pytest.raises(UnknownActor):
        triggers("leaders:ruritania")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("date,what\n2006-10-09,one\n2009-05-25,two\n", 2),
        ("what,Date\rone,2006-10-09\rtwo,2009-05-25\r", 2),
        ("date\r\n2006-10-09\r\n2006-10-09\r\n", 1),
        ("\ufeffdate\n2006-10-09\n\n", 1),
    ],
)
def test_a_users_table_serves(tmp_path: Path, text: str, days: int) -> None:
    path = tmp_path / "mine.csv"
    path.write_bytes(text.encode())
    assert len(triggers(str(path))) == days


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no column date"),
        (b"day\n2006-10-09\n", "no column date"),
        (b"date\n", "holds no triggers"),
        (b"date\n2006-13-40\n", "line 2 of 'mine.csv' has the date '2006-13-40'"),
        (b"date\n09.10.2006\n", "dates as YYYY-MM-DD"),
        (b"date\n\xff\xfe\n", "cannot be read"),
        (b"date\n2006-10-09\0\n", "NUL"),
    ],
)
def test_a_table_that_is_none_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "mine.csv"
    path.write_bytes(content)
    with pytest.raises(BadFile) as caught:
        triggers(str(path))
    assert words in str(caught.value)


def test_a_list_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(BadChoice, match="nuclear-tests"):
        triggers("earthquakes")


def test_the_picture(found: Any, tmp_path: Path) -> None:
    text = found.plot(tmp_path / "study.svg").read_text(encoding="utf-8")
    assert "weeks from the triggers" in text
