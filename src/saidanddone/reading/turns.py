"""Turns of phrase in which a verb means another thing than its object alone would say."""

from __future__ import annotations

from saidanddone.reading.clause import COMPLEMENTS, NOMINAL, VERBAL, Clause, Token, lemma_of

SUFFERING = frozenset({"pay", "regret", "suffer", "burn", "perish", "rue"})
"""What 'you will' do is a threat."""

TAKEN_UP = frozenset({"it", "them", "those"})


def visited(clause: Clause, verb: Token) -> bool:
    """'called on the president': who is called on and asked for nothing is visited."""
    if any(child.dep_ in COMPLEMENTS or child.lower_ == "for" for child in verb.children):
        return False
    return any(
        child.dep_ == "prep" and child.lower_ in ("on", "upon")
        and any(inner.ent_type_ == "PERSON" for inner in child.children)
        for child in verb.children
    )  # fmt: skip


def regretted_to(clause: Clause, verb: Token) -> bool:
    """'expressed his regret to T' apologises; regret at what T did does not."""
    things = [child for child in verb.children if child.dep_ == "dobj"]
    return any(lemma_of(thing) == "regret" for thing in things) and any(
        child.dep_ in ("prep", "dative") and child.lower_ == "to" and clause.holds_target(child)
        for child in verb.children
    )


def threatens_you(clause: Clause, said: Token) -> bool:
    """'told T: you will pay for this'."""
    coming = any(c.dep_ == "aux" and clause.cue("future", c.lower_) for c in said.children)
    you = any(c.dep_ == "nsubj" and c.lower_ == "you" for c in said.children)
    return coming and you and said.dep_ == "ccomp" and lemma_of(said) in SUFFERING


def taken_up(clause: Clause, verb: Token) -> Token | None:
    """The deed that a verb's pronoun stands for: 'halted its aid to T and later resumed it'."""
    if not any(
        child.dep_ in ("dobj", "nsubjpass") and child.lower_ in TAKEN_UP for child in verb.children
    ):
        return None
    before = verb
    while before.dep_ == "conj" and before.head.pos_ in VERBAL:
        before = before.head
        for child in before.children:
            deed = child.dep_ in ("dobj", "nsubjpass") and child.pos_ in NOMINAL
            if deed and (clause.is_event(child) or lemma_of(child) in clause.words.things):
                return child
    return None
