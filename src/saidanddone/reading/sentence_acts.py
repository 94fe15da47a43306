"""From a parsed paragraph to the acts it reports: every pair of actors in every sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import permutations, product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from saidanddone.reading.ballots import ballots
from saidanddone.reading.cast import Actor, Cast, Found, as_read, cast_of, overlap
from saidanddone.reading.claims import as_claimed
from saidanddone.reading.coder import find_act, find_understood
from saidanddone.reading.dates import DateMention, find_dates
from saidanddone.reading.events import read_code
from saidanddone.reading.finding import SURE, Coding, Finding
from saidanddone.reading.hints import Ends
from saidanddone.reading.mention import actor_on, served
from saidanddone.reading.mentions import Memory, find_mentions
from saidanddone.reading.ranker import ranked
from saidanddone.reading.retold import failing, is_body, told_once
from saidanddone.reading.seen import (
    CARRYING,
    Answer,
    Cell,
    Look,
    at_once,
    both_ways,
    confirmed,
    least,
    named_by,
    supplied,
    unseen,
)
from saidanddone.reading.sentence_act import SentenceAct, without_echoes
from saidanddone.reading.speech import speech_of
from saidanddone.reading.timeline import Timeline, tells_a_deed

MOST_MENTIONS = 14
"""Mentions of one sentence that are paired: a roll of fifty states would give 2,450 pairs."""

REMEMBERING = ("017", "018", "051")
"""Codes of tributes, which are paid to the dead too."""

CONFIDENT = 0.3
"""Confidence below which a finding is no act where the rules alone serve."""

MOST_WORDS = 400
"""Words of a sentence that is coded: longer ones are lists, and their parse is meaningless."""


def acts_in(
    doc: Any, *, published: date | None, memory: Memory | None = None, caption: bool = False
) -> Iterator[SentenceAct]:
    """Yield the acts of a parsed paragraph in the order of its sentences.

    published: the document's date, against which 'yesterday' is read. memory: what the document
    named before; give the same one for each paragraph of a document. caption: the text stands under
    a picture, which tells an act only where it says what was done to whom ('two citizens of T
    jailed in X'); what else it shows ('X greets T') is no report of it.
    """
    yield from ask(doc, published=published, memory=memory, caption=caption).acts()


def ask(
    doc: Any,
    *,
    published: date | None,
    memory: Memory | None = None,
    caption: bool = False,
    look: Look = at_once,
) -> Asked:
    """Do all of :func:`acts_in` that has not to wait for the learned reader.

    look: how that one is asked. The acts of a document's paragraphs have to be taken in order.
    """
    memory = memory or Memory()
    told = Asked(memory.timeline)
    if caption and not any(tells_a_deed(sentence) for sentence in doc.sents):
        return told
    mentions = find_mentions(doc, published=published, memory=memory)
    dates = find_dates(doc, published) if mentions else []
    for sentence in doc.sents:
        inside = [
            m for m in mentions if sentence.start_char <= m.start and m.end <= sentence.end_char
        ]
        named = sum(len(mention.members) or 1 for mention in inside)
        coded = not caption or tells_a_deed(sentence)
        question = None
        if coded and named > 1 and len(sentence) <= MOST_WORDS:
            scene = cast_of(sentence, inside[:MOST_MENTIONS], dates, published, memory.timeline)
            question = Question.of(scene, look) if scene is not None else None
        within = [d for d in dates if sentence.start <= d.anchor < sentence.end]
        told.sentences.append((question, within))
    return told


@dataclass(frozen=True, slots=True)
class Asked:
    """A paragraph whose sentences were given to the learned reader.

    sentences: of each the question, None where it tells nothing, and the dates that it names.
    """

    timeline: Timeline
    sentences: list[tuple[Question | None, list[DateMention]]] = field(default_factory=list)

    def acts(self) -> Iterator[SentenceAct]:
        """Yield the acts in the order of the sentences, when the answers are there."""
        self.timeline.next_paragraph()
        for question, dates in self.sentences:
            if question is not None:
                yield from without_echoes(question.acts())
            self.timeline.note(dates)


@dataclass(frozen=True, slots=True)
class Question:
    """A sentence, what the rules found in it, and what the learned reader will have seen.

    ends: of each finding the numbers of its actors among the groups.
    """

    scene: Cast
    groups: list[list[Actor]]
    found: list[Found]
    ends: list[Ends]
    seen: Answer

    @classmethod
    def of(cls, scene: Cast, look: Look) -> Question:
        """Find what the rules find, and ask."""
        found, groups = list(scene.found()), scene.groups()
        place = {id(actor): at for at, group in enumerate(groups) for actor in group}
        ends = [(place[id(each.one)], place[id(each.other)]) for each in found]
        found, ends = told_once(scene.sentence, found, ends)
        cast = list(ballots(scene, found))
        ends = [*ends, *((place[id(one.one)], place[id(one.other)]) for one in cast)]
        found = [*found, *cast]
        # An act of somebody unknown enters no archive: for that the rules have to do.
        if sum(scene.certain(group[0]) for group in groups) < 2:
            return cls(scene, groups, found, ends, unseen)
        told = [(pair, each.finding) for pair, each in zip(ends, found, strict=True)]
        apart = [one for one in told if one[0][0] != one[0][1]]
        return cls(scene, groups, found, ends, look(as_read(scene.sentence, groups), apart))

    def acts(self) -> list[SentenceAct]:
        """The acts of the sentence, as rules and learned reader see them together."""
        seen = self.seen()
        return self._by_rules() if seen is None else self._by_both(seen)

    def _by_rules(self) -> list[SentenceAct]:
        best: dict[tuple[Any, ...], tuple[float, SentenceAct]] = {}
        for each in self.found:
            coding = ranked(self.scene.sentence, each.one.span, each.other.span, each.finding)
            if coding is not None and coding.confidence >= CONFIDENT:
                _keep(best, _act(self.scene, each, coding), each)
        acts = [act for _, act in best.values()]
        return [*acts, *_understood(self.scene, acts)]

    def _by_both(self, seen: NDArray[np.float64]) -> list[SentenceAct]:
        best: dict[tuple[Any, ...], tuple[float, SentenceAct]] = {}
        apart = [one for one in zip(self.ends, self.found, strict=True) if one[0][0] != one[0][1]]
        told: dict[Ends, set[Cell]] = {}
        for pair, each in apart:
            cell = read_code(each.finding.code)
            if each.finding.mode in SURE and cell[1]:
                told.setdefault(pair, set()).add(cell)
        stand: dict[Ends, set[Cell]] = {}
        mutual = {(pair, each.finding.code, each.finding.predicate) for pair, each in apart}
        for pair, each in apart:
            row, back = seen[pair], pair[::-1]
            same = (back, each.finding.code, each.finding.predicate)
            if each.finding.rule.startswith("noun:") and same in mutual:
                # A war between two is fought by both: what is seen of one speaks for the other.
                row = np.maximum(row, seen[back])
            kept = least(each.finding, row, told.get(pair, ()))
            coding = confirmed(each.finding, row, kept=kept)
            if coding is not None:
                _keep(best, _act(self.scene, each, coding), each)
                if coding.mode in SURE:
                    stand.setdefault(pair, set()).add((coding.channel, coding.valence))
        acts = [act for _, act in best.values()]
        # A veto of sanctions has its sign from them: the reader, who weighs words, is not asked.
        for pair, each in apart:
            if any(way in each.finding.rule for way in CARRYING):
                channel, _ = read_code(each.finding.code)
                # In a body one votes on somebody, and not against it.
                bodies = [(pair[0], at) for at, one in enumerate(self.groups) if is_body(one[0])]
                for ends in (pair, *bodies):
                    stand.setdefault(ends, set()).update(
                        [(channel, 1), (channel, -1), (channel, 0)]
                    )
        return [*acts, *_supplied(self.scene, self.groups, both_ways(seen), stand)]


def _keep(
    best: dict[tuple[Any, ...], tuple[float, SentenceAct]], act: SentenceAct | None, by: Found
) -> None:
    if act is None:
        return
    rank = act.coding.confidence - 0.3 * by.one.mention.possessive - 0.1 * by.other.mention.place
    key = (act.source or act.source_text, act.target or act.target_text, act.coding.cameo)
    if key not in best or rank > best[key][0]:
        best[key] = (rank, act)


def _understood(scene: Cast, acts: list[SentenceAct]) -> Iterator[SentenceAct]:
    """Acts whose target is only understood, where the sentence names but two actors."""
    named = {actor_on(actor.mention, scene.published) for actor in scene.actors}
    if len(named - {None}) != 2:
        return
    spans = [actor.span for actor in scene.actors]
    known = {(act.source, act.target) for act in acts}
    for one, other in scene.pairs():
        ends = actor_on(one.mention, scene.published), actor_on(other.mention, scene.published)
        if None in ends or ends[0] == ends[1] or ends in known:
            continue
        found = find_understood(scene.sentence, one.span, other.span, spans)
        coding = ranked(scene.sentence, one.span, other.span, found) if found else None
        act = _act(scene, Found(one, other, found), coding) if found and coding else None
        if act is not None:
            known.add(ends)
            yield act


def _supplied(
    scene: Cast,
    groups: list[list[Actor]],
    seen: NDArray[np.float64],
    told: Mapping[Ends, set[Cell]],
) -> Iterator[SentenceAct]:
    """Acts that the learned reader sees between certain actors where no rule found such a one."""
    for pair in permutations(range(len(groups)), 2):
        codings = list(supplied(seen[pair], told.get(pair, ())))
        two = [groups[at] for at in pair]
        if not codings or not all(scene.certain(group[0]) for group in two):
            continue
        near = [
            (one, other) for one, other in product(*two) if not overlap(one.mention, other.mention)
        ]
        if not near:
            continue
        if any(failing(a) and failing(a) == failing(b) for a, b in near):
            continue
        one, other = min(near, key=lambda ends: abs(ends[0].span.start - ends[1].span.start))
        by = find_act(scene.sentence, one.span, other.span, nearby=True)
        for coding in codings:
            named = named_by(coding, by)
            predicate = by.predicate if by is not None else one.span.root.head.i
            found = Finding(named.cameo, named.mode, predicate, "seen", named.confidence)
            act = _act(scene, Found(one, other, found), named)
            if act is not None:
                yield act


def _act(scene: Cast, found: Found, coding: Coding) -> SentenceAct | None:
    found, coding = as_claimed(scene, found, coding)
    one, other = found.one, found.other
    sentence, published = scene.sentence, scene.published
    predicate = sentence.doc[found.finding.predicate]
    lately = found.finding.code.startswith(REMEMBERING)
    ends = [actor_on(actor.mention, published) for actor in (one, other)]
    if lately and ends[1] is None:
        ends[1] = served(other.mention)
    pair = frozenset(id_ for id_ in ends if id_)
    when, edtf = scene.timeline.when(predicate, scene.dates, sentence.doc, published, pair)
    on = when.first if when else published
    source_id, target_id = actor_on(one.mention, on), actor_on(other.mention, on)
    if lately and target_id is None:
        target_id = served(other.mention)
    if source_id == target_id:
        return None
    return SentenceAct(
        source=source_id,
        target=target_id,
        source_text=one.mention.text,
        target_text=other.mention.text,
        coding=coding,
        date=when,
        edtf=edtf,
        speech=speech_of(sentence, predicate, one.span),
        start=sentence.start_char,
        end=sentence.end_char,
        government=one.mention.government,
    )
