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
from saidanddone.measure.selection import Z90
from saidanddone.measure.self_norm import self_norms
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

    def to_dict(self) -> dict[str, Any]:
        """The row as `rank --json` prints it."""
        return {
            "rank": self.rank,
            "source": {"id": self.source.id, "name": self.source.name},
            "target": {"id": self.target.id, "name": self.target.name},
            "gap": asdict(self.gap),
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
    top: int = 50,
    progress: Progress = lambda _: None,
) -> list[RankedPair]:
    """Rank the pairs of states that have acts in both channels.

    Without a corner: by the end of the gap's 90% interval that lies nearer to zero, so that few
    acts do not lead. With one: by its probability. Raises BadChoice for a selection, which has no
    norm, and for an unknown corner. (Ranking by local false sign rate is a later issue.)
    """
    _refuse(dataset, corner, top)
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
    order = _order(*both, levels, slope, corner)
    decides = fits.blocks and choices.dispersion != "none"
    rows = _exact(
        both,
        levels,
        slope,
        order[: top * CANDIDATES if corner else top],
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


def _order(
    words: Evidence,
    deeds: Evidence,
    levels: Sequence[Sequence[Norm]],
    slope: float,
    corner: str | None,
) -> list[int]:
    """Positions of the pairs, the first in rank first, by moments and normal tails."""
    from scipy.special import ndtr

    (z_words, v_words), (z_deeds, v_deeds) = (
        _moments(e, norms) for e, norms in zip((words, deeds), levels, strict=True)
    )
    if corner is None:
        bound = np.abs(z_deeds - z_words) - Z90 * np.sqrt(v_words + v_deeds)
        return [int(i) for i in np.argsort(-bound, kind="stable")]
    warm = [ndtr((z - MARGIN) / np.sqrt(v)) for z, v in ((z_words, v_words), (z_deeds, v_deeds))]
    cold = [ndtr((-z - MARGIN) / np.sqrt(v)) for z, v in ((z_words, v_words), (z_deeds, v_deeds))]
    probability = {
        "open friend": warm[0] * warm[1],
        "quiet partner": cold[0] * warm[1],
        "false friend": warm[0] * cold[1],
        "open rival": cold[0] * cold[1],
    }
    probability["near expectation"] = 1.0 - sum(probability.values())
    return [int(i) for i in np.argsort(-probability[corner], kind="stable")]


def _moments(rows: Evidence, norms: Sequence[Norm]) -> tuple[Floats, Floats]:
    """Warmth and variance of each pair under its own norm."""
    mu = np.array([float(norm.at(n)) for norm, n in zip(norms, rows.n, strict=True)])
    tau = np.array([norm.tau for norm in norms])
    found = integrate(rows.k / rows.phi, rows.n / rows.phi, mu, tau)
    return found.mean(), found.variance()


def _exact(
    both: tuple[Evidence, Evidence],
    levels: Sequence[Sequence[Norm]],
    slope: float,
    order: Sequence[int],
    *,
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
