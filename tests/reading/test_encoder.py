"""The learned reader: it marks the actors, reads them in order, and may be absent."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("spacy", reason="the extra 'read' is not installed")
pytest.importorskip("onnxruntime", reason="the extra 'read' is not installed")
pytest.importorskip("tokenizers", reason="the extra 'read' is not installed")

from saidanddone.reading import ranker
from saidanddone.reading.coding import code
from saidanddone.reading.encoder import EVENTS, KINDS, LONGEST, NONE, Encoder, Pair, encoder
from saidanddone.reading.events import DEFAULT_CODES, QUADS, read_code

ONE_WAY = "Ghana sent rice and tents to Togo after the storm."
PAIRS = [
    Pair(ONE_WAY, (0, 5), (29, 33)),
    Pair(ONE_WAY, (29, 33), (0, 5)),
    Pair("Fiji and Tonga signed a treaty on fishing in Suva on Monday.", (0, 4), (9, 14)),
]


def _loaded() -> Encoder:
    found = encoder()
    assert found is not None
    return found


@pytest.fixture
def without_encoder(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(ranker, "encoder", lambda: None)
    ranker.forget()
    yield
    ranker.forget()


def test_its_events_are_plovers() -> None:
    assert set(EVENTS) == {*QUADS, NONE} == {*DEFAULT_CODES, NONE}


def test_its_kinds_have_the_channel_and_sign_of_their_events() -> None:
    assert {event for event, _ in KINDS} == set(EVENTS)
    assert KINDS[-1] == (NONE, "")
    cells = [(event, *read_code(code)) for event, code in KINDS[:-1]]
    assert len(set(cells)) == len(cells)


def test_events_sum_their_kinds() -> None:
    reader = _loaded()
    kinds, events = reader.kinds(PAIRS), reader.probabilities(PAIRS)
    support = [at for at, (event, _) in enumerate(KINDS) if event == "SUPPORT"]
    assert np.allclose(kinds[:, support].sum(axis=1), events[:, EVENTS.index("SUPPORT")])


def test_direction_is_read() -> None:
    there, back, mutual = (
        dict(zip(EVENTS, row, strict=True)) for row in _loaded().probabilities(PAIRS)
    )
    assert max(there, key=lambda name: there[name]) == "AID"
    assert max(back, key=lambda name: back[name]) == NONE
    assert max(mutual, key=lambda name: mutual[name]) == "SUPPORT"


@settings(max_examples=15, deadline=None)
@given(st.permutations(PAIRS * 7))
def test_the_order_of_pairs_changes_nothing(pairs: list[Pair]) -> None:
    reader = _loaded()
    alone = {pair: reader.probabilities([pair])[0] for pair in PAIRS}
    rows = reader.probabilities(pairs)
    assert np.allclose(rows.sum(axis=1), 1.0)
    for pair, row in zip(pairs, rows, strict=True):
        # Weights of one byte are scaled by what stands in the batch.
        assert np.abs(row - alone[pair]).max() < 0.1


@settings(deadline=None)
@given(st.integers(0, 300), st.integers(0, 300), st.integers(0, 300))
def test_long_sentences_are_cut_around_the_actors(before: int, between: int, after: int) -> None:
    words = ["so"] * before + ["Peru"] + ["then"] * between + ["Chile"] + ["later"] * after
    text = " ".join(words)
    source, target = text.index("Peru"), text.index("Chile")
    reader = _loaded()
    pieces = reader.pieces(Pair(text, (source, source + 4), (target, target + 5)))
    assert len(pieces) <= LONGEST
    for mark in (*reader.source, *reader.target):
        assert pieces.count(mark) == 1


def test_a_target_may_be_absent() -> None:
    reader = _loaded()
    pieces = reader.pieces(Pair(ONE_WAY, (0, 5), None))
    assert reader.source[0] in pieces
    assert reader.target[0] not in pieces


@pytest.mark.usefixtures("without_encoder")
def test_without_it_the_rules_serve() -> None:
    found = code("Russia vetoed sanctions against North Korea.", source="Russia", target="Korea")
    assert found is not None and found.cameo == "V+"
    attacked = code("Kenya attacked Uganda.", source="Kenya", target="Uganda")
    assert attacked is not None and attacked.plover == "ASSAULT"
    assert code("Kenya attacked Uganda.", source="Uganda", target="Kenya") is None
    assert 0.0 < attacked.confidence <= 1.0


@pytest.mark.usefixtures("without_encoder")
def test_without_anything_learned_the_rules_serve_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranker, "regression", lambda: None)
    attacked = code("Kenya attacked Uganda.", source="Kenya", target="Uganda")
    assert attacked is not None
    assert (attacked.plover, attacked.confidence) == ("ASSAULT", ranker.RULES_ALONE)
