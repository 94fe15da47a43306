"""Shrinking once: closed forms, and a false sign rate that is kept."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from saidanddone.measure.odds import expit
from saidanddone.measure.quadrature import integrate
from saidanddone.measure.shrinkage import NULL_WEIGHT, Mixture, fit_mixture, unshrunk


def test_one_width_is_the_textbook_posterior() -> None:
    """Normal truths with sd 2, errors of 1: mean 4/5 of the estimate, variance 4/5."""
    from scipy.stats import norm

    only = Mixture(np.array([0.0, 2.0]), np.array([0.0, 1.0]))
    found = only.shrink(np.array([1.0, -3.0]), np.array([1.0, 1.0]))
    assert found.mean == pytest.approx([0.8, -2.4])
    assert found.sd == pytest.approx([np.sqrt(0.8)] * 2)
    expected = [norm.cdf(-0.8 / np.sqrt(0.8)), norm.cdf(-2.4 / np.sqrt(0.8))]
    assert found.false_sign == pytest.approx(expected)


def test_nothing_but_noise_is_held_for_nothing() -> None:
    rng = np.random.default_rng(1)
    errors = rng.uniform(0.5, 1.5, 2000)
    found = fit_mixture(rng.normal(0, errors), errors)
    shrunk = found.shrink(rng.normal(0, errors), errors)
    assert np.abs(shrunk.mean).max() < 0.3
    assert shrunk.false_sign.min() > 0.5


@pytest.mark.parametrize("shape", ["normal", "half nothing", "heavy tails", "two-sided"])
def test_the_false_sign_rate_is_kept(shape: str) -> None:
    """Also in worlds that the mixture does not contain."""
    rng = np.random.default_rng(5)
    size = 6000
    truth = {
        "normal": rng.normal(0, 1, size),
        "half nothing": rng.normal(0, 1.5, size) * (rng.random(size) < 0.5),
        "heavy tails": rng.standard_t(3, size),
        "two-sided": rng.choice([-1.0, 1.0], size) * rng.gamma(4, 0.3, size),
    }[shape]
    errors = rng.uniform(0.2, 1.5, size)
    estimates = truth + rng.normal(0, errors)
    found = fit_mixture(estimates, errors).shrink(estimates, errors)
    for level in (0.05, 0.1):
        chosen = found.false_sign <= level
        wrong = np.sign(found.mean[chosen]) * truth[chosen] <= 0
        assert chosen.sum() > 200
        # The stated rate is the mean of the local rates; a point and the error of the draw.
        assert wrong.mean() <= found.false_sign[chosen].mean() + 0.01 + 2 * np.sqrt(
            wrong.mean() / chosen.sum()
        )


@given(st.integers(0, 10_000), st.sampled_from([30, 400]), st.floats(0.0, 3.0))
def test_no_other_shares_are_likelier(seed: int, size: int, spread: float) -> None:
    """The conditions of Karush, Kuhn and Tucker: no width has a steeper slope than all have."""
    rng = np.random.default_rng(seed)
    errors = rng.uniform(0.2, 1.5, size)
    estimates = spread * rng.standard_t(3, size) + rng.normal(0, errors)
    found = fit_mixture(estimates, errors)
    total = found.widths**2 + errors[:, None] ** 2
    likelihood = np.exp(-0.5 * (np.log(total) + estimates[:, None] ** 2 / total))
    slope = ((1.0 / (likelihood @ found.shares)) @ likelihood) / size
    slope[0] += (NULL_WEIGHT - 1.0) / found.shares[0] / size
    level = 1.0 + (NULL_WEIGHT - 1.0) / size
    assert found.shares.sum() == pytest.approx(1.0)
    assert slope.max() <= level + 1e-3
    assert slope[found.shares > 1e-3] == pytest.approx(level, abs=1e-3)


def test_where_nothing_is_left_the_surest_stand_first() -> None:
    """A huge estimate with a huge error is no reason to stand before a sure one."""
    nothing = Mixture(np.array([0.0, 1.0, 8.0]), np.array([1.0 - 2e-12, 1e-12, 1e-12]))
    estimates, errors = np.array([9.0, 2.0, np.nan, -1.0]), np.array([4.0, 0.7, np.inf, 1.0])
    found = nothing.shrink(estimates, errors)
    assert np.abs(found.mean).max() < 1e-6
    assert found.order() == [1, 0, 3, 2]
    some = Mixture(np.array([0.0, 1.0]), np.array([0.5, 0.5]))
    assert some.shrink(np.array([0.5, -3.0]), np.array([1.0, 1.0])).order() == [1, 0]


def test_unshrunk_takes_the_prior_out_again() -> None:
    tau = np.array([1.2, 0.8])
    estimate, error = np.array([0.5, -2.0]), np.array([0.7, 2.0])
    variance = 1 / (1 / error**2 + 1 / tau**2)
    found = unshrunk(variance * estimate / error**2, variance, tau)
    assert found[0] == pytest.approx(estimate)
    assert found[1] == pytest.approx(error)


def test_one_friendly_word_is_not_a_cold_one() -> None:
    """Where 98% of words are friendly, a single friendly one says next to nothing, and not cold."""
    level, tau = 3.9, 1.4
    own = integrate(np.array([1.0]), np.array([1.0]), np.array([level]), tau)
    estimate, error = unshrunk(own.mean(), own.variance(), np.array([tau]))
    assert estimate[0] > 0
    assert error[0] > 5
    assert np.log(1.5 / 0.5) - level < -2  # what the empirical logit would say


@given(st.floats(-8, 8), st.floats(0.05, 5))
def test_shrinking_never_goes_beyond_the_estimate(estimate: float, error: float) -> None:
    mixture = Mixture(np.array([0.0, 0.3, 1.0, 3.0]), np.array([0.3, 0.3, 0.2, 0.2]))
    found = mixture.shrink(np.array([estimate]), np.array([error]))
    assert abs(found.mean[0]) <= abs(estimate) + 1e-12
    assert 0 <= found.false_sign[0] <= 1
    assert expit(found.mean[0]) >= 0


def test_what_is_not_known_keeps_the_prior() -> None:
    mixture = Mixture(np.array([0.0, 1.0]), np.array([0.2, 0.8]))
    found = mixture.shrink(np.array([np.nan]), np.array([np.inf]))
    assert found.mean[0] == pytest.approx(0.0, abs=1e-6)
    assert found.false_sign[0] == pytest.approx(0.6, abs=1e-6)


def test_no_estimates_at_all() -> None:
    mixture = fit_mixture(np.array([]), np.array([]))
    assert len(mixture.shrink(np.array([]), np.array([])).mean) == 0
