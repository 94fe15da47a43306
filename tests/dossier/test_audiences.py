"""Words by audience: counted by hand, compared with intervals; nothing where none is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from statsmodels.stats.proportion import confint_proportions_2indep

import saidanddone as sd
from saidanddone import dossier
from saidanddone.archive import Archive
from saidanddone.dossier.audiences import NOT_TOLD, audience_named

from .. import worlds


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """France's words of Peru as a table, the audience of each line given by itself."""
    folder = tmp_path_factory.mktemp("audiences")
    rows = ["date,source,target,code"]
    told: dict[int, str | None] = {}
    for number in range(24):
        # Twelve words to the press, three of them warm; twelve in the General Assembly, all warm.
        press = number < 12
        code = "111" if press and number >= 3 else "051"
        rows.append(f"2001-01-{number + 1:02},France,Peru,{code}")
        told[number + 2] = "a press conference" if press else "U.N. General Assembly"
    rows.append("2001-03-01,France,Peru,051")
    told[26] = None
    rows.append("2001-03-02,France,Peru,070")  # a deed
    (folder / "t.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (folder / "t.toml").write_text(
        'name = "told"\nkind = "selection"\ntitle = "t"\ncitation = "c"\n'
        '[columns]\ndate = "date"\nsource = "source"\ntarget = "target"\ncode = "code"\n',
        encoding="utf-8",
    )
    sd.ingest("table", [folder / "t.csv"], folder / "archive", mapping=folder / "t.toml")
    store = Archive.open(folder / "archive")
    from saidanddone.faces.questions import question_about

    _, question = question_about("France", "Peru", archive=folder / "archive")
    acts = store.acts("told", sources=None, targets=None)
    by_line = {
        (row["file"], row["line"]): told.get(row["line"]) for row in acts.iter_rows(named=True)
    }
    return store, question, by_line


@pytest.fixture(scope="module")
def found(asked: Any) -> Any:
    return dossier.audiences(*asked)


def test_words_are_counted_by_audience(found: Any) -> None:
    counts = {one.name: (one.cooperative, one.n) for one in found.audiences}
    assert counts == {"the press": (3, 12), "the United Nations": (12, 12), NOT_TOLD: (1, 1)}
    assert (found.words, found.told) == (25, 24)
    assert found.audiences[-1].name == NOT_TOLD


def test_the_difference_has_newcombe_s_interval(found: Any) -> None:
    (difference,) = found.differences
    assert (difference.first, difference.second) == ("the United Nations", "the press") or (
        difference.first, difference.second) == ("the press", "the United Nations")  # fmt: skip
    assert abs(difference.difference) == pytest.approx(0.75)
    # An implementation by others.
    low, high = confint_proportions_2indep(12, 12, 3, 12, method="newcomb", alpha=0.1)
    sign = 1 if difference.first == "the United Nations" else -1
    edges = sorted(sign * edge for edge in difference.interval90)
    assert edges == pytest.approx([low, high], abs=1e-6)
    assert difference.apart


def test_json_holds_no_nan(found: Any) -> None:
    told = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert told["differences"][0]["apart"] is True


def test_an_archive_without_documents_tells_no_audience(census_archive: Path) -> None:
    found = sd.audiences(*worlds.DECIDED, archive=census_archive)
    assert found.told == 0
    assert found.differences == ()
    assert "nothing can be said of audiences" in found.sentence
    silent = sd.audiences(*worlds.SILENT, archive=census_archive)
    assert silent.audiences == ()
    assert "no words" in silent.sentence


def test_documents_keep_the_audience_of_their_sentences(tmp_path: Path) -> None:
    pytest.importorskip("spacy", reason="the extra 'read' is not installed")
    page = tmp_path / "page.txt"
    page.write_text(
        "Posted May 9, 2015\n\n"
        "On May 8, 2015, Japan condemned North Korea at the United Nations.\n\n"
        "On May 7, 2015, Japan told reporters that it condemned North Korea.\n",
        encoding="utf-8",
    )
    list(sd.read([str(page)], into=tmp_path / "archive"))
    found = sd.audiences("Japan", "North Korea", archive=tmp_path / "archive")
    assert {one.name for one in found.audiences} <= {"the press", "the United Nations", NOT_TOLD}
    assert found.told >= 1


@pytest.mark.parametrize(
    ("text", "name"),
    [("reporters", "the press"), ("Security Council", "the United Nations"), ("", NOT_TOLD),
     ("his own people", "his own people"), ("Pyongyang", "North Korea")],
)  # fmt: skip
def test_audiences_are_named(text: str, name: str) -> None:
    assert audience_named(text) == name
