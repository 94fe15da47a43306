"""Evidence: acts on both sides, with weights, that really are in the store."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import saidanddone as sd
from saidanddone.archive import Archive
from saidanddone.dossier.evidence import DATES_AGAINST, DATES_FOR, MOST_ACTS, leading
from saidanddone.model import EvidenceItem

from .. import worlds


def item(day: str, weight: float, channel: str = "said") -> EvidenceItem:
    return EvidenceItem(day, "112", channel, -1, weight, f"act of {day}", None, "a paper")


def test_every_act_is_in_the_store(decided: Any, census_archive: Path) -> None:
    acts = Archive.open(census_archive).acts("census", sources=["RUS", "SUN"], targets=["PRK"])
    held = {(str(a["date"]), a["code"], a["id"], a["reference"]) for a in acts.to_dicts()}
    assert len(decided.evidence) > 20
    for act in decided.evidence:
        assert (act.date, act.code, act.id, act.reference) in held
        assert act.channel in ("said", "done")


def test_a_census_shows_acts_on_both_sides(decided: Any) -> None:
    weights = [act.weight for act in decided.evidence]
    assert min(weights) < 0 < max(weights)
    assert len({a.date for a in decided.carrying}) <= DATES_FOR + DATES_AGAINST
    assert len(decided.evidence) <= MOST_ACTS
    assert [abs(w) for w in weights] == sorted((abs(w) for w in weights), reverse=True)


def test_hostile_words_and_friendly_deeds_pull_deeds_above_words(decided: Any) -> None:
    for act in decided.evidence:
        pulls_up = (act.channel == "said") == (act.valence == -1)
        assert act.weight * (1 if pulls_up else -1) > 0


def test_an_act_is_told_once_however_often_it_was_reported(decided: Any) -> None:
    told = [(a.date, a.code[:2], a.channel, a.valence) for a in decided.evidence]
    assert len(told) == len(set(told))


def test_acts_of_private_persons_are_no_evidence_about_a_government(decided: Any) -> None:
    assert not any("Citizen" in act.text for act in decided.evidence)
    assert any(act.text.startswith("Military (Soviet Union) → ") for act in decided.evidence)


def test_the_weight_is_the_change_of_the_gap(decided: Any, census_archive: Path) -> None:
    """Leaving out the heaviest day of one kind moves the gap by its weight, at fixed norms."""
    from saidanddone.measure.comparison import Side, compare

    heaviest = decided.evidence[0]
    same_kind = [
        a
        for a in decided.evidence
        if (a.date, a.channel, a.valence) == (heaviest.date, heaviest.channel, heaviest.valence)
    ]
    words, deeds = decided.sides
    at = 0 if heaviest.channel == "said" else 1
    side = decided.sides[at]
    left_out = len(same_kind)
    k = side.k - (left_out if heaviest.valence > 0 else 0)
    # The norm stays at the volume of the whole.
    level = float(side.norm.at(side.n))
    from dataclasses import replace

    norm = replace(side.norm, alpha=level, beta=0.0)
    reduced = Side(k, side.n - left_out, side.phi, norm)
    pair = (reduced, deeds) if at == 0 else (words, reduced)
    without = compare(*pair, decided.slope).gap.mean()
    assert decided.gap.estimate - without == pytest.approx(heaviest.weight, abs=1e-4)


def test_a_selection_lists_every_act(selection: Any) -> None:
    # Acts of one day, root, channel and sign are told once.
    assert selection.selection.acts >= len(selection.evidence) > 90
    assert {a.channel for a in selection.evidence} == {"said", "signed", "done"}
    assert {a.weight for a in selection.evidence if a.channel == "signed"} == {0.0}
    assert all(a.text and a.reference for a in selection.evidence)


def test_dates_are_shown_as_precisely_as_they_are_known(selection: Any) -> None:
    assert {len(a.date) for a in selection.evidence} == {4, 7, 10}


def test_counts_have_years_as_acts(yearly: Any) -> None:
    assert {a.code for a in yearly.evidence} == {None}
    assert all(2002 <= int(a.date) <= 2008 for a in yearly.evidence)
    assert {a.channel for a in yearly.evidence} == {"verbal", "material"}


def test_another_readings_evidence_stands_in_its_channels(census_archive: Path) -> None:
    answer = sd.ask(*worlds.DECIDED, archive=census_archive, reading="gdelt")
    assert {a.channel for a in answer.evidence} == {"verbal", "material"}
    assert all(a.weight != 0 for a in answer.evidence)


def test_leading_takes_channels_in_turn() -> None:
    items = [item(f"2018-01-{d:02}", 0.5) for d in range(1, 9)] + [item("2018-02-01", 0.1, "done")]
    shown = leading(items, 4)
    assert [a.channel for a in shown].count("done") == 1
    assert [abs(a.weight) for a in shown] == sorted((abs(a.weight) for a in shown), reverse=True)


def test_leading_spreads_equals_over_time() -> None:
    items = [item(str(date(2018, 1, d)), 0.5) for d in range(1, 31)]
    assert [a.date[-2:] for a in leading(items, 3)] == ["01", "11", "21"]
    assert leading([], 3) == []
    assert len(leading(items, 99)) == 30
