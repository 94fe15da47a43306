"""Change points: when did the share of cooperative acts change?

The segmentation of a series with the least binomial deviance plus a penalty a change (method.md,
section 5). PELT (Killick, Fearnhead and Eckley 2012) finds it for one long series; here it is
found by the exact dynamic programme that PELT prunes (Jackson and others 2005), for many series at
once, which is faster on months. k/phi of n/phi enter, as everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from saidanddone.measure.odds import Floats

CELLS = 4_000_000
"""Segment costs held at once: 32 MB an array."""

INSIDE = 0.9
"""Probability that the interval of a change holds it."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change of one series: the first period of the new share, counted from 0.

    low and high: the first and last period in which the change may lie, with probability 0.9.
    before and after: shares of the two segments. deviance: how much the change explains.
    """

    at: int
    low: int
    high: int
    before: float
    after: float
    deviance: float


def changes(
    k: Floats, n: Floats, phi: Floats | None = None, penalty: float | None = None
) -> list[list[Change]]:
    """Find the changes of series of k cooperative of n acts, shape (series, periods).

    phi: dispersion, shape (series,). penalty: deviance that a change must explain; None: the
    calibrated one for so many periods (penalty_for). A series without acts has no change.
    """
    k, n = np.atleast_2d(np.asarray(k, float)), np.atleast_2d(np.asarray(n, float))
    scale = np.ones(len(k)) if phi is None else np.maximum(np.asarray(phi, float), 1.0)
    found: list[list[Change]] = []
    block = max(1, CELLS // (k.shape[1] + 1))
    for start in range(0, len(k), block):
        rows = slice(start, start + block)
        found += _of_block(k[rows] / scale[rows, None], n[rows] / scale[rows, None], penalty)
    return found


def _of_block(k: Floats, n: Floats, penalty: float | None) -> list[list[Change]]:
    sums_k, sums_n = (np.pad(np.cumsum(part, axis=1), ((0, 0), (1, 0))) for part in (k, n))
    price = penalty_for((n > 0).sum(axis=1)) if penalty is None else np.full(len(k), penalty)
    starts = segment(sums_k, sums_n, price)
    return [_described(sums_k[i], sums_n[i], starts[i]) for i in range(len(k))]


def segment(sums_k: Floats, sums_n: Floats, price: Floats) -> list[list[int]]:
    """Where the segments of the best segmentation begin, for every series."""
    series, ends = sums_n.shape
    best = np.empty((series, ends))
    best[:, 0] = -price
    previous = np.zeros((series, ends), dtype=np.int64)
    for end in range(1, ends):
        cost = deviance(
            sums_k[:, end, None] - sums_k[:, :end], sums_n[:, end, None] - sums_n[:, :end]
        )
        total = best[:, :end] + cost + price[:, None]
        # The earliest of equals: a change is put where acts are, not into the silence before.
        previous[:, end] = total.argmin(axis=1)
        best[:, end] = np.take_along_axis(total, previous[:, end, None], axis=1)[:, 0]
    return [_trace(row) for row in previous]


def _trace(previous: NDArray[np.int64]) -> list[int]:
    starts, end = [], len(previous) - 1
    while end > 0:
        end = int(previous[end])
        starts.append(end)
    return starts[::-1]


def deviance(k: Floats, n: Floats) -> Floats:
    """-2 log likelihood of k of n acts at their own share; 0 where all are of one sign.

    >>> float(deviance(np.array(5.0), np.array(10.0)).round(4))
    13.8629
    """
    return 2.0 * (_xlogx(n) - _xlogx(k) - _xlogx(n - k))


def _xlogx(x: Floats) -> Floats:
    # Sums of fractions may fall below zero by rounding.
    positive = np.maximum(x, 0.0)
    return positive * np.log(np.where(positive > 0, positive, 1.0))


def _described(sums_k: Floats, sums_n: Floats, starts: list[int]) -> list[Change]:
    """Each change between its two neighbours, with the interval of its place."""
    edges = [*starts, len(sums_n) - 1]
    found = []
    for left, at, right in zip(edges, edges[1:], edges[2:], strict=False):
        inner = np.arange(left + 1, right)
        before = deviance(sums_k[inner] - sums_k[left], sums_n[inner] - sums_n[left])
        after = deviance(sums_k[right] - sums_k[inner], sums_n[right] - sums_n[inner])
        whole = deviance(sums_k[right] - sums_k[left], sums_n[right] - sums_n[left])
        cost = before + after
        # A flat prior over the places: the posterior of a change in one segment (Hinkley 1970).
        mass = np.exp(-0.5 * (cost - cost.min()))
        low, high = _interval(mass / mass.sum())
        found.append(
            Change(
                at=at,
                low=int(inner[low]),
                high=int(inner[high]),
                before=_share(sums_k[at] - sums_k[left], sums_n[at] - sums_n[left]),
                after=_share(sums_k[right] - sums_k[at], sums_n[right] - sums_n[at]),
                deviance=float(whole - cost[at - left - 1]),
            )
        )
    return found


def _interval(mass: Floats) -> tuple[int, int]:
    """The shortest run of places that holds INSIDE of the mass."""
    total = np.concatenate([[0.0], np.cumsum(mass)])
    ends = np.searchsorted(total, total[:-1] + INSIDE - 1e-12)
    held = ends < len(total)
    length = np.where(held, ends - np.arange(len(mass)), len(total))
    first = int(length.argmin())
    return first, int(ends[first]) - 1


def _share(k: float, n: float) -> float:
    return float(k / n) if n > 0 else float("nan")


def penalty_for(periods: NDArray[np.int64] | int) -> Floats:
    """The penalty at which 5% of series without a change show one, by periods with acts.

    Simulated (benchmarks/change_points.py) and read from change_points.csv; between its rows by
    the logarithm of the periods, beyond them the nearest row.
    """
    table = _penalties()
    return np.asarray(np.interp(np.log(np.maximum(periods, 1)), np.log(table[:, 0]), table[:, 1]))


@cache
def _penalties() -> Floats:
    """Columns periods and penalty."""
    with files("saidanddone.measure").joinpath("change_points.csv").open(encoding="utf-8") as file:
        return np.loadtxt(file, delimiter=",", skiprows=1, ndmin=2)
