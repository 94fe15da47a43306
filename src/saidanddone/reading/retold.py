"""Findings beside one another: what says again what another one says, and what is another's.

The rules look at each two mentions alone. 'Cast its veto against a text on T' names the veto twice
of one actor, and the Council in which it was cast is nobody's target.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from saidanddone.actors.tables import entries
from saidanddone.reading.cast import Found
from saidanddone.reading.clause import SUBJECTS
from saidanddone.reading.coder import held
from saidanddone.reading.hints import Ends
from saidanddone.reading.mention import actor_on

VOTE = "vote:"
"""How the rules of votes begin."""

BESIDE = frozenset({"with", "alongside", "unlike", "like"})
"""Whoever votes with another does nothing to him."""

TAKEN_IN = ("+noun", "object", VOTE)
"""Rules that read a verb with the event noun that it governs: 'promised to resume its aid'."""


def told_once(
    sentence: Any, found: Sequence[Found], ends: Sequence[Ends]
) -> tuple[list[Found], list[Ends]]:
    """Leave out findings that are part of others; ends are the actors of each, by number."""
    kept = [
        (each, pair)
        for each, pair in zip(found, ends, strict=True)
        if not _part_of_another(sentence, each, pair, found, ends)
        and not (each.finding.rule.startswith(VOTE) and _no_matter(each, pair, found, ends))
    ]
    return [each for each, _ in kept], [pair for _, pair in kept]


def _part_of_another(
    sentence: Any, each: Found, pair: Ends, found: Sequence[Found], ends: Sequence[Ends]
) -> bool:
    """Whether a noun was read with the verb that governs it, by another mention of the actor."""
    if not each.finding.rule.startswith("noun:"):
        return False
    return any(
        own == pair
        and any(way in other.finding.rule for way in TAKEN_IN)
        and each.finding.predicate in held(sentence.doc[other.finding.predicate])
        for other, own in zip(found, ends, strict=True)
    )


def _no_matter(each: Found, pair: Ends, found: Sequence[Found], ends: Sequence[Ends]) -> bool:
    """Whether a vote is not about its target: a body, where a state is voted on; another voter."""
    target = each.other.span.root
    while target.dep_ == "conj":
        target = target.head
    if target.dep_ in SUBJECTS and target.head.i != each.finding.predicate:
        return True
    if target.dep_ == "pobj" and target.head.lower_ in BESIDE:
        return True
    return _is_body(each) and any(
        own[0] == pair[0]
        and other.finding.predicate == each.finding.predicate
        and not _is_body(other)
        for other, own in zip(found, ends, strict=True)
    )


def _is_body(each: Found) -> bool:
    known = entries().get(actor_on(each.other.mention, None) or "")
    return known is not None and known.actor.kind == "organization"
