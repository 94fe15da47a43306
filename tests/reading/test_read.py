"""From a page to acts, notes, an archive and an answer; own pages only."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

pytest.importorskip("spacy", reason="the extra 'read' is not installed")

import saidanddone as sd
from saidanddone.faces.cli import app
from saidanddone.reading.page import Refusal
from saidanddone.reading.read import Report

PAGE = """Envoys in the capital

By Ada Novak

Posted March 3, 2015

On February 10, 2015, Russia vetoed sanctions against North Korea in the Security Council. The
Russian foreign minister arrived in Pyongyang the day after, and Moscow condemned the missile test
once more before the delegation flew home.

Japan did not attack North Korea, and nobody in Tokyo had proposed it. In 1968 North Korea seized an
American ship off its coast.
"""

KEYS = (
    "date", "date_edtf", "source", "target", "source_text", "target_text", "cameo", "plover",
    "channel", "valence", "mode", "speaker", "audience", "attribution", "quote", "document",
    "start", "end", "confidence",
)  # fmt: skip


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


def test_acts_have_their_sentences_and_dates(page: Path) -> None:
    (report,) = sd.read([str(page)])
    assert isinstance(report, Report)
    assert str(report.page.published) == "2015-03-03"
    for act in report.acts:
        assert report.page.text[act.start : act.end] == act.quote
        assert tuple(act.to_dict()) == KEYS
    told = {(a.date, a.source, a.target, a.channel, a.valence) for a in report.acts}
    assert ("2015-02-10", "RUS", "PRK", "signed", 1) in told
    assert ("1968", "PRK", "USA", "done", -1) in told


def test_the_two_nations_sign_with_one_another(tmp_path: Path) -> None:
    path = tmp_path / "two.txt"
    path.write_text(
        PAGE + "\nFrench envoys called on Vietnam in Hanoi. The two nations signed a treaty.\n",
        encoding="utf-8",
    )
    (report,) = sd.read([str(path)])
    assert isinstance(report, Report)
    signed = {(a.source, a.target, a.cameo) for a in report.acts if "treaty" in a.quote}
    assert signed == {("FRA", "VNM", "057"), ("VNM", "FRA", "057")}


def test_what_did_not_happen_is_not_told_as_done(page: Path) -> None:
    (report,) = sd.read([str(page)])
    assert isinstance(report, Report)
    by_japan = [a for a in report.acts if a.source == "JPN" and a.target == "PRK"]
    assert all(act.mode in ("negated", "hypothetical") for act in by_japan)


def test_into_an_archive_and_asked(page: Path, tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    list(sd.read([str(page)], into=archive))
    list(sd.read([str(page)], into=archive))
    assert sd.check(archive) == []
    answer = sd.ask("russia", "north korea", archive=archive)
    assert answer.dataset == ("documents", "selection")
    assert answer.verdict.decided is False
    assert "all of them stand in one document, which proves little" in answer.verdict.sentence
    assert answer.coverage.files == 1
    assert any("vetoed" in item.text for item in answer.evidence)


def test_a_bad_page_does_not_stop_the_others(page: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_text("", encoding="utf-8")
    reports = list(sd.read([str(empty), str(page)]))
    assert isinstance(reports[0], Refusal)
    assert "is empty" in str(reports[0].error)
    assert isinstance(reports[1], Report)


@pytest.mark.parametrize("name", ["Lee Myung-bak", "Lee Myung"])
def test_a_president_given_to_another_state_is_noted(tmp_path: Path, name: str) -> None:
    path = tmp_path / "caption.txt"
    path.write_text(
        PAGE.replace("Posted March 3, 2015", "Posted March 3, 2010")
        + f"\nNorth Korean President {name} spoke to the delegation about trade that day.\n",
        encoding="utf-8",
    )
    (report,) = sd.read([str(path)])
    assert isinstance(report, Report)
    (note,) = [note for note in report.notes if note.kind == "office"]
    assert "Lee Myung-bak" in note.text_side
    assert "North Korea" in note.text_side
    assert "KOR" in note.reference_side
    assert report.page.text[note.start : note.end] == note.quote


def test_json_is_one_act_a_line(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    app(["read", str(page), "--json", "--quiet"], standalone_mode=False)
    lines = capsys.readouterr().out.splitlines()
    assert lines
    assert all(tuple(json.loads(line)) == KEYS for line in lines)
