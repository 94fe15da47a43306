"""What the rules find in a sentence, and the coding that comes of it."""

from __future__ import annotations

from dataclasses import dataclass

LINKED, NEAREST = 0.8, 0.3
"""How sure a finding is that the parse links, and one that only stands nearby."""

SURE = frozenset({"did", "pledged", "threatened", "ended"})
"""Modes in which an act counts."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What the rules found: a CAMEO code, its mode, the predicate's token and the rule."""

    code: str
    mode: str
    predicate: int
    rule: str
    sure: float


@dataclass(frozen=True, slots=True)
class Coding:
    """What a source is reported to do toward a target.

    plover: one of the 16 events. cameo: code with the mode folded in, or V+, V-, V0. quad: 1 to 4,
    PLOVER's classes. channel, valence: as codes/ has them. confidence: 0 to 1.
    """

    plover: str
    cameo: str
    quad: int
    channel: str
    valence: int
    mode: str
    confidence: float
