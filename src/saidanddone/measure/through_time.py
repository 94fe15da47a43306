"""Pairs through time: k of n by period as arrays, and how restless their shares are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from saidanddone.measure.counting import by_period
from saidanddone.measure.odds import Floats

By = Literal["month", "quarter", "year"]
PERIODS: tuple[By, ...] = ("month", "quarter", "year")

_MONTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, slots=True)
class Panel:
    """One channel of many pairs through time.

    source, target: ids, shape (pairs,). starts: first days of the periods, shape (periods,). k, n:
    cooperative and all signed-valence acts, shape (pairs, periods).
    """

    source: NDArray[np.str_]
    target: NDArray[np.str_]
    starts: NDArray[np.datetime64]
    k: Floats
    n: Floats


def panel(counted: Any, channel: str, first: date, last: date, by: By) -> Panel:
    """Lay counted acts out by pair and period, from the period of first to that of last."""
    frame = nw.from_native(counted).filter(
        (nw.col("channel") == channel) & (nw.col("valence") != 0)
    )
    table = nw.from_native(by_period(frame.to_native(), by))
    names = [
        f"{s} {t}"
        for s, t in zip(table["source"].to_list(), table["target"].to_list(), strict=True)
    ]
    pairs, row = np.unique(np.array(names, dtype=np.str_), return_inverse=True)
    months = table["period"].to_numpy().astype("datetime64[M]").astype(np.int64)
    edges = np.array([first, last], dtype="datetime64[M]").astype(np.int64)
    length = _MONTHS[by]
    begin, end = (int(edge) // length for edge in edges)
    starts = (np.arange(begin, end + 1) * length).astype("datetime64[M]").astype("datetime64[D]")
    column = months // length - begin
    inside = (column >= 0) & (column < len(starts))
    k, n = (np.zeros((len(pairs), len(starts))) for _ in range(2))
    cooperative = table["cooperative"].to_numpy().astype(float)
    both = cooperative + table["conflictual"].to_numpy().astype(float)
    np.add.at(k, (row[inside], column[inside]), cooperative[inside])
    np.add.at(n, (row[inside], column[inside]), both[inside])
    sides = [name.split(" ") for name in pairs]
    source, target = (np.array([side[i] for side in sides], dtype=np.str_) for i in (0, 1))
    return Panel(source, target, starts, k, n)


def restlessness(k: Floats, n: Floats) -> Floats:
    """How much neighbouring periods differ beyond counting error: a dispersion that no trend moves.

    k, n: shape (series, periods). Squared differences of the shares of consecutive periods with
    acts over their binomial variance, summed (von Neumann 1941); at least 1, shape (series,). The
    dispersion of an answer takes a lasting change for noise; this one does not.
    """
    found = np.ones(len(k))
    for i in range(len(k)):
        seen = n[i] > 0
        if seen.sum() < 3:
            continue
        own_k, own_n = k[i][seen], n[i][seen]
        total = own_n[1:] + own_n[:-1]
        share = own_k / own_n
        pooled = (own_k[1:] + own_k[:-1]) / total
        # Two acts that agree say nothing about how much two periods differ.
        useful = total > 1
        squares = own_n[1:] * own_n[:-1] / total * np.diff(share) ** 2
        variance = pooled * (1 - pooled) * total / np.maximum(total - 1, 1.0)
        expected = float(variance[useful].sum())
        if expected > 0:
            found[i] = max(1.0, float(squares[useful].sum()) / expected)
    return found
