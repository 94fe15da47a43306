"""What foretells: forecasts redone one by one, chance kept to 5% over all candidates."""

from __future__ import annotations

import numpy as np
import pytest

from saidanddone.measure import foretelling
from saidanddone.measure.foretelling import (
    FIRST_FIT,
    RIDGE,
    Changes,
    changes_of,
    empirical_logit,
    foretell,
)


def world(seed: int, periods: int = 70, states: int = 5, effect: float = 0.0) -> tuple:  # type: ignore[type-arg]
    """A gap that is restless about its level, and candidates that are restless by themselves."""
    draw = np.random.default_rng(seed)
    series = np.zeros((states, periods, 2))
    for t in range(1, periods):
        series[:, t] = 0.5 * series[:, t - 1] + draw.normal(size=(states, 2))
    gap = np.zeros(periods)
    for t in range(1, periods):
        gap[t] = 0.4 * gap[t - 1] + effect * series[0, t - 1, 0] + draw.normal()
    weight = draw.uniform(0.5, 1.5, periods - 1)
    changes = Changes(
        np.arange(periods - 1), gap[:-1], np.diff(gap), weight / weight.mean(), periods
    )
    return changes, list(series)


def by_hand(changes: Changes, series: np.ndarray | None) -> float:
    """Weighted squared error of the rolling forecasts, one origin after the other."""
    error = 0.0
    for i in range(FIRST_FIT, len(changes.at)):
        columns = [np.ones(i + 1), changes.gap[: i + 1]]
        if series is not None:
            columns += list(series[changes.at[: i + 1]].T)
        x = np.column_stack(columns)
        # Ridge as least squares with rows of its own, and the constant left free.
        root = np.sqrt(changes.weight[:i])[:, None]
        extra = np.sqrt(RIDGE) * np.eye(x.shape[1])[1:]
        left = np.vstack([x[:i] * root, extra])
        right = np.concatenate([changes.change[:i] * root[:, 0], np.zeros(len(extra))])
        slopes = np.linalg.lstsq(left, right, rcond=None)[0]
        error += changes.weight[i] * (changes.change[i] - x[i] @ slopes) ** 2
    return error


def test_each_forecast_uses_only_what_came_before_it() -> None:
    changes, series = world(1)
    found = foretell(changes, series, 20)
    assert found is not None
    alone = by_hand(changes, None)
    for i, one in enumerate(series):
        assert found.skill[i] == pytest.approx(1 - by_hand(changes, one) / alone, abs=1e-6)
    unchanged = float((changes.weight * changes.change**2)[FIRST_FIT:].sum())
    assert found.own == pytest.approx(1 - alone / unchanged, abs=1e-6)


def test_chance_finds_something_in_about_five_of_a_hundred_worlds() -> None:
    found = [foretell(*world(seed), 59) for seed in range(200)]
    alarms = sum(bool((one.p <= 0.05).any()) for one in found if one)
    # 200 worlds at 5%: 4 to 18 in 99 of 100 draws.
    assert 2 <= alarms <= 20


def test_a_state_that_leads_the_gap_is_found() -> None:
    found = [foretell(*world(seed, periods=120, effect=0.8), 99) for seed in range(20)]
    first = [one for one in found if one and one.p[0] <= 0.05 and one.skill[0] == one.skill.max()]
    assert len(first) >= 18
    assert all(one.slopes[0][0] > 0.3 for one in first)
    others = [bool((one.p[1:] <= 0.05).any()) for one in found if one]
    assert sum(others) <= 3


def test_what_is_known_too_late_does_not_help() -> None:
    changes, _ = world(3, periods=100)
    late = np.zeros((100, 1))
    late[1:, 0] = changes.change  # the change that has just happened, and not the next one
    found = foretell(changes, [late], 50)
    assert found is not None
    early = np.zeros((100, 1))
    early[:99, 0] = changes.change
    told = foretell(changes, [early], 50)
    assert told is not None
    assert told.skill[0] > 0.8 > found.skill[0]


def test_the_gap_is_the_difference_of_empirical_logits() -> None:
    words = np.array([3.0, 0.0, 5.0, 2.0]), np.array([4.0, 0.0, 5.0, 4.0])
    deeds = np.array([1.0, 2.0, 0.0, 3.0]), np.array([2.0, 3.0, 4.0, 3.0])
    found = changes_of(words, deeds)
    assert found.at.tolist() == [0, 2]
    gap = [np.log((d + 0.5) / (m - d + 0.5)) - np.log((w + 0.5) / (n - w + 0.5))
           for w, n, d, m in ((3, 4, 1, 2), (5, 5, 0, 4), (2, 4, 3, 3))]  # fmt: skip
    assert found.gap == pytest.approx(gap[:2])
    assert found.change == pytest.approx(np.diff(gap))
    assert found.weight.mean() == pytest.approx(1)
    assert empirical_logit(np.zeros(1), np.zeros(1))[0] == 0


def test_too_few_changes_and_no_candidates_are_not_tested() -> None:
    changes, series = world(1, periods=FIRST_FIT + foretelling.FEWEST_FORECASTS)
    assert foretell(changes, series, 20) is None
    assert foretell(world(1)[0], [], 20) is None
    nothing = changes_of((np.zeros(9), np.zeros(9)), (np.zeros(9), np.zeros(9)))
    assert foretell(nothing, series, 20) is None
