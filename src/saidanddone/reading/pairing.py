"""Two actors in one phrase: coordinated, between, each other; and acts that both do."""

from __future__ import annotations

from itertools import pairwise

from saidanddone.reading.clause import Clause, Token, lemma_of
from saidanddone.reading.sides import listed, sides

MUTUAL = frozenset({"03", "04", "06"})
MUTUAL_CODES = frozenset({"050", "054", "057", "0871", "161", "164"})
MUTUAL_VERBS = frozenset(
    {"clash", "fight", "battle", "skirmish", "trade", "exchange", "spar", "quarrel", "swap"}
)
"""Acts that two coordinated subjects do to one another: 'A and B signed', but not 'A and B
condemned C'."""

PARTNERED = frozenset({"from", "with", "against", "to", "toward", "towards"})
PEOPLE = frozenset({"GPE", "NORP", "PERSON"})
NAMES = frozenset({"GPE", "NORP", "ORG", "PERSON"})


def to_each_other(predicate: Token) -> bool:
    """'A and B shelled each other', 'accused one another'."""
    near = [c for child in predicate.children for c in (child, *child.children)]
    near = [c for child in near for c in (child, *child.children)]
    words = [token.lower_ for token in sorted({*near}, key=lambda token: token.i)]
    pairs = set(pairwise(words))
    return bool(pairs & {("each", "other"), ("one", "another")})


def is_mutual(predicate: Token, code: str) -> bool:
    """Whether both sides of a coordinated subject do the act to one another."""
    if code in ("045", "061"):
        return bool(lemma_of(predicate) == "trade")
    mutual = code[:2] in MUTUAL or code in MUTUAL_CODES
    return mutual or lemma_of(predicate) in MUTUAL_VERBS


def between(clause: Clause, noun: Token) -> bool:
    """Whether a noun lies between source and target: 'war between A and B'."""
    target, source = clause.target_head, clause.source.root
    if target is None:
        return False
    holders = [
        noun,
        *(c for c in noun.children if c.dep_ == "nsubjpass" and not clause.is_event(c)),
    ]
    for child in (c for holder in holders for c in holder.children):
        if child.dep_ == "prep" and child.lower_ in ("between", "among", "amongst"):
            below = {token.i for token in child.subtree}
            if source.i in below and target.i in below:
                return True
    return False


def coordinated(clause: Clause) -> bool:
    """Whether source and target stand in one list: 'A and B ...'."""
    target, source = clause.target_head, clause.source.root
    if target is None:
        return False
    if target in listed(source) or source in listed(target):
        return True
    mine, theirs = (sides(root, clause, acting=False) for root in (source, target))
    tokens = [clause.source.doc[i] for i in mine]
    return any(other.i in theirs for token in tokens for other in listed(token)[1:])


def other_side(predicate: Token, code: str) -> bool:
    """Whether the act has another partner: 'A and B met C', 'cut ties with C'.

    Talks and agreements with C are held among A and B too.
    """
    for child in predicate.children:
        if child.dep_ == "dobj" and child.ent_type_ in PEOPLE and child.pos_ == "PROPN":
            return True
    if code.startswith(("04", "057")):
        return False
    near = [predicate, *(child for child in predicate.children if child.dep_ == "dobj")]
    for token in (child for holder in near for child in holder.children):
        partner = token.dep_ in ("prep", "dative") and token.lower_ in PARTNERED
        if partner and any(t.ent_type_ in NAMES for t in token.subtree):
            return True
    return False
