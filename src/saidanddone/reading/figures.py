"""Figures: numbers with the things they count, for telling where two documents differ."""

from __future__ import annotations

import re
from dataclasses import dataclass

UNITS = frozenset({
    "tons", "tonnes", "barrels", "dollars", "euros", "pounds", "won", "yen", "yuan", "rubles",
    "roubles", "troops", "soldiers", "sailors", "marines", "airmen", "people", "civilians",
    "refugees", "prisoners", "hostages", "detainees", "workers", "diplomats", "envoys",
    "missiles", "rockets", "warheads", "tanks", "aircraft", "planes", "helicopters", "ships",
    "vessels", "boats", "shells", "rounds", "miles", "kilometers", "kilometres", "kilograms",
    "megawatts", "doses",
})  # fmt: skip
"""Plural nouns that are counted in reports; others are left alone, since what they count may
differ from sentence to sentence."""

_WORDS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40,
    "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_TIMES = {"hundred": 100.0, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_ABOUT = re.compile(
    r"\b(?:about|around|nearly|almost|some|roughly|approximately|over|under|up|least|most|than|"
    r"estimated|dozens?|hundreds|thousands|millions|between|another|additional|further|more)\W",
    re.I,
)
_FIGURE = re.compile(
    r"(?P<money>[$€£]\s?)?(?P<number>\b\d{1,3}(?:,\d{3})+(?:\.\d+)?|\b\d+(?:\.\d+)?|\b(?:"
    + "|".join(_WORDS)
    + r")\b)(?:\s+(?P<times>hundred|thousand|million|billion|trillion))?"
    r"(?:[\s-]+(?P<metric>metric\s+)?(?P<unit>[a-z]+))?(?:\s+of\s+(?P<of>[a-z]+))?",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and what it counts: 200 and 'tons of rice'; text as it is written."""

    number: float
    counts: str
    text: str


def figures(sentence: str) -> list[Figure]:
    """Return the exact figures of a sentence; what is rounded or compared is none.

    >>> [(f.number, f.counts) for f in figures("It sent 1,200 tons of rice and 2 ships.")]
    [(1200.0, 'tons of rice'), (2.0, 'ships')]
    >>> figures("It sent about 1,200 tons of rice.")
    []
    """
    found = []
    for match in _FIGURE.finditer(sentence):
        unit = (match["unit"] or "").lower()
        money = bool(match["money"])
        if not money and unit not in UNITS:
            continue
        before = sentence[max(0, match.start() - 25) : match.start()]
        if _ABOUT.search(f"{before} "[-26:]):
            continue
        text = match["number"].lower().replace(",", "")
        number = float(_WORDS.get(text, text))
        number *= _TIMES.get((match["times"] or "").lower(), 1.0)
        of = f" of {match['of'].lower()}" if match["of"] else ""
        counts = (match["money"] or "").strip() if money else unit + of
        found.append(Figure(number, counts, match.group().strip()))
    return found
