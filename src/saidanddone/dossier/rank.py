"""Rank: all pairs of a census by how far their deeds are from their words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from saidanddone import actors
from saidanddone.archive import Store
from saidanddone.dossier.census import volume_reverses
from saidanddone.dossier.channels import channels_of
from saidanddone.dossier.norms import Progress, World
from saidanddone.errors import BadChoice
from saidanddone.measure.choices import MARGIN, Choices
from saidanddone.measure.comparison import CORNERS, Comparison, Side, compare
from saidanddone.measure.evidence import Evidence, evidence, in_both, span_of
from saidanddone.measure.fits import Fits
from saidanddone.measure.norm import Norm
from saidanddone.measure.odds import Floats
from saidanddone.measure.quadrature import integrate
from saidanddone.measure.self_norm import self_norms
from saidanddone.measure.shrinkage import Shrunk, fit_mixture, unshrunk
from saidanddone.model import Actor, Estimate, Window
from saidanddone.sources import Dataset

CANDIDATES = 4
"""Pairs measured exactly for each that is shown: a corner's order by normal tails is only rough."""


@dataclass(frozen=True, slots=True)
class RankedPair:
    """One row of the ranking; words and deeds hold k, n, dispersion and norm."""

    rank: int
    source: Actor
    target: Actor
    words: Side
    deeds: Side
    comparison: Comparison
    gap: Estimate
    surprise: Estimate
    corners: dict[str, float]
    direction: str | None
    corner: str | None
    gap_shrunk: float
    lfsr: float

    def to_dict(self) -> dict[str, Any]:
        """The row as `rank --json` prints it."""
        return {
            "rank": self.rank,
            "source": {"id": self.source.id, "name": self.source.name},
            "target": {"id": self.target.id, "name": self.target.name},
            "gap": asdict(self.gap),
            "gap_shrunk": self.gap_shrunk,
            "lfsr": self.lfsr,
            "surprise": asdict(self.surprise),
            "corners": self.corners,
            "direction": self.direction,
            "corner": self.corner,
            "decided": self.direction is not None,
            "words": _side(self.words, self.comparison.words.mean()),
            "deeds": _side(self.deeds, self.comparison.deeds.mean()),
        }


def rank(
    store: Store,
    dataset: Dataset,
    window: Window,
    choices: Choices,
    *,
    merged: dict[str, str],
    corner: str | None = None,
    region: str | None = None,
    top: int = 50,
    progress: Progress = lambda _: None,
) -> list[RankedPair]:
    """Rank the pairs of states that have acts in both channels.

    Without a corner: by the size of the gap after all gaps were shrunk once (measure/shrinkage.py),
    so that few acts do not lead; lfsr is the probability that its sign is wrong. With a corner: by
    its probability. region leaves pairs with a side in it; the shrinking is that of all pairs.
    Raises BadChoice for a selection, which has no norm, an unknown corner or region.
    """
    _refuse(dataset, corner, top)
    within = actors.region(region) if region else None
    covered = store.coverage(dataset.name, window)
    if covered.first is None or covered.last is None:
        return []
    span = span_of(covered.first, covered.last, dataset.grain)
    world = World(store, dataset, window, merged, span, progress)
    fits = world.fits(choices, channels_of(dataset.grain))
    words, deeds = choices.words_and_deeds
    plain = _norms(fits, "plain", (words, deeds))
    norms = plain if choices.against == "plain" else _norms(fits, "world", (words, deeds))
    if norms is None:
        return []
    counted = world.counted(choices)
    channels = [
        evidence(counted, c, span, blocks=fits.blocks, shrinkage=fits.channels[c].shrinkage)[0]
        for c in (words, deeds)
    ]
    both = in_both(channels[0], channels[1])
    levels = [
        _levels(world, choices, name, channel, rows) or [norm] * len(rows.n)
        for norm, channel, rows, name in zip(norms, channels, both, (words, deeds), strict=True)
    ]
    slope = world.slope(choices, fits)
    moments = [_moments(rows, norms) for rows, norms in zip(both, levels, strict=True)]
    shrunk = _shrink(moments)
    order = _order(moments, shrunk, corner)
    if within is not None:
        sides = zip(both[0].source, both[0].target, strict=True)
        inside = [str(s) in within or str(t) in within for s, t in sides]
        order = [at for at in order if inside[at]]
    decides = fits.blocks and choices.dispersion != "none"
    rows = _exact(
        both,
        levels,
        slope,
        order[: top * CANDIDATES if corner else top],
        shrunk=shrunk,
        decides=decides,
        plain=plain if choices.against == "world" else None,
    )
    if corner:
        rows = iter(sorted(rows, key=lambda row: -row.corners[corner]))
    return [replace(row, rank=i) for i, row in zip(range(1, top + 1), rows, strict=False)]


