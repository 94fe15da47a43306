"""Counted acts as arrays: k of n for every pair in one channel, with its dispersion."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from saidanddone.measure import dispersion
from saidanddone.measure.counting import by_period
from saidanddone.measure.dispersion import Period, Series, Shrinkage
from saidanddone.measure.odds import Floats


@dataclass(frozen=True, slots=True)
class Span:
    """The days that the data cover inside the window, and the unit of blocks (None: no blocks)."""

    first: date
    last: date
    period: Period | None

    @property
    def months(self) -> float:
        """Length in months of 30.44 days."""
        return ((self.last - self.first).days + 1) / 30.436875


def span_of(first: date, last: date, grain: str) -> Span:
    """A span with the block's unit that method.md, section 4, gives it."""
    unit = dispersion.period_for(np.datetime64(first), np.datetime64(last), grain)
    return Span(first, last, unit)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One channel over many pairs; every array has shape (pairs,).

    source, target: ids. k, n: cooperative and all signed-valence acts. phi: dispersion, or 1.
    """

    source: NDArray[np.str_]
    target: NDArray[np.str_]
    k: Floats
    n: Floats
    phi: Floats

    @classmethod
    def one(cls, source: str, target: str, k: float, n: float, phi: float) -> Evidence:
        """The evidence of a single pair."""
        return cls(
            np.array([source]), np.array([target]), np.array([k]), np.array([n]), np.array([phi])
        )

    def rows(self, chosen: NDArray[Any]) -> Evidence:
        """The pairs at these positions, or where this mask is true."""
        return Evidence(
            self.source[chosen],
            self.target[chosen],
            self.k[chosen],
            self.n[chosen],
            self.phi[chosen],
        )

    def of(self, source: str, target: str) -> tuple[float, float, float]:
        """(k, n, phi) of one pair; (0, 0, 1) where it has no acts in this channel."""
        found = np.flatnonzero((self.source == source) & (self.target == target))
        if not found.size:
            return 0.0, 0.0, 1.0
        at = int(found[0])
        return float(self.k[at]), float(self.n[at]), float(self.phi[at])


def in_both(words: Evidence, deeds: Evidence) -> tuple[Evidence, Evidence]:
    """The pairs with acts in both channels, in one order."""
    names = [np.char.add(np.char.add(e.source, " "), e.target) for e in (words, deeds)]
    _, at_words, at_deeds = np.intersect1d(names[0], names[1], return_indices=True)
    return words.rows(at_words), deeds.rows(at_deeds)


def evidence(
    counted: Any, channel: str, span: Span, *, blocks: bool, shrinkage: Shrinkage | None = None
) -> tuple[Evidence, Shrinkage | None]:
    """Evidence of one channel from counted acts.

    blocks: estimate dispersion (where the span allows it), shrunk by the shrinkage given or, where
    None, by one fitted on these very pairs, which is returned.
    """
    frame = nw.from_native(counted).filter(
        (nw.col("channel") == channel) & (nw.col("valence") != 0)
    )
    period = span.period if blocks else None
    # Weeks are made out of days below: engines do not agree on where a week begins.
    unit = "day" if period == "week" else period or "year"
    table = nw.from_native(by_period(frame.to_native(), unit))
    keys = np.char.add(np.char.add(_text(table["source"]), " "), _text(table["target"]))
    pairs, pair = np.unique(keys, return_inverse=True)
    k_entry = table["cooperative"].to_numpy().astype(float)
    n_entry = k_entry + table["conflictual"].to_numpy().astype(float)
    k = np.bincount(pair, k_entry, len(pairs)).astype(float)
    n = np.bincount(pair, n_entry, len(pairs)).astype(float)
    phi = np.ones(len(pairs))
    if period and len(pairs):
        starts = table["period"].to_numpy().astype("datetime64[D]")
        index, periods = _positions(starts, span, period)
        own = dispersion.own_phi(
            Series(pair.astype(np.int64), index, k_entry, n_entry, len(pairs), periods)
        )
        shrinkage = shrinkage or dispersion.shrinkage(own, n)
        phi = shrinkage.shrink(own, n) if shrinkage else phi
    source, target = _split(pairs)
    return Evidence(source, target, k, n, phi), shrinkage if period else None


def _text(column: Any) -> NDArray[np.str_]:
    return np.asarray(column.to_list(), dtype=np.str_)


def _split(pairs: NDArray[np.str_]) -> tuple[NDArray[np.str_], NDArray[np.str_]]:
    if not len(pairs):
        return pairs, pairs
    halves = np.char.partition(pairs, " ")
    return halves[:, 0], halves[:, 2]


def _positions(
    starts: NDArray[np.datetime64], span: Span, period: Period
) -> tuple[NDArray[np.int64], int]:
    """Index of each day's period from the span's first, and the number of periods in the span."""

    def number(days: Any) -> NDArray[np.int64]:
        if period == "week":
            # Day 0 of numpy's calendar is a Thursday; weeks begin on Monday.
            return np.asarray((days.astype("datetime64[D]").astype(np.int64) + 3) // 7)
        unit = "datetime64[M]" if period == "month" else "datetime64[Y]"
        return np.asarray(days.astype(unit).astype(np.int64))

    edges = number(np.array([span.first, span.last], dtype="datetime64[D]"))
    return number(starts) - edges[0], int(edges[1] - edges[0] + 1)
