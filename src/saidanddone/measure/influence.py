"""Which days carry a gap: what changes when a day's acts are left out."""

from __future__ import annotations

from typing import Any

import narwhals as nw
import numpy as np

from saidanddone.measure.comparison import Side
from saidanddone.measure.quadrature import Floats, integrate
from saidanddone.measure.selection import share_difference


def day_influence(counted: Any, words: str, deeds: str, sides: tuple[Side, Side]) -> Any:
    """Change of the gap when a date is left out, for every date with signed-valence acts.

    counted: counted acts of one pair. sides: its words and deeds, whose norms and dispersion are
    held fixed. Returns date, precision, words_cooperative, words_conflictual, deeds_cooperative,
    deeds_conflictual, influence (gap less the gap without the date, in logits), the largest first.
    """
    days = _days(counted, words, deeds)
    warmths = []
    for side, name in zip(sides, ("words", "deeds"), strict=True):
        k = days[f"{name}_cooperative"].to_numpy().astype(float)
        n = k + days[f"{name}_conflictual"].to_numpy()
        warmths.append(_without(side, k, n))
    gap = warmths[1][0] - warmths[0][0]
    return _with_influence(days, gap - (warmths[1][1:] - warmths[0][1:]))


def day_influence_on_shares(counted: Any, words: str, deeds: str) -> Any:
    """The same for a selection: change of the difference of shares (0 where there is none)."""
    days = _days(counted, words, deeds)
    columns = [days[name].to_numpy().astype(float) for name in _COUNTS]
    totals = [float(column.sum()) for column in columns]

    def difference(left_out: tuple[float, ...]) -> float:
        a, b, c, d = (max(t - x, 0.0) for t, x in zip(totals, left_out, strict=True))
        return share_difference((a, a + b), (c, c + d)).difference or 0.0

    whole = difference((0.0, 0.0, 0.0, 0.0))
    rows = zip(*columns, strict=True)
    return _with_influence(days, np.array([whole - difference(row) for row in rows]))


_COUNTS = ("words_cooperative", "words_conflictual", "deeds_cooperative", "deeds_conflictual")


def _days(counted: Any, words: str, deeds: str) -> Any:
    acts, zero = nw.col("acts"), nw.lit(0)

    def where(channel: str, valence: int) -> Any:
        chosen = (nw.col("channel") == channel) & (nw.col("valence") == valence)
        return nw.when(chosen).then(acts).otherwise(zero)

    conditions = [(words, 1), (words, -1), (deeds, 1), (deeds, -1)]
    counts = {name: where(*c) for name, c in zip(_COUNTS, conditions, strict=True)}
    frame = nw.from_native(counted).filter(
        nw.col("channel").is_in([words, deeds]) & (nw.col("valence") != 0)
    )
    return frame.with_columns(**counts).group_by("date", "precision").agg(nw.col(*_COUNTS).sum())


def _without(side: Side, k: Floats, n: Floats) -> Floats:
    """Warmth of the whole, then of the whole less each date; norm at the whole's volume."""
    left_k = np.maximum(side.k - np.concatenate([[0.0], k]), 0.0) / side.phi
    left_n = np.maximum(side.n - np.concatenate([[0.0], n]), 0.0) / side.phi
    mu = np.full(len(left_n), float(side.norm.at(side.n)))
    return integrate(left_k, left_n, mu, side.norm.tau).mean()


def _with_influence(days: Any, influence: Floats) -> Any:
    column = nw.new_series("influence", influence, nw.Float64, backend=days.implementation)
    days = days.with_columns(column, size=column.abs())
    return days.sort("size", "date", descending=[True, False]).drop("size").to_native()
