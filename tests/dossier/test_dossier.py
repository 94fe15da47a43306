"""The JSON object of an answer: exactly the promised keys, null and never NaN."""

from __future__ import annotations

import json
from typing import Any

import pytest

from saidanddone.dossier import Dossier

CHANNELS = {"said", "signed", "done", "verbal", "material"}
ACTOR = {"id", "name"}
CHANNEL = {
    "cooperative", "conflictual", "neutral", "n", "reports", "share", "expected", "dispersion",
    "warmth", "se", "rate_per_month", "expected_rate", "why_null",
}  # fmt: skip
ESTIMATE = {"estimate", "se", "interval90", "probability_positive"}
ANSWER: dict[str, set[str] | None] = {
    "source": ACTOR,
    "target": ACTOR,
    "window": {"since", "until"},
    "dataset": {"name", "kind"},
    "against": None,
    "reading": None,
    "count": None,
    "actors": None,
    "channels": CHANNELS,
    "norm": CHANNELS,
    "gap": ESTIMATE,
    "surprise": ESTIMATE,
    "corners": {"open friend", "quiet partner", "false friend", "open rival", "near expectation"},
    "verdict": {"sentence", "direction", "corner", "decided"},
    "selection": {"acts", "share_words", "share_deeds", "difference", "interval90"},
    "robustness": {"specifications", "same_direction", "decided", "most_sensitive_to"},
    "evidence": None,
    "coverage": {
        "files", "rows", "kept", "set_aside", "filtered", "first", "last", "months",
        "months_missing", "predecessors", "other_datasets", "missing", "notes",
    },
}  # fmt: skip
NORM = {"alpha", "beta", "tau", "mean_log_n", "pairs"}
ITEM = {"date", "code", "channel", "valence", "weight", "text", "id", "reference"}


def as_json(answer: Dossier) -> Any:
    """The answer through JSON, as a reader of stdout gets it."""
    return json.loads(json.dumps(answer.to_dict(), allow_nan=False))


def test_the_object_has_exactly_the_promised_keys(every: list[Any]) -> None:
    for answer in every:
        found = as_json(answer)
        assert set(found) == set(ANSWER)
        for name, keys in ANSWER.items():
            if keys is not None and found[name] is not None:
                assert set(found[name]) == keys, name
        for channel in found["channels"].values():
            assert channel is None or set(channel) == CHANNEL
        for norm in found["norm"].values():
            assert norm is None or set(norm) == NORM
        for item in found["evidence"]:
            assert set(item) == ITEM


def test_nothing_that_must_be_there_is_null(every: list[Any]) -> None:
    nullable = {"gap", "surprise", "corners", "selection"}
    for answer in every:
        found = as_json(answer)
        assert all(found[name] is not None for name in set(ANSWER) - nullable)
        is_selection = found["dataset"]["kind"] == "selection"
        assert (found["selection"] is not None) is is_selection
        assert (found["gap"] is None) is is_selection
        for channel in found["channels"].values():
            if channel:
                assert (channel["warmth"] is None) == (channel["why_null"] is not None)
                assert channel["n"] == channel["cooperative"] + channel["conflictual"]


def test_corners_sum_to_one(every: list[Any]) -> None:
    for answer in every:
        if answer.corners is not None:
            assert sum(answer.corners.values()) == pytest.approx(1.0, abs=1e-9)
            assert all(0.0 <= p <= 1.0 for p in answer.corners.values())


def test_decided_exactly_when_there_is_a_direction(every: list[Any]) -> None:
    for answer in every:
        assert answer.verdict.decided is (answer.verdict.direction is not None)
    assert {answer.verdict.direction for answer in every} == {"warmer", None}


def test_an_estimate_lies_in_its_interval(every: list[Any]) -> None:
    for answer in every:
        for estimate in (answer.gap, answer.surprise):
            if estimate is not None:
                low, high = estimate.interval90
                assert low < estimate.estimate < high
                assert 0.0 <= estimate.probability_positive <= 1.0


def test_carrying_and_opposing_acts_pull_opposite_ways(decided: Any) -> None:
    assert decided.estimate > 0
    assert {item.weight > 0 for item in decided.carrying} == {True}
    assert {item.weight < 0 for item in decided.opposing} == {True}


def test_the_question_names_both_and_the_window(decided: Any, census_archive: Any) -> None:
    import saidanddone as sd

    assert decided.question == "Do the deeds of Russia toward North Korea match its words?"
    dated = sd.ask("France", "Peru", archive=census_archive, since="1992").question
    assert dated.endswith("match its words, 1992-01-01 to today?")
