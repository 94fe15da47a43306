"""What a verb takes: the nouns that carry its sense, and what they tell of it."""

from __future__ import annotations

from saidanddone.reading.clause import Clause, Token, lemma_of
from saidanddone.reading.sides import listed
from saidanddone.reading.voice import passive

SETTING = frozenset({"after", "before", "since", "until", "during", "despite", "amid"})
"""Prepositions whose noun is the setting of an act: 'resigned after the bombing'."""

DIPLOMATS = frozenset({"diplomat", "ambassador", "envoy", "attache", "consul", "official"})


def objects(clause: Clause, verb: Token) -> list[Token]:
    """Objects of a verb that can carry its sense, those on the way to the target first."""
    found: list[Token] = []
    for child in verb.children:
        if child.dep_ == "xcomp" and child.pos_ == "NOUN":
            found.append(child)  # 'sent packing'
        if child.dep_ in ("dobj", "attr", "oprd", "nsubjpass", "dative", "npadvmod"):
            found += listed(child)
        if child.dep_ in ("prep", "agent", "dative") and child.lower_ not in SETTING:
            found += _under(verb, child)
    participle = verb.dep_ == "acl" and verb.tag_ == "VBN"
    gap = verb.dep_ == "relcl" and not any(c.dep_ == "dobj" for c in verb.children)
    if participle or gap:
        found.append(verb.head)
    deeper: list[Token] = []
    for token in found:
        generic = clause.cue("generic", lemma_of(token))
        for child in token.children:
            if child.dep_ in ("compound", "amod") and generic:
                deeper.append(child)
            if child.dep_ == "prep" and child.lower_ in ("of", "for"):
                deeper += [c for c in child.children if c.dep_ == "pobj"]
    return sorted(found + deeper, key=lambda token: token.i not in clause.on_path)


def _under(verb: Token, preposition: Token) -> list[Token]:
    """What stands under a preposition of a verb."""
    found: list[Token] = []
    for inner in preposition.children:
        if inner.dep_ == "pobj":
            found.append(inner)
        if inner.dep_ == "prep":  # 'out of the talks'
            found += [c for c in inner.children if c.dep_ == "pobj"]
        if inner.dep_ == "pcomp" and lemma_of(verb) != "join":
            found += [c for c in inner.children if c.dep_ == "dobj"]
    return found


def tells_more(clause: Clause, noun: Token) -> bool:
    """'an offer of talks', 'a threat to attack': what follows goes before the noun itself."""
    if lemma_of(noun) not in clause.words.nominal_operators:
        return False
    for child in noun.children:
        if child.dep_ == "acl" and child.tag_ == "VB":
            return True
        if child.dep_ == "prep" and child.lower_ in ("of", "for", "to"):
            return any(inner.dep_ == "pobj" and clause.is_event(inner) for inner in child.children)
    return False


def meeting(clause: Clause, noun: Token) -> bool:
    """Whether a noun is a meeting, a visit or talks."""
    return (clause.words.noun(clause.noun_word(noun)) or "").startswith("04")


def carries(clause: Clause, verb: Token) -> bool:
    """'flew its wounded to T' is no visit; 'visited T' is."""
    things = [child for child in verb.children if child.dep_ == "dobj"]
    return any(not clause.holds_target(thing) for thing in things)


def told_to_leave(verb: Token) -> bool:
    """'ordered two diplomats to leave'."""
    leaves = any(lemma_of(c) in ("leave", "depart") for c in verb.children)
    return leaves and any(diplomat(token) for token in verb.subtree)


def diplomat(noun: Token) -> bool:
    """Whether a noun is one of those whom states send to one another."""
    return lemma_of(noun) in DIPLOMATS


def subject_code(clause: Clause, verb: Token, lemma: str) -> str | None:
    """'shells fell on T', 'tanks rolled into T', 'tents from X reached T'."""
    if passive(verb):
        return None
    for child in verb.children:
        if child.dep_ == "nsubj":
            for subject in listed(child):
                if code := clause.words.subjects.get((lemma, lemma_of(subject))):
                    return code
    return None
