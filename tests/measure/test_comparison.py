import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saidanddone.measure.choices import MARGIN, SURE
from saidanddone.measure.comparison import CORNERS, Side, compare, times_needed
from saidanddone.measure.norm import Norm

WORDS = Norm(3.87, -0.057, 1.41, 3.28, 5000, 0.0)
DEEDS = Norm(-0.67, -0.127, 1.50, 1.95, 5000, 0.0)
SLOPE = 0.3

MIRRORED = {
    "open friend": "open rival",
    "open rival": "open friend",
    "quiet partner": "false friend",
    "false friend": "quiet partner",
    "near expectation": "near expectation",
}

COUNTS = st.tuples(st.integers(0, 300), st.integers(0, 300))
PHI = st.floats(1.0, 20.0)


def side(norm: Norm, cooperative: float, conflictual: float, phi: float = 1.0) -> Side:
    return Side(float(cooperative), float(cooperative + conflictual), phi, norm)


def mirrored(of: Side) -> Side:
    """The same side with + and - swapped, its norm with it."""
    norm = replace(of.norm, alpha=-of.norm.alpha, beta=-of.norm.beta)
    return Side(of.n - of.k, of.n, of.phi, norm)


@settings(derandomize=True, max_examples=40, deadline=None)
@given(COUNTS, COUNTS, PHI, PHI)
def test_corners_sum_to_one(
    words: tuple[int, int], deeds: tuple[int, int], phi_words: float, phi_deeds: float
) -> None:
    found = compare(side(WORDS, *words, phi_words), side(DEEDS, *deeds, phi_deeds), SLOPE).corners()
    assert tuple(found) == CORNERS
    assert all(0.0 <= probability <= 1.0 for probability in found.values())
    assert sum(found.values()) == pytest.approx(1.0, abs=1e-12)


@settings(derandomize=True, max_examples=40, deadline=None)
@given(COUNTS, COUNTS, PHI)
def test_swapping_signs_mirrors_everything(
    words: tuple[int, int], deeds: tuple[int, int], phi: float
) -> None:
    sides = side(WORDS, *words, phi), side(DEEDS, *deeds)
    straight = compare(*sides, SLOPE)
    turned = compare(*map(mirrored, sides), SLOPE)
    assert turned.gap.mean() == pytest.approx(-straight.gap.mean(), abs=1e-6)
    assert turned.gap.se() == pytest.approx(straight.gap.se(), rel=1e-6)
    assert turned.surprise.mean() == pytest.approx(-straight.surprise.mean(), abs=1e-6)
    corners = turned.corners()
    for name, probability in straight.corners().items():
        assert corners[MIRRORED[name]] == pytest.approx(probability, abs=1e-7)
    low, high = straight.gap.interval90()
    assert turned.gap.interval90() == pytest.approx((-high, -low), abs=1e-5)
    assert (
        turned.direction()
        == {"warmer": "colder", "colder": "warmer", None: None}[straight.direction()]
    )


def test_each_corner_and_direction_is_named() -> None:
    warm_words, cold_words = side(WORDS, 3000, 1), side(WORDS, 100, 900)
    warm_deeds, cold_deeds = side(DEEDS, 900, 20), side(DEEDS, 20, 900)
    for words, deeds, corner in (
        (warm_words, warm_deeds, "open friend"),
        (cold_words, warm_deeds, "quiet partner"),
        (warm_words, cold_deeds, "false friend"),
        (cold_words, cold_deeds, "open rival"),
    ):
        found = compare(words, deeds, SLOPE)
        assert found.corner() == corner
        assert max(found.corners().values()) >= SURE
    assert compare(cold_words, warm_deeds, SLOPE).direction() == "warmer"
    assert compare(warm_words, cold_deeds, SLOPE).direction() == "colder"


def test_the_gap_alone_gives_no_direction() -> None:
    # Cold words, ordinary deeds: a large gap, and what such words foretell.
    words, deeds = side(WORDS, 500, 500), side(DEEDS, 115, 385)
    found = compare(words, deeds, 0.0)
    assert found.gap.probability_above(MARGIN) > 0.999
    assert found.surprise.probability_above(MARGIN) < SURE
    assert found.direction() is None
    # The same gap with deeds that are warm by themselves.
    assert compare(words, side(DEEDS, 400, 100), 0.0).direction() == "warmer"


def test_the_surprise_alone_gives_no_direction() -> None:
    # Both warm by as much: no gap, but warmer deeds than such words foretell.
    words, deeds = (
        side(replace(WORDS, alpha=0.0, beta=0.0), 900, 100),
        side(replace(DEEDS, alpha=0.0, beta=0.0), 900, 100),
    )
    found = compare(words, deeds, 0.3)
    assert found.surprise.probability_above(MARGIN) > 0.999
    assert abs(found.gap.mean()) < 0.05
    assert found.direction() is None


def test_a_gap_inside_the_margin_is_near_expectation() -> None:
    plain = Norm(0.0, 0.0, 1.0, 0.0, 5000, 0.0)
    found = compare(side(plain, 50_000, 50_000), side(plain, 51_000, 49_000), 0.3)
    assert found.corner() == "near expectation"
    assert found.direction() is None


def test_a_pair_without_acts_has_the_prior() -> None:
    found = compare(side(WORDS, 0, 0), side(DEEDS, 0, 0), SLOPE)
    assert found.gap.mean() == pytest.approx(0.0, abs=1e-9)
    assert found.gap.se() == pytest.approx(math.hypot(WORDS.tau, DEEDS.tau), rel=1e-6)
    assert found.gap.probability_above(0.0) == pytest.approx(0.5, abs=1e-6)
    assert found.direction() is None
    assert found.corner() is None


class TestTimesNeeded:
    def test_is_one_where_decided(self) -> None:
        assert times_needed(side(WORDS, 100, 900), side(DEEDS, 900, 20), SLOPE) == 1.0

    def test_is_null_where_the_gap_is_small(self) -> None:
        plain = Norm(0.0, 0.0, 1.0, 0.0, 5000, 0.0)
        assert times_needed(side(plain, 50, 50), side(plain, 51, 49), SLOPE) is None
        assert times_needed(side(WORDS, 0, 0), side(DEEDS, 0, 0), SLOPE) is None

    @pytest.mark.parametrize(
        ("words", "deeds", "phi"),
        [((20, 2), (4, 5), 1.0), ((9, 2), (4, 2), 3.0), ((60, 0), (1, 30), 12.0)],
    )
    def test_so_many_times_decides_and_a_tenth_less_does_not(
        self, words: tuple[int, int], deeds: tuple[int, int], phi: float
    ) -> None:
        sides = side(WORDS, *words, phi), side(DEEDS, *deeds, phi)
        needed = times_needed(*sides, SLOPE)
        assert needed is not None
        assert needed > 1.1
        assert compare(*sides, SLOPE, needed).direction() is not None
        assert compare(*sides, SLOPE, 0.9 * needed).direction() is None

    def test_more_evidence_at_the_same_share_keeps_the_volume(self) -> None:
        thin = side(DEEDS, 6, 2)
        as_if = Side(60.0, 80.0, 1.0, replace(DEEDS, beta=0.0, alpha=float(DEEDS.at(8.0))))
        assert thin.warmth(10.0).mean() == pytest.approx(as_if.warmth().mean(), abs=1e-9)
