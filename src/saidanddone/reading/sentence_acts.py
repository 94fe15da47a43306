"""From a parsed paragraph to the acts it reports: every pair of actors in every sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from saidanddone.model import FuzzyDate
from saidanddone.reading.bystanders import stand_by
from saidanddone.reading.clause import Clause
from saidanddone.reading.coder import Finding, find_acts, find_understood
from saidanddone.reading.coding import Coding, weigh
from saidanddone.reading.dates import DateMention, find_dates
from saidanddone.reading.links import predicates
from saidanddone.reading.mention import Mention, actor_on, served
from saidanddone.reading.mentions import Memory, find_mentions
from saidanddone.reading.mutual import mirrored
from saidanddone.reading.ranker import pair_of
from saidanddone.reading.seen import ENOUGH, coded, facts, likelihood, read_pairs, undergoes
from saidanddone.reading.speech import Speech, speech_of
from saidanddone.reading.timeline import Timeline, tells_a_deed

MOST_MENTIONS = 14
"""Mentions of one sentence that are paired: a roll of fifty states would give 2,450 pairs."""

REMEMBERING = ("017", "018", "051")
"""Codes of tributes, which are paid to the dead too."""

SUFFERING = frozenset({"him", "her", "them"})
"""Pronouns that stand for whom something is done to."""

CONFIDENT = 0.3
"""Confidence below which a finding is no act: on the development gold this takes 11 false acts and
7 true ones. At 0.4 it would take 28 and 23, for a precision above .80."""

MOST_PAIRS = 40
"""Pairs that the encoder reads in one sentence: where there are more, it is a list."""

MOST_WORDS = 400
"""Words of a sentence that is coded: longer ones are lists, and their parse is meaningless."""


@dataclass(frozen=True, slots=True)
class SentenceAct:
    """An act as a sentence reports it; offsets are those of the paragraph's text.

    source and target are ids or None where nothing is certain; both texts are kept.
    """

    source: str | None
    target: str | None
    source_text: str
    target_text: str
    coding: Coding
    date: FuzzyDate | None
    edtf: str | None
    speech: Speech
    start: int
    end: int
    government: bool | None


def acts_in(
    doc: Any, *, published: date | None, memory: Memory | None = None, caption: bool = False
) -> Iterator[SentenceAct]:
    """Yield the acts of a parsed paragraph in the order of its sentences.

    published: the document's date, against which 'yesterday' is read. memory: what the document
    named before; give the same one for each paragraph of a document. caption: the text stands under
    a picture, which tells an act only where it says what was done to whom ('two citizens of T
    jailed in X'); what else it shows ('X greets T') is no report of it.
    """
    memory = memory or Memory()
    if caption and not any(tells_a_deed(sentence) for sentence in doc.sents):
        return
    mentions = find_mentions(doc, published=published, memory=memory)
    dates = find_dates(doc, published) if mentions else []
    timeline = memory.timeline
    timeline.next_paragraph()
    for sentence in doc.sents:
        inside = [
            m for m in mentions if sentence.start_char <= m.start and m.end <= sentence.end_char
        ]
        named = sum(len(mention.members) or 1 for mention in inside)
        told = not caption or tells_a_deed(sentence)
        if told and named > 1 and len(sentence) <= MOST_WORDS:
            yield from _in_sentence(sentence, inside[:MOST_MENTIONS], dates, published, timeline)
        timeline.note([d for d in dates if sentence.start <= d.anchor < sentence.end])


@dataclass(frozen=True, slots=True)
class _Actor:
    """A mention of an actor in a sentence, with its span of the document."""

    mention: Mention
    span: Any


@dataclass(frozen=True, slots=True)
class _Scene:
    """A sentence with the actors that it names, and what dates its acts."""

    sentence: Any
    actors: list[_Actor]
    dates: list[DateMention]
    published: date | None
    predicates: Sequence[Any]
    timeline: Timeline

    def pairs(self) -> Iterator[tuple[_Actor, _Actor]]:
        """Every two actors that do not overlap, either way round, and both of 'the two nations'."""
        for one in self.actors:
            for other in self.actors:
                apart = not _overlap(one.mention, other.mention)
                if one.mention.text.lower() in SUFFERING:
                    continue
                if one is not other and (apart or _one_phrase(one, other)):
                    yield one, other

    def certain(self) -> list[tuple[tuple[str, str], _Actor, _Actor]]:
        """Every two different actors whose ids are certain, in the mentions that stand closest;
        without those whose source is only done something to."""
        ids = [(actor_on(actor.mention, self.published), actor) for actor in self.actors]
        best: dict[tuple[str, str], tuple[int, _Actor, _Actor]] = {}
        for id_, one in ids:
            if id_ is None or undergoes(one.span):
                continue
            for other_id, other in ids:
                if not other_id or id_ == other_id or _overlap(one.mention, other.mention):
                    continue
                far = abs(one.span.start - other.span.start)
                if (id_, other_id) not in best or far < best[id_, other_id][0]:
                    best[id_, other_id] = far, one, other
        return [(ends, one, other) for ends, (_, one, other) in best.items()]


def _in_sentence(
    sentence: Any,
    mentions: Sequence[Mention],
    dates: list[DateMention],
    published: date | None,
    timeline: Timeline,
) -> Iterator[SentenceAct]:
    singles = [one for mention in mentions for one in (mention.members or (mention,))]
    spans = [(one, _span(sentence.doc, one)) for one in singles]
    actors = [_Actor(one, s) for one, s in spans if s is not None and s.sent == sentence]
    if len(actors) < 2:
        return
    among = predicates(Clause(sentence, actors[0].span, None))
    scene = _Scene(sentence, actors, dates, published, among, timeline)
    best: dict[tuple[Any, ...], tuple[float, SentenceAct]] = {}
    for one, other in scene.pairs():
        for act in _both_ways(scene, one, other):
            _keep(best, act, one, other)
    acts = [act for _, act in best.values()]
    acts += _understood(scene, acts)
    yield from _without_echoes([*acts, *_seen(scene, acts)])


def _keep(
    best: dict[tuple[Any, ...], tuple[float, SentenceAct]],
    act: SentenceAct,
    one: _Actor,
    other: _Actor,
) -> None:
    rank = act.coding.confidence - 0.3 * one.mention.possessive - 0.1 * other.mention.place
    key = (act.source or act.source_text, act.target or act.target_text, act.coding.cameo)
    if key not in best or rank > best[key][0]:
        best[key] = (rank, act)


def _both_ways(scene: _Scene, one: _Actor, other: _Actor) -> Iterator[SentenceAct]:
    """The acts of one toward the other, and those of the other that they entail."""
    together = _one_phrase(one, other)
    target = None if together else other.span
    for found in find_acts(scene.sentence, one.span, target, scene.predicates):
        if together and mirrored(found, scene.sentence.doc[found.predicate]) is None:
            continue
        act = _act(scene, one, other, found)
        if act is not None:
            yield act
        back = mirrored(found, scene.sentence.doc[found.predicate])
        act = _act(scene, other, one, back) if back is not None else None
        if act is not None:
            yield act


def _one_phrase(one: _Actor, other: _Actor) -> bool:
    """Whether one phrase names both, as 'the two nations' does: only mutual acts are theirs."""
    a, b = one.mention, other.mention
    return a is not b and (a.start, a.end) == (b.start, b.end) and a.bearer != b.bearer


def _understood(scene: _Scene, acts: list[SentenceAct]) -> Iterator[SentenceAct]:
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
        act = _act(scene, one, other, found) if found is not None else None
        if act is not None:
            known.add(ends)
            yield act


def _seen(scene: _Scene, acts: list[SentenceAct]) -> Iterator[SentenceAct]:
    """Acts that the encoder sees where the rules found none of two actors, either way round."""
    known = {ends for act in acts for ends in ((act.source, act.target), (act.target, act.source))}
    every = scene.certain()
    if len(every) > MOST_PAIRS or all(ends in known for ends, _, _ in every):
        return
    read = read_pairs([(ends, pair_of(scene.sentence, a.span, b.span)) for ends, a, b in every])
    for (ends, candidate), (_, one, other) in zip(read.items(), every, strict=False):
        if ends in known or stand_by(one.span, other.span):
            continue
        likely = likelihood(facts(candidate, read))
        if likely >= ENOUGH:
            coding, predicate = coded(scene.sentence, one.span, other.span, candidate.seen, likely)
            found = Finding(coding.cameo, coding.mode, predicate, "seen", likely)
            act = _act(scene, one, other, found, coding)
            if act is not None:
                yield act


def _act(
    scene: _Scene, one: _Actor, other: _Actor, found: Finding, coding: Coding | None = None
) -> SentenceAct | None:
    sentence, published = scene.sentence, scene.published
    predicate = sentence.doc[found.predicate]
    lately = found.code.startswith(REMEMBERING)
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
    if coding is None:
        coding = weigh(sentence, one.span, other.span, found)
        if coding is None or coding.confidence < CONFIDENT:
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


def _span(doc: Any, mention: Mention) -> Any | None:
    return doc.char_span(mention.start, mention.end, alignment_mode="expand")


def _overlap(one: Mention, other: Mention) -> bool:
    return one.start < other.end and other.start < one.end


def _without_echoes(acts: list[SentenceAct]) -> list[SentenceAct]:
    """Of the codings of one pair in one sentence keep those with a different event."""
    kept: list[SentenceAct] = []
    for act in sorted(acts, key=lambda act: (_vague(act.coding), -act.coding.confidence)):
        if not any(_twins(k, act) for k in kept):
            kept.append(act)
    return [act for act in acts if any(act is k for k in kept)]


def _twins(one: SentenceAct, other: SentenceAct) -> bool:
    """Whether two acts are one told twice: not where both say what they are, and differ."""
    a, b = one.coding, other.coding
    same = (one.source or one.source_text, one.target or one.target_text, a.plover) == (
        other.source or other.source_text, other.target or other.target_text, b.plover
    )  # fmt: skip
    return same and (_vague(a) or _vague(b) or a.cameo[:3] == b.cameo[:3])


def _vague(coding: Coding) -> bool:
    """Whether a code is its root's 'not specified'."""
    return coding.cameo[2:3] == "0"
