"""Everything that is fitted over all pairs of a window, once for all questions about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

import narwhals as nw

from saidanddone.measure.choices import Choices
from saidanddone.measure.counting import by_pair
from saidanddone.measure.dispersion import Shrinkage
from saidanddone.measure.evidence import Evidence, Span, evidence, in_both
from saidanddone.measure.norm import MIN_PAIRS, Norm, fit, posterior
from saidanddone.measure.peers import Peers, fit_peers
from saidanddone.measure.quadrature import integrate
from saidanddone.measure.rate import Rate, fit_rate
from saidanddone.measure.slope import slope

MIN_CONFLICTUAL_SHARE = 0.05
"""A channel whose acts are nearly all cooperative has no warmth (method.md, section 1)."""


@dataclass(frozen=True, slots=True)
class ChannelFit:
    """What was fitted for one channel; world and plain are None where why_null says why."""

    world: Norm | None
    plain: Norm | None
    shrinkage: Shrinkage | None
    rate: Rate | None
    why_null: str | None

    @classmethod
    def from_dict(cls, stored: dict[str, Any]) -> ChannelFit:
        """The inverse of dataclasses.asdict."""
        return cls(
            world=Norm(**stored["world"]) if stored["world"] else None,
            plain=Norm(**stored["plain"]) if stored["plain"] else None,
            shrinkage=Shrinkage(**stored["shrinkage"]) if stored["shrinkage"] else None,
            rate=Rate(**stored["rate"]) if stored["rate"] else None,
            why_null=stored["why_null"],
        )


@dataclass(frozen=True, slots=True)
class Fits:
    """Fits by channel, and the slope of deeds on words under the norms world and plain.

    blocks: dispersion was estimated for words and deeds; where it was asked for and the data do
    not allow it, False.
    """

    channels: dict[str, ChannelFit]
    slopes: dict[str, float]
    blocks: bool

    def to_dict(self) -> dict[str, Any]:
        """As plain numbers, for a cache."""
        return asdict(self)

    @classmethod
    def from_dict(cls, stored: dict[str, Any]) -> Fits:
        """The inverse of to_dict."""
        channels = {name: ChannelFit.from_dict(c) for name, c in stored["channels"].items()}
        return cls(channels, dict(stored["slopes"]), bool(stored["blocks"]))

    def slope(self, against: str) -> float:
        """Slope b under the norm world or plain; the norm self has the world's."""
        return self.slopes["plain" if against == "plain" else "world"]


@dataclass(frozen=True, slots=True)
class PeersFits:
    """The norm peers by channel, where it could be fitted, and the slope of deeds on words."""

    channels: dict[str, Peers]
    slope: float

    def to_dict(self) -> dict[str, Any]:
        """As plain values, for a cache."""
        return {
            "channels": {name: found.to_dict() for name, found in self.channels.items()},
            "slope": self.slope,
        }

    @classmethod
    def from_dict(cls, stored: dict[str, Any]) -> PeersFits:
        """The inverse of to_dict."""
        channels = {name: Peers.from_dict(found) for name, found in stored["channels"].items()}
        return cls(channels, float(stored["slope"]))


def fit_all_peers(
    counted: Any, span: Span, choices: Choices, fits: Fits, channels: Iterable[str]
) -> PeersFits:
    """Fit the norm peers where a world norm could be fitted; fits are those of the same acts."""
    found: dict[str, Evidence] = {}
    fitted: dict[str, Peers] = {}
    for channel in channels:
        if fits.channels[channel].world is None:
            continue
        found[channel], _ = evidence(
            counted,
            channel,
            span,
            blocks=fits.blocks,
            shrinkage=fits.channels[channel].shrinkage,
        )
        fitted[channel] = fit_peers(found[channel])
    words, deeds = choices.words_and_deeds
    if words not in fitted or deeds not in fitted:
        return PeersFits(fitted, 0.0)
    residuals = []
    both = in_both(found[words], found[deeds])
    for channel, rows in zip((words, deeds), both, strict=True):
        level, _ = fitted[channel].levels(rows)
        residuals.append(
            integrate(rows.k / rows.phi, rows.n / rows.phi, level, fitted[channel].tau)
        )
    return PeersFits(
        fitted, slope(residuals[0], residuals[1], fitted[words].tau, fitted[deeds].tau)
    )


