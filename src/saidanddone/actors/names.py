"""How a typed name becomes a key, and which actors bear that key."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

from saidanddone.actors.tables import entries, names

# Latin and Greek accents, Hebrew points, Arabic vowel signs: people leave them out. The marks of
# other scripts (Hindi vowels, Japanese voicing) tell words apart and stay.
_ACCENTS = re.compile("[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]")
# Letters that Unicode does not take apart into a base letter and an accent.
_LETTERS = str.maketrans({"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe"})
_SILENT = re.compile("['\u2018\u2019\u02bb\u02bc`\u00b4.\u200b-\u200f\u2060\ufeff\u00ad]")
_TURNED = re.compile(r"([^,]+),\s*([^,]+\bof)\s*")
_ASCII_GAP = re.compile("[^a-z0-9]+")


KEYS_KEPT = 1 << 17
"""Keys kept in memory: the 23,033 distinct actor names of ICEWS 2018 take 3 MB with theirs."""


@lru_cache(maxsize=KEYS_KEPT)
def key(name: str) -> str:
    """Reduce a name to what people agree on: no case, accents, punctuation or article.

    'X, Republic of' is turned round; single letters close up, so that D. P. R. K. is DPRK.

    >>> key("the D.P.R.K."), key("Korea, Republic Of"), key("Côte d’Ivoire")
    ('dprk', 'republic of korea', 'cote divoire')
    """
    if name.isascii():
        return _words(name.lower())
    folded = _fold(name)
    for _ in range(4):  # a few characters need a second folding; none known needs a third
        again = _fold(folded)
        if again == folded:
            break
        folded = again
    return folded


def _fold(name: str) -> str:
    text = unicodedata.normalize("NFKC", name).casefold()
    text = _ACCENTS.sub("", unicodedata.normalize("NFKD", text).casefold())
    return _words(unicodedata.normalize("NFKC", text).translate(_LETTERS))


def _words(text: str) -> str:
    if "," in text and (turned := _TURNED.fullmatch(text)):
        text = f"{turned[2]} {turned[1]}"
    text = _SILENT.sub("", text.replace("&", " and "))
    if text.isascii():
        text = _ASCII_GAP.sub(" ", text)
    else:
        text = "".join(char if unicodedata.category(char)[0] in "LNM" else " " for char in text)
    words = [word for word in text.split() if word != "the"]
    if any(len(word) == 1 for word in words):
        words = _close_up(words)
    return " ".join("saint" if word == "st" else word for word in words)


def _close_up(words: list[str]) -> list[str]:
    closed: list[str] = []
    single = False
    for word in words:
        if len(word) == 1 and single:
            closed[-1] += word
        else:
            closed.append(word)
        single = len(word) == 1
    return [word for word in closed if word != "the"]


class Bearing(NamedTuple):
    """An actor that bears a key; the lower the tier, the stronger the claim."""

    id: str
    tier: int
    since: date
    until: date


ID, NAME, PLACE, CODE = range(4)
"""Tiers: an id beats a name, a name beats a capital or adjective, these beat a two-letter code."""

_TIERS = {"capital": PLACE, "adjective": PLACE, "metonym": PLACE}


@cache
def index() -> dict[str, list[Bearing]]:
    """Every key of the tables with the actors that bear it."""
    found: dict[str, list[Bearing]] = {}

    def add(text: str, bearing: Bearing) -> None:
        bearings = found.setdefault(key(text), [])
        if bearing not in bearings:
            bearings.append(bearing)

    for id_, entry in entries().items():
        add(id_, Bearing(id_, ID, date.min, date.max))
        for scheme, tier in (("icews", NAME), ("iso2", CODE), ("cameo", CODE)):
            for code in entry.codes.get(scheme, ()):
                if tier == CODE or not found.get(key(code)):
                    add(code, Bearing(id_, tier, date.min, date.max))
    for name in names():
        add(name.text, Bearing(name.id, _TIERS.get(name.kind, NAME), name.since, name.until))
    found.pop("", None)
    return found


@cache
def codes(scheme: str) -> dict[str, list[Bearing]]:
    """The codes of one scheme, in upper case, with the actors that bear them.

    CAMEO holds the ids of the states where it has no code of its own for them.
    """
    found: dict[str, list[Bearing]] = {}
    for id_, entry in entries().items():
        own = entry.codes.get(scheme, ())
        if scheme == "id" or (scheme == "cameo" and entry.actor.kind != "organization"):
            own = (id_, *own)
        for code in own:
            text = key(code) if scheme == "icews" else code.upper()
            found.setdefault(text, []).append(Bearing(id_, CODE, date.min, date.max))
    return found


def choose(bearings: Iterable[Bearing], on: date | None) -> tuple[str, ...]:
    """Keep the ids with the strongest claim on that day; None means today.

    Claims are weighed by tier, then by the days on which the name was borne, then by whether
    the actor existed. A test that would leave nobody is passed over, since data sets name
    states before and after their time.
    """
    day = on or date.max
    claims = list(bearings)
    if not claims:
        return ()
    tier = min(claim.tier for claim in claims)
    claims = [claim for claim in claims if claim.tier == tier]
    borne = [claim for claim in claims if claim.since <= day <= claim.until] or claims
    ids = list(dict.fromkeys(claim.id for claim in borne))
    if len(ids) > 1:
        ids = [id_ for id_ in ids if entries()[id_].existed(day)] or ids
    return tuple(ids)
