"""What foretells the next change of a gap: forecasts from a rolling origin, against shifted series.

The gap of a period is the difference of empirical logits (method.md, section 5), unshrunk. Its next
change is forecast by ridge regression (Hoerl and Kennard 1970) on the gap itself and, for a
candidate, on that candidate's series; at each origin only what was known by then is fitted (Tashman
2000). A candidate is worth what it takes off the squared error of the forecast from the gap alone.
Chance is what the same forecasts do when all candidates are shifted around in time against the gap,
which keeps how they hang together; the largest of each shift serves all candidates, so that the
p-values hold for all of them at once (Westfall and Young 1993).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from saidanddone.measure.odds import Floats

RIDGE = 5.0
"""Penalty on every slope, in observations of usual weight: a candidate that hardly varies before
the first forecasts cannot throw them off; over fifty periods a series of unit variance keeps 90% of
its slope."""

FIRST_FIT = 20
"""Changes before the first forecast: five for each coefficient of a candidate with two series."""

FEWEST_FORECASTS = 12
"""Below this one lucky forecast decides."""

NEAREST_SHIFT = 2
"""Shifts of fewer periods than this leave the candidate nearly where it was."""


@dataclass(frozen=True, slots=True)
class Changes:
    """A gap's changes between periods in which it is known.

    at: index of the period that each change starts from, shape (changes,). gap: the gap there;
    change: to the next known one; weight: inverse variance of the change, mean 1. periods: of all.
    """

    at: NDArray[np.int64]
    gap: Floats
    change: Floats
    weight: Floats
    periods: int

    @property
    def forecasts(self) -> int:
        """Changes that are forecast; below FEWEST_FORECASTS nothing is tested."""
        return max(0, len(self.at) - FIRST_FIT)


@dataclass(frozen=True, slots=True)
class Foretelling:
    """How well candidates foretell; arrays of shape (candidates,).

    own: part of the error of no change that the gap alone takes off. skill: part of the remaining
    error that the candidate takes off (negative: it adds to it). p: chance of as large a skill for
    any candidate under shifts. shifts: how many there were.
    """

    own: float
    skill: Floats
    versus_no_change: Floats
    p: Floats
    slopes: tuple[Floats, ...]
    shifts: int


def empirical_logit(k: Floats, n: Floats) -> tuple[Floats, Floats]:
    """Return log((k + 1/2) / (n - k + 1/2)) and its variance (method.md, section 5)."""
    return np.log((k + 0.5) / (n - k + 0.5)), 1 / (k + 0.5) + 1 / (n - k + 0.5)


def changes_of(words: tuple[Floats, Floats], deeds: tuple[Floats, Floats]) -> Changes:
    """Changes of the gap; words, deeds: k and n by period, known where both have acts."""
    (w, w_variance), (d, d_variance) = empirical_logit(*words), empirical_logit(*deeds)
    known = np.flatnonzero((words[1] > 0) & (deeds[1] > 0))
    gap, variance = (d - w)[known], (d_variance + w_variance)[known]
    weight = 1 / (variance[1:] + variance[:-1])
    return Changes(
        known[:-1],
        gap[:-1],
        np.diff(gap),
        weight / weight.mean() if len(weight) else weight,
        len(words[1]),
    )


def foretell(
    changes: Changes, candidates: Sequence[Floats], most_shifts: int
) -> Foretelling | None:
    """Hold candidates against shifts of themselves; each has shape (periods, series).

    None where there are too few changes, or no candidates.
    """
    if changes.forecasts < FEWEST_FORECASTS or not candidates:
        return None
    unchanged = _error(changes, np.zeros((1, len(changes.at))))[0]
    alone = _error(changes, _forecasts(changes, np.zeros((1, len(changes.at), 0))))[0]
    possible = np.arange(NEAREST_SHIFT, changes.periods - NEAREST_SHIFT + 1)
    if len(possible) > most_shifts:
        spread = np.linspace(0, len(possible) - 1, most_shifts).round().astype(int)
        possible = possible[spread]
    shifts = np.concatenate([[0], possible])
    skills = np.empty((len(candidates), len(shifts)))
    slopes = []
    for i, series in enumerate(candidates):
        places = (changes.at[None, :] - shifts[:, None]) % changes.periods
        shifted = series[places]
        skills[i] = 1 - _error(changes, _forecasts(changes, shifted)) / alone
        slopes.append(_fit(changes, shifted[:1])[0, 2:])
    largest = skills[:, 1:].max(axis=0)
    p = (1 + (largest[None, :] >= skills[:, :1]).sum(axis=1)) / (1 + len(possible))
    return Foretelling(
        own=float(1 - alone / unchanged),
        skill=skills[:, 0],
        versus_no_change=1 - (1 - skills[:, 0]) * alone / unchanged,
        p=p,
        slopes=tuple(slopes),
        shifts=len(possible),
    )


def _design(changes: Changes, series: Floats) -> Floats:
    """Constant, gap and series; series (shifts, changes, s) gives (shifts, changes, 2 + s)."""
    shape = (len(series), len(changes.at), 1)
    gap = np.broadcast_to(changes.gap[None, :, None], shape)
    return np.concatenate([np.ones(shape), gap, series], axis=2)


def _penalty(width: int) -> Floats:
    return RIDGE * np.diag([1e-9, *[1.0] * (width - 1)])  # the constant is free


def _fit(changes: Changes, series: Floats) -> Floats:
    """Coefficients on all changes, shape (shifts, 2 + s)."""
    x = _design(changes, series)
    weighted = x * changes.weight[None, :, None]
    square = np.einsum("stf,stg->sfg", weighted, x) + _penalty(x.shape[2])
    moment = np.einsum("stf,t->sf", weighted, changes.change)
    return np.asarray(np.linalg.solve(square, moment[..., None])[..., 0])


def _forecasts(changes: Changes, series: Floats) -> Floats:
    """Each change from FIRST_FIT on, forecast by what came before it; earlier ones are 0."""
    x = _design(changes, series)
    weighted = x * changes.weight[None, :, None]
    # Up to and without each change: what was known at its origin.
    square = np.cumsum(weighted[..., :, None] * x[..., None, :], axis=1)[:, FIRST_FIT - 1 : -1]
    moment = np.cumsum(weighted * changes.change[None, :, None], axis=1)[:, FIRST_FIT - 1 : -1]
    slopes = np.linalg.solve(square + _penalty(x.shape[2]), moment[..., None])[..., 0]
    told = np.zeros((len(series), len(changes.at)))
    told[:, FIRST_FIT:] = np.einsum("stf,stf->st", slopes, x[:, FIRST_FIT:])
    return told


def _error(changes: Changes, told: Floats) -> Floats:
    """Weighted squared error of the forecasts, shape (shifts,)."""
    missed = (changes.change[None, FIRST_FIT:] - told[:, FIRST_FIT:]) ** 2
    return np.asarray((missed * changes.weight[None, FIRST_FIT:]).sum(axis=1))