def fit_all(counted: Any, span: Span, choices: Choices, channels: Iterable[str]) -> Fits:
    """Fit norms, dispersion, rates and slope.

    counted: acts of all pairs (counting.counted). span: the days covered. channels: which are
    fitted; the slope is fitted where both of the choices' words and deeds are among them.
    """
    blocks = choices.dispersion == "blocks" and span.period is not None
    pairs = by_pair(counted)
    fitted: dict[str, ChannelFit] = {}
    found: dict[str, Evidence] = {}
    for channel in channels:
        own, shrinkage = evidence(counted, channel, span, blocks=blocks)
        found[channel] = own
        why_null = _why_no_norm(own)
        fitted[channel] = ChannelFit(
            world=None if why_null else fit(own.k, own.n, own.phi),
            plain=None if why_null else fit(own.k, own.n, own.phi, volume=False),
            shrinkage=shrinkage,
            rate=_rate(pairs, channel),
            why_null=why_null,
        )
    words, deeds = choices.words_and_deeds
    slopes = {"world": 0.0, "plain": 0.0}
    if words in found and deeds in found:
        for against in slopes:
            norms = (getattr(fitted[words], against), getattr(fitted[deeds], against))
            if norms[0] and norms[1]:
                slopes[against] = _slope(found[words], found[deeds], *norms)
    compared = [fitted[channel] for channel in (words, deeds) if channel in fitted]
    return Fits(fitted, slopes, blocks and all(fit.shrinkage for fit in compared))


def _why_no_norm(own: Evidence) -> str | None:
    pairs = int((own.n > 0).sum())
    if pairs < MIN_PAIRS:
        return f"only {pairs} pairs have acts here; a norm needs {MIN_PAIRS}"
    conflictual = 1.0 - own.k.sum() / own.n.sum()
    for share, kind in ((conflictual, "conflictual"), (1.0 - conflictual, "cooperative")):
        if share < MIN_CONFLICTUAL_SHARE:
            return (
                f"only {share:.1%} of these acts over all pairs are {kind}; "
                f"a share needs {MIN_CONFLICTUAL_SHARE:.0%} to say anything"
            )
    return None


def _rate(pairs: Any, channel: str) -> Rate | None:
    """Acts of a channel against the other acts of the pair, over all pairs."""
    family = rate_family(channel)
    table = nw.from_native(pairs).filter(nw.col("channel").is_in(family))
    if not len(table):
        return None
    keys = ["source", "target"]
    zero = nw.lit(0)
    own = nw.col("channel") == channel
    sums = (
        table.with_columns(
            own=nw.when(own).then(nw.col("acts")).otherwise(zero),
            others=nw.when(own).then(zero).otherwise(nw.col("acts")),
        )
        .group_by(keys)
        .agg(nw.col("own", "others").sum())
        # Sums of floats depend on their order in the last digits: answers should not.
        .sort(keys)
    )
    return fit_rate(sums["own"].to_numpy().astype(float), sums["others"].to_numpy().astype(float))


def rate_family(channel: str) -> tuple[str, ...]:
    """The channels that together hold a pair's acts: three by default, two as published."""
    return (
        ("verbal", "material")
        if channel in ("verbal", "material")
        else (
            "said",
            "signed",
            "done",
        )
    )


def _slope(words: Evidence, deeds: Evidence, norm_words: Norm, norm_deeds: Norm) -> float:
    """Slope over the pairs with acts in both channels."""
    both_words, both_deeds = in_both(words, deeds)
    return slope(
        posterior(norm_words, both_words.k, both_words.n, both_words.phi),
        posterior(norm_deeds, both_deeds.k, both_deeds.n, both_deeds.phi),
        norm_words.tau,
        norm_deeds.tau,
    )
