"""Pages of documents: none, only the sentences of acts, or the whole text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from saidanddone.faces.site import Settings, publish

pytest.importorskip("spacy", reason="reading documents needs the extra read")

TEXT = """\
A letter from the harbour

The captain of the old ferry wrote to his sister about the weather and the price of fish.

On 5 March 2018 Russia condemned North Korea. On 7 March 2018 Russia sent food aid to North Korea.

He promised <b>nothing</b> else.
"""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with one document that was read."""
    from typer.testing import CliRunner

    from saidanddone.faces.cli import app

    folder = tmp_path_factory.mktemp("documents")
    (folder / "letter.txt").write_text(TEXT, encoding="utf-8")
    given = ["read", str(folder / "letter.txt"), "--into", str(folder / "archive"), "--quiet"]
    result = CliRunner().invoke(app, given)
    assert result.exit_code == 0, result.output
    return folder / "archive"


def _built(archive: Path, out: Path, documents: str) -> tuple[str, list[str]]:
    """The pair's page, and the pages of documents."""
    publish(out, archive=archive, settings=Settings(documents=documents), jobs=1)
    found = [path.read_text("utf-8") for path in out.glob("documents/*/index.html")]
    return (out / "pairs/russia/north-korea/index.html").read_text("utf-8"), found


def test_excerpts_are_what_is_shown_unless_asked_for_more(archive: Path, tmp_path: Path):
    page, (document,) = _built(archive, tmp_path / "out", Settings().documents)
    (anchor, *_) = re.findall(r'href="[^"]*documents/[0-9a-f]{64}/#(s\d+)"', page)
    assert f'id="{anchor}"' in document
    assert "condemned North Korea" in document
    assert "price of fish" not in document


def test_documents_are_shown_whole_or_not_at_all_when_told(archive: Path, tmp_path: Path):
    _, (document,) = _built(archive, tmp_path / "out", "whole")
    assert "price of fish" in document
    assert "<b>nothing" not in document
    page, documents = _built(archive, tmp_path / "out", "none")
    assert documents == []
    assert "documents/" not in page
    assert not (tmp_path / "out/documents").exists()
