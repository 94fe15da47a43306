"""Doubts: what another's verb, a noun or an adjective above an act makes of it."""

from __future__ import annotations

from saidanddone.reading.clause import SUBJECTS, Clause, Token, lemma_of

ALLEGING = frozenset({"accuse", "suspect", "charge", "blame"})

CLAIMED = frozenset({"claim", "rumour", "rumor", "theory", "hoax", "allegation", "assertion"})

LACKING = frozenset({"lack", "absence", "dearth", "want"})
"""'lack of support for T'."""

WISHING = frozenset({"like", "want", "wish", "prefer", "hope", "dream", "fear", "expect", "tip"})


def doubt_of(clause: Clause, verb: Token, held: Token) -> str | None:
    """What another's verb makes of an act: asked for or alleged it is not reported as done.

    'X will lift it, the minister vowed' is said of X, not asked of it.
    """
    operators = clause.operators(verb)
    if held.dep_ == "ccomp" and any(c.dep_ in SUBJECTS for c in held.children):
        operators -= {"pledge", "threaten", "stop"}
    if "deny" in operators:
        return "negated"
    if lemma_of(verb) in WISHING and (held.dep_ in ("xcomp", "ccomp")):
        return "hypothetical"
    unreal = operators & {"request", "refuse", "threaten", "pledge", "allow", "stop"}
    return "hypothetical" if unreal or lemma_of(verb) in ALLEGING else None


def unsure(clause: Clause, parent: Token) -> str | None:
    """'supposes that', 'rumours that', 'it is untrue that'."""
    if clause.cue("doubting", lemma_of(parent)):
        return "hypothetical"
    if parent.dep_ in ("prep", "mark") and parent.lower_ in ("without", "instead", "of"):
        return "negated" if parent.lower_ != "of" or parent.head.lower_ == "instead" else None
    if parent.pos_ == "NOUN" and lemma_of(parent) in CLAIMED:
        # 'the claim that X did': nobody says that it is so.
        return "hypothetical"
    # 'it is untrue that', 'reports that ... were false'.
    said_of = parent.head if parent.dep_ == "nsubj" else parent
    if any(c.dep_ == "neg" for c in said_of.children) and any(
        c.dep_ in ("acomp", "attr") and c.lower_ in ("true", "correct", "so", "right", "case")
        for c in said_of.children
    ):
        return "negated"
    for child in said_of.children:
        if child.dep_ in ("acomp", "attr") and clause.cue("untrue", lemma_of(child)):
            return "negated"
        if child.dep_ == "acomp" and clause.cue("possible", lemma_of(child)):
            return "hypothetical"
    return None


def unsure_noun(clause: Clause, noun: Token) -> str | None:
    """'an attack on T would ruin', 'an attack is unlikely', 'the risk of an attack'."""
    if noun.dep_ == "nsubj":
        helpers = {child.lower_ for child in noun.head.children if child.dep_ == "aux"}
        if helpers & {"would", "may", "might", "could"}:
            return "hypothetical"
        return unsure(clause, noun)
    over = noun.head.head if noun.dep_ == "pobj" else noun
    if over.i != noun.i and noun.head.lower_ == "of" and lemma_of(over) in LACKING:
        return "negated"
    known = over.i != noun.i and clause.cue("doubting", lemma_of(over))
    return "hypothetical" if known else None
