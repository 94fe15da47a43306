"""Norm peers: known truth recovered, a pair left out as if it had never been there."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from saidanddone.measure.crossing import FIXED
from saidanddone.measure.evidence import Evidence
from saidanddone.measure.norm import fit
from saidanddone.measure.odds import expit
from saidanddone.measure.peers import Peers, fit_peers
from saidanddone.measure.quadrature import integrate

STATES = 45


def world(seed: int, *, sigma_source: float, sigma_target: float, tau: float) -> Evidence:
    """All pairs of STATES states, with acts of very different number."""
    rng = np.random.default_rng(seed)
    source, target = (side.ravel() for side in np.meshgrid(range(STATES), range(STATES)))
    apart = source != target
    source, target = source[apart], target[apart]
    n = np.ceil(np.exp(rng.normal(2.5, 1.5, len(source))))
    level = 0.8 - 0.1 * (np.log(n) - np.log(n).mean())
    level = level + rng.normal(0, sigma_source, STATES)[source]
    level = level + rng.normal(0, sigma_target, STATES)[target]
    theta = level + rng.normal(0, tau, len(source))
    k = rng.binomial(n.astype(int), expit(theta)).astype(float)
    names = np.array([f"S{i:02d}" for i in range(STATES)])
    return Evidence(names[source], names[target], k, n, np.ones(len(n)))


@pytest.fixture(scope="module")
def pairs() -> Evidence:
    return world(7, sigma_source=0.6, sigma_target=0.9, tau=1.1)


@pytest.fixture(scope="module")
def fitted(pairs: Evidence) -> Peers:
    return fit_peers(pairs)


def test_what_made_the_world_is_found_again() -> None:
    found = [
        fit_peers(world(seed, sigma_source=0.6, sigma_target=0.9, tau=1.1)) for seed in range(6)
    ]
    # Six worlds of 45 states: a standard deviation is known to a part in sqrt(2 * 45 * 6).
    assert np.mean([p.tau for p in found]) == pytest.approx(1.1, abs=0.04)
    assert np.mean([p.sigma_source for p in found]) == pytest.approx(0.6, abs=0.08)
    assert np.mean([p.sigma_target for p in found]) == pytest.approx(0.9, abs=0.12)
    assert np.mean([p.effects[0] for p in found]) == pytest.approx(0.8, abs=0.25)
    assert np.mean([p.effects[1] for p in found]) == pytest.approx(-0.1, abs=0.03)


def test_without_effects_it_is_the_world_norm() -> None:
    alike = world(3, sigma_source=0.0, sigma_target=0.0, tau=1.0)
    found, plain = fit_peers(alike), fit(alike.k, alike.n)
    assert found.tau == pytest.approx(plain.tau, abs=0.03)
    assert found.effects[:FIXED] == pytest.approx([plain.alpha, plain.beta], abs=0.05)
    assert max(found.sigma_source, found.sigma_target) < 0.15


def test_the_mode_of_the_effects_has_no_slope(pairs: Evidence, fitted: Peers) -> None:
    """An independent numerical derivative of the penalised likelihood is zero there."""

    def penalised(effects: np.ndarray) -> float:  # type: ignore[type-arg]
        source = effects[FIXED + np.searchsorted(fitted.sources, pairs.source)]
        target = effects[FIXED + STATES + np.searchsorted(fitted.targets, pairs.target)]
        volume = np.log(pairs.n) - fitted.mean_log_n
        level = effects[0] + effects[1] * volume + source + target
        own = integrate(pairs.k, pairs.n, level, fitted.tau).log_marginal.sum()
        a, b = effects[FIXED : FIXED + STATES], effects[FIXED + STATES :]
        prior = (a**2).sum() / fitted.sigma_source**2 + (b**2).sum() / fitted.sigma_target**2
        return float(own - 0.5 * prior)

    for at in (0, 1, FIXED, FIXED + STATES + 3):
        step = np.zeros(len(fitted.effects))
        step[at] = 1e-3
        slope = (penalised(fitted.effects + step) - penalised(fitted.effects - step)) / 2e-3
        curvature = 1.0 / fitted.covariance[at, at]
        assert abs(slope / curvature) < 2e-3


@pytest.mark.parametrize("at", [0, 100, 777, 1500])
def test_a_pair_left_out_is_as_if_it_had_never_been_there(
    pairs: Evidence, fitted: Peers, at: int
) -> None:
    others = np.arange(len(pairs.n)) != at
    without = fit_peers(pairs.rows(others))
    asked = pairs.rows(np.array([at]))
    # Asked with no acts of its own at the same volume: nothing is taken out of 'without' again.
    unseen = replace(asked, k=np.zeros(1), phi=np.full(1, 1e12))
    level, variance = fitted.levels(asked)
    level_refit, variance_refit = without.levels(unseen)
    assert level == pytest.approx(level_refit, abs=0.01)
    assert variance == pytest.approx(variance_refit, rel=0.03)


def test_one_who_is_not_known_has_the_world_norm_and_the_doubt_of_all(fitted: Peers) -> None:
    stranger = Evidence.one("X", "Y", 0.0, 0.0, 1.0)
    (norm,) = fitted.norms(stranger)
    assert norm.alpha == pytest.approx(float(fitted.effects[0]))
    spread = fitted.tau**2 + fitted.sigma_source**2 + fitted.sigma_target**2
    assert norm.tau**2 == pytest.approx(spread, rel=0.05)
    assert norm.pairs == fitted.pairs


def test_the_cache_gives_back_the_same_norms(pairs: Evidence, fitted: Peers) -> None:
    again = Peers.from_dict(fitted.to_dict())
    for one, other in zip(
        fitted.norms(pairs.rows(np.arange(50))), again.norms(pairs.rows(np.arange(50))), strict=True
    ):
        assert (one.alpha, one.tau) == pytest.approx((other.alpha, other.tau), rel=1e-5)


def test_no_pair_with_acts_is_refused(pairs: Evidence) -> None:
    with pytest.raises(ValueError, match="no pair has acts"):
        fit_peers(pairs.rows(np.zeros(len(pairs.n), dtype=bool)))
