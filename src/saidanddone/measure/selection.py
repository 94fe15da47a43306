"""What can be said of a selection: shares and their difference, and nothing decided."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

Z90 = 1.6448536269514722
"""95th percentile of the standard normal distribution: a central interval of 90%."""


@dataclass(frozen=True, slots=True)
class ShareDifference:
    """Share of cooperative deeds less that of cooperative words, with its 90% interval.

    All are null where either channel has no signed-valence acts.
    """

    share_words: float | None
    share_deeds: float | None
    difference: float | None
    interval90: tuple[float, float] | None


def wilson(k: float, n: float) -> tuple[float, float]:
    """Wilson's score interval of a share at 90%; n > 0.

    >>> tuple(round(x, 3) for x in wilson(8, 10))
    (0.541, 0.931)
    """
    centre = (k + Z90**2 / 2) / (n + Z90**2)
    half = Z90 / (n + Z90**2) * np.sqrt(k * (n - k) / n + Z90**2 / 4)
    return float(centre - half), float(centre + half)


def share_difference(words: tuple[float, float], deeds: tuple[float, float]) -> ShareDifference:
    """Difference of two shares, each given as (k, n), by Newcombe's method 10 (1998).

    >>> share_difference((5, 10), (0, 0)).difference is None
    True
    """
    (k_words, n_words), (k_deeds, n_deeds) = words, deeds
    share_words = k_words / n_words if n_words else None
    share_deeds = k_deeds / n_deeds if n_deeds else None
    if share_words is None or share_deeds is None:
        return ShareDifference(share_words, share_deeds, None, None)
    low_words, high_words = wilson(k_words, n_words)
    low_deeds, high_deeds = wilson(k_deeds, n_deeds)
    difference = share_deeds - share_words
    down = np.hypot(share_deeds - low_deeds, high_words - share_words)
    up = np.hypot(high_deeds - share_deeds, share_words - low_words)
    return ShareDifference(
        share_words, share_deeds, difference, (float(difference - down), float(difference + up))
    )
