"""The training sentences: spans stand where they should, labels exist, nothing is said twice."""

from __future__ import annotations

import re

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from saidanddone import codes
from saidanddone.reading.training import expand, five_word_runs, scenes, written
from saidanddone.reading.training.grammar import COLUMNS, templates
from saidanddone.reading.training.scenes import read_scene

EVENTS = {
    *("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "RETREAT", "COOPERATE", "AID", "REQUEST"),
    *("ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
}
MODES = {"did", "pledged", "threatened", "ended", "negated", "hypothetical"}


@pytest.fixture(scope="module", params=["written", "grammar"])
def sentences(request: pytest.FixtureRequest) -> pl.DataFrame:
    return written() if request.param == "written" else expand(7)


def test_columns(sentences: pl.DataFrame) -> None:
    assert tuple(sentences.columns) == COLUMNS
    assert sentences.null_count().sum_horizontal().item() == 0


def test_each_span_stands_once(sentences: pl.DataFrame) -> None:
    wrong = []
    for row in sentences.iter_rows(named=True):
        for side in ("source", "target"):
            span = rf"(?<!\w){re.escape(row[side])}(?!\w)"
            if len(re.findall(span, row["sentence"])) != 1:
                wrong.append((row["id"], side))
    assert wrong == []


def test_spans_do_not_overlap(sentences: pl.DataFrame) -> None:
    for row in sentences.iter_rows(named=True):
        at = [
            re.search(rf"(?<!\w){re.escape(row[s])}(?!\w)", row["sentence"])
            for s in ("source", "target")
        ]
        first, second = sorted(found.span() for found in at if found is not None)
        assert first[1] <= second[0], row["id"]


def test_no_mark_of_the_making_is_left(sentences: pl.DataFrame) -> None:
    assert sentences.filter(pl.col("sentence").str.contains(r"[{}<>\x00-\x1f]|  |,,")).is_empty()


def test_labels_exist(sentences: pl.DataFrame) -> None:
    assert set(sentences["plover"]) == EVENTS | {"NONE"}
    assert set(sentences["mode"]) == MODES


def test_mode_agrees_with_the_event(sentences: pl.DataFrame) -> None:
    allowed = {
        "AGREE": {"pledged"},
        "THREATEN": {"threatened"},
        "SANCTION": {"did", "ended"},
        "RETREAT": {"did", "ended"},
        "NONE": {"did", "negated", "hypothetical"},
    }
    for plover, mode in sentences.select("plover", "mode").unique().iter_rows():
        assert mode in allowed.get(plover, {"did"}), (plover, mode)


def test_no_duplicate(sentences: pl.DataFrame) -> None:
    assert sentences["id"].is_unique().all()
    assert not sentences.select("sentence", "source", "target").is_duplicated().any()


def test_counts() -> None:
    counts = dict(written()["plover"].value_counts().iter_rows())
    assert written().height >= 1600
    assert min(counts[event] for event in EVENTS) >= 95
    assert counts["NONE"] >= 250
    assert len(templates()) >= 300
    drawn = dict(expand(7)["plover"].value_counts().iter_rows())
    assert min(drawn[event] for event in EVENTS) >= 200
    assert expand(7).height >= 4000


def test_the_same_seed_gives_the_same_table() -> None:
    assert expand(3).equals(expand(3))
    assert not expand(3).equals(expand(4))


def test_grammar_repeats_nothing_written() -> None:
    assert not set(expand(7)["sentence"]) & set(written()["sentence"])


def test_reversed_sentences_hold_no_act() -> None:
    turned = expand(7).filter(pl.col("id").str.ends_with("-reversed"))
    assert turned.height > 200
    assert set(turned["plover"]) == {"NONE"}


@given(st.lists(st.sampled_from(["envoy", "said", "Kiev's", "2,000", "no"]), max_size=12))
def test_runs_ignore_case_and_punctuation(words: list[str]) -> None:
    plain = five_word_runs(" ".join(words))
    assert plain == five_word_runs(", ".join(words).upper() + ".")


def test_runs_are_shared_where_five_words_are() -> None:
    ours = five_word_runs("On Monday the envoy of Peru flew home.")
    theirs = five_word_runs("Late that day, the envoy of Peru flew north.")
    assert ours & theirs == {"the envoy of peru flew"}
    assert five_word_runs("Only four words here") == frozenset()


def test_scenes_are_whole() -> None:
    known = set(codes.table()["code"])
    for scene in scenes():
        letters = {letter for letter, _, _ in scene.mentions}
        assert not re.search(r"[\[\]|]|  ", scene.sentence), scene.id
        for act in scene.acts:
            assert {act.source, act.target} <= letters and act.source != act.target, scene.id
            assert act.code in known, (scene.id, act.code)
    sentences = [scene.sentence for scene in scenes()]
    assert len(set(sentences)) == len(sentences) > 1000
    assert not set(sentences) & set(written()["sentence"])


def test_scenes_have_pairs_without_an_act() -> None:
    pairs = [acts for scene in scenes() for *_, acts in scene.pairs()]
    assert len(pairs) > 5000
    assert sum(not acts for acts in pairs) > 3000
    assert sum(not scene.acts for scene in scenes()) > 150


def test_a_scene_is_read() -> None:
    scene = read_scene(
        "x", "[a Peru] met [b Chile]; [a2 Lima] sent [c Cuba] rice.", "a=b 040; ~a>c 07"
    )
    assert scene.sentence == "Peru met Chile; Lima sent Cuba rice."
    assert [scene.sentence[a:b] for _, a, b in scene.mentions] == ["Peru", "Chile", "Lima", "Cuba"]
    assert [(a.source, a.target, a.mode) for a in scene.acts] == [
        ("a", "b", "did"), ("b", "a", "did"), ("a", "c", "negated")
    ]  # fmt: skip
    # Peru and Lima are one actor: no pair of theirs, and each has the acts of both.
    assert len(scene.pairs()) == 4 * 3 - 2
    with pytest.raises(ValueError, match="is no act"):
        read_scene("x", "[a Peru] met [b Chile]", "a met b")
