"""Where two counts of the same pair differ: by period, and by the codes that make the difference.

Nothing is added: the two are laid side by side.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import narwhals as nw
import numpy as np

from saidanddone.measure.odds import Floats

FEWEST_PERIODS = 8
"""Below this a rank correlation of two series hardly ever differs from chance."""


@dataclass(frozen=True, slots=True)
class RootDifference:
    """How much more of a channel's acts one count holds under a root code than the other.

    first, second: the root's part of the acts with a sign, 0 to 1. acts_first, acts_second: acts.
    Over the roots of one valence the differences add up to the difference of the shares.
    """

    channel: str
    root: str
    valence: int
    first: float
    second: float
    acts_first: int
    acts_second: int

    @property
    def difference(self) -> float:
        """Part in the first less part in the second."""
        return self.first - self.second


def correlation(first: Floats, second: Floats) -> float | None:
    """Spearman's rank correlation of two series of periods (Spearman 1904).

    None where either does not vary, or there are fewer than eight periods.
    """
    if len(first) < FEWEST_PERIODS or np.ptp(first) == 0 or np.ptp(second) == 0:
        return None
    # Imported here: scipy.stats takes longer than most answers.
    from scipy.stats import spearmanr

    return float(spearmanr(first, second).statistic)


def by_root(first: Any, second: Any, channel: str) -> tuple[RootDifference, ...]:
    """Split the difference of the cooperative shares by root code, the largest part first.

    first, second: tables of acts counted by root (root, channel, valence, acts). Shares are
    k / n = the sum over cooperative roots of their part of n, so that the parts' differences add up
    to the difference of the shares exactly. Nothing where either has no acts with a sign.
    """
    parts = [_acts(table, channel) for table in (first, second)]
    totals = [sum(part.values()) for part in parts]
    if not all(totals):
        return ()
    found = [
        RootDifference(
            channel,
            root,
            valence,
            parts[0].get((root, valence), 0) / totals[0],
            parts[1].get((root, valence), 0) / totals[1],
            parts[0].get((root, valence), 0),
            parts[1].get((root, valence), 0),
        )
        for root, valence in sorted(parts[0].keys() | parts[1].keys())
    ]
    return tuple(sorted(found, key=lambda part: -abs(part.difference)))


def _acts(table: Any, channel: str) -> dict[tuple[str, int], int]:
    frame = nw.from_native(table).filter((nw.col("channel") == channel) & (nw.col("valence") != 0))
    found = frame.group_by("root", "valence").agg(nw.col("acts").sum())
    return {(root, int(v)): int(acts) for root, v, acts in found.select(
        "root", "valence", "acts").iter_rows()}  # fmt: skip
