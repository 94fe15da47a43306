"""Which days and acts carry a gap: what changes when they are left out.

Two granularities share one shape: by date (all acts of a day together), and by kind (the acts of
one channel and valence on a date), so that each act can be shown with the weight of its kind.
"""

from __future__ import annotations

from typing import Any

import narwhals as nw
import numpy as np

from saidanddone.measure.comparison import Side
from saidanddone.measure.odds import Floats
from saidanddone.measure.quadrature import integrate
from saidanddone.measure.selection import share_difference

BY_DATE = ("date", "precision")
BY_KIND = ("date", "precision", "channel", "valence")

_COUNTS = ("words_cooperative", "words_conflictual", "deeds_cooperative", "deeds_conflictual")


def influence(
    counted: Any,
    words: str,
    deeds: str,
    sides: tuple[Side, Side],
    by: tuple[str, ...] = BY_DATE,
) -> Any:
    """Change of the gap when a date, or a kind of act on it, is left out.

    counted: counted acts of one pair. sides: its words and deeds, whose norms and dispersion are
    held fixed. Returns the columns of by, words_cooperative, words_conflictual, deeds_cooperative,
    deeds_conflictual and influence (the gap less the gap without it, in logits), largest first.
    """
    groups = _groups(counted, words, deeds, by)
    warmths = []
    for side, name in zip(sides, ("words", "deeds"), strict=True):
        k = groups[f"{name}_cooperative"].to_numpy().astype(float)
        n = k + groups[f"{name}_conflictual"].to_numpy()
        warmths.append(_without(side, k, n))
    gap = warmths[1] - warmths[0]
    return _with_influence(groups, gap[0] - gap[1:], by)


def influence_on_shares(counted: Any, words: str, deeds: str, by: tuple[str, ...] = BY_DATE) -> Any:
    """The same for a selection: change of the difference of shares (0 where there is none)."""
    groups = _groups(counted, words, deeds, by)
    columns = [groups[name].to_numpy().astype(float) for name in _COUNTS]
    totals = [float(column.sum()) for column in columns]

    def difference(left_out: tuple[float, ...]) -> float:
        a, b, c, d = (total - out for total, out in zip(totals, left_out, strict=True))
        return share_difference((a, a + b), (c, c + d)).difference or 0.0

    whole = difference((0.0, 0.0, 0.0, 0.0))
    rows = zip(*columns, strict=True)
    return _with_influence(groups, np.array([whole - difference(row) for row in rows]), by)


def _groups(counted: Any, words: str, deeds: str, by: tuple[str, ...]) -> Any:
    acts, zero = nw.col("acts"), nw.lit(0)

    def where(channel: str, valence: int) -> Any:
        matches = (nw.col("channel") == channel) & (nw.col("valence") == valence)
        return nw.when(matches).then(acts).otherwise(zero)

    conditions = [(words, 1), (words, -1), (deeds, 1), (deeds, -1)]
    counts = {name: where(*c) for name, c in zip(_COUNTS, conditions, strict=True)}
    frame = nw.from_native(counted).filter(
        nw.col("channel").is_in([words, deeds]) & (nw.col("valence") != 0)
    )
    return frame.with_columns(**counts).group_by(*by).agg(nw.col(*_COUNTS).sum())


def _without(side: Side, k: Floats, n: Floats) -> Floats:
    """Warmth of the whole, then without each group; the norm stays at the whole's volume."""
    left_k = np.maximum(side.k - np.concatenate([[0.0], k]), 0.0) / side.phi
    left_n = np.maximum(side.n - np.concatenate([[0.0], n]), 0.0) / side.phi
    mu = np.full(len(left_n), float(side.norm.at(side.n)))
    return integrate(left_k, left_n, mu, side.norm.tau).mean()


def _with_influence(groups: Any, change: Floats, by: tuple[str, ...]) -> Any:
    column = nw.new_series("influence", change, nw.Float64, backend=groups.implementation)
    groups = groups.with_columns(column, size=column.abs())
    order = ["size", *by]
    ordered = groups.sort(order, descending=[True] + [False] * len(by))
    return ordered.drop("size").to_native()
