"""Which date governs an act in a sentence, and in which frame of time its verb stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from saidanddone.model import FuzzyDate

if TYPE_CHECKING:
    from saidanddone.reading.dates import DateMention

Frame = Literal["past", "present", "perfect", "before", "future", "modal"]

_LINKS = frozenset({"pobj", "pcomp", "nummod", "compound", "amod", "npadvmod", "conj", "appos"})
_TIME = frozenset({
    "in", "on", "at", "since", "from", "until", "till", "by", "during", "before", "after",
    "around", "between", "through", "within", "over", "of", "early", "late", "mid", "beginning",
    "end", "middle", "day", "week", "month", "year", "morning", "evening", "night", "spring",
    "summer", "autumn", "fall", "winter",
})  # fmt: skip
_OWN = frozenset({"relcl", "advcl", "ccomp", "acl", "parataxis", "csubj", "ROOT"})
"""Dependencies by which a clause of its own begins, with its own time."""
_LOOSE = frozenset({"in", "on", "at", "since", "during", "before", "after", "from", "until", "by"})
"""Prepositions whose date the parser hangs on the last noun though it belongs to the verb."""
_LEAD = _LOOSE | {"the", "early", "late", "mid"}
"""Words that a date at the beginning of a sentence may have before it."""


def tense_frame(token: Any) -> Frame:
    """The frame of time of the verb that governs a token.

    past ("signed"), perfect ("has signed"), before ("had signed"), present ("signs"), future
    ("will sign", "is going to sign"), modal ("would sign", "may sign"). Nouns, participles and
    infinitives take the frame of the verb that they depend on.
    """
    verb = _verb(token)
    for _ in range(20):
        own = _finite(verb)
        if own is not None or verb.head.i == verb.i:
            return own or "past"
        verb = _verb(verb.head)
    return "past"


def _verb(token: Any) -> Any:
    while token.pos_ not in ("VERB", "AUX") and token.head.i != token.i:
        token = token.head
    return token


def _finite(verb: Any) -> Frame | None:
    helpers = [t for t in verb.children if t.dep_ in ("aux", "auxpass")]
    lemmas = {t.lower_ for t in helpers}
    if lemmas & {"will", "shall", "'ll", "wo"}:
        return "future"
    if lemmas & {"would", "could", "may", "might", "should", "can", "must", "ca"}:
        return "modal"
    for helper in helpers:
        if helper.lemma_ in ("have", "'ve") and helper.tag_ != "VBG":
            return "before" if helper.lower_ in ("had", "'d") else "perfect"
    if verb.lower_ == "going" and any(t.dep_ == "xcomp" for t in verb.children):
        return "future"
    if verb.dep_ == "xcomp" and verb.head.lower_ == "going":
        return "future"
    tags = {t.tag_ for t in helpers} | {verb.tag_}
    if "VBD" in tags:
        return "past"
    if tags & {"VBZ", "VBP"}:
        return "present"
    # A shared auxiliary: "will sign and ratify".
    return None


def date_for(
    token: Any, mentions: Sequence[DateMention], doc: Any, published: date | None
) -> FuzzyDate | None:
    """The date that governs an event's token, or None.

    None also where the governing date is coarser than a year: governing_date tells these apart.
    The caller falls back on published for news in the past, perfect or present tense.
    """
    found = governing_date(token, mentions, doc)
    return found.date if found else None


def governing_date(token: Any, mentions: Sequence[DateMention], doc: Any) -> DateMention | None:
    """The date mention that governs an event's token, or None.

    First a date that hangs on the token itself, then one of its clause, then one at the beginning
    of the sentence unless that one belongs to a clause of its own.
    """
    sentence = token.sent
    here = [m for m in mentions if sentence.start <= m.anchor < sentence.end]
    if not here:
        return None
    holds = [(m, _holder(doc[m.anchor])) for m in here]
    chosen = _nearest([m for m, (at, _) in holds if at.i == token.i], token)
    clause = _clause(token)
    for verb in clause:
        if chosen is not None:
            return chosen
        mine = [m for m, (at, loose) in holds if at.i == verb.i or (loose and _in(at, verb))]
        chosen = _nearest(mine, token)
    return chosen or _opening(token, sentence, holds, clause)


def _holder(anchor: Any) -> tuple[Any, bool]:
    """The word that a date modifies, and whether it hangs there by a loose preposition."""
    token = anchor
    prep = ""
    while token.head.i != token.i:
        if token.pos_ in ("ADP", "SCONJ"):
            prep = prep or token.lower_
        elif token.i != anchor.i and token.lower_ not in _TIME and token.pos_ != "NUM":
            break
        token = token.head
    return token, prep in _LOOSE


def _in(noun: Any, verb: Any) -> bool:
    """Whether a noun lies in a verb's own clause."""
    token = noun
    while token.i not in (token.head.i, verb.i):
        if token.dep_ in _OWN:
            return False
        token = token.head
    return bool(token.i == verb.i and noun.pos_ in ("NOUN", "PROPN", "PRON"))


def _clause(token: Any) -> list[Any]:
    """The words from a token up to the head of its clause, and the verbs it is joined to."""
    found = [token]
    while token.head.i != token.i and token.dep_ not in _OWN:
        token = token.head
        found.append(token)
    return found


def _nearest(mentions: list[DateMention], token: Any) -> DateMention | None:
    return min(mentions, key=lambda m: abs(m.anchor - token.i), default=None)


def _opening(
    token: Any, sentence: Any, holds: list[tuple[DateMention, tuple[Any, bool]]], clause: list[Any]
) -> DateMention | None:
    first, (at, _) = holds[0]
    root = sentence.root
    lead = [t for t in sentence.doc[sentence.start : first.anchor] if not t.is_punct]
    # Whatever the parser makes of it, "On 25 June 1950 tanks crossed" opens with a date.
    leads = any(t.lower_ in _LOOSE for t in lead) and all(
        t.lower_ in _LEAD or t.pos_ == "NUM" for t in lead
    )
    # Four tokens reach "In late April 2009" and "On the evening of".
    if not leads and (len(lead) > 4 or first.anchor > clause[-1].i):
        return None
    if any(t.dep_ in ("ccomp", "relcl") for t in clause) and (leads or at.i == root.i):
        return None
    ancestors = {t.i for t in token.ancestors} | {token.i}
    return first if leads or at.i in ancestors or at.i == root.i else None
