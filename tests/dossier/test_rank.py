"""The ranking: its order, its agreement with ask, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import saidanddone as sd
from saidanddone import actors
from saidanddone.errors import BadChoice
from saidanddone.measure.comparison import CORNERS

from .. import worlds


@pytest.fixture(scope="module")
def everyone(census_archive: Path) -> list[Any]:
    return sd.rank(census_archive, top=1000)


def test_the_order_is_by_the_size_of_the_shrunk_gap(everyone: list[Any]) -> None:
    sizes = [abs(row.gap_shrunk) for row in everyone]
    assert sizes == sorted(sizes, reverse=True)
    assert all(0 <= row.lfsr <= 1 for row in everyone)
    # What is sure and large stands first, what is hardly known is close to nothing.
    assert everyone[0].lfsr < 0.01
    few = [row for row in everyone if row.words.n + row.deeds.n <= 3]
    assert max(abs(row.gap_shrunk) for row in few) < sizes[0] / 2


def test_a_region_leaves_its_pairs_and_changes_none(
    everyone: list[Any], census_archive: Path
) -> None:
    eastern = actors.region("eastern asia")
    rows = sd.rank(census_archive, region="Eastern Asia", top=1000)
    assert rows
    assert {(r.source.id, r.target.id) for r in rows} == {
        (r.source.id, r.target.id) for r in everyone if {r.source.id, r.target.id} & eastern
    }
    shrunk = {(r.source.id, r.target.id): r.gap_shrunk for r in everyone}
    assert all(r.gap_shrunk == shrunk[r.source.id, r.target.id] for r in rows)
    assert [row.rank for row in everyone] == list(range(1, len(everyone) + 1))


def test_every_pair_with_words_and_deeds_is_ranked_once(
    everyone: list[Any], reports: list[worlds.Report]
) -> None:
    channel_of = {
        code: channel for (channel, sign), codes in worlds.CODES.items() if sign for code in codes
    }
    found: dict[tuple[str, str], set[str]] = {}
    for report in reports:
        name = report.source.removeprefix("Military (").removesuffix(")")
        if "(" in name or report.code not in channel_of:
            continue
        today = {"Soviet Union": "Russia"}
        pair = (today.get(name, name), today.get(report.target, report.target))
        found.setdefault(pair, set()).add(channel_of[report.code])
    both = {pair for pair, channels in found.items() if {"said", "done"} <= channels}
    named = [(row.source.name, row.target.name) for row in everyone]
    assert len(named) == len(set(named))
    assert set(named) == both


def test_fewer_rows_are_the_first_rows(everyone: list[Any], census_archive: Path) -> None:
    few = [row.to_dict() for row in sd.rank(census_archive, top=5)]
    assert few == [row.to_dict() for row in everyone[:5]]


def test_a_ranked_pair_has_the_answer_of_ask(
    everyone: list[Any], decided: Any, census_archive: Path
) -> None:
    assert (everyone[0].source.id, everyone[0].target.id) == ("RUS", "PRK")
    for row in (everyone[0], everyone[-1]):
        answer = sd.ask(row.source.id, row.target.id, archive=census_archive)
        assert row.gap.estimate == pytest.approx(answer.gap.estimate, abs=1e-6)
        assert row.surprise.se == pytest.approx(answer.surprise.se, abs=1e-6)
        assert row.direction == answer.verdict.direction
        assert row.corner == answer.verdict.corner
        assert (row.words.k, row.deeds.n) == (
            answer.channels["said"].cooperative,
            answer.channels["done"].n,
        )


@pytest.mark.parametrize("against", ["plain", "peers", "self"])
def test_other_norms_agree_with_ask_too(census_archive: Path, against: str) -> None:
    row = sd.rank(census_archive, top=1, against=against)[0]
    answer = sd.ask(row.source.id, row.target.id, archive=census_archive, against=against)
    assert row.gap.estimate == pytest.approx(answer.gap.estimate, abs=1e-5)
    assert row.direction == answer.verdict.direction


@pytest.mark.parametrize("corner", CORNERS)
def test_a_corners_ranking_is_by_its_probability(
    census_archive: Path, everyone: list[Any], corner: str
) -> None:
    rows = sd.rank(census_archive, corner=corner, top=5)
    probabilities = [row.corners[corner] for row in rows]
    assert probabilities == sorted(probabilities, reverse=True)
    best = sorted((row.corners[corner] for row in everyone), reverse=True)[:5]
    assert probabilities == pytest.approx(best, abs=1e-9)


def test_rows_are_json_without_nan(everyone: list[Any]) -> None:
    found = json.loads(json.dumps([row.to_dict() for row in everyone], allow_nan=False))
    assert set(found[0]) == {
        "rank", "source", "target", "gap", "surprise", "corners", "direction", "corner",
        "decided", "words", "deeds", "gap_shrunk", "lfsr",
    }  # fmt: skip
    assert set(found[0]["words"]) == {
        "cooperative", "n", "share", "expected", "dispersion", "warmth"
    }  # fmt: skip
    for row in found:
        assert sum(row["corners"].values()) == pytest.approx(1.0)
        assert row["decided"] is (row["direction"] is not None)
        assert row["source"]["id"] != row["target"]["id"]


def test_counting_error_alone_decides_nothing(census_archive: Path) -> None:
    rows = sd.rank(census_archive, dispersion="none", top=20)
    assert {(row.direction, row.corner) for row in rows} == {(None, None)}


def test_a_verdict_that_the_volume_term_reverses_is_not_decided(
    census_archive: Path, everyone: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in ask: with a plain norm that turns every gap round, nothing is decided."""
    from dataclasses import replace

    from saidanddone.dossier.norms import World

    assert everyone[0].direction == "warmer"
    fits = World.fits

    def turned(self: World, choices: Any, channels: Any) -> Any:
        found = fits(self, choices, channels)
        deeds = choices.words_and_deeds[1]
        fit = found.channels[deeds]
        colder = replace(fit, plain=replace(fit.plain, alpha=fit.plain.alpha + 9))
        return replace(found, channels=found.channels | {deeds: colder})

    monkeypatch.setattr(World, "fits", turned)
    row = sd.rank(census_archive, top=1)[0]
    answer = sd.ask(*worlds.DECIDED, archive=census_archive)
    assert row.gap == everyone[0].gap
    assert answer.verdict.direction is None
    assert (row.direction, row.corner) == (None, None)


def test_predecessors_can_be_left_out(census_archive: Path, everyone: list[Any]) -> None:
    apart = sd.rank(census_archive, predecessors=False, top=20)
    assert "SUN" in {row.source.id for row in apart}
    assert "SUN" not in {row.source.id for row in everyone}


def test_an_empty_window_ranks_nobody(census_archive: Path) -> None:
    assert sd.rank(census_archive, since="2001") == []


@pytest.mark.parametrize(
    "choices",
    [{"corner": "warm friend"}, {"top": 0}, {"region": "Atlantis"}, {"against": "friends"}],
)
def test_bad_choices_are_refused(census_archive: Path, choices: dict[str, Any]) -> None:
    with pytest.raises(BadChoice):
        sd.rank(census_archive, **choices)
