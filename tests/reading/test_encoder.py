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

from saidanddone.reading import ranker, seen
from saidanddone.reading.coding import code
from saidanddone.reading.encoder import KINDS, LONGEST, NONE, Encoder, Scene, around, encoder
from saidanddone.reading.events import DEFAULT_CODES, QUADS, read_code
from saidanddone.reading.hints import hints

ONE_WAY = Scene("Ghana sent rice and tents to Togo after the storm.", (((0, 5),), ((29, 33),)))
MUTUAL = Scene(
    "Fiji and Tonga signed a treaty on fishing in Suva on Monday.", (((0, 4),), ((9, 14),))
)
THREE = Scene("Kenya condemned Uganda's raid on Rwanda.", (((0, 5),), ((16, 22),), ((33, 39),)))


def _loaded() -> Encoder:
    found = encoder()
    assert found is not None
    return found


def _kinds(scene: Scene) -> np.ndarray:
    return _loaded().kinds(scene, hints((), len(scene.actors)))


def _best(row: np.ndarray) -> str:
    return KINDS[int(row.argmax())][0]


@pytest.fixture
def without_encoder(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(seen, "encoder", lambda: None)
    yield


def test_its_kinds_are_plovers_events() -> None:
    assert {event for event, _ in KINDS} == {*QUADS, NONE} == {*DEFAULT_CODES, NONE}
    assert KINDS[-1] == (NONE, "")


def test_its_kinds_have_the_channel_and_sign_of_their_events() -> None:
    cells = [(event, *read_code(code)) for event, code in KINDS[:-1]]
    assert len(set(cells)) == len(cells)


def test_direction_is_read() -> None:
    found = _kinds(ONE_WAY)
    assert (_best(found[0, 1]), _best(found[1, 0])) == ("AID", NONE)
    mutual = _kinds(MUTUAL)
    assert (_best(mutual[0, 1]), _best(mutual[1, 0])) == ("SUPPORT", "SUPPORT")


def test_every_pair_of_three_is_read_at_once() -> None:
    found = _kinds(THREE)
    assert found.shape == (3, 3, len(KINDS))
    assert np.allclose(found.sum(axis=-1), 1.0)
    assert (_best(found[0, 1]), _best(found[1, 2])) == ("ACCUSE", "ASSAULT")
    assert _best(found[1, 0]) == _best(found[2, 1]) == NONE


def test_nobody_acts_toward_himself() -> None:
    found = _kinds(THREE)
    assert all(found[at, at, -1] == 1.0 for at in range(3))


@settings(max_examples=15, deadline=None)
@given(st.permutations(range(3)))
def test_the_order_of_actors_changes_little(order: list[int]) -> None:
    first = _kinds(THREE)
    turned = _kinds(Scene(THREE.text, tuple(THREE.actors[at] for at in order)))
    # Actors are told apart by number, and weights of one byte are scaled by what they multiply.
    assert np.abs(turned - first[np.ix_(order, order)]).max() < 0.35


@settings(deadline=None)
@given(st.integers(0, 300), st.integers(0, 300), st.integers(0, 300))
def test_long_sentences_are_cut_around_the_actors(before: int, between: int, after: int) -> None:
    words = ["so"] * before + ["Peru"] + ["then"] * between + ["Chile"] + ["later"] * after
    text = " ".join(words)
    source, target = text.index("Peru"), text.index("Chile")
    reader = _loaded()
    scene = Scene(text, (((source, source + 4),), ((target, target + 5),)))
    pieces = reader.pieces(scene)
    if len(pieces.ids) > LONGEST:
        pieces = around(pieces)
    assert len(pieces.ids) == len(pieces.owners) <= LONGEST
    assert pieces.ids.count(reader.opening) == pieces.ids.count(reader.closing) == 2
    for opened, named in pieces.places:
        assert [pieces.ids[at] for at in opened] == [reader.opening]
        assert named
    assert pieces.ids[0] == reader.begin and pieces.ids[-1] == reader.end


def test_a_long_sentence_of_three_is_read_pair_by_pair() -> None:
    filler = "and so on " * 80
    text = THREE.text[:-1] + ", " + filler + "as Kenya said."
    found = _kinds(Scene(text, THREE.actors))
    assert found.shape == (3, 3, len(KINDS))
    assert np.allclose(found.sum(axis=-1), 1.0)


def test_all_mentions_of_an_actor_are_marked() -> None:
    reader = _loaded()
    text = "Peru spoke, and Peru's envoy left Chile."
    pieces = reader.pieces(Scene(text, (((0, 4), (16, 20)), ((34, 39),))))
    assert [len(opened) for opened, _ in pieces.places] == [2, 1]
    assert pieces.owners.count(1) == 6 and set(pieces.owners) == {0, 1, 2}


def test_a_target_may_be_absent() -> None:
    scene = Scene(ONE_WAY.text, (((0, 5),), ()))
    pieces = _loaded().pieces(scene)
    assert pieces.places[1] == ([], [])
    assert np.isfinite(_kinds(scene)).all()


def test_what_the_rules_found_is_heard() -> None:
    from saidanddone.reading.finding import Finding

    vague = Scene("Ghana did so to Togo.", (((0, 5),), ((16, 20),)))
    told = hints([((0, 1), Finding("163", "did", 1, "verb:own", 0.8))], 2)
    sanction = [event for event, _ in KINDS].index("SANCTION")
    silent, heard = _kinds(vague), _loaded().kinds(vague, told)
    assert heard[0, 1, sanction] > silent[0, 1, sanction]


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
    assert (attacked.plover, attacked.confidence) == ("ASSAULT", seen.BY_RULE)
