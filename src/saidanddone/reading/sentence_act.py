"""An act as a sentence reports it, and which of two codings of it stands."""

from __future__ import annotations

from dataclasses import dataclass

from saidanddone.model import FuzzyDate
from saidanddone.reading.finding import Coding
from saidanddone.reading.speech import Speech


@dataclass(frozen=True, slots=True)
class SentenceAct:
    """An act as a sentence reports it; offsets are those of the paragraph's text.

    source and target are ids or None where nothing is certain; both texts are kept.
    """

    source: str | None
    target: str | None
    source_text: str
    target_text: str
    coding: Coding
    date: FuzzyDate | None
    edtf: str | None
    speech: Speech
    start: int
    end: int
    government: bool | None


def without_echoes(acts: list[SentenceAct]) -> list[SentenceAct]:
    """Of the codings of one pair in one sentence keep those with a different event."""
    kept: list[SentenceAct] = []
    for act in sorted(acts, key=lambda act: (_vague(act.coding), -act.coding.confidence)):
        if not any(_twins(k, act) for k in kept):
            kept.append(act)
    return [act for act in acts if any(act is k for k in kept)]


def _twins(one: SentenceAct, other: SentenceAct) -> bool:
    """Whether two acts are one told twice: not where both say what they are, and differ."""
    a, b = one.coding, other.coding
    same = (one.source or one.source_text, one.target or one.target_text, a.plover) == (
        other.source or other.source_text, other.target or other.target_text, b.plover
    )  # fmt: skip
    return same and (_vague(a) or _vague(b) or a.cameo[:3] == b.cameo[:3])


def _vague(coding: Coding) -> bool:
    """Whether a code is its root's 'not specified'."""
    return coding.cameo[2:3] == "0"
