"""Acts that only the encoder sees: rivals count, and without the encoder nothing is seen."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("spacy", reason="the extra 'read' is not installed")
pytest.importorskip("onnxruntime", reason="the extra 'read' is not installed")

from saidanddone.reading import ranker, seen, sentence_acts
from saidanddone.reading.encoder import KINDS, Pair
from saidanddone.reading.parser import parse
from saidanddone.reading.seen import WEIGHTS, Candidate, facts, likelihood, read_pairs
from saidanddone.reading.sentence_acts import acts_in

PAIR = Pair("Fiji praised Peru.", (0, 4), (13, 17))
ON = date(2015, 3, 3)


def candidate(source: str, target: str, act: float, kind: str = "ACCUSE") -> Candidate:
    row = np.zeros(len(KINDS))
    row[[event for event, _ in KINDS].index(kind)] = act
    row[-1] = 1.0 - act
    return Candidate((source, target), PAIR, row)


def weighed(one: Candidate, *others: Candidate) -> float:
    return likelihood(facts(one, {each.ends: each for each in (one, *others)}))


@given(st.floats(0.01, 0.99), st.floats(0.01, 0.99))
def test_a_higher_score_is_likelier(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert weighed(candidate("a", "b", low)) <= weighed(candidate("a", "b", high))


def test_a_rival_of_the_same_source_makes_it_less_likely() -> None:
    one = candidate("a", "b", 0.7)
    assert weighed(one, candidate("a", "c", 0.95)) < weighed(one, candidate("a", "c", 0.05))


def test_what_two_do_together_is_likelier_when_both_are_seen() -> None:
    one = candidate("a", "b", 0.7, "CONSULT")
    assert weighed(one, candidate("b", "a", 0.7, "CONSULT")) > weighed(
        one, candidate("b", "a", 0.02, "CONSULT")
    )


def test_every_fact_has_a_weight() -> None:
    assert set(facts(candidate("a", "b", 0.5), {})) == set(WEIGHTS)


def test_who_is_only_done_something_to_is_no_source() -> None:
    doc = parse("Ghana sent rice to Togo, and Peru praised Fiji in Malta.")
    done_to = {name: seen.undergoes(doc[at : at + 1]) for at, name in enumerate(map(str, doc))}
    assert done_to["Togo"] and done_to["Fiji"] and done_to["Malta"]
    assert not (done_to["Ghana"] or done_to["Peru"])


def test_without_the_encoder_nothing_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranker, "encoder", lambda: None)
    ranker.forget()
    assert read_pairs([(("FJI", "PER"), PAIR)]) == {}
    found = list(acts_in(parse("Kenya attacked Uganda."), published=ON))
    assert [(act.source, act.target) for act in found] == [("KEN", "UGA")]
    ranker.forget()


def test_what_is_seen_is_an_act_with_its_likelihood(monkeypatch: pytest.MonkeyPatch) -> None:
    doc = parse("Kenya is a hotter place than Norway.")
    assert list(acts_in(doc, published=ON)) == []
    monkeypatch.setattr(sentence_acts, "likelihood", lambda _: 0.75)
    found = list(acts_in(doc, published=ON))
    assert ("KEN", "NOR") in {(act.source, act.target) for act in found}
    assert {act.coding.confidence for act in found} == {0.75}


def test_a_list_of_states_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sentence_acts, "likelihood", lambda _: 0.75)
    names = "Peru, Chile, Cuba, Ghana, Togo, Kenya, Norway and Malta"
    doc = parse(f"{names} are members.")
    assert list(acts_in(doc, published=ON)) == []


def test_enough_is_a_probability() -> None:
    assert 0.0 < seen.ENOUGH < 1.0
