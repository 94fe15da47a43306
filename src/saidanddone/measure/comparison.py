"""Words against deeds of one pair: gap, surprise, corners, direction (method.md, section 4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from saidanddone.measure.choices import MARGIN, SURE
from saidanddone.measure.norm import Norm
from saidanddone.measure.posterior import Difference, Posterior, warmth

Direction = Literal["warmer", "colder"]

CORNERS = ("open friend", "quiet partner", "false friend", "open rival", "near expectation")

MOST_TIMES = 1024.0
"""'How many times the evidence' is not searched beyond this: it would no longer inform anybody."""


@dataclass(frozen=True, slots=True)
class Side:
    """What is known of a pair in one channel: k of n acts, their dispersion phi, the norm."""

    k: float
    n: float
    phi: float
    norm: Norm

    def warmth(self, times: float = 1.0) -> Posterior:
        """Warmth, were there so many times the evidence at the same share and volume."""
        return warmth(self.norm, self.k, self.n, self.phi / times)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Words and deeds of a pair as distributions, and the slope b of deeds on words."""

    words: Posterior
    deeds: Posterior
    slope: float

    @property
    def gap(self) -> Difference:
        """z_deeds - z_words."""
        return Difference(self.words, self.deeds, 1.0)

    @property
    def surprise(self) -> Difference:
        """z_deeds - b z_words: how much warmer the deeds are than such words foretell."""
        return Difference(self.words, self.deeds, self.slope)

    def direction(self) -> Direction | None:
        """Warmer or colder, where gap and surprise both lie beyond the margin for sure."""
        both = (self.gap, self.surprise)
        if all(d.probability_above(MARGIN) >= SURE for d in both):
            return "warmer"
        if all(1.0 - d.probability_above(-MARGIN) >= SURE for d in both):
            return "colder"
        return None

    def corners(self) -> dict[str, float]:
        """Probabilities of CORNERS; they sum to one."""
        words_cold = float(self.words.probability_below(-MARGIN))
        words_warm = 1.0 - float(self.words.probability_below(MARGIN))
        deeds_cold = float(self.deeds.probability_below(-MARGIN))
        deeds_warm = 1.0 - float(self.deeds.probability_below(MARGIN))
        named = {
            "open friend": words_warm * deeds_warm,
            "quiet partner": words_cold * deeds_warm,
            "false friend": words_warm * deeds_cold,
            "open rival": words_cold * deeds_cold,
        }
        return {**named, "near expectation": max(0.0, 1.0 - sum(named.values()))}

    def corner(self) -> str | None:
        """The corner that is named: the one with probability of at least 0.9."""
        name, probability = max(self.corners().items(), key=lambda item: item[1])
        return name if probability >= SURE else None


def compare(words: Side, deeds: Side, slope: float, times: float = 1.0) -> Comparison:
    """Compare words and deeds; times as in Side.warmth."""
    return Comparison(words.warmth(times), deeds.warmth(times), slope)


def times_needed(words: Side, deeds: Side, slope: float) -> float | None:
    """How many times the evidence, at the same shares, would decide a direction.

    1.0 where it is decided already, None where the gap itself is small: then no amount up to
    MOST_TIMES decides.
    """

    def decided(times: float) -> bool:
        return compare(words, deeds, slope, times).direction() is not None

    if decided(1.0):
        return 1.0
    high = 2.0
    while not decided(high):
        high *= 2.0
        if high > MOST_TIMES:
            return None
    low = high / 2.0
    while high / low > 1.05:
        middle = (low * high) ** 0.5
        low, high = (low, middle) if decided(middle) else (middle, high)
    return high
