"""Training sentences in which every actor is marked and every act between them is told."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import product

_MARK = re.compile(r"\[([a-z])\d? ([^\[\]]+)\]")
_ACT = re.compile(r"([~?]?)([a-z](?:,[a-z])*)([>=])([a-z](?:,[a-z])*) (\S+)")
MODES = {"": "did", "~": "negated", "?": "hypothetical"}
"""What stands before an act that is denied or supposed; pledges and threats are in its code."""


@dataclass(frozen=True, slots=True)
class Told:
    """An act of a scene: letters of source and target, a CAMEO code or vote, its mode."""

    source: str
    target: str
    code: str
    mode: str


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence without its marks, its mentions (letter, start, end) and all its acts.

    Several mentions may have one letter: they are one actor.
    """

    id: str
    sentence: str
    mentions: tuple[tuple[str, int, int], ...]
    acts: tuple[Told, ...]

    def pairs(self) -> list[tuple[tuple[int, int], tuple[int, int], list[Told]]]:
        """Every ordered pair of mentions of two actors, with the acts of the one to the other."""
        return [
            (one[1:], other[1:], [a for a in self.acts if (a.source, a.target) == ends])
            for one, other in product(self.mentions, repeat=2)
            if (ends := (one[0], other[0])) and one[0] != other[0]
        ]


def read_scene(id_: str, marked: str, acts: str) -> Scene:
    """Read a line of scenes.csv.

    Marks: '[a Peru] sent [b Chile] rice'; acts: 'a>b 070', 'a=b 040' both ways, 'a,b>c 161' of
    each, joined by ';'. Raises ValueError where a line is not of this form.

    >>> read_scene("1", "[a Peru] sent [b Chile] rice", "a>b 070").mentions
    (('a', 0, 4), ('b', 10, 15))
    """
    sentence, mentions, at = "", [], 0
    for mark in _MARK.finditer(marked):
        sentence += marked[at : mark.start()]
        mentions.append((mark[1], len(sentence), len(sentence) + len(mark[2])))
        sentence += mark[2]
        at = mark.end()
    sentence += marked[at:]
    told = []
    for part in filter(None, map(str.strip, acts.split(";"))):
        found = _ACT.fullmatch(part)
        if found is None:
            raise ValueError(f"{id_}: '{part}' is no act")
        for one, other in product(found[2].split(","), found[4].split(",")):
            mode = MODES[found[1]]
            told.append(Told(one, other, found[5], mode))
            if found[3] == "=":
                told.append(Told(other, one, found[5], mode))
    return Scene(id_, sentence, tuple(mentions), tuple(told))


@cache
def scenes() -> tuple[Scene, ...]:
    """All scenes of scenes.csv; they retell history freely or invent, as evidence of language."""
    text = files(__package__).joinpath("scenes.csv").read_text(encoding="utf-8")
    return tuple(
        read_scene(row["id"], row["sentence"], row["acts"])
        for row in csv.DictReader(text.splitlines())
    )
