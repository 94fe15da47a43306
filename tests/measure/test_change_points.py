"""Change points: the best segmentation, 5% false alarms, and shifts found where they are."""

from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saidanddone.measure.change_points import changes, deviance, penalty_for
from saidanddone.measure.odds import expit
from saidanddone.measure.through_time import restlessness


@given(
    st.lists(
        st.integers(0, 9).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
        min_size=2,
        max_size=8,
    ),
    st.floats(0.5, 8.0),
)
@settings(max_examples=60)
def test_no_other_segmentation_costs_less(acts: list[tuple[int, int]], penalty: float) -> None:
    """All segmentations of a short series, one after the other."""
    k, n = (np.array([pair[i] for pair in acts], dtype=float) for i in (0, 1))

    def cost(starts: tuple[int, ...]) -> float:
        edges = [0, *starts, len(k)]
        own = [float(deviance(k[a:b].sum(), n[a:b].sum())) for a, b in pairwise(edges)]
        return sum(own) + penalty * len(starts)

    found = tuple(change.at for change in changes(k, n, penalty=penalty)[0])
    inner = range(1, len(k))
    best = min(cost(starts) for size in range(len(k)) for starts in combinations(inner, size))
    assert cost(found) == pytest.approx(best, abs=1e-9)


def test_five_in_a_hundred_series_without_change_show_one() -> None:
    rng = np.random.default_rng(31)
    n = rng.poisson(8, (600, 60)).astype(float)
    k = rng.binomial(n.astype(int), 0.7).astype(float)
    false = np.mean([bool(found) for found in changes(k, n)])
    # 600 runs: two standard errors are .018.
    assert 0.01 <= false <= 0.07


def test_bursts_are_no_changes() -> None:
    """Acts in bursts of one sign: the restlessness of the series keeps alarms at their level."""
    rng = np.random.default_rng(32)
    bursts = rng.poisson(3, (400, 60))
    cooperative = rng.binomial(bursts, 0.6)
    k, n = 4.0 * cooperative, 4.0 * bursts
    false = np.mean([bool(found) for found in changes(k, n, restlessness(k, n))])
    assert false <= 0.07
    assert np.mean([bool(found) for found in changes(k, n)]) > 0.5


def test_a_shift_of_one_logit_is_located() -> None:
    rng = np.random.default_rng(33)
    shares = np.full(60, 0.5)
    shares[30:] = expit(1.0)
    n = rng.poisson(20, (200, 60)).astype(float)
    k = rng.binomial(n.astype(int), shares).astype(float)
    found = changes(k, n)
    near = np.mean([any(abs(c.at - 30) <= 2 for c in row) for row in found])
    assert near >= 0.8
    held = [c.low <= 30 <= c.high for row in found for c in row if abs(c.at - 30) <= 6]
    assert np.mean(held) >= 0.85
    assert all(c.before < c.after for row in found if len(row) == 1 for c in row)


def test_a_change_lies_in_its_own_interval_and_tells_the_shares() -> None:
    k = np.array([9.0] * 10 + [1.0] * 10)
    (change,) = changes(k, np.full(20, 10.0))[0]
    assert change.low <= change.at <= change.high
    assert (change.at, change.before, change.after) == (10, 0.9, 0.1)
    assert change.deviance > 100


@pytest.mark.parametrize(
    ("k", "n"),
    [([0.0], [0.0]), ([3.0], [3.0]), ([0.0] * 12, [0.0] * 12), ([2.0] * 12, [2.0] * 12)],
)
def test_nothing_to_tell_is_no_change(k: list[float], n: list[float]) -> None:
    assert changes(np.array(k), np.array(n)) == [[]]


def test_the_penalty_grows_with_the_length() -> None:
    penalties = penalty_for(np.array([4, 12, 60, 120, 552, 5000]))
    assert (np.diff(penalties) >= 0).all()
    assert penalties[-1] == penalties[-2]


def test_many_series_at_once_are_as_each_alone() -> None:
    rng = np.random.default_rng(34)
    n = rng.poisson(6, (40, 30)).astype(float)
    k = rng.binomial(n.astype(int), np.where(np.arange(30) < 12, 0.8, 0.3)).astype(float)
    together = changes(k, n)
    assert together == [changes(k[i], n[i])[0] for i in range(40)]
    assert sum(map(len, together)) >= 40
