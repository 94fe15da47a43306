"""The gaps of all pairs of a window at once: what ranking and movers shrink."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from saidanddone.dossier.channels import channels_of
from saidanddone.dossier.norms import World
from saidanddone.errors import BadChoice
from saidanddone.measure.choices import Choices
from saidanddone.measure.evidence import Evidence, evidence, in_both
from saidanddone.measure.norm import Norm
from saidanddone.measure.odds import Floats
from saidanddone.measure.quadrature import integrate
from saidanddone.measure.self_norm import self_norms
from saidanddone.measure.shrinkage import Shrunk, fit_mixture, unshrunk
from saidanddone.sources import Dataset


@dataclass(frozen=True, slots=True)
class Moments:
    """Warmth and variance of each pair, and the standard deviation of its norm."""

    z: Floats
    variance: Floats
    tau: Floats


@dataclass(frozen=True)
class Gaps:
    """The pairs with words and deeds: evidence, norms and moments of both, words first.

    blocks: their errors hold how acts cluster in time; without it they are of counting only.
    """

    rows: tuple[Evidence, Evidence]
    norms: tuple[Sequence[Norm], Sequence[Norm]]
    moments: tuple[Moments, Moments]
    blocks: bool

    def warmths(self) -> tuple[tuple[Floats, Floats], tuple[Floats, Floats]]:
        """Warmth of the words and its error, then of the deeds, out of the acts alone."""
        words, deeds = (unshrunk(m.z, m.variance, m.tau) for m in self.moments)
        return words, deeds

    @cached_property
    def shrunk(self) -> Shrunk:
        """All gaps shrunk once (measure/shrinkage.py)."""
        estimates = self.unshrunk()
        return fit_mixture(*estimates).shrink(*estimates)

    def unshrunk(self) -> tuple[Floats, Floats]:
        """Each gap and its standard error, out of what the acts alone say (logits)."""
        (words, e_words), (deeds, e_deeds) = self.warmths()
        return deeds - words, np.sqrt(e_words**2 + e_deeds**2)


def gaps(world: World, choices: Choices) -> Gaps | str:
    """Measure all pairs with acts in both channels; where there is no norm, a clause says why."""
    if choices not in world.measured:
        world.measured[choices] = _gaps(world, choices)
    found: Gaps | str = world.measured[choices]
    return found


def _gaps(world: World, choices: Choices) -> Gaps | str:
    fits = world.fits(choices, channels_of(world.dataset.grain))
    names = choices.words_and_deeds
    which = "plain" if choices.against == "plain" else "world"
    common = [getattr(fits.channels[channel], which) for channel in names]
    if not all(common):
        return "; ".join(
            f"no norm for '{channel}': {why}"
            for channel in names
            if (why := fits.channels[channel].why_null)
        )
    counted = world.counted(choices)
    channels = [
        evidence(counted, c, world.span, blocks=fits.blocks, shrinkage=fits.channels[c].shrinkage)[
            0
        ]
        for c in names
    ]
    both = in_both(channels[0], channels[1])
    words, deeds = (
        _norms(world, choices, name, norm, (channel, rows))
        for norm, channel, rows, name in zip(common, channels, both, names, strict=True)
    )
    return Gaps(
        both, (words, deeds), (_moments(both[0], words), _moments(both[1], deeds)), fits.blocks
    )


def _norms(
    world: World, choices: Choices, name: str, common: Norm, evidence: tuple[Evidence, Evidence]
) -> Sequence[Norm]:
    """Each pair's norm; evidence is that of all pairs of the channel, and of those that count."""
    channel, rows = evidence
    if choices.against == "self":
        return self_norms(common, channel, rows)
    if choices.against == "peers":
        return world.peers(choices, choices.words_and_deeds).channels[name].norms(rows)
    return [common] * len(rows.n)


def _moments(rows: Evidence, norms: Sequence[Norm]) -> Moments:
    mu = np.array([float(norm.at(n)) for norm, n in zip(norms, rows.n, strict=True)])
    tau = np.array([norm.tau for norm in norms])
    found = integrate(rows.k / rows.phi, rows.n / rows.phi, mu, tau)
    return Moments(found.mean(), found.variance(), tau)


def refuse_selection(dataset: Dataset) -> None:
    """Raise BadChoice where there is no norm to measure against."""
    if dataset.kind == "selection":
        raise BadChoice(
            f"'{dataset.name}' is a selection, which has no norm to rank against",
            "a census such as ICEWS or GDELT",
            "ingest one and name it with --archive",
        )
