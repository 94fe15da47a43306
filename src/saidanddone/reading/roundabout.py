"""Ways in which an act arrives at a target that is no argument of its predicate."""

from __future__ import annotations

from saidanddone.reading.clause import SUBJECTS, VERBAL, Clause, Token, lemma_of
from saidanddone.reading.roles import subjects
from saidanddone.reading.sides import listed, sides
from saidanddone.reading.voice import mistaken, passive

INSERTED = frozenset({"parataxis", "ccomp", "advcl", "dep", "csubj"})
"""What the parser makes of 'X charged' in 'T, X charged, had sheltered them'."""


def roundabout(clause: Clause, predicate: Token, code: str) -> bool:
    """Whether a predicate that does not govern the target is about it all the same."""
    target = clause.target_head
    if target is None or predicate.pos_ not in VERBAL:
        return False
    stands = sides(target, clause, acting=False)
    if predicate.dep_ == "amod" and mistaken(predicate) and predicate.head.i in stands:
        return True
    if code.startswith("V"):
        return _voted_on(predicate, target)
    if _cleft(predicate, stands):
        return True
    if code.startswith(("11", "12")) and _inserted(clause, predicate, stands):
        return True
    return code.startswith("13") and _on_condition(predicate, stands)


def _voted_on(predicate: Token, target: Token) -> bool:
    """'rather than vote for sanctions on T, X abstained': all that the vote's clause holds."""
    verb = predicate
    while verb.dep_ in ("xcomp", "ccomp") and verb.head.pos_ in VERBAL:
        verb = verb.head
    if verb.dep_ == "pcomp" and verb.head.lower_ == "with":
        # 'with X abstaining, the council censured T': what the council did was voted on.
        objects = [c for c in verb.head.head.children if c.dep_ == "dobj"]
        return any(holder.i == target.i or holder in target.ancestors for holder in objects)
    return verb in target.ancestors


def _cleft(predicate: Token, stands: set[int]) -> bool:
    """'it was T that X blamed'."""
    verb = predicate
    while verb.dep_ in ("xcomp", "conj") and verb.head.pos_ in VERBAL:
        verb = verb.head
    main = verb.head
    if verb.dep_ not in ("ccomp", "relcl", "advcl", "acl") or verb.i == main.i:
        return False
    if main.pos_ not in VERBAL:
        return False
    named = cleft_of(main)
    own = [c for c in verb.children if c.dep_ in SUBJECTS and c.tag_ not in ("WDT", "WP")]
    if not own or passive(predicate) or not any(token.i in stands for token in named):
        return False
    return not any(
        c.dep_ == "dobj" and c.tag_ not in ("WDT", "WP", "IN") for c in predicate.children
    )


def cleft_of(verb: Token) -> list[Token]:
    """What 'it was ... that' points out; nothing where a verb is no such 'was'."""
    if lemma_of(verb) != "be" or not any(
        c.dep_ in SUBJECTS and c.lower_ == "it" for c in verb.children
    ):
        return []
    return [one for c in verb.children if c.dep_ in ("attr", "nsubj") for one in listed(c)][:4]


def _inserted(clause: Clause, predicate: Token, stands: set[int]) -> bool:
    """'T, X charged, had sheltered them': what is charged is what T's verb says."""
    main = predicate.head
    if predicate.dep_ not in INSERTED or main.i == predicate.i or main.pos_ not in VERBAL:
        return False
    held = [c for c in predicate.children if c.dep_ in ("ccomp", "dobj")]
    if held or any(subject.i in stands for subject in subjects(clause, predicate)):
        return False
    return any(subject.i in stands for subject in subjects(clause, main))


def _on_condition(predicate: Token, stands: set[int]) -> bool:
    """'unless T withdraws, X will attack': a threat is against whom its condition is about."""
    verb = predicate
    while verb.dep_ in ("xcomp", "ccomp", "conj") and verb.head.pos_ in VERBAL:
        verb = verb.head
    for holder in {predicate, verb}:
        for child in holder.children:
            if child.dep_ != "advcl":
                continue
            marks = {c.lower_ for c in child.children if c.dep_ in ("mark", "advmod", "aux")}
            if marks & {"if", "unless", "should", "until", "till"} and any(
                c.dep_ in SUBJECTS and any(t.i in stands for t in (c, *listed(c)))
                for c in child.children
            ):
                return True
    return False
