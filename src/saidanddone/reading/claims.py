"""Claims: what one side says that the other did to it is an accusation, and no report of the deed.

'Kyiv says that Russian shells hit a school' accuses; an agency, a third state or the page itself
reports (method.md, section 1: a record of words is that of who speaks).
"""

from __future__ import annotations

from typing import Any

from saidanddone.reading.cast import Actor, Cast, Found
from saidanddone.reading.clause import Token, lemma_of
from saidanddone.reading.events import QUADS, read_code
from saidanddone.reading.finding import LINKED, SURE, Coding, Finding
from saidanddone.reading.mention import actor_on
from saidanddone.reading.speech import telling

ACCUSATION, ACCORDING = "112", "according"

ALLEGING = frozenset({"allege", "complain", "charge", "contend", "lament"})
"""Verbs of saying so that are no neutral ones."""

AGAINST_ONESELF = frozenset(
    {"admit", "acknowledge", "concede", "confess", "confirm", "recall", "recognise", "recognize"}
)
"""Who says so of what was done to him does not accuse: it is granted."""


def as_claimed(scene: Cast, found: Found, coding: Coding) -> tuple[Found, Coding]:
    """A finding and its coding, or the accusation that they are where the target alone tells it."""
    if (coding.channel, coding.valence) != ("done", -1) or coding.mode not in SURE:
        return found, coding
    teller = _teller(scene, found)
    if teller is None:
        return found, coding
    actor, verb = teller
    claim = Finding(ACCUSATION, "did", verb.i, "claim", LINKED)
    event = "ACCUSE"
    cell = read_code(ACCUSATION)
    accused = Coding(event, ACCUSATION, QUADS[event], *cell, "did", coding.confidence)
    return Found(actor, found.one, claim), accused


def _teller(scene: Cast, found: Found) -> tuple[Actor, Token] | None:
    """The mention of the target that tells the act, and the verb by which it does."""
    doc = scene.sentence.doc
    predicate = doc[found.finding.predicate]
    for subject, verb in (telling(predicate, ALLEGING), _according(scene.sentence)):
        if subject is None or verb is None or lemma_of(verb) in AGAINST_ONESELF:
            continue
        if subject.dep_ == "nsubjpass" or not _within(verb, predicate):
            continue
        for actor in scene.actors:
            if actor.span.start <= subject.i < actor.span.end and _same(scene, actor, found.other):
                return actor, verb
    return None


def _within(verb: Token, predicate: Token) -> bool:
    """Whether a predicate is part of what a verb says; all of a sentence is 'according to' it."""
    said = [child for child in verb.children if child.dep_ == "ccomp"]
    return verb.lower_ == ACCORDING or any(predicate in child.subtree for child in said)


def _same(scene: Cast, one: Actor, other: Actor) -> bool:
    ids = [actor_on(actor.mention, scene.published) for actor in (one, other)]
    return ids[0] is not None and ids[0] == ids[1]


def _according(sentence: Any) -> tuple[Token | None, Token | None]:
    """Whom 'according to' names, and that word."""
    for token in sentence:
        if token.lower_ == ACCORDING:
            for to in token.children:
                named = next((child for child in to.children if child.dep_ == "pobj"), None)
                if to.lower_ == "to" and named is not None:
                    return named, token
    return None, None
