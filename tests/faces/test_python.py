"""The Python face."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import saidanddone as sd
from saidanddone.errors import BadChoice, NotAnArchive
from saidanddone.faces import python

from .. import worlds


@pytest.fixture(scope="module")
def answer(census_archive: Path) -> Any:
    return sd.ask(*worlds.DECIDED, archive=str(census_archive))


def test_an_answer_shows_itself(answer: Any) -> None:
    assert repr(answer) == f"<ShownAnswer: {answer.verdict.sentence}>"
    assert answer._repr_html_().startswith("<h3>Do the deeds of Russia toward North Korea")
    assert "gap = z_deeds - z_words" in answer.explain()


def test_the_panel_is_a_data_frame_by_month(answer: Any) -> None:
    assert answer.panel.columns == [
        "period", "channel", "cooperative", "conflictual", "neutral", "acts", "reports"
    ]  # fmt: skip
    assert answer.panel["period"].is_sorted()
    total = answer.panel.select(answer.panel["cooperative"] + answer.panel["conflictual"])
    assert total.sum().item() == sum(c.n for c in answer.channels.values())


def test_html_escapes_what_datasets_say(answer: Any) -> None:
    from dataclasses import replace

    hostile = tuple(replace(i, text="<script>alert(1)</script>") for i in answer.evidence)
    page = replace(answer, evidence=hostile, citation="A & B <C>")._repr_html_()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "A &amp; B &lt;C&gt;" in page


def test_engines_are_named() -> None:
    with pytest.raises(BadChoice, match=r"there is no engine 'duckdb' here.*polars.*spark"):
        sd.ask("Russia", "Japan", engine="duckdb")


def test_rank_refuses_a_choice_that_does_not_exist(census_archive: Path) -> None:
    with pytest.raises(TypeError):
        sd.rank(census_archive, colour="red")


def test_a_store_is_an_archive_or_the_case(census_archive: Path, tmp_path: Path) -> None:
    assert [d.name for d in python.open_store(None).datasets()] == ["moscow-pyongyang"]
    assert [d.name for d in python.open_store(census_archive).datasets()] == ["census"]
    with pytest.raises(NotAnArchive):
        python.open_store(tmp_path)
