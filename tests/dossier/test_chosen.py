"""A selection: counts and shares of the acts that somebody chose."""

from __future__ import annotations

from typing import Any

import pytest

import saidanddone as sd


def test_the_shares_are_those_of_the_acts(selection: Any) -> None:
    for name, share in (
        ("said", selection.selection.share_words),
        ("done", selection.selection.share_deeds),
    ):
        acts = [a for a in selection.evidence if a.channel == name and a.valence]
        channel = selection.channels[name]
        assert share == pytest.approx(channel.cooperative / channel.n)
        assert len(acts) == channel.n


def test_every_act_of_the_pair_is_counted(selection: Any) -> None:
    whole = [selection.channels[name] for name in ("said", "signed", "done")]
    assert selection.selection.acts == sum(c.n + c.neutral for c in whole)


def test_the_robustness_table_has_no_norms(selection: Any) -> None:
    varied = [outcome.varied for outcome in selection.outcomes]
    assert varied[0] == "as asked"
    assert not any(v.startswith("against") for v in varied)
    assert "without arrests" in varied
    assert {outcome.direction for outcome in selection.outcomes} == {None}
    assert selection.outcomes[0].estimate == selection.selection.difference


def test_another_reading_compares_other_channels(selection: Any) -> None:
    answer = sd.ask("Russia", "North Korea", reading="icews")
    assert answer.words_and_deeds == ("verbal", "material")
    assert answer.selection.share_words == answer.channels["verbal"].share
    assert answer.selection.difference != selection.selection.difference


def test_a_pair_without_deeds_has_no_difference() -> None:
    answer = sd.ask("Russia", "North Korea", since="2009-05-25", until="2009-05-25")
    assert answer.channels["said"].n == 1
    assert answer.selection.share_deeds is answer.selection.difference is None
    assert answer.verdict.sentence.endswith("a selection decides nothing.")
    assert "none (n = 0)" in answer.verdict.sentence


def test_a_pair_that_the_selection_leaves_out() -> None:
    answer = sd.ask("Fiji", "Iceland")
    assert answer.selection.acts == 0
    assert "has no acts of Fiji toward Iceland" in answer.verdict.sentence
    assert answer.evidence == ()
