"""A sentence with the actors that it names, and what the rules find of each two of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import permutations
from typing import Any

from saidanddone.reading.clause import Clause
from saidanddone.reading.coder import find_acts
from saidanddone.reading.dates import DateMention
from saidanddone.reading.encoder import Scene
from saidanddone.reading.finding import Finding
from saidanddone.reading.links import predicates
from saidanddone.reading.mention import Mention, actor_on
from saidanddone.reading.mutual import mirrored
from saidanddone.reading.timeline import Timeline

SUFFERING = frozenset({"him", "her", "them"})
"""Pronouns that stand for whom something is done to."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A mention of an actor in a sentence, with its span of the document."""

    mention: Mention
    span: Any


@dataclass(frozen=True, slots=True)
class Found:
    """What the rules found of one mention toward another."""

    one: Actor
    other: Actor
    finding: Finding


@dataclass(frozen=True, slots=True)
class Cast:
    """A sentence with the actors that it names, and what dates its acts."""

    sentence: Any
    actors: list[Actor]
    dates: list[DateMention]
    published: date | None
    predicates: Sequence[Any]
    timeline: Timeline

    def pairs(self) -> Iterator[tuple[Actor, Actor]]:
        """Every two actors that do not overlap, either way round, and both of 'the two nations'."""
        for one, other in permutations(self.actors, 2):
            apart = not overlap(one.mention, other.mention)
            if one.mention.text.lower() not in SUFFERING and (apart or one_phrase(one, other)):
                yield one, other

    def groups(self) -> list[list[Actor]]:
        """The mentions of each actor together; where nobody is certain each stands alone."""
        known: dict[str, list[Actor]] = {}
        alone: list[list[Actor]] = []
        for actor in self.actors:
            id_ = actor_on(actor.mention, self.published)
            if id_ is None:
                alone.append([actor])
            else:
                known.setdefault(id_, []).append(actor)
        return [*known.values(), *alone]

    def certain(self, actor: Actor) -> bool:
        """Whether a mention has an id on the day of publication."""
        return actor_on(actor.mention, self.published) is not None

    def found(self) -> Iterator[Found]:
        """What the rules find of every two actors, and of the other what that entails."""
        for one, other in self.pairs():
            together = one_phrase(one, other)
            target = None if together else other.span
            for found in find_acts(self.sentence, one.span, target, self.predicates):
                back = mirrored(found, self.sentence.doc[found.predicate])
                if back is None and together:
                    continue
                yield Found(one, other, found)
                if back is not None:
                    yield Found(other, one, back)


def cast_of(
    sentence: Any,
    mentions: Sequence[Mention],
    dates: list[DateMention],
    published: date | None,
    timeline: Timeline,
) -> Cast | None:
    """The actors of a sentence; None where it names fewer than two."""
    singles = [one for mention in mentions for one in (mention.members or (mention,))]
    spans = [
        (one, sentence.doc.char_span(one.start, one.end, alignment_mode="expand"))
        for one in singles
    ]
    actors = [Actor(one, s) for one, s in spans if s is not None and s.sent == sentence]
    if len(actors) < 2:
        return None
    among = predicates(Clause(sentence, actors[0].span, None))
    return Cast(sentence, actors, dates, published, among, timeline)


def as_read(sentence: Any, groups: Sequence[Sequence[Actor]]) -> Scene:
    """A sentence and the characters of its actors, as the learned reader takes them."""
    start = sentence.start_char
    return Scene(
        sentence.text,
        tuple(
            tuple((actor.span.start_char - start, actor.span.end_char - start) for actor in group)
            for group in groups
        ),
    )


def overlap(one: Mention, other: Mention) -> bool:
    """Whether two mentions share words."""
    return one.start < other.end and other.start < one.end


def one_phrase(one: Actor, other: Actor) -> bool:
    """Whether one phrase names both, as 'the two nations' does: only mutual acts are theirs."""
    a, b = one.mention, other.mention
    return a is not b and (a.start, a.end) == (b.start, b.end) and a.bearer != b.bearer
