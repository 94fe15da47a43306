"""Votes: signed acts with the sign of what was voted on toward the target.

A yes to sanctions is V-, a veto of them V+, an abstention V0 (method.md, section 1). What was voted
on is read off the object: sanctions or a condemnation, or a resolution that does something.
"""

from __future__ import annotations

from collections.abc import Iterator

from saidanddone.reading.clause import Clause, Token, lemma_of
from saidanddone.reading.objects import objects
from saidanddone.reading.predicate import read_noun, read_verb

COOPERATIVE_ROOTS = frozenset({"03", "04", "05", "06", "07", "08"})

CARRIERS = frozenset(
    {"resolution", "motion", "draft", "measure", "bill", "proposal", "text", "statement"}
    | {"declaration", "initiative", "document", "communique", "amendment", "plan", "paper"}
)
"""Nouns that are voted on and take their sense from what follows them."""

CASTING = frozenset({"cast", "use", "exercise", "wield", "employ", "give", "raise", "deploy"})
"""'cast its vote', 'used its veto': the noun says how."""

VOTED = frozenset({"vote", "veto", "ballot"})

SOUGHT = frozenset({"admission", "membership", "bid", "request", "application", "candidacy"}) | {
    "accession", "entry", "status", "appeal",
}  # fmt: skip
"""What a state asks of a body: a yes to it is one to that state."""

ADOPTING = frozenset({"adopt", "pass", "approve", "endorse", "reject", "debate", "consider"})

SUBMITTED = frozenset(
    {"submit", "table", "sponsor", "draft", "present", "introduce", "propose", "circulate"}
)
"""What is done to a text by whoever wants it adopted."""

ORDERING = frozenset(
    {"order", "demand", "call", "require", "oblige", "compel", "force", "instruct"}
)
"""What a text that does so does to a state."""

PUNISHING = frozenset({"punish", "censure", "brand", "suspend", "expel", "isolate", "chastise"})
"""What a text does to a state beside the acts of the lexicon."""


def read_vote(clause: Clause, verb: Token) -> tuple[str, str] | None:
    """(vote code, rule) of a verb that casts a vote on something whose sign is known, or None.

    A veto of something whose sign toward the target is not known stays CAMEO 129.
    """
    lemma = lemma_of(verb)
    if lemma == ABSTAIN:
        return "V0", ABSTAIN
    if _unblocked(clause, verb):
        return "V+", "unblocked"
    cast = _cast(verb) if lemma in CASTING else None
    if cast is None and lemma not in ("vote", "veto", "block"):
        return None
    word = lemma_of(cast) if cast is not None else lemma
    holders = [verb] if cast is None else [verb, cast]
    opposed = word in ("veto", "block") or _against(holders)
    if word == "block" and not _brought_to_vote(clause, verb):
        return None
    sign = next((s for holder in holders if (s := _sign_of_matter(clause, holder))), None)
    if sign is None:
        return ("129", word) if word == "veto" else None
    how = "vote" if word == "ballot" else word
    if how == "vote" and opposed and sign > 0:
        how = "against"
    return ("V+" if (sign < 0) == opposed else "V-"), how


PROMISED = {"V+": "030", "V-": "130", "129": "130", "V0": "010"}
"""What a vote is that somebody only says he will cast: a veto of sanctions is promised to whom
they would hit."""

ANNOUNCING = frozenset({"pledge", "threaten"})


def foretold(clause: Clause, verb: Token, code: str) -> tuple[str, str]:
    """The code of a vote, or of saying that it will be cast, and how that is known: 'would veto',
    'promised to vote for', 'threatened to block'."""
    above = verb.head if verb.dep_ == "xcomp" else None
    coming = any(
        child.dep_ == "aux" and (clause.cue("future", child.lower_) or child.lower_ == "would")
        for child in verb.children
    )
    if coming or (above is not None and clause.operators(above) & ANNOUNCING):
        return PROMISED.get(code, code), "+told"
    return code, ""


ABSTAIN = "abstain"


def of_a_vote(token: Token) -> bool:
    """Whether a verb casts a vote: 'voted', 'abstained', 'used its veto'."""
    if token.pos_ != "VERB":
        return False
    lemma = lemma_of(token)
    return lemma in (ABSTAIN, "vote", "veto") or (lemma in CASTING and _cast(token) is not None)


def against(verb: Token) -> bool:
    """Whether a verb of :func:`of_a_vote` votes against something, or kills it."""
    cast = _cast(verb) if lemma_of(verb) in CASTING else None
    word = lemma_of(cast) if cast is not None else lemma_of(verb)
    return word in ("veto", "block") or _against([verb] if cast is None else [verb, cast])


def names_its_matter(clause: Clause, verb: Token) -> bool:
    """Whether a vote says itself what it does to somebody."""
    cast = _cast(verb) if lemma_of(verb) in CASTING else None
    holders = [verb] if cast is None else [verb, cast]
    return any(_sign_of_matter(clause, holder) is not None for holder in holders)


def _brought_to_vote(clause: Clause, verb: Token) -> bool:
    """Whether what is blocked is a text or a measure, and no shipment or payment."""
    for thing in objects(clause, verb):
        code = clause.words.noun(clause.noun_word(thing)) or ""
        if lemma_of(thing) in CARRIERS or code.startswith(("163", "111", "090", "086")):
            return True
    return False


def _cast(verb: Token) -> Token | None:
    """The vote or veto that a verb casts."""
    for child in verb.children:
        if child.dep_ in ("dobj", "nsubjpass") and lemma_of(child) in VOTED:
            return child
    return None


