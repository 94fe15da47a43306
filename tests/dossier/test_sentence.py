"""The sentence describes reported acts and says what would decide."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from saidanddone.dossier.sentence import interval, percent, possessive, verdict_sentence
from saidanddone.model import Estimate


def test_a_decided_sentence_says_what_was_compared(decided: Any) -> None:
    sentence = decided.verdict.sentence
    said, done = decided.channels["said"], decided.channels["done"]
    assert sentence.startswith("Russia's deeds toward North Korea were warmer than its words")
    assert f"{said.cooperative} of {said.n} ({said.share:.0%}) of the words" in sentence
    assert f"{done.cooperative} of {done.n} ({done.share:.0%}) of the deeds" in sentence
    assert f"{said.expected:.0%} and {done.expected:.0%}" in sentence
    assert interval(decided.gap) in sentence
    assert interval(decided.surprise) in sentence


def test_an_undecided_sentence_says_how_much_evidence_would_decide(undecided: Any) -> None:
    times = f"{undecided.times_needed:.1f} times the evidence at the same shares"
    assert times in undecided.verdict.sentence
    assert "is not decided" in undecided.verdict.sentence


def estimate(value: float) -> Estimate:
    return Estimate(value, 0.5, (value - 0.8, value + 0.8), 0.6)


@pytest.mark.parametrize(
    ("gap", "surprise", "times", "why", "expected"),
    [
        (0.4, -0.2, None, None, "gap and surprise lie on different sides"),
        (0.1, 0.1, None, None, "too small for any amount of evidence to pass 0.25 logits"),
        (0.4, 0.4, 3.04, None, "3.0 times the evidence at the same shares would decide it at 90%"),
        (0.4, 0.4, 3.04, "the moon is full", "; the moon is full."),
    ],
)
def test_why_nothing_is_decided(  # noqa: PLR0917
    undecided: Any,
    gap: float,
    surprise: float,
    times: float | None,
    why: str | None,
    expected: str,
) -> None:
    answer = replace(undecided, gap=estimate(gap), surprise=estimate(surprise))
    assert expected in verdict_sentence(answer, "said", "done", times, why)


def test_every_sentence_is_one_and_imputes_nothing(every: list[Any]) -> None:
    for answer in every:
        sentence = answer.verdict.sentence
        assert sentence.endswith(".")
        assert "\n" not in sentence
        for word in ("intend", "want", "lie", "sincere", "hypocri"):
            assert word not in sentence.split()


def test_names_and_shares() -> None:
    assert possessive("the Philippines") == "the Philippines'"
    assert percent(0.005) == "0%"
