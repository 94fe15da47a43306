"""How far a name reaches: the noun phrase it heads or modifies, titles, other people's names."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from saidanddone.reading.gazetteer import Match, fold, stops, table

Doc = Any

_PHRASE = frozenset({"ADJ", "NOUN", "PROPN", "NUM"})
_HYPHENS = frozenset({"-", "\u2010", "\u2011", "\u2013"})
_CALENDAR = frozenset({
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january",
    "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
})  # fmt: skip
_BEFORE_NAMES = frozenset({
    "foreign", "prime", "defense", "defence", "vice", "deputy", "mr", "mr.", "mrs", "mrs.",
    "ms.", "gen", "gen.", "marshal", "comrade", "interior", "supreme", "first", "former",
    "general", "party", "finance", "acting", "then-president", "pope",
})  # fmt: skip
ACTORS = frozenset({"office", "body", "military", "people", "craft"})
"""Sorts of nouns.csv that act: their phrase is one mention with the state's name."""

KIN = frozenset({
    "son", "daughter", "father", "mother", "wife", "husband", "brother", "sister", "grandson",
    "granddaughter", "nephew", "uncle", "successor", "predecessor", "heir",
})  # fmt: skip


_PLACES = frozenset(
    {"in", "near", "inside", "outside", "within", "around", "throughout", "across", "off"}
)
_MOVES = frozenset({"at", "to", "from", "into", "through", "toward", "towards"})
_TRUST = frozenset(
    ["interest", "confidence", "faith", "trust", "stake", "investment", "role", "change"]
)


class Noun(NamedTuple):
    """What a noun after a state's name stands for; government is None where it does not say."""

    sort: str
    government: bool | None


class Reach(NamedTuple):
    """The end of a noun phrase (a token number, exclusive) and what its last noun is."""

    end: int
    noun: Noun
    at: int
    named: bool
    person: bool = False


def _plural(noun: str) -> str:
    if noun.endswith("man"):
        return noun[:-3] + "men"
    if noun.endswith("y") and noun[-2] not in "aeo":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "sh", "ch")) else "s")


@cache
def nouns() -> dict[str, Noun]:
    """The nouns of nouns.csv, singular and plural."""
    answers: dict[str, bool | None] = {"yes": True, "no": False}
    found: dict[str, Noun] = {}
    for row in table("nouns.csv"):
        noun = Noun(row["sort"], answers.get(row["government"]))
        found[row["noun"]] = noun
        found.setdefault(_plural(row["noun"]), noun)
    return found


def is_title(word: str) -> bool:
    """Whether a word may stand between a state's name and a person's.

    >>> is_title("Foreign"), is_title("nuclear")
    (True, False)
    """
    low = word.lower()
    return low in _BEFORE_NAMES or (
        (found := nouns().get(low)) is not None and (found.sort == "office")
    )


def cancelled(text: str, words: list[re.Match[str]], match: Match) -> bool:
    """Whether the words beside a name make it a part of another name (not_actors.csv)."""
    around = stops()
    entry = match.entry
    if match.last + 1 < len(words):
        following = words[match.last + 1]
        gap = text[match.end : following.start()]
        word = fold(following.group())
        if gap == " " and following.group()[0].isupper() and entry.kind != "person":
            if word in around.after and not (word == "united" and following.group() != "United"):
                return True
            if entry.kind == "capital" and word in around.after_capital:
                return True
        if gap in _HYPHENS and word in around.after_hyphen:
            return True
    for length in (1, 2):
        first = match.first - length
        if first < 0:
            break
        before = words[first : match.first]
        gap = text[before[-1].end() : match.start]
        run = tuple(fold(word.group()) for word in before)
        if gap in (" ", " the ") and before[0].group()[0].isupper() and run in around.before:
            return True
        if length == 1 and gap in _HYPHENS and run[0] in around.before_hyphen:
            return True
    return False


@cache
def _namesakes() -> dict[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    """Names that somebody else bears too: what stands near that one, and near the actor."""

    def any_of(phrases: str) -> re.Pattern[str]:
        return re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases.split('|')))})\b")

    return {
        row["name"]: (any_of(row["beside"]), any_of(row["other"])) for row in table("namesakes.csv")
    }


def namesake(text: str, match: Match) -> bool:
    """Whether a name is that of another place, as what else the text names says: the American
    Georgia stands beside Atlanta and Alabama (namesakes.csv)."""
    known = _namesakes().get(text[match.start : match.end])
    return known is not None and bool(known[0].search(text)) and not known[1].search(text)


