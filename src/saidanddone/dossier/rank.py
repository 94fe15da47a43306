"""Rank: all pairs of a census by how far their deeds are from their words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

import numpy as np

from saidanddone import actors
from saidanddone.archive import Store
from saidanddone.dossier.census import reverses
from saidanddone.dossier.channels import channels_of
from saidanddone.dossier.gaps import Moments, gaps, refuse_selection
from saidanddone.dossier.norms import Progress, World
from saidanddone.errors import BadChoice
from saidanddone.measure.choices import MARGIN, Choices
from saidanddone.measure.comparison import CORNERS, Comparison, Side, compare
from saidanddone.measure.evidence import Evidence, span_of
from saidanddone.measure.fits import Fits
from saidanddone.measure.norm import Norm
from saidanddone.measure.shrinkage import Shrunk
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
    covered = store.coverage(dataset.name, window)
    # What is asked for wrongly is refused also where there is nothing to rank.
    first, last = covered.first or date.min, covered.last or date.min
    span = span_of(first, last, dataset.grain)
    world = World(store, dataset, window, merged, span, progress)
    return rank_within(world, choices, corner=corner, region=region, top=top)


def rank_within(
    world: World,
    choices: Choices,
    *,
    corner: str | None = None,
    region: str | None = None,
    top: int = 50,
) -> list[RankedPair]:
    """Rank the pairs of a world that other questions share; as :func:`rank`."""
    dataset = world.dataset
    _refuse(dataset, corner, top)
    within = actors.region(region) if region else None
    if world.store.coverage(dataset.name, world.window).first is None:
        return []
    found = gaps(world, choices)
    if isinstance(found, str):
        return []
    fits = world.fits(choices, channels_of(dataset.grain))
    both, shrunk = found.rows, found.shrunk
    order = _order(found.moments, shrunk, corner)
    if within is not None:
        sides = zip(both[0].source, both[0].target, strict=True)
        inside = [str(s) in within or str(t) in within for s, t in sides]
        order = [at for at in order if inside[at]]
    decides = fits.blocks and choices.dispersion != "none"
    rows = _exact(
        both,
        found.norms,
        world.slope(choices, fits),
        order[: top * CANDIDATES if corner else top],
        shrunk=shrunk,
        decides=decides,
        checks=_checks(world, choices, fits, both) if choices.against == "world" else (),
    )
    if corner:
        rows = iter(sorted(rows, key=lambda row: -row.corners[corner]))
    return [replace(row, rank=i) for i, row in zip(range(1, top + 1), rows, strict=False)]


def _refuse(dataset: Dataset, corner: str | None, top: int) -> None:
    refuse_selection(dataset)
    if corner is not None and corner not in CORNERS:
        raise BadChoice(
            f"'{corner}' is no corner", f"one of {', '.join(CORNERS)}", "correct --corner"
        )
    if top < 1:
        raise BadChoice(f"--top {top} shows nothing", "a whole number from 1", "raise --top")


def _order(moments: Sequence[Moments], shrunk: Shrunk, corner: str | None) -> list[int]:
    """Positions of the pairs, the first in rank first; corners by normal tails."""
    from scipy.special import ndtr

    if corner is None:
        return shrunk.order()
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
    checks: Sequence[_Check],
) -> Iterator[RankedPair]:
    """Measure pairs by quadrature, in the order given; checks can take a verdict back."""
    for i in order:
        words, deeds = (
            Side(float(e.k[i]), float(e.n[i]), float(e.phi[i]), norms[i])
            for e, norms in zip(both, levels, strict=True)
        )
        comparison = compare(words, deeds, slope)
        sure = decides and not (
            comparison.direction() and any(check(i, words, deeds, comparison) for check in checks)
        )
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


_Check = Callable[[int, Side, Side, Comparison], bool]


def _checks(
    world: World, choices: Choices, fits: Fits, both: tuple[Evidence, Evidence]
) -> list[_Check]:
    """Whether plain or peers would turn the sign of a pair's gap round, as for an answer."""
    channels = choices.words_and_deeds
    peers = world.peers(choices, channels)

    def by_volume(_: int, words: Side, deeds: Side, comparison: Comparison) -> bool:
        plain = [fits.channels[name].plain for name in channels]
        assert plain[0] and plain[1]  # they are fitted where the world's norms are
        sides = replace(words, norm=plain[0]), replace(deeds, norm=plain[1])
        return reverses(comparison, compare(*sides, fits.slope("plain")))

    def by_peers(at: int, words: Side, deeds: Side, comparison: Comparison) -> bool:
        one = np.array([at])
        own, other = (
            peers.channels[name].norms(rows.rows(one))[0]
            for name, rows in zip(channels, both, strict=True)
        )
        sides = replace(words, norm=own), replace(deeds, norm=other)
        return reverses(comparison, compare(*sides, peers.slope))

    return [by_volume, by_peers]


def _side(side: Side, warmth: float) -> dict[str, Any]:
    return {
        "cooperative": side.k,
        "n": side.n,
        "share": side.k / side.n if side.n else None,
        "expected": side.norm.expected(side.n),
        "dispersion": side.phi,
        "warmth": warmth,
    }
