"""The local-level smoother, against statsmodels, closed forms and worlds of known truth."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from saidanddone.measure.odds import expit
from saidanddone.measure.selection import Z90
from saidanddone.measure.smoothing import FIRST_SD, MEAN_STEP, at_step, linearised, smooth


def test_it_agrees_with_statsmodels() -> None:
    """The same normal series, linearised at the level found, in statsmodels' Kalman smoother."""
    kalman: Any = pytest.importorskip("statsmodels.tsa.statespace.kalman_smoother")
    rng = np.random.default_rng(4)
    n = rng.poisson(6, (3, 60)).astype(float)
    n[:, 20:25] = 0
    n[1, :4] = 0
    k = rng.binomial(n.astype(int), expit(np.linspace(-1, 1.5, 60))).astype(float)
    for i, move in enumerate((0.01, 0.04, 0.2)):
        level, variance, _ = (part.T for part in at_step(k.T, n.T, move, np.zeros_like(k.T)))
        y, v = linearised(k, n, level)
        model = kalman.KalmanSmoother(k_endog=1, k_states=1)
        model.bind(np.where(n[i] > 0, y[i], np.nan)[None, :])
        model["design"], model["transition"], model["selection"] = [[1.0]], [[1.0]], [[1.0]]
        model["obs_cov"] = np.where(n[i] > 0, v[i], 1.0)[None, None, :]
        model["state_cov"] = [[move]]
        model.initialize_known([0.0], [[FIRST_SD**2]])
        found = model.smooth()
        assert level[i] == pytest.approx(found.smoothed_state[0], abs=1e-5)
        assert variance[i] == pytest.approx(found.smoothed_state_cov[0, 0], abs=1e-5)


def test_the_level_is_the_mode_of_the_binomial_model() -> None:
    """Found by a general optimiser that knows neither filter nor smoother."""
    from scipy.optimize import minimize

    k, n = np.array([0.0, 2, 0, 7, 9, 3]), np.array([3.0, 5, 0, 8, 9, 3])
    move = 0.16
    level, _, _ = at_step(k[:, None], n[:, None], move, np.zeros((6, 1)))

    def loss(theta: np.ndarray) -> float:  # type: ignore[type-arg]
        own = (k * theta - n * np.logaddexp(0, theta)).sum()
        prior = theta[0] ** 2 / FIRST_SD**2 + (np.diff(theta) ** 2).sum() / move
        return float(0.5 * prior - own)

    assert level[:, 0] == pytest.approx(minimize(loss, np.zeros(6), tol=1e-12).x, abs=1e-4)


def test_the_step_is_found_again() -> None:
    rng = np.random.default_rng(9)
    for true in (0.05, 0.3, 0.6):
        level = np.cumsum(rng.normal(0, true, (40, 80)), axis=1)
        n = rng.poisson(15, (40, 80)).astype(float)
        k = rng.binomial(n.astype(int), expit(level)).astype(float)
        assert smooth(k, n).step.mean() == pytest.approx(true, rel=0.25)


def test_the_average_over_steps_is_that_of_a_finer_grid() -> None:
    rng = np.random.default_rng(10)
    level = np.cumsum(rng.normal(0, 0.2, (4, 40)), axis=1)
    n = rng.poisson(10, (4, 40)).astype(float)
    k = rng.binomial(n.astype(int), expit(level)).astype(float)
    found = smooth(k, n)
    steps = np.linspace(0.002, 1.8, 250)
    levels, values = [], []
    for step in steps:
        own, _, value = at_step(k.T, n.T, float(step**2), found.level.T)
        levels.append(own.T)
        values.append(value - step / MEAN_STEP)
    weight = np.exp(np.array(values) - np.max(values, axis=0))
    mean = (weight[:, :, None] * np.array(levels)).sum(axis=0) / weight.sum(axis=0)[:, None]
    assert found.level == pytest.approx(mean, abs=0.02)


def test_without_movement_it_is_one_share() -> None:
    found = smooth(np.array([[14.0, 15, 14, 15]]), np.full((1, 4), 20.0))
    # 58 of 80, drawn a little toward one half by the weak prior.
    assert expit(found.level[0]) == pytest.approx([58 / 80] * 4, abs=0.006)
    assert found.se[0] == pytest.approx(1 / np.sqrt(80 * 0.725 * 0.275), rel=0.25)


def test_the_bands_hold_the_truth_as_often_as_they_say() -> None:
    rng = np.random.default_rng(11)
    level = np.cumsum(rng.normal(0, 0.2, (300, 48)), axis=1)
    n = rng.poisson(20, (300, 48)).astype(float)
    found = smooth(rng.binomial(n.astype(int), expit(level)).astype(float), n)
    low, high = found.band(Z90)
    assert ((low < level) & (level < high)).mean() == pytest.approx(0.9, abs=0.03)


@given(
    st.lists(
        st.integers(0, 30).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
        min_size=1,
        max_size=30,
    )
)
def test_any_series_has_a_level_or_no_acts(acts: list[tuple[int, int]]) -> None:
    k, n = (np.array([pair[i] for pair in acts], dtype=float) for i in (0, 1))
    found = smooth(k, n)
    if n.sum() == 0:
        assert np.isnan(found.level).all()
    else:
        assert np.isfinite(found.level).all() and (found.se > 0).all()


def test_gaps_widen_the_band_and_long_silence_is_no_nan() -> None:
    rng = np.random.default_rng(2)
    n = np.full((1, 60), 12.0)
    n[0, 20:40] = 0
    level = np.cumsum(rng.normal(0, 0.4, 60))
    found = smooth(rng.binomial(n.astype(int), expit(level)).astype(float), n)
    assert found.se[0, 30] > 1.3 * found.se[0, 10]
