"""Who stands for whom: the phrases that an actor heads, and the lists that it stands in."""

from __future__ import annotations

from saidanddone.reading.clause import NOMINAL, SUBJECTS, Clause, Token

DEPTH = 8
"""Steps from a name to the whole phrase: 'the head of the staff of the army of X'."""

WHOSE_WITHIN = 6
"""Words between a noun and its 'whose': a later one belongs to another noun."""

MODIFYING = frozenset({"poss", "compound", "amod", "nmod", "appos", "nummod"})

HOME = frozenset({"in", "from", "at"})
"""Prepositions that tell where an actor is from: 'the government in Kyiv', 'envoys from Paris'."""


def sides(span_root: Token, clause: Clause, *, acting: bool) -> set[int]:
    """Heads of the phrases in which an actor stands for the whole: 'envoys' of 'X's envoys'.

    acting: for a source, whose deeds ('X's attack') are not the actor itself.
    """
    found = {span_root.i}
    cur = span_root
    for _ in range(DEPTH):
        above = cur.head
        if above.i == cur.i:
            break
        if cur.dep_ == "conj":
            # 'troops of A and B': B stands beside A, and shares its phrase.
            cur = above
            continue
        if cur.dep_ == "pobj":
            above = above.head
            if above.pos_ not in (*NOMINAL, "PRON") or not _from_home(cur, above):
                break
        elif cur.dep_ not in MODIFYING or above.pos_ not in NOMINAL:
            break
        elif cur.dep_ == "appos" and cur.ent_type_ == above.ent_type_ == "GPE":
            # 'Syria, Turkey charged, ...': two names are not one actor.
            break
        if acting and clause.is_event(above):
            break
        found.add(above.i)
        cur = above
    return found | _whose(span_root, clause, acting)


def _whose(noun: Token, clause: Clause, acting: bool) -> set[int]:
    """'pilots' of 'X, whose pilots ...'."""
    found: set[int] = set()
    for child in noun.children:
        if child.dep_ != "relcl":
            continue
        for word in child.subtree:
            if word.lower_ == "whose" and word.dep_ == "poss" and word.i - noun.i < WHOSE_WITHIN:
                found.add(word.i)
                if not (acting and clause.is_event(word.head)):
                    found.add(word.head.i)
    return found


def _from_home(place: Token, noun: Token) -> bool:
    """Whether 'of', 'in' or 'from' a place tells whose people they are."""
    word = place.head.lower_
    if word == "of":
        return True
    if word not in HOME:
        return False
    return not any(
        child.dep_ in ("poss", "amod", "compound", "nmod")
        and (child.ent_type_ in ("GPE", "NORP", "ORG") or child.pos_ == "PROPN")
        for child in noun.children
    )


def listed(token: Token) -> list[Token]:
    """A token and what is coordinated with it, not over a semicolon or colon, which the parser
    overlooks."""
    found = [token]
    for other in token.conjuncts:
        low, high = sorted((token.i, other.i))
        between = token.doc[low:high]
        if any(t.lower_ in (";", ":") for t in between):
            continue
        if any(t.text == "," for t in between) and _opens(token.doc[low]):
            continue
        found.append(other)
    return found


def _opens(token: Token) -> bool:
    """Whether a noun ends the opening phrase of a sentence whose subject the parser missed:
    'On the fringes of the Assembly, A and B met'."""
    root = token.sent.root
    if any(child.dep_ in SUBJECTS and child.i < root.i for child in root.children):
        return False
    cur = token
    while cur.dep_ == "pobj":
        cur = cur.head
        if cur.i == token.sent.start:
            return True
        cur = cur.head
    return False
