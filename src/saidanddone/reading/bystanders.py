"""Pairs between which nothing happens by the parse, whatever the words around them suggest."""

from __future__ import annotations

from typing import Any

from saidanddone.reading.clause import SUBJECTS, Clause, lemma_of
from saidanddone.reading.moods import SPORTING

GATHERINGS = frozenset(
    {"talk", "meeting", "summit", "conference", "negotiation", "round", "session", "ceremony",
     "forum", "congress", "stay"}
)  # fmt: skip
"""What is held in a place: who stands there is the venue."""


CARRIED = frozenset({"message", "letter", "note", "offer", "proposal"})
"""What a third one carries between two who do not speak."""

TELLING = frozenset(
    {"say", "report", "claim", "tell", "write", "state", "note", "add", "explain", "announce"}
)
"""Verbs whose content is another's deed where it has an agent of its own."""

AWAY = frozenset(
    {"to", "against", "on", "in", "at", "into", "toward", "towards", "over", "for", "about"}
    | {"near", "onto", "upon", "inside", "around", "outside"}
)
"""Prepositions under which an actor is where an act goes or happens."""


def stand_by(source: Any, target: Any | None) -> bool:
    """Whether the source is where an act goes or happens, the target the venue of a gathering, a
    third one acts between both, or the source only tells of what a third one did.

    'in S, X and T signed'; 'X lifted its embargo on Y after talks in T'; 'X mediated between S and
    T'; 'S says that X attacked T'.
    """
    return _undergoes(source) or (
        target is not None
        and (_venue(target) or _between(source, target) or _tells(source, target))
    )


def _undergoes(span: Any) -> bool:
    """Whether a mention stands where something is done to it: 'sent X', 'against X', 'in X'."""
    token = span.root
    while token.dep_ in ("conj", "appos"):
        token = token.head
    if token.dep_ in ("dobj", "dative"):
        return True
    return bool(token.dep_ == "pobj" and token.head.lower_ in AWAY)


FEELINGS = frozenset(
    {"dismay", "delight", "relief", "annoyance", "surprise", "anger", "fury", "alarm", "chagrin"}
    | {"horror", "satisfaction", "disgust", "consternation", "displeasure", "joy", "irritation"}
    | {"disappointment", "embarrassment", "amusement", "astonishment", "outrage", "indignation"}
)
"""'to the dismay of T': T looks on."""

STARTING = frozenset(
    {"base", "airfield", "port", "airbase", "camp", "harbour", "harbor", "territory"}
)
"""Where those come from who act elsewhere: 'from bases in T'."""


def looks_on(target: Any | None) -> bool:
    """Whether the target is only where somebody set out from, or feels something about an act."""
    if target is None or target.root.dep_ not in ("pobj", "poss"):
        return False
    if target.root.dep_ == "poss":  # 'to T's dismay'
        return _feeling(target.root.head)
    above = target.root.head
    if above.lower_ == "of" and _feeling(above.head):
        return True
    thing = above.head
    placed = above.lower_ in ("in", "on") and thing.dep_ == "pobj" and thing.head.lower_ == "from"
    return bool(placed and lemma_of(thing) in STARTING)


def _feeling(noun: Any) -> bool:
    return bool(lemma_of(noun) in FEELINGS and noun.dep_ == "pobj" and noun.head.lower_ == "to")


def plays(doc: Any, source: Any, target: Any | None, code: str) -> bool:
    """Whether a sentence tells of sport, where states meet, beat and crush each other."""
    clause = Clause(doc, source, target)
    return code.startswith(tuple(SPORTING)) and any(
        clause.cue("sport", lemma_of(token)) for token in doc
    )


def _venue(target: Any) -> bool:
    held = target.root.head
    return (
        target.root.dep_ == "pobj"
        and held.lower_ in ("in", "at")
        and held.head.pos_ == "NOUN"
        and held.head.lemma_.lower() in GATHERINGS
    )


def _between(source: Any, target: Any) -> bool:
    prepositions = [_preposition(span.root) for span in (source, target)]
    if prepositions[0] is None or prepositions[0] != prepositions[1]:
        return False
    above = prepositions[0].head
    if above.dep_ == "dobj" and above.lemma_.lower() in CARRIED:
        above = above.head
    return above.pos_ == "VERB" and any(child.dep_ in SUBJECTS for child in above.children)


def _tells(source: Any, target: Any) -> bool:
    """Whether the source is a teller, and the target suffers in what it tells of another."""
    teller = source.root
    while teller.dep_ in ("compound", "amod", "poss"):
        teller = teller.head
    verb = teller.head
    if teller.dep_ != "nsubj" or verb.lemma_.lower() not in TELLING:
        return False
    as_told = verb.dep_ == "advcl" and any(child.lower_ == "as" for child in verb.children)
    told = [verb.head] if as_told else [c for c in verb.children if c.dep_ == "ccomp"]
    return any(_done_by_another(clause, target) for clause in told)


def _done_by_another(verb: Any, target: Any) -> bool:
    """Whether a named agent of its own does what a clause says, and the target is not in it."""
    agents = [child for child in verb.children if child.dep_ == "nsubj"]
    named = any(agent.pos_ in ("NOUN", "PROPN") for agent in agents)
    apart = not any(target.root in agent.subtree for agent in agents)
    return named and apart and target.root in verb.subtree


def _preposition(token: Any) -> Any | None:
    """The 'between' that governs a word, alone or coordinated."""
    while token.dep_ in ("conj", "appos", "compound", "poss"):
        token = token.head
    held = token.head
    return held if token.dep_ == "pobj" and held.lower_ == "between" else None
