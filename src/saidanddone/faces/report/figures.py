"""Figures in a report: percentages, rates and intervals as people read them."""

from __future__ import annotations

from saidanddone.model import ChannelAnswer, Estimate

NOTHING = "–"
"""Where there is no number."""

SIGN_NAMES = ("cooperative", "conflictual", "neutral")


def percent(share: float | None) -> str:
    """A share as a percentage.

    >>> percent(0.934), percent(None)
    ('93%', '–')
    """
    return NOTHING if share is None else f"{share:.0%}"


def rate(value: float | None) -> str:
    """Acts a month, with one decimal."""
    return NOTHING if value is None else f"{value:,.1f}"


def number(value: float | None) -> str:
    """A signed number with two decimals.

    >>> number(-0.3842), number(-0.001)
    ('−0.38', '+0.00')
    """
    return NOTHING if value is None else f"{value:+z.2f}".replace("-", "−")


def interval(estimate: Estimate) -> str:
    """An estimate with its 90% interval."""
    low, high = estimate.interval90
    return f"{number(estimate.estimate)} ({number(low)} to {number(high)})"


def warmth(channel: ChannelAnswer) -> str:
    """Warmth with half the width of its 90% interval, in logits."""
    if channel.warmth is None or channel.se is None:
        return NOTHING
    return f"{number(channel.warmth)} ± {1.645 * channel.se:.2f}"
