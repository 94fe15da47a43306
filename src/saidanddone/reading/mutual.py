"""Mutual acts: what both sides do when one is said to do it: A meets B, so B meets A."""

from __future__ import annotations

from dataclasses import replace

from saidanddone.reading.clause import Token, lemma_of
from saidanddone.reading.finding import Finding

BOTH = frozenset({"040", "041", "044", "046", "057", "062", "063", "0871"})
"""Meetings, calls, talks, agreements, exercises and truces: published event data record them once
from each side (method.md, section 1)."""

RETURNED = {"042": "043", "043": "042"}
"""Who visits is hosted."""

FOUGHT = frozenset({"clash", "skirmish", "battle", "exchange", "swap", "trade", "spar"})
"""Verbs of fighting and trading in which 'A ... with B' says the same of B."""


def mirrored(found: Finding, predicate: Token) -> Finding | None:
    """The same act from the target's side; None where only the source acts."""
    if found.code in RETURNED:
        return replace(found, code=RETURNED[found.code])
    if found.code in BOTH:
        return found
    if lemma_of(predicate) in FOUGHT and found.code[:2] in ("06", "08", "19"):
        return found
    return None
