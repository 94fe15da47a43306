from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("spacy", reason="the extra 'read' is not installed")

from saidanddone.errors import BadChoice
from saidanddone.reading import parser


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv(parser.SETTING, "")
    yield


@pytest.mark.parametrize(
    "name", ["no_such_pipeline", "no-such-pipeline", "json", "../nowhere", "a b"]
)
def test_a_name_that_is_no_pipeline_is_refused(name: str) -> None:
    with pytest.raises(BadChoice, match="cannot be loaded; expected an English pipeline of spaCy"):
        parser.choose(name)
    assert parser.name_of() == parser.PIPELINE


def test_a_pipeline_that_cannot_parse_is_refused(tmp_path: Path) -> None:
    import spacy

    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(BadChoice, match="has no tagger"):
        parser.choose(str(tmp_path / "blank"))


def test_a_folder_with_a_pipeline_is_used(tmp_path: Path) -> None:
    parser.pipeline().to_disk(tmp_path / "own")
    parser.choose(str(tmp_path / "own"))
    assert parser.name_of() == str(tmp_path / "own")
    assert parser.pipeline() is not parser.pipeline(parser.PIPELINE)
    assert [token.text for token in parser.parse("They met.")] == ["They", "met", "."]


def test_the_environment_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(parser.SETTING, "no_such_pipeline")
    with pytest.raises(BadChoice, match="no_such_pipeline"):
        parser.pipeline()
