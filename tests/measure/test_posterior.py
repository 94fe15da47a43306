from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import log_expit

from saidanddone.measure.norm import Norm
from saidanddone.measure.posterior import Difference, Posterior, warmth
from saidanddone.measure.quadrature import integrate

WORDS = Norm(3.87, -0.057, 1.41, 3.28, 5000, 0.0)
DEEDS = Norm(-0.67, -0.127, 1.50, 1.95, 5000, 0.0)
COUNTS = [(0, 0), (0, 1), (1, 1), (0, 30), (30, 30), (17, 40), (293, 423), (99_000, 100_000)]


def log_density(norm: Norm, k: float, n: float, z: float) -> float:
    mu = float(norm.at(n))
    likelihood = k * log_expit(mu + z) + (n - k) * log_expit(-mu - z)
    return float(likelihood - 0.5 * (z / norm.tau) ** 2)


def mass(norm: Norm, k: float, n: float, found: Posterior, ends: tuple[float, float]) -> float:
    """Unnormed posterior mass between two warmths."""
    middle = float(found.grid[found.density.argmax()])
    top = log_density(norm, k, n, middle)
    low, high = ends
    parts = sorted({low, high, *(m for m in (middle,) if low < m < high)})
    return sum(
        quad(
            lambda z: np.exp(log_density(norm, k, n, z) - top),
            *part,
            epsabs=1e-15,
            epsrel=1e-11,
            limit=400,
        )[0]
        for part in pairwise(parts)
    )


@pytest.mark.parametrize("phi", [1.0, 7.3])
@pytest.mark.parametrize(("k", "n"), COUNTS)
def test_moments_agree_with_the_integral_over_nodes(k: float, n: float, phi: float) -> None:
    for norm in (WORDS, DEEDS):
        found = warmth(norm, k, n, phi)
        nodes = integrate(np.array([k / phi]), np.array([n / phi]), norm.at([n]), norm.tau)
        assert found.mean() == pytest.approx(nodes.mean()[0], abs=1e-7)
        assert found.variance() == pytest.approx(nodes.variance()[0], rel=1e-6)


@pytest.mark.parametrize(("k", "n"), COUNTS)
def test_tails_and_quantiles_agree_with_adaptive_quadrature(k: float, n: float) -> None:
    for norm in (WORDS, DEEDS):
        found = warmth(norm, k, n)
        ends = float(found.grid[0]), float(found.grid[-1])
        whole = mass(norm, k, n, found, ends)
        for probability in (1e-4, 0.05, 0.5, 0.9, 0.9999):
            z = found.quantile(probability)
            below = mass(norm, k, n, found, (ends[0], z)) / whole
            assert below == pytest.approx(probability, abs=1e-7)
            assert float(found.probability_below(z)) == pytest.approx(probability, abs=1e-8)
        assert found.probability_below([-99.0, 99.0]).tolist() == [0.0, pytest.approx(1.0)]


def test_without_acts_the_warmth_is_normal_around_zero() -> None:
    found = warmth(DEEDS, 0, 0)
    assert found.mean() == pytest.approx(0.0, abs=1e-9)
    assert found.variance() == pytest.approx(DEEDS.tau**2, rel=1e-6)
    assert found.quantile(0.975) == pytest.approx(1.959963985 * DEEDS.tau, abs=1e-6)


def test_dispersion_divides_the_evidence_and_leaves_the_volume() -> None:
    thinned = warmth(DEEDS, 30, 40, 10.0)
    same_evidence = Norm(float(DEEDS.at(40)), 0.0, DEEDS.tau, 0.0, 1, 0.0)
    assert thinned.mean() == pytest.approx(warmth(same_evidence, 3, 4).mean(), abs=1e-9)
    assert thinned.variance() > warmth(DEEDS, 30, 40).variance()


def draws(found: Posterior, generator: np.random.Generator, number: int) -> np.ndarray:
    """Draws by inverting the distribution along its grid."""
    return np.interp(generator.random(number), found.below, found.grid)


@pytest.mark.parametrize(
    ("words", "deeds", "slope"),
    [((9, 10), (3, 12), 1.0), ((0, 0), (5, 5), 0.29), ((400, 460), (1, 9), -0.4)],
)
def test_a_difference_agrees_with_draws(
    words: tuple[float, float], deeds: tuple[float, float], slope: float
) -> None:
    generator = np.random.default_rng(20)
    number = 400_000
    sides = warmth(WORDS, *words), warmth(DEEDS, *deeds)
    difference = Difference(*sides, slope)
    drawn = draws(sides[1], generator, number) - slope * draws(sides[0], generator, number)
    sd = drawn.std()
    # Four standard errors of a mean, a share and a quantile of so many draws.
    assert difference.mean() == pytest.approx(drawn.mean(), abs=4 * sd / number**0.5)
    assert difference.se() == pytest.approx(sd, rel=0.01)
    for value in (-1.0, 0.0, 0.25, 1.5):
        error = 4 * 0.5 / number**0.5
        assert difference.probability_above(value) == pytest.approx(
            (drawn > value).mean(), abs=error
        )
    low, high = difference.interval90()
    assert (low, high) == pytest.approx(np.quantile(drawn, [0.05, 0.95]), abs=0.015 * sd)


def test_a_difference_agrees_with_adaptive_quadrature() -> None:
    sides = warmth(WORDS, 9, 10), warmth(DEEDS, 3, 12)
    ends = [(float(side.grid[0]), float(side.grid[-1])) for side in sides]
    whole_words = mass(WORDS, 9, 10, sides[0], ends[0])
    whole_deeds = mass(DEEDS, 3, 12, sides[1], ends[1])
    top = log_density(WORDS, 9, 10, float(sides[0].grid[sides[0].density.argmax()]))

    def above(z: float) -> float:
        low = min(max(0.25 + z, ends[1][0]), ends[1][1])
        share = mass(DEEDS, 3, 12, sides[1], (low, ends[1][1]))
        return float(np.exp(log_density(WORDS, 9, 10, z) - top) * share)

    expected = quad(above, -7.0, 7.0, epsabs=1e-9, limit=100)[0] / whole_words / whole_deeds
    assert Difference(*sides, 1.0).probability_above(0.25) == pytest.approx(expected, abs=1e-6)


def test_the_interval_holds_nine_tenths() -> None:
    difference = Difference(warmth(WORDS, 2, 20), warmth(DEEDS, 7, 7), 0.8)
    low, high = difference.interval90()
    assert difference.probability_above(low) == pytest.approx(0.95, abs=1e-6)
    assert difference.probability_above(high) == pytest.approx(0.05, abs=1e-6)
    assert low < difference.mean() < high


@settings(derandomize=True, max_examples=30, deadline=None)
@given(
    k=st.integers(0, 50),
    rest=st.integers(0, 50),
    slope=st.floats(-1.5, 1.5),
    value=st.floats(-6, 6),
    further=st.floats(0, 4),
)
def test_a_higher_bar_is_never_likelier(
    k: int, rest: int, slope: float, value: float, further: float
) -> None:
    difference = Difference(warmth(WORDS, 5, 6), warmth(DEEDS, k, k + rest), slope)
    higher = difference.probability_above(value + further)
    assert 0.0 <= higher <= difference.probability_above(value) + 1e-9
