"""Judgements: what a source calls a target or its deeds, in good or bad words."""

from __future__ import annotations

from saidanddone.reading.clause import COMPLEMENTS, SUBJECTS, Clause, Token, lemma_of

CALLING = frozenset(
    {"call", "describe", "brand", "label", "term", "dub", "view", "see", "regard", "consider"}
    | {"deem", "find", "portray", "depict", "dismiss", "characterise", "characterize", "paint"}
    | {"treat", "declare", "designate", "pronounce", "denounce", "hail", "praise"}
)
"""Verbs that put a name on their object: 'called the raid a crime', 'regards T as a friend'."""

CRITICISM, PRAISE, ACCUSATION = "111", "051", "112"


def judged(clause: Clause, verb: Token) -> str | None:
    """The code of a judgement that a verb passes on its object or on what its clause is about."""
    lemma = lemma_of(verb)
    if lemma in CALLING and (code := _of_words(clause, _names_given(verb))):
        return code
    if not clause.operators(verb) & {"say"}:
        return None
    if _wronged(clause, verb):
        return ACCUSATION
    held = [c for c in verb.children if c.dep_ in (*COMPLEMENTS, "parataxis")]
    for said in [*held, *(other for one in held for other in one.conjuncts)]:
        if lemma_of(said) == "be":
            negated = any(c.dep_ == "neg" for c in said.children)
            code = _of_words(clause, [c for c in said.children if c.dep_ in ("acomp", "attr")])
            own = [c for c in said.children if c.dep_ in SUBJECTS]
            if code and not negated and any(clause.holds_target(subject) for subject in own):
                return code
    return None


def _wronged(clause: Clause, verb: Token) -> bool:
    """'T has lied to us': a misdeed against the speaker, told by the speaker."""
    for said in verb.children:
        if said.dep_ not in (*COMPLEMENTS, "parataxis") or any(
            c.dep_ == "neg" for c in said.children
        ):
            continue
        own = [c for c in said.children if c.dep_ in SUBJECTS]
        if not any(clause.holds_target(subject) for subject in own):
            continue
        ours = any(t.lower_ in ("us", "me", "our", "my") for t in said.subtree)
        if ours and clause.cue("misdeed", lemma_of(said)):
            return True
    return False


def _names_given(verb: Token) -> list[Token]:
    """'a crime' in 'called it a crime', 'as a friend', 'unacceptable'."""
    found = [c for c in verb.children if c.dep_ in ("oprd", "acomp", "attr")]
    for child in verb.children:
        if child.lower_ == "as":
            found += [c for c in child.children if c.dep_ in ("pobj", "amod", "pcomp")]
        if child.dep_ in ("ccomp", "xcomp"):
            # The parser takes 'called T a liar' for a clause without its verb.
            if child.pos_ in ("NOUN", "ADJ", "PROPN"):
                found.append(child)
            found += [c for c in child.children if c.dep_ in ("attr", "acomp", "oprd")]
    return found


def _of_words(clause: Clause, heads: list[Token]) -> str | None:
    for head in heads:
        words = [head, *(c for c in head.children if c.dep_ in ("amod", "compound", "conj"))]
        words += [
            inner
            for c in head.children
            if c.dep_ == "prep" and c.lower_ == "of"
            for inner in c.children
        ]
        for word in words:
            lemma = lemma_of(word)
            if clause.cue("pejorative", lemma) or clause.cue("pejorative", word.lower_):
                return CRITICISM
            if clause.cue("laudatory", lemma) or clause.cue("laudatory", word.lower_):
                return PRAISE
    return None


def demands_of_target(clause: Clause, verb: Token) -> bool:
    """'X says T must withdraw', 'X says the fighting must end'."""
    for said in (child for child in verb.children if child.dep_ == "ccomp"):
        modal = any(clause.cue("demanding", c.lower_) for c in said.children if c.dep_ == "aux")
        if modal or lemma_of(said) in ("need", "have"):
            subjects = [c for c in said.children if c.dep_ in SUBJECTS]
            passive = any(c.dep_ == "auxpass" for c in said.children)
            if passive or any(clause.holds_target(subject) for subject in subjects):
                return True
    return False