def _against(holders: list[Token]) -> bool:
    """Whether a vote is cast against something, or to kill it."""
    for child in (c for holder in holders for c in holder.children):
        if child.lower_ in ("against", "no"):
            return True
        kills = child.dep_ in ("xcomp", "advcl", "acl")
        if kills and lemma_of(child) in ("kill", "block", "reject", "defeat", "sink", "stop"):
            return True
    return False


def _sign_of_matter(clause: Clause, verb: Token) -> int | None:
    """+1 or -1 of what is voted on, None where it does not say."""
    for child in verb.children:
        clausal = child.dep_ in ("xcomp", "advcl", "acl", "ccomp") and child.tag_ in ("VB", "VBD")
        if clausal and (sign := _sign_of_clause(clause, child)) is not None:
            return sign
    for doing in _doings(verb):
        if read := read_verb(clause, doing):
            return _sign(read.code)
    for thing in _things(clause, verb):
        if (sign := _sign_of_thing(clause, thing)) is not None:
            return sign
    if verb.dep_ == "relcl" and lemma_of(verb.head) in CARRIERS:
        return _carried(clause, verb.head)  # 'the resolution that France had voted for'
    return None


def _sign_of_clause(clause: Clause, verb: Token) -> int | None:
    """The sign of 'voted to suspend T', 'to kill the text', 'when the text on T was adopted'."""
    if lemma_of(verb) in ADOPTING:
        texts = (thing for thing in verb.children if lemma_of(thing) in CARRIERS)
        return next((s for thing in texts if (s := _carried(clause, thing)) is not None), None)
    inner = _sign_of_matter(clause, verb) if _killing(verb) else None
    if inner is not None:
        return inner
    if lemma_of(verb) in PUNISHING:
        return -1
    read = None if _killing(verb) else read_verb(clause, verb)
    return _sign(read.code) if read else None


def _unblocked(clause: Clause, verb: Token) -> bool:
    """'lifted its veto on T's accession'."""
    if not clause.operators(verb) & {"stop", "ease"}:
        return False
    return any(child.dep_ == "dobj" and lemma_of(child) == "veto" for child in verb.children)


def _brought_by_target(clause: Clause, thing: Token) -> bool:
    """'a draft submitted by T', 'T's draft': a vote on it is one on what T wants."""
    return any(
        child.i in clause.in_target
        or (lemma_of(child) in SUBMITTED and any(t.i in clause.in_target for by in child.children
            if by.dep_ == "agent" for t in by.children))
        for child in thing.children
        if child.dep_ in ("poss", "acl")
    )  # fmt: skip


def _sign_of_thing(clause: Clause, thing: Token) -> int | None:
    """The sign of a text, of what T asks for, or of an event."""
    if lemma_of(thing) in CARRIERS and _brought_by_target(clause, thing):
        return 1
    if lemma_of(thing) in SOUGHT:
        return 1
    if lemma_of(thing) in CARRIERS:
        return _carried(clause, thing)
    if lemma_of(thing) in VOTED:  # 'voted no in the ballot on T's status'
        about = (t for t in _things(clause, thing) if t.head.lower_ == "on")
        return 1 if any(lemma_of(t) in SOUGHT for t in about) else None
    read = read_noun(clause, thing) if clause.is_event(thing) else None
    return _sign(read.code) if read else None


def _killing(verb: Token) -> bool:
    return lemma_of(verb) in ("kill", "block", "reject", "defeat", "sink", "stop")


def _doings(verb: Token) -> Iterator[Token]:
    """'against lifting', 'in favour of imposing'."""
    for child in verb.children:
        if child.dep_ == "prep":
            yield from (c for c in child.children if c.dep_ == "pcomp" and c.tag_ == "VBG")
            yield from _doings(child)
            for inner in child.children:
                if inner.dep_ == "pobj" and inner.lower_ in ("favour", "favor", "support"):
                    yield from _doings(inner)


def _things(clause: Clause, verb: Token) -> Iterator[Token]:
    if verb.pos_ in ("VERB", "AUX"):
        yield from objects(clause, verb)
    for child in verb.children:
        if child.dep_ == "prep":
            yield from (inner for inner in child.children if inner.dep_ == "pobj")


def _carried(clause: Clause, thing: Token) -> int | None:
    """The sign of what a resolution does: 'condemning T', 'on sanctions against T'."""
    for child in thing.children:
        if child.dep_ in ("acl", "relcl", "amod") and child.pos_ == "VERB":
            if lemma_of(child) in ORDERING and clause.holds_target(child):
                return -1
            for verb in (child, *(c for c in child.children if c.dep_ in ("xcomp", "ccomp"))):
                if lemma_of(verb) in PUNISHING:
                    return -1
                if read := read_verb(clause, verb):
                    return _sign(read.code)
    for child in thing.children:
        for inner in child.children if child.dep_ == "prep" else ():
            if clause.is_event(inner) and (read := read_noun(clause, inner)):
                return _sign(read.code)
        if child.dep_ == "compound" and (code := clause.words.noun(lemma_of(child))):
            return _sign(code)
        if child.dep_ == "prep" and child.lower_ == "against":
            return -1
    return None


def _sign(code: str) -> int | None:
    if code in ("V+", "V-"):
        return 1 if code == "V+" else -1
    if code[:2] in COOPERATIVE_ROOTS:
        return 1
    return None if code[:2] in ("01", "02") else -1
