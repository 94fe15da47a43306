"""Turns of sentences that blind probes asked for: votes without an object, deeds taken up."""

from __future__ import annotations

from collections.abc import Callable

import pytest

pytest.importorskip("spacy", reason="the extra 'read' is not installed")
pytest.importorskip("onnxruntime", reason="the extra 'read' is not installed")
pytest.importorskip("tokenizers", reason="the extra 'read' is not installed")

from saidanddone.reading.coder import find_act
from saidanddone.reading.coding import code, find_span
from saidanddone.reading.mentions import find_mentions
from saidanddone.reading.parser import parse, parse_all

Told = Callable[..., set[str]]


def by_rules(sentence: str, source: str, target: str) -> tuple[str, str] | None:
    """Code and mode that the rules alone give."""
    doc = parse(sentence)
    one = find_span(doc, source)
    found = find_act(doc, one, find_span(doc, target, avoid=one))
    return None if found is None else (found.code, found.mode)


def test_a_vote_without_an_object_is_on_what_another_names(told: Told) -> None:
    found = told(
        "Russia vetoed a resolution condemning Syria; Brazil abstained and France voted for it."
    )
    assert found == {"RUS>SYR signed +1", "BRA>SYR signed +0", "FRA>SYR signed -1"}


def test_a_bodys_own_act_is_voted_on(told: Told) -> None:
    found = told("The General Assembly condemned Israel, and Canada voted against the resolution.")
    assert "CAN>ISR signed +1" in found
    assert not any(one.startswith("CAN>UNGA") for one in found)


def test_a_deed_of_another_in_a_text_is_not_what_is_voted_on(told: Told) -> None:
    found = told("Peru voted for a text deploring the Iraqi invasion of Kuwait.", "1990-12-01")
    assert "PER>IRQ signed -1" in found
    assert not any(one.startswith("PER>KWT") for one in found)


@pytest.mark.parametrize(
    ("sentence", "source", "target", "code_"),
    [
        ("France vetoed a text tabled by Egypt.", "France", "Egypt", "V-"),
        ("France vetoed a text ordering Egypt to withdraw.", "France", "Egypt", "V+"),
        ("Turkey lifted its veto on the accession of Sweden.", "Turkey", "Sweden", "V+"),
        ("Viktor Orban called on Vladimir Putin in July.", "Viktor Orban", "Vladimir Putin", "042"),
        ("Ghana broke off its payments to Togo.", "Ghana", "Togo", "162"),
        ("An invitation to Chad from Niger was declined.", "Chad", "Niger", "125"),
        ("The withdrawal of Cuban troops from Angola began.", "Cuban", "Angola", "087"),
        ("Kenya halted its aid to Uganda and later resumed it.", "Kenya", "Uganda", "162"),
    ],
)
def test_the_rules_read(sentence: str, source: str, target: str, code_: str) -> None:
    found = by_rules(sentence, source, target)
    assert found is not None and found[0] == code_


def test_what_was_not_done_until_then_was_done() -> None:
    assert by_rules("Mali was not recognised by Spain until 1961.", "Spain", "Mali") == (
        "054",
        "did",
    )
    assert by_rules("Mali was not recognised by Spain in 1961.", "Spain", "Mali") != ("054", "did")


def test_a_warning_of_ones_own_is_a_threat() -> None:
    warned = "Israel would bomb Iran again if the plant was rebuilt, its premier said."
    assert by_rules(warned, "Israel", "Iran") == ("138", "threatened")
    of_another = warned.replace("its premier", "Putin")
    assert by_rules(of_another, "Israel", "Iran") != ("138", "threatened")
    assert by_rules("If it came to that, Israel would bomb Iran.", "Israel", "Iran") != (
        "138",
        "threatened",
    )


@pytest.mark.parametrize(
    ("sentence", "source", "target"),
    [
        ("Serbia rejected the plan, to the dismay of Hungary.", "Serbia", "Hungary"),
        ("Lack of Spanish support for Malta was noted.", "Spanish", "Malta"),
        ("Imagine that Russia hands the islands back to Japan.", "Russia", "Japan"),
    ],
)
def test_nothing_is_reported(sentence: str, source: str, target: str) -> None:
    assert code(sentence, source=source, target=target) is None


def test_figures_of_trade_are_no_act() -> None:
    assert by_rules("Trade between Laos and Nepal grew by a tenth.", "Laos", "Nepal") is None
    assert by_rules("Laos traded with Nepal.", "Laos", "Nepal") is not None


@pytest.mark.parametrize(
    ("sentence", "acts"),
    [
        (
            "Britain froze its aid to Malawi after the latter had expelled the British envoy.",
            {"GBR>MWI done -1", "MWI>GBR done -1"},
        ),
        (
            "Laos and Nepal met Cuba in June; the former thanked Havana, the latter accused it.",
            {"LAO>CUB said +1"},
        ),
        (
            "Cuba and Mexico sent soldiers to help Chad against Libya, and the latter protested.",
            set(),
        ),
    ],
)
def test_the_former_and_the_latter(told: Told, sentence: str, acts: set[str]) -> None:
    assert acts <= told(sentence)


def test_a_former_president_is_none_of_two() -> None:
    (doc,) = parse_all(["Peru and Chile praised the former president and the latter treaty."])
    found = find_mentions(doc)
    assert not {"the former", "the latter"} & {mention.text for mention in found}


def test_who_acts_himself_is_not_the_latter() -> None:
    (doc,) = parse_all(["Somalia and Ethiopia fought; Cuba and Yemen sent men to help the latter."])
    named = {mention.text: mention.bearer for mention in find_mentions(doc)}
    assert named["the latter"] == "ETH"
