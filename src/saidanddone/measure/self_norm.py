"""Norm 'self': the source toward its other targets (method.md, section 3)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from saidanddone.measure.evidence import Evidence
from saidanddone.measure.norm import Norm, posterior

WEIGHT_OF_WORLD = 10.0
"""The world counts as much as ten pairs of the source (method.md, section 3)."""


def self_norm(world: Norm, of_source: Evidence, target: str, start: float | None = None) -> Norm:
    """The world norm with the level of one source's other targets.

    of_source: evidence of all pairs of the source. The pair with the target is left out. The level
    has the greatest marginal likelihood at the world's beta and tau, times a normal prior about
    the world's alpha with the precision of ten pairs: where every pair is known well, that is the
    mean of the source's pairs and ten of the world's. start: where the search begins; it does not
    change the answer.
    """
    others = of_source.rows((of_source.target != target) & (of_source.n > 0))
    level = _level(world, others, world.alpha if start is None else start)
    return replace(world, alpha=level, pairs=len(others.n))


def self_norms(world: Norm, channel: Evidence, asked: Evidence) -> list[Norm]:
    """The norm 'self' of each pair that is asked for, out of the evidence of all pairs."""
    found: dict[int, Norm] = {}
    for source in np.unique(asked.source):
        of_source = channel.rows(channel.source == source)
        start = _level(world, of_source.rows(of_source.n > 0), world.alpha)
        for at in np.flatnonzero(asked.source == source):
            found[int(at)] = self_norm(world, of_source, str(asked.target[at]), start)
    return [found[at] for at in range(len(asked.n))]


def _level(world: Norm, pairs: Evidence, start: float) -> float:
    """The level by Newton's method; scores and curvatures in units of 1 / tau^2."""
    alpha = start
    for _ in range(100):
        at = posterior(replace(world, alpha=alpha), pairs.k, pairs.n, pairs.phi)
        score = float(at.mean().sum()) - WEIGHT_OF_WORLD * (alpha - world.alpha)
        # Louis (1982): the complete data's information less what the posterior leaves open.
        information = float((1.0 - at.variance() / world.tau**2).sum()) + WEIGHT_OF_WORLD
        step = float(np.clip(score / information, -1.0, 1.0))
        alpha += step
        if abs(step) < 1e-7:
            break
    return alpha
