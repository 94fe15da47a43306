"""Votes: signed acts with the sign of what was voted on toward the target.

A yes to sanctions is V-, a veto of them V+, an abstention V0 (method.md, section 1). What was voted
on is read off the object: sanctions or a condemnation, or a resolution that does something.
"""

from __future__ import annotations

from saidanddone.reading.clause import Clause, Token
from saidanddone.reading.objects import objects
from saidanddone.reading.predicate import read_noun, read_verb

COOPERATIVE_ROOTS = frozenset({"03", "04", "05", "06", "07", "08"})

CARRIERS = frozenset(
    {"resolution", "motion", "draft", "measure", "bill", "proposal", "text", "statement"}
)
"""Nouns that are voted on and take their sense from what follows them."""


def read_vote(clause: Clause, verb: Token) -> tuple[str, str] | None:
    """(vote code, rule) of a verb that casts a vote on something whose sign is known, or None.

    A veto of something whose sign toward the target is not known stays CAMEO 129.
    """
    lemma = verb.lemma_.lower()
    if lemma == "abstain":
        return "V0", "abstain"
    if lemma not in ("vote", "veto", "block"):
        return None
    against = lemma != "vote" or any(child.lower_ == "against" for child in verb.children)
    sign = _sign_of_matter(clause, verb)
    if sign is None:
        return ("129", lemma) if lemma == "veto" else None
    return ("V+" if (sign < 0) == against else "V-"), lemma


def _sign_of_matter(clause: Clause, verb: Token) -> int | None:
    """+1 or -1 of what is voted on, None where it does not say."""
    for thing in objects(clause, verb):
        if thing.lemma_.lower() in CARRIERS:
            for child in thing.children:
                if child.dep_ in ("acl", "relcl") and child.pos_ == "VERB":
                    read = read_verb(clause, child)
                    if read:
                        return _sign(read.code)
            for child in thing.children:
                for inner in child.children if child.dep_ == "prep" else ():
                    if clause.is_event(inner) and (read := read_noun(clause, inner)):
                        return _sign(read.code)
                if child.dep_ == "compound" and (code := clause.words.noun(child.lemma_.lower())):
                    return _sign(code)
        elif clause.is_event(thing) and (read := read_noun(clause, thing)):
            return _sign(read.code)
    return None


def _sign(code: str) -> int | None:
    if code in ("V+", "V-"):
        return 1 if code == "V+" else -1
    if code[:2] in COOPERATIVE_ROOTS:
        return 1
    return None if code[:2] in ("01", "02") else -1
