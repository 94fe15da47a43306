"""Words by audience: how friendly a source speaks of a target before whom (method.md, section 5).

Only acts that were read from documents know their audience: it stands in the sentence that reports
them, and is kept with the document. Acts of other datasets have none, and the answer says so.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from itertools import combinations
from typing import Any

from saidanddone import actors
from saidanddone.archive import Store
from saidanddone.dossier.norms import merge_predecessors
from saidanddone.dossier.question import Question
from saidanddone.measure.selection import share_difference, wilson
from saidanddone.model import UNCOUNTED_MODES, Actor, Window

NOT_TOLD = "not told"
"""The sentence names no audience: most do not. Never compared: it may hold every audience."""

MOST = 6
"""Audiences that are compared with each other, the busiest first: 15 differences."""

_VENUES = (
    (r"reporters?|journalists?|press|news|interview", "the press"),
    (r"united nations|u\.?n\.?|general assembly|security council", "the United Nations"),
    (r"parliament|congress|duma|senate", "a parliament"),
    (r"summit", "a summit"),
    (r"rally|speech", "a public speech"),
)
"""Venues that are one audience, whatever they are called, in order: the first that fits counts."""


@dataclass(frozen=True, slots=True)
class Audience:
    """Words before one audience: share of cooperative ones with its 90% interval (Wilson)."""

    name: str
    cooperative: int
    conflictual: int
    n: int
    share: float
    interval90: tuple[float, float]


@dataclass(frozen=True, slots=True)
class AudienceDifference:
    """Share before the first audience less that before the second, with its 90% interval.

    The interval is Newcombe's (1998, method 10), each by itself: of ten, one misses by chance.
    """

    first: str
    second: str
    difference: float
    interval90: tuple[float, float]
    apart: bool


@dataclass(frozen=True, slots=True)
class Audiences:
    """A pair's words by audience, the busiest first, and the differences between them."""

    source: Actor
    target: Actor
    window: Window
    dataset: tuple[str, str]
    words: int
    told: int
    audiences: tuple[Audience, ...]
    differences: tuple[AudienceDifference, ...]
    sentence: str

    def to_dict(self) -> dict[str, Any]:
        """The object that `audiences --json` prints."""
        return {
            "source": {"id": self.source.id, "name": self.source.name},
            "target": {"id": self.target.id, "name": self.target.name},
            "window": {
                "since": self.window.since.isoformat() if self.window.since else None,
                "until": self.window.until.isoformat() if self.window.until else None,
            },
            "dataset": {"name": self.dataset[0], "kind": self.dataset[1]},
            "words": self.words,
            "told": self.told,
            "audiences": [asdict(one) for one in self.audiences],
            "differences": [asdict(one) for one in self.differences],
            "sentence": self.sentence,
        }


def audience_named(text: str | None) -> str:
    """Return the audience that a sentence's words name.

    >>> audience_named("Interview with a newspaper"), audience_named("U.N. General Assembly")
    ('the press', 'the United Nations')
    >>> audience_named("his own people"), audience_named("Seoul"), audience_named(None)
    ('his own people', 'South Korea', 'not told')
    """
    words = (text or "").strip()
    if not words:
        return NOT_TOLD
    for pattern, name in _VENUES:
        if re.search(rf"\b(?:{pattern})\b", words, re.IGNORECASE):
            return name
    import polars as pl

    (found,) = actors.find(pl.Series([words]))
    return actors.actor(found).name if found else words


def audiences(
    store: Store, question: Question, told: Mapping[tuple[str, int], str | None]
) -> Audiences:
    """Count words by audience; told: the audience of an act by its file and line, as it was read.

    A word counts once for a day, root, sign and audience. What was denied or only supposed does
    not count.
    """
    pair, dataset = question.pair, question.dataset
    acts = merge_predecessors(
        store.acts(
            dataset.name,
            sources=question.ids_of(pair.source.id),
            targets=question.ids_of(pair.target.id),
            window=question.window,
        ),
        question.merged,
    )
    counted: dict[str, set[tuple[Any, ...]]] = defaultdict(set)
    for row in acts.iter_rows(named=True):
        if row["channel"] != "said" or not row["valence"] or row["mode"] in UNCOUNTED_MODES:
            continue
        day = row["precision"] == "day"
        which = (row["code"] or "")[:2] if day else row["id"]
        key = (row["date"], row["precision"], which, row["valence"])
        counted[audience_named(told.get((row["file"], row["line"])))].add(key)
    found = [_audience(name, kinds) for name, kinds in counted.items()]
    found.sort(key=lambda one: (one.name == NOT_TOLD, -one.n, one.name))
    named = [one for one in found if one.name != NOT_TOLD]
    differences = tuple(_difference(a, b) for a, b in combinations(named[:MOST], 2))
    words = sum(one.n for one in found)
    known = sum(one.n for one in named)
    return Audiences(
        pair.source,
        pair.target,
        question.window,
        (dataset.name, dataset.kind),
        words,
        known,
        tuple(found),
        differences,
        _sentence(words, known, named, differences),
    )


def _audience(name: str, kinds: set[tuple[Any, ...]]) -> Audience:
    cooperative = sum(kind[3] > 0 for kind in kinds)
    n = len(kinds)
    return Audience(name, cooperative, n - cooperative, n, cooperative / n, wilson(cooperative, n))


def _difference(first: Audience, second: Audience) -> AudienceDifference:
    found = share_difference((second.cooperative, second.n), (first.cooperative, first.n))
    assert found.difference is not None and found.interval90 is not None  # neither is empty
    low, high = found.interval90
    return AudienceDifference(
        first.name, second.name, found.difference, (low, high), low > 0 or high < 0
    )


def _sentence(
    words: int,
    known: int,
    named: list[Audience],
    differences: tuple[AudienceDifference, ...],
) -> str:
    if not words:
        return "There are no words with a sign here, so nothing can be said of audiences."
    head = f"Of {words:,} words {known:,} name an audience"
    if not named:
        return f"{head}: nothing can be said of audiences."
    if not differences:
        return f"{head}, all the same one: nothing can be compared."
    apart = [one for one in differences if one.apart]
    by_chance = f"of {len(differences)} differences a tenth would stand out by chance"
    if not apart:
        return f"{head}; no difference between audiences stands out of its 90% interval."
    told = "; ".join(
        f"before {one.first} {one.difference * 100:+.0f} points against {one.second} "
        f"({one.interval90[0] * 100:+.0f} to {one.interval90[1] * 100:+.0f})"
        for one in apart[:3]
    )
    return f"{head}; {told}; {by_chance}."
