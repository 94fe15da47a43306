"""Event studies: p-values uniform where nothing happens, effects found where something does."""

from __future__ import annotations

import numpy as np
import pytest

from saidanddone.measure.event_study import (
    Days,
    benjamini_hochberg,
    counts,
    pools,
    study,
)

BEFORE, AFTER = 30, 30


def quiet(rng: np.random.Generator, days: int, *, bursts: bool) -> Days:
    """Acts that know nothing of any trigger; in bursts they come by the dozen and alike."""
    n = rng.poisson(0.5, days).astype(float)
    k = rng.binomial(n.astype(int), 0.6).astype(float)
    if bursts:
        size = np.where(rng.random(days) < 0.05, 12.0, 1.0)
        k, n = k * size, n * size
    return Days(k, n)


@pytest.mark.parametrize("bursts", [False, True])
def test_p_values_are_uniform_where_nothing_happens(bursts: bool) -> None:
    """The small form of benchmarks/event_study.py."""
    from scipy.stats import kstest

    rng = np.random.default_rng(3)
    found = []
    for _ in range(300):
        triggers = rng.choice(900, 6, replace=False)
        effects = study(
            quiet(rng, 900, bursts=bursts), quiet(rng, 900, bursts=bursts), triggers, BEFORE, AFTER
        )
        found.append([effects[name].p for name in ("words", "deeds", "gap", "rate of deeds")])
    for column in np.array(found).T:
        assert kstest(column, "uniform").pvalue > 0.01


def test_an_effect_is_found_with_its_size() -> None:
    rng = np.random.default_rng(4)
    days, triggers = 2000, np.arange(150, 1900, 200)
    share = np.full(days, 0.5)
    _, late = pools(triggers, days, BEFORE, AFTER)
    share[late] = 1 / (1 + np.exp(-1.5))
    n = rng.poisson(2, days).astype(float)
    deeds = Days(rng.binomial(n.astype(int), share).astype(float), n)
    effects = study(quiet(rng, days, bursts=False), deeds, triggers, BEFORE, AFTER)
    assert effects["deeds"].p < 0.01
    assert effects["deeds"].estimate == pytest.approx(1.5, abs=0.4)
    low, high = effects["deeds"].interval90
    assert low < 1.5 < high
    assert effects["words"].p > 0.05


def test_every_day_counts_once_and_after_comes_first() -> None:
    early, late = pools(np.array([10, 12]), 100, 5, 5)
    assert not (early & late).any()
    assert np.flatnonzero(late).tolist() == list(range(10, 18))
    assert np.flatnonzero(early).tolist() == list(range(5, 10))
    acts = Days(np.ones(100), np.ones(100))
    found = counts(acts, early, late)
    assert (found.n_before, found.n_after, found.days_before, found.days_after) == (5, 8, 5, 8)


def test_shifting_the_triggers_is_shifting_the_days() -> None:
    """The transform's sums are those of pools that were moved one by one."""
    from saidanddone.measure.event_study import _shifted

    rng = np.random.default_rng(6)
    series, pool = rng.poisson(3, 50).astype(float), rng.random(50) < 0.2
    found = _shifted(series, pool, np.arange(50))
    assert found.tolist() == [series[np.roll(pool, shift)].sum() for shift in range(50)]


@pytest.mark.parametrize("n", [0.0, 1.0])
def test_nothing_or_one_act_gives_numbers(n: float) -> None:
    none = Days(np.zeros(400), np.zeros(400))
    one = Days(np.zeros(400), np.eye(1, 400, 200)[0] * n)
    effects = study(none, one, np.array([150]), BEFORE, AFTER)
    for effect in effects.values():
        assert np.isfinite([effect.estimate, effect.p, *effect.interval90]).all()
        assert effect.p > 0.05


def test_false_discovery_rates_are_the_published_ones() -> None:
    """The example of Benjamini and Hochberg (1995), section 3: four of fifteen at .05."""
    p = np.array(
        [.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .3240, .4262, .5719,
         .6528, .7590, 1.0]
    )  # fmt: skip
    assert (benjamini_hochberg(p) <= 0.05).sum() == 4
    assert (benjamini_hochberg(p, dependent=True) <= 0.05).sum() == 3
    assert (benjamini_hochberg(p) >= p).all()


def test_they_agree_with_scipy() -> None:
    from scipy.stats import false_discovery_control

    p = np.random.default_rng(7).random(40) ** 2
    assert benjamini_hochberg(p) == pytest.approx(false_discovery_control(p))
    assert benjamini_hochberg(p, dependent=True) == pytest.approx(
        false_discovery_control(p, method="by")
    )
