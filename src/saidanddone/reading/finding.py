"""What the rules find in a sentence."""

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
