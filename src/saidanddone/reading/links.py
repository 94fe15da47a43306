"""Links: the predicates by which a source acts toward a target, the closest ones first."""

from __future__ import annotations

from collections.abc import Iterator

from saidanddone.reading.clause import VERBAL, Clause, Token, distance, lemma_of, nominal
from saidanddone.reading.pairing import between
from saidanddone.reading.roles import agents, by_whom, noun_agents
from saidanddone.reading.sides import listed, sides

RECEIVING = "receiving"
"""Cue of verbs whose subject is given what 'from X' or 'by X' gives: 'got aid from X'."""

SETTING = frozenset({"in", "during", "after", "at", "following", "amid", "for", "on"})
"""Prepositions by which a clause tells when its agent met the target: 'after talks with T'."""


def links(clause: Clause) -> list[Token]:
    """Verbs and event nouns whose agent is the source and which may reach the target."""
    stands = sides(clause.source.root, clause, acting=True)
    among = predicates(clause) if clause.among is None else clause.among
    found = [token for token in among if _acts(clause, token, stands)]
    return sorted(found, key=lambda token: _far(clause, token))


def predicates(clause: Clause) -> list[Token]:
    """Verbs and event nouns of the sentence: the same for every pair of its actors."""
    return [
        token
        for token in clause.source.sent
        if token.pos_ in VERBAL or clause.is_event(token) or _has_subject(token)
    ]


def _acts(clause: Clause, token: Token, stands: set[int]) -> bool:
    if token.i in clause.in_target and token.i not in clause.in_source:
        return False
    if token.pos_ in VERBAL and between(clause, token):
        return bool(token.pos_ != "AUX")
    if (token.pos_ in VERBAL and not nominal(token)) or _has_subject(token):
        return any(agent.i in stands for agent in agents(clause, token))
    if not clause.is_event(token):
        return False
    if between(clause, token):
        return True
    own = [agent for agent in noun_agents(clause, token) if agent.i in stands]
    if own:
        named = any(token in agent.ancestors for agent in own)
        return named or _taken_up(clause, token)
    return _of(clause, token, stands)


def _taken_up(clause: Clause, noun: Token) -> bool:
    """'after talks with T, X left': the talks are X's, unless the verb reads them otherwise."""
    code = clause.words.noun(clause.noun_word(noun)) or ""
    preposition = noun.head
    if noun.dep_ != "pobj" or not code.startswith(("04", "057")):
        return False
    if preposition.lower_ not in SETTING:
        return False
    verb = preposition.head
    return preposition.lower_ != "for" or not clause.operators(verb)


def _has_subject(token: Token) -> bool:
    """The tagger takes 'NATO leaders urge China' for nouns; a subject gives the verb away."""
    return any(child.dep_ == "nsubj" for child in token.children)


def _of(clause: Clause, noun: Token, stands: set[int]) -> bool:
    """'the withdrawal of X's troops from T': 'of' names the agent where 'from', 'to' or 'with'
    names somebody else, and nobody else acts."""
    if noun_agents_named(noun):
        return False
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ == "of":
            for inner in child.children:
                if inner.i in stands:
                    return any(
                        other.dep_ == "prep" and other.i != child.i and clause.holds_target(other)
                        for other in noun.children
                    )
    return False


def noun_agents_named(noun: Token) -> bool:
    """Whether a noun has a possessor or a 'by' of its own."""
    return any(
        child.dep_ in ("poss", "agent") or (child.dep_ == "prep" and child.lower_ == "by")
        for child in noun.children
    )


def _far(clause: Clause, token: Token) -> int:
    far = distance(token, clause.source.root)
    return far + (distance(token, clause.target_head) if clause.target_head is not None else 0)


def given(clause: Clause) -> Iterator[Token]:
    """Nouns that the target receives from the source: 'T got rifles from X'."""
    stands = sides(clause.source.root, clause, acting=True)
    if clause.target_head is None:
        return
    takes = sides(clause.target_head, clause, acting=False)
    for verb in clause.source.sent if clause.among is None else clause.among:
        if verb.pos_ not in VERBAL or not clause.cue(RECEIVING, lemma_of(verb)):
            continue
        if not any(agent.i in takes for agent in agents(clause, verb)):
            continue
        for thing in _things(verb):
            lemma = lemma_of(thing)
            if not (clause.is_event(thing) or lemma in clause.words.things):
                continue
            givers = [
                inner
                for holder in (verb, thing)
                for child in holder.children
                if child.dep_ in ("prep", "agent") and child.lower_ in ("from", "by")
                for inner in child.children
                if inner.dep_ == "pobj"
            ]
            for made in thing.children:
                # 'took tractors sold by X': who sold them gives them.
                if made.dep_ == "acl" and made.tag_ == "VBN":
                    givers += by_whom(made)
            givers += by_whom(thing) + (noun_agents(clause, thing) if not givers else [])
            if any(giver.i in stands for giver in givers):
                yield thing


def _things(verb: Token) -> list[Token]:
    found: list[Token] = []
    for child in verb.children:
        if child.dep_ == "dobj":
            found += listed(child)
        if child.dep_ == "prep" and child.lower_ in ("under", "to", "of"):
            found += [inner for inner in child.children if inner.dep_ == "pobj"]
    return found
