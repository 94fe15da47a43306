from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import minimize_scalar

from saidanddone.measure.evidence import Evidence
from saidanddone.measure.norm import Norm
from saidanddone.measure.quadrature import integrate
from saidanddone.measure.self_norm import WEIGHT_OF_WORLD, self_norm, self_norms

WORLD = Norm(1.0, -0.2, 1.2, 2.0, 3000, -1.0)


def drawn(pairs: int, alpha: float, seed: int = 1, mean: float = 30.0) -> Evidence:
    """Pairs of Russia whose level is alpha."""
    generator = np.random.default_rng(seed)
    n = 1 + generator.poisson(mean, pairs).astype(float)
    theta = generator.normal(replace(WORLD, alpha=alpha).at(n), WORLD.tau)
    k = generator.binomial(n.astype(int), 1 / (1 + np.exp(-theta))).astype(float)
    target = np.array([f"T{at:03}" for at in range(pairs)])
    phi = generator.uniform(1.0, 3.0, pairs)
    return Evidence(np.full(pairs, "RUS"), target, k, n, phi)


def level_by_search(own: Evidence) -> float:
    """The level of greatest marginal likelihood times the normal prior of ten pairs."""

    def loss(alpha: float) -> float:
        mu = replace(WORLD, alpha=alpha).at(own.n)
        found = integrate(own.k / own.phi, own.n / own.phi, mu, WORLD.tau).log_marginal.sum()
        prior = -0.5 * WEIGHT_OF_WORLD * ((alpha - WORLD.alpha) / WORLD.tau) ** 2
        return -float(found + prior)

    return float(minimize_scalar(loss, bracket=(-5, 5), tol=1e-10).x)


@pytest.mark.parametrize(("pairs", "alpha"), [(2, 4.0), (25, -2.0), (120, 1.0), (120, 6.0)])
def test_the_level_has_the_greatest_penalised_likelihood(pairs: int, alpha: float) -> None:
    own = drawn(pairs, alpha)
    found = self_norm(WORLD, own, "T000")
    others = own.rows(own.target != "T000")
    assert found.alpha == pytest.approx(level_by_search(others), abs=1e-5)
    assert found.pairs == pairs - 1
    assert (found.beta, found.tau, found.mean_log_n) == (-0.2, 1.2, 2.0)


def test_pairs_known_well_are_averaged_with_ten_of_the_world() -> None:
    pairs, own_level = 30, 3.0
    n = np.full(pairs, 1e7)
    share = 1 / (1 + np.exp(-replace(WORLD, alpha=own_level).at(n)))
    names = np.array([f"T{at:03}" for at in range(pairs)])
    own = Evidence(np.full(pairs, "RUS"), names, n * share, n, np.ones(pairs))
    found = self_norm(WORLD, own, "nobody")
    expected = (pairs * own_level + WEIGHT_OF_WORLD * WORLD.alpha) / (pairs + WEIGHT_OF_WORLD)
    assert found.alpha == pytest.approx(expected, abs=1e-4)


def test_the_pair_itself_is_left_out() -> None:
    own = drawn(20, 2.0)
    other = replace(own, k=np.where(own.target == "T007", 0.0, own.k))
    assert self_norm(WORLD, other, "T007") == self_norm(WORLD, own, "T007")
    assert self_norm(WORLD, other, "T008").alpha < self_norm(WORLD, own, "T008").alpha


def test_pairs_without_acts_do_not_matter() -> None:
    own = drawn(20, 2.0)
    emptied = replace(
        own,
        k=np.where(own.target == "T003", 0.0, own.k),
        n=np.where(own.target == "T003", 0.0, own.n),
    )
    without = own.rows(own.target != "T003")
    assert self_norm(WORLD, emptied, "T000") == self_norm(WORLD, without, "T000")


def test_a_source_without_other_targets_has_the_level_of_the_world() -> None:
    found = self_norm(WORLD, drawn(1, 5.0), "T000")
    assert found == replace(WORLD, pairs=0)


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_acts_all_of_a_sign_stay_finite(share: float) -> None:
    own = drawn(150, 2.0, mean=1000.0)
    found = self_norm(WORLD, replace(own, k=own.n * share), "T000")
    assert 2.0 < abs(found.alpha - WORLD.alpha) < 20.0


def test_where_the_search_begins_does_not_matter() -> None:
    own = drawn(40, 2.0)
    levels = [self_norm(WORLD, own, "T001", start).alpha for start in (-8.0, None, 9.0)]
    assert levels == pytest.approx([levels[1]] * 3, abs=1e-7)


def test_many_pairs_at_once_have_the_norms_of_each() -> None:
    russia, china = drawn(12, 2.0), drawn(9, -1.0, seed=2)
    both = Evidence(
        np.append(russia.source, np.full(9, "CHN")),
        np.append(russia.target, china.target),
        *(np.append(getattr(russia, name), getattr(china, name)) for name in ("k", "n", "phi")),
    )
    asked = both.rows(np.array([15, 3, 0, 20]))
    found = self_norms(WORLD, both, asked)
    for at, norm in enumerate(found):
        of_source = both.rows(both.source == asked.source[at])
        alone = self_norm(WORLD, of_source, asked.target[at])
        assert norm.alpha == pytest.approx(alone.alpha, abs=1e-6)
        assert norm.pairs == alone.pairs
