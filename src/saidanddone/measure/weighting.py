"""Weighting acts by how much they matter: |Goldstein| over the mean of the channel.

Goldstein (1992) gives every kind of act a value from -10 to +10; codes/ holds it as intensity.
Divided by the mean of all acts in the channel, the weights of a channel add up to its acts, so that
words and deeds keep the evidence that they have.
"""

from __future__ import annotations

from typing import Any

import narwhals as nw


def mean_weights(weighted: Any, acts: Any) -> dict[str, float]:
    """The mean |intensity| of the acts with a sign, by channel.

    weighted, acts: the counted acts of all pairs by intensity and one by one (measure/counting.py).
    A channel without acts, or whose acts all have intensity 0, is left out.

    >>> import polars as pl
    >>> acts = pl.DataFrame({"channel": ["said"] * 2, "valence": [1, -1], "acts": [3, 1]})
    >>> mean_weights(acts.with_columns(acts=pl.Series([6.0, 4.0])), acts)
    {'said': 2.5}
    """
    sums = [_by_channel(weighted), _by_channel(acts)]
    return {
        channel: total / sums[1][channel]
        for channel, total in sorted(sums[0].items())
        if total > 0 and sums[1].get(channel)
    }


def _by_channel(counted: Any) -> dict[str, float]:
    frame = nw.from_native(counted).filter(nw.col("valence") != 0)
    table = frame.group_by("channel").agg(nw.col("acts").sum())
    return {row["channel"]: float(row["acts"]) for row in table.iter_rows(named=True)}


def scaled(weighted: Any, means: dict[str, float]) -> Any:
    """Divide counted acts by the mean weight of their channel."""
    frame = nw.from_native(weighted)
    if not means:
        return weighted
    mean = nw.col("channel").replace_strict(
        list(means), list(means.values()), default=1.0, return_dtype=nw.Float64
    )
    return frame.with_columns(acts=nw.col("acts") / mean).to_native()
