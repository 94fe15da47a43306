"""Findings beside one another: what says again what another one says, and what is another's.

The rules look at each two mentions alone. 'Cast its veto against a text on T' names the veto twice
of one actor, and the Council in which it was cast is nobody's target.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from saidanddone.actors.tables import entries
from saidanddone.reading.cast import Actor, Found
from saidanddone.reading.clause import SUBJECTS, lemma_of
from saidanddone.reading.coder import held
from saidanddone.reading.hints import Ends
from saidanddone.reading.mention import actor_on
from saidanddone.reading.predicate import FAILING
from saidanddone.reading.votes import VOTED

VOTE = "vote:"
"""How the rules of votes begin."""

BESIDE = frozenset({"with", "alongside", "unlike", "like", "over"})
"""Whoever votes with another, or over what happens there, does nothing to him."""

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
        and not (
            each.finding.rule.startswith(VOTE) and _no_matter(sentence, each, pair, found, ends)
        )
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


def _no_matter(
    sentence: Any, each: Found, pair: Ends, found: Sequence[Found], ends: Sequence[Ends]
) -> bool:
    """Whether a vote is not about its target: a body, where a state is voted on; another voter."""
    target = each.other.span.root
    while target.dep_ == "conj":
        target = target.head
    if target.dep_ in (*SUBJECTS, "attr") and target.head.i != each.finding.predicate:
        return True
    if target.dep_ == "poss" and target.head.lemma_.lower() in VOTED:
        return True  # 'used its veto'
    if target.dep_ == "pobj" and target.head.lower_ in BESIDE:
        return True
    below = {*held(sentence.doc[each.finding.predicate])}
    if any(
        own[1] == pair[1]
        and own[0] != pair[0]
        and other.finding.rule.startswith("noun:")
        and other.finding.predicate in below
        for other, own in zip(found, ends, strict=True)
    ):
        return True  # 'a text deploring the American invasion of T' is no text against T
    return is_body(each.other) and any(
        own[0] == pair[0]
        and other.finding.predicate == each.finding.predicate
        and not is_body(other.other)
        for other, own in zip(found, ends, strict=True)
    )


def is_body(actor: Actor) -> bool:
    """Whether a mention names an organisation."""
    known = entries().get(actor_on(actor.mention, None) or "")
    return known is not None and known.actor.kind == "organization"


def failing(actor: Actor) -> int | None:
    """The verb of which an actor is a subject, where it is one of not doing: 'failed to sign'."""
    subject = actor.span.root
    while subject.dep_ == "conj":
        subject = subject.head
    verb = subject.head
    fails = subject.dep_ in SUBJECTS and lemma_of(verb) in FAILING
    return verb.i if fails else None
