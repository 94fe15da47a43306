"""Event studies: words and deeds before and after triggers, against placebo days of the same pair.

Days before any trigger and days after any are pooled, each day once; a day that is after one
trigger and before the next counts as after. The effect is the difference of the empirical logits
of the two pools, unshrunk. Its chance is judged by circular shifts: all triggers are moved together
by the same number of days, around the end to the beginning, so that bursts of acts and the spacing
of the triggers stay as they are (MacKinlay 1997 for the design; Phipson and Smyth 2010 for the one
added to both counts; Chung and Romano 2013 for permutations of a series).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from saidanddone.measure.odds import Floats

SHIFTS = 999
"""Placebo shifts: p can then be told to a thousandth. With fewer days every day is one."""

SEED = 90
"""Shifts are drawn with a fixed seed, so that a question has one answer."""


@dataclass(frozen=True, slots=True)
class Days:
    """One channel of a pair by day: cooperative acts k, signed-valence acts n, shape (days,)."""

    k: Floats
    n: Floats


@dataclass(frozen=True, slots=True)
class Effect:
    """What changed after the triggers.

    estimate: difference of logits (or, for rates, of logs). p: two-sided, from placebo shifts.
    interval90: the effects that the placebos would not reject at .1. placebos: how many shifts.
    """

    estimate: float
    p: float
    interval90: tuple[float, float]
    placebos: int


@dataclass(frozen=True, slots=True)
class Counts:
    """Acts before and after: cooperative k of n, and the days of either pool."""

    k_before: int
    n_before: int
    k_after: int
    n_after: int
    days_before: int
    days_after: int


def pools(
    triggers: NDArray[np.int64], days: int, before: int, after: int
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which of so many days lie before and which after a trigger; windows go round the end."""
    early, late = np.zeros(days, dtype=bool), np.zeros(days, dtype=bool)
    for trigger in triggers:
        late[(trigger + np.arange(0, after + 1)) % days] = True
        early[(trigger - np.arange(1, before + 1)) % days] = True
    return early & ~late, late


def counts(channel: Days, early: NDArray[np.bool_], late: NDArray[np.bool_]) -> Counts:
    """Acts of a channel in both pools."""
    return Counts(
        int(channel.k[early].sum()), int(channel.n[early].sum()),
        int(channel.k[late].sum()), int(channel.n[late].sum()),
        int(early.sum()), int(late.sum()),
    )  # fmt: skip


def study(
    words: Days, deeds: Days, triggers: NDArray[np.int64], before: int, after: int
) -> dict[str, Effect]:
    """Effects on words, deeds and gap, and on the rates of words and deeds.

    triggers: positions of the days. The gap's effect is that of deeds less that of words.
    """
    days = len(words.n)
    early, late = pools(triggers, days, before, after)
    shifts = _shifts(days)
    sums = {}
    for name, series in (
        ("k words", words.k), ("n words", words.n), ("k deeds", deeds.k), ("n deeds", deeds.n)
    ):  # fmt: skip
        sums[name] = (_shifted(series, early, shifts), _shifted(series, late, shifts))
    length = (early.sum(), late.sum())
    effects = {
        "words": _logits(sums["k words"], sums["n words"]),
        "deeds": _logits(sums["k deeds"], sums["n deeds"]),
        "rate of words": _rates(sums["n words"], length),
        "rate of deeds": _rates(sums["n deeds"], length),
    }
    effects["gap"] = effects["deeds"] - effects["words"]
    return {name: _judged(values) for name, values in effects.items()}


def _shifts(days: int) -> NDArray[np.int64]:
    """Zero, then the placebo shifts: all others, or SHIFTS of them drawn without repetition."""
    others = np.arange(1, days)
    if len(others) > SHIFTS:
        others = np.random.default_rng(SEED).choice(others, SHIFTS, replace=False)
    return np.concatenate([[0], others])


def _shifted(series: Floats, pool: NDArray[np.bool_], shifts: NDArray[np.int64]) -> Floats:
    """Sums of a series over a pool that is moved by each shift: a circular correlation."""
    spectrum = np.fft.rfft(series) * np.conj(np.fft.rfft(pool.astype(float)))
    # Sums of whole numbers: rounding takes the transform's errors away.
    sums = np.round(np.fft.irfft(spectrum, len(series)))
    return np.asarray(sums[shifts % len(series)])


def _logits(k: tuple[Floats, Floats], n: tuple[Floats, Floats]) -> Floats:
    """Empirical logit after less before, for each shift."""
    before, after = (np.log((a + 0.5) / (b - a + 0.5)) for a, b in zip(k, n, strict=True))
    return np.asarray(after - before)


def _rates(n: tuple[Floats, Floats], days: tuple[int, int]) -> Floats:
    """Log of the acts a day after less before, half an act added to both."""
    before, after = (
        np.log((count + 0.5) / max(1, length)) for count, length in zip(n, days, strict=True)
    )
    return np.asarray(after - before)


def _judged(values: Floats) -> Effect:
    """The first value against the others: rank from the middle, ties counted against it."""
    own, placebo = float(values[0]), values[1:]
    if not len(placebo):
        return Effect(own, 1.0, (float("-inf"), float("inf")), 0)
    middle = float(np.median(values))
    distance = np.abs(values - middle)
    p = float((distance >= distance[0] - 1e-12).sum() / len(values))
    low, high = np.quantile(placebo - middle, [0.05, 0.95])
    return Effect(own, p, (own - float(high), own - float(low)), len(placebo))


def benjamini_hochberg(p: Floats, *, dependent: bool = False) -> Floats:
    """Adjusted p-values: the false discovery rate at which each would be found.

    Benjamini and Hochberg (1995); dependent: Benjamini and Yekutieli (2001), whatever the
    dependence.

    >>> benjamini_hochberg(np.array([0.01, 0.04, 0.03])).round(3).tolist()
    [0.03, 0.04, 0.04]
    """
    p = np.asarray(p, dtype=float)
    if not len(p):
        return p
    order = np.argsort(p)
    rank = np.arange(1, len(p) + 1)
    factor = float((1.0 / rank).sum()) if dependent else 1.0
    adjusted = np.minimum.accumulate((p[order] * len(p) * factor / rank)[::-1])[::-1]
    found = np.empty(len(p))
    found[order] = np.minimum(adjusted, 1.0)
    return found