def reach(
    doc: Doc, start: int, person: int | None = None, last: int = 0, before: int | None = None
) -> Reach | None:
    """Follow the noun phrase that begins at a token, to its last noun that nouns.csv knows.

    person is the token at which the next person's name begins (it ends before last), before the
    token at which another known name begins; None: there is none.
    """
    known = nouns()
    at, end = -1, start
    # No title or compound of the news is longer; a runaway parse shall not be followed.
    limit = min(len(doc) if before is None else before, start + 12)
    while end < limit:
        if person is not None and end == person:
            noun = known[doc[at].lower_] if at >= 0 else Noun("office", True)
            return Reach(last, noun, at if at >= 0 else person, True, True)
        token = doc[end]
        low = token.lower_
        if low in known and token.pos_ != "VERB":
            at = end
        elif not _continues(doc, end, start, at):
            break
        end += 1
    if at < 0:
        return None
    noun = known[doc[at].lower_]
    named = end > at + 1 and noun.sort in ("office", "people", "military")
    rest = doc[at + 1 : end]
    if named and all(token.pos_ == "PROPN" and token.text[0].isupper() for token in rest):
        return Reach(end, noun, at, True)
    if any(token.pos_ in ("NOUN", "PROPN") and token.lower_ not in known for token in rest):
        return None
    return Reach(at + 1, noun, at, False)


def _continues(doc: Doc, n: int, start: int, at: int) -> bool:
    token = doc[n]
    if token.lower_ in _CALENDAR or (token.is_sent_start and n > start):
        return False
    if token.pos_ in _PHRASE:
        return True
    if token.lower_ in ("and", "or") and n > start:  # nuclear and missile tests
        joint = at == n - 1 and doc[at].pos_ in ("NOUN", "PROPN")
        return not joint and bool(doc[n - 1].head.i > n)
    if token.text in _HYPHENS:
        return n + 1 < len(doc) and doc[n + 1].pos_ in _PHRASE
    if token.lower_ == "of":  # Secretary of State, Minister of Defence
        return at == n - 1 and n + 1 < len(doc) and doc[n + 1].lower_ in _PORTFOLIOS
    return bool(token.tag_ in ("VBN", "VBG") and token.dep_ == "amod")


_PORTFOLIOS = frozenset(
    ["state", "defense", "defence", "foreign", "finance", "commerce", "trade", "energy"]
)


def titles_before(doc: Doc, first: int) -> int:
    """The token at which the titles before a person's name begin.

    A title that belongs to a phrase of its own ("told the minister Putin") is none.
    """
    while first > 0 and doc[first - 1].pos_ != "VERB" and is_title(doc[first - 1].text):
        first -= 1
    return first


def with_article(doc: Doc, first: int, end: int) -> int:
    """Take in a 'the' right before a phrase if it belongs to the phrase."""
    if first > 0 and doc[first - 1].lower_ == "the":
        inside = first <= doc[first - 1].head.i < end
        if inside or not modifies(doc, doc[first:end].root.i, end):
            return first - 1
    return first


def phrase_before(doc: Doc, noun: int) -> int:
    """The token at which the phrase of a noun begins, its article included."""
    first = noun
    while first > 0 and doc[first - 1].pos_ in _PHRASE and doc[first - 1].head.i <= noun:
        first -= 1
    if first > 0 and doc[first - 1].lower_ == "the":
        first -= 1
    return first


def modifies(doc: Doc, head: int, end: int) -> bool:
    """Whether a phrase only modifies the noun after it: a genitive or a part of a compound."""
    if end < len(doc) and doc[end].tag_ == "POS":
        return True
    token = doc[head]
    return token.dep_ in ("compound", "nmod", "amod", "poss") and bool(token.head.i >= end)


def is_place(doc: Doc, head: int, capital: bool) -> bool:
    """Whether a state is named as a place: 'in North Korea', 'to Pyongyang', not 'to Russia'."""
    token = doc[head]
    if token.dep_ not in ("pobj", "conj") or modifies(doc, head, head + 1):
        return False
    prep = token.head if token.dep_ == "pobj" else token.head.head
    low = prep.lower_
    if low == "in" and prep.head.lower_ in _TRUST:
        return False
    return low in _PLACES or (capital and low in _MOVES)


RULE_IN = frozenset(
    [
        "regime",
        "government",
        "authorities",
        "leadership",
        "rulers",
        "leaders",
        "officials",
        "ministry",
    ]
)
"""Who rules in a capital: 'the regime in Pyongyang'."""

STATES = frozenset({"name", "capital", "metonym", "adjective", "people"})
"""Kinds of entries that name a state."""

JOINTS = frozenset({"and", "or", "-", "\u2013", "/", ","})
"""What stands between two actors that are named together."""

NOUN_USES = frozenset(
    {"nsubj", "nsubjpass", "dobj", "pobj", "conj", "ROOT", "dative", "appos", "attr", "poss"}
)
"""Dependencies in which an adjective stands for its people: 'the Russians'."""
