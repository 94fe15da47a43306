"""Drift: how far norms that were fitted on another day are from those of today's content."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from saidanddone.dossier.channels import channels_of
from saidanddone.dossier.norms import World
from saidanddone.measure.choices import Choices
from saidanddone.measure.norm import Norm

VOLUMES = (1.0, 10.0, 100.0, 1_000.0)
"""Numbers of acts at which expectations are compared: the level is linear in the logarithm."""


def drift(world: World, choices: Choices) -> float:
    """The largest change of an expectation or of its spread, in logits.

    Compares the norms in use with norms fitted on the present content under the same choices, over
    the channels, at VOLUMES acts. 0.0 where they are the same, infinite where a norm came or went.
    """
    if world.norms_of is None or world.dataset.kind == "selection":
        return 0.0
    today = replace(
        world, norms_of=None, _fits={}, _peers={}, _weights={}, _evidence={}, measured={}
    )
    names = channels_of(world.dataset.grain)
    used, fitted = world.fits(choices, names), today.fits(choices, names)
    moved = 0.0
    for name in names:
        one, other = used.channels[name].world, fitted.channels[name].world
        if (one is None) != (other is None):
            return float("inf")
        if one is not None and other is not None:
            moved = max(moved, _moved(one, other))
    return moved


def _moved(one: Norm, other: Norm) -> float:
    levels = [abs(float(one.at(n)) - float(other.at(n))) for n in VOLUMES]
    return float(np.max([*levels, abs(one.tau - other.tau)]))