def _levels(
    world: World, choices: Choices, name: str, channel: Evidence, rows: Evidence
) -> Sequence[Norm]:
    """Each ranked pair's own norm, where the choice has one; channel is the evidence of all."""
    if choices.against == "self":
        fits = world.fits(choices, channels_of(world.dataset.grain))
        level = fits.channels[name].world
        return self_norms(level, channel, rows) if level else ()
    if choices.against == "peers":
        return world.peers(choices, choices.words_and_deeds).channels[name].norms(rows)
    return ()


def _refuse(dataset: Dataset, corner: str | None, top: int) -> None:
    if dataset.kind == "selection":
        raise BadChoice(
            f"'{dataset.name}' is a selection, which has no norm to rank against",
            "a census such as ICEWS or GDELT",
            "ingest one and name it with --archive",
        )
    if corner is not None and corner not in CORNERS:
        raise BadChoice(
            f"'{corner}' is no corner", f"one of {', '.join(CORNERS)}", "correct --corner"
        )
    if top < 1:
        raise BadChoice(f"--top {top} shows nothing", "a whole number from 1", "raise --top")


def _norms(fits: Fits, which: str, channels: tuple[str, str]) -> tuple[Norm, Norm] | None:
    words, deeds = (getattr(fits.channels[channel], which) for channel in channels)
    return (words, deeds) if words and deeds else None


@dataclass(frozen=True, slots=True)
class _Moments:
    """Warmth and variance of each pair, and the standard deviation of its norm."""

    z: Floats
    variance: Floats
    tau: Floats


def _moments(rows: Evidence, norms: Sequence[Norm]) -> _Moments:
    mu = np.array([float(norm.at(n)) for norm, n in zip(norms, rows.n, strict=True)])
    tau = np.array([norm.tau for norm in norms])
    found = integrate(rows.k / rows.phi, rows.n / rows.phi, mu, tau)
    return _Moments(found.mean(), found.variance(), tau)


def _shrink(moments: Sequence[_Moments]) -> Shrunk:
    """All gaps, out of what the acts alone say, shrunk once."""
    (words, e_words), (deeds, e_deeds) = (unshrunk(m.z, m.variance, m.tau) for m in moments)
    gaps, errors = deeds - words, np.sqrt(e_words**2 + e_deeds**2)
    return fit_mixture(gaps, errors).shrink(gaps, errors)


def _order(moments: Sequence[_Moments], shrunk: Shrunk, corner: str | None) -> list[int]:
    """Positions of the pairs, the first in rank first; corners by normal tails."""
    from scipy.special import ndtr

    if corner is None:
        return [int(i) for i in np.argsort(-np.abs(shrunk.mean), kind="stable")]
    warm = [ndtr((m.z - MARGIN) / np.sqrt(m.variance)) for m in moments]
    cold = [ndtr((-m.z - MARGIN) / np.sqrt(m.variance)) for m in moments]
    probability = {
        "open friend": warm[0] * warm[1],
        "quiet partner": cold[0] * warm[1],
        "false friend": warm[0] * cold[1],
        "open rival": cold[0] * cold[1],
    }
    probability["near expectation"] = 1.0 - sum(probability.values())
    return [int(i) for i in np.argsort(-probability[corner], kind="stable")]


def _exact(
    both: tuple[Evidence, Evidence],
    levels: Sequence[Sequence[Norm]],
    slope: float,
    order: Sequence[int],
    *,
    shrunk: Shrunk,
    decides: bool,
    plain: tuple[Norm, Norm] | None,
) -> Iterator[RankedPair]:
    """Measure pairs by quadrature, in the order given; plain norms can take a verdict back."""
    for i in order:
        words, deeds = (
            Side(float(e.k[i]), float(e.n[i]), float(e.phi[i]), norms[i])
            for e, norms in zip(both, levels, strict=True)
        )
        comparison = compare(words, deeds, slope)
        sure = decides and not _reversed(words, deeds, comparison, plain)
        yield RankedPair(
            rank=0,
            source=actors.actor(str(both[0].source[i])),
            target=actors.actor(str(both[0].target[i])),
            words=words,
            deeds=deeds,
            comparison=comparison,
            gap=comparison.gap.estimate(),
            surprise=comparison.surprise.estimate(),
            corners=comparison.corners(),
            direction=comparison.direction() if sure else None,
            corner=comparison.corner() if sure else None,
            gap_shrunk=float(shrunk.mean[i]),
            lfsr=float(shrunk.false_sign[i]),
        )


def _reversed(
    words: Side, deeds: Side, comparison: Comparison, plain: tuple[Norm, Norm] | None
) -> bool:
    if plain is None or comparison.direction() is None:
        return False
    sides = replace(words, norm=plain[0]), replace(deeds, norm=plain[1])
    return volume_reverses(comparison, compare(*sides, comparison.slope))


def _side(side: Side, warmth: float) -> dict[str, Any]:
    return {
        "cooperative": side.k,
        "n": side.n,
        "share": side.k / side.n if side.n else None,
        "expected": side.norm.expected(side.n),
        "dispersion": side.phi,
        "warmth": warmth,
    }
