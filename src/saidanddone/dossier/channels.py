"""What a pair's acts come to in each channel, beside the norm."""

from __future__ import annotations

from typing import Any

import narwhals as nw

from saidanddone.dossier.pair import PairEvidence
from saidanddone.measure.choices import Choices
from saidanddone.measure.comparison import Side
from saidanddone.measure.counting import by_pair
from saidanddone.measure.evidence import Span
from saidanddone.measure.fits import Fits, rate_family
from saidanddone.measure.icews import IcewsNorm, icews_norms
from saidanddone.model import CHANNELS, ChannelAnswer, NormAnswer

Counts = dict[str, dict[str, int]]

A_SELECTION = "a selection: somebody chose these acts, so that no norm can be fitted on them"


def channels_of(grain: str) -> tuple[str, ...]:
    """The channels that a dataset of this grain has."""
    return ("verbal", "material") if grain == "year" else CHANNELS


def count_channels(counted: Any) -> Counts:
    """Counts of one pair's counted acts by channel; 0 where there are none."""
    empty = {"cooperative": 0, "conflictual": 0, "neutral": 0, "acts": 0, "reports": 0}
    counts: Counts = {channel: dict(empty) for channel in CHANNELS}
    for row in nw.from_native(by_pair(counted)).iter_rows(named=True):
        for name in empty:
            counts[row["channel"]][name] += int(row[name])
    return counts


def measured(
    evidence: PairEvidence, choices: Choices, fits: Fits, counts: Counts
) -> tuple[dict[str, ChannelAnswer | None], dict[str, NormAnswer | None]]:
    """Channels and norms of a census's answer."""
    channels: dict[str, ChannelAnswer | None] = dict.fromkeys(CHANNELS)
    norms: dict[str, NormAnswer | None] = dict.fromkeys(CHANNELS)
    for channel in channels_of(evidence.question.dataset.grain):
        side = evidence.side(channel, choices, fits)
        if side:
            norms[channel] = NormAnswer(
                side.norm.alpha,
                side.norm.beta,
                side.norm.tau,
                side.norm.mean_log_n,
                side.norm.pairs,
            )
        channels[channel] = _channel(channel, counts, evidence.world.span, side, fits)
    return channels, norms


def _channel(
    channel: str, counts: Counts, span: Span, side: Side | None, fits: Fits
) -> ChannelAnswer:
    count = counts[channel]
    warmth = side.warmth() if side else None
    rate = fits.channels[channel].rate
    others = sum(counts[c]["acts"] for c in rate_family(channel) if c != channel)
    return ChannelAnswer(
        **_plain(count),
        expected=side.norm.expected(side.n) if side else None,
        dispersion=side.phi if side and fits.blocks else None,
        warmth=warmth.mean() if warmth else None,
        se=warmth.variance() ** 0.5 if warmth else None,
        rate_per_month=count["acts"] / span.months,
        expected_rate=rate.expected(others) / span.months if rate else None,
        why_null=None if side else fits.channels[channel].why_null,
    )


def selected(
    grain: str, counts: Counts
) -> tuple[dict[str, ChannelAnswer | None], dict[str, NormAnswer | None]]:
    """Channels of a selection's answer, beside the norms of ICEWS as figures.

    expected is the share that ICEWS would expect of a pair of average volume.
    """
    channels: dict[str, ChannelAnswer | None] = dict.fromkeys(CHANNELS)
    norms: dict[str, NormAnswer | None] = dict.fromkeys(CHANNELS)
    figures: dict[str, IcewsNorm] = icews_norms()
    for channel in channels_of(grain):
        figure = figures.get(channel)
        if figure:
            norms[channel] = NormAnswer(
                figure.alpha, figure.beta, figure.tau, figure.mean_log_n, figure.pairs
            )
        channels[channel] = ChannelAnswer(
            **_plain(counts[channel]),
            expected=figure.expected if figure else None,
            dispersion=None,
            warmth=None,
            se=None,
            rate_per_month=None,
            expected_rate=None,
            why_null=A_SELECTION,
        )
    return channels, norms


def _plain(count: dict[str, int]) -> dict[str, Any]:
    n = count["cooperative"] + count["conflictual"]
    return {
        "cooperative": count["cooperative"],
        "conflictual": count["conflictual"],
        "neutral": count["neutral"],
        "n": n,
        "reports": count["reports"],
        "share": count["cooperative"] / n if n else None,
    }
