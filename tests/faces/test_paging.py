"""The page of a pair from Python: what it holds, shows and saves."""

from __future__ import annotations

from pathlib import Path

import pytest

import saidanddone as sd
from saidanddone.errors import BadChoice, SameActor

from .. import worlds


def test_page_holds_the_answer(census_archive: Path) -> None:
    page = sd.page(*worlds.DECIDED, archive=census_archive)
    assert page.dossier.to_dict() == sd.ask(*worlds.DECIDED, archive=census_archive).to_dict()
    assert page._repr_html_().count("<img") == 3


def test_page_takes_the_choices_of_ask(census_archive: Path) -> None:
    chosen = {"since": "1991-06", "against": "plain", "count": "codes", "without": ["17"]}
    page = sd.page(*worlds.DECIDED, archive=census_archive, **chosen)
    answer = sd.ask(*worlds.DECIDED, archive=census_archive, **chosen)
    assert page.dossier.to_dict() == answer.to_dict()


def test_save(tmp_path: Path) -> None:
    page = sd.page("Russia", "North Korea")
    assert page.save(tmp_path / "report.md").read_text(encoding="utf-8").startswith("# ")
    with pytest.raises(BadChoice, match=r"\.pdf or \.md"):
        page.save(tmp_path / "report.docx")


def test_same_actor() -> None:
    with pytest.raises(SameActor):
        sd.page("Russia", "Moscow")
