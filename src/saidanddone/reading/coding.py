"""The coder from Python: a sentence and two actor spans in, one coding out (house.md)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from saidanddone.errors import BadInput
from saidanddone.reading.bystanders import plays, stand_by
from saidanddone.reading.coder import Finding, find_act
from saidanddone.reading.events import DEFAULT_CODES, MODES, QUADS, plover_of, read_code
from saidanddone.reading.finding import SURE
from saidanddone.reading.parser import parse
from saidanddone.reading.ranker import acts_seen, ranked

UNREPORTED = frozenset({"negated", "hypothetical"})


@dataclass(frozen=True, slots=True)
class Coding:
    """What a source is reported to do toward a target.

    plover: one of the 16 events. cameo: code with the mode folded in, or V+, V-, V0. quad: 1 to 4,
    PLOVER's classes. channel, valence: as codes/ has them. confidence: 0 to 1.
    """

    plover: str
    cameo: str
    quad: int
    channel: str
    valence: int
    mode: str
    confidence: float


def code(sentence: str, *, source: str, target: str, known: bool = False) -> Coding | None:
    """Code source toward target, both as they stand in the sentence.

    None where no act of the source toward the target is reported; negated and hypothetical ones
    are none. known: the pair is known to have an act, so that a predicate which the parse does not
    link to it may be taken. Raises BadInput where the source does not stand in the sentence,
    MissingExtra without the extra `read`.
    """
    doc = parse(sentence)
    span = find_span(doc, source)
    if span is None:
        raise BadInput(
            f"the source '{source}' does not stand in the sentence",
            "a piece of the sentence, letter by letter",
            "copy it out of the sentence",
        )
    coding = code_parsed(doc, span, find_span(doc, target, avoid=span), known=known)
    return None if coding is None or coding.mode in UNREPORTED else coding


def code_parsed(doc: Any, source: Any, target: Any | None, *, known: bool = False) -> Coding | None:
    """The same on a parsed sentence and spans of it; negated and supposed acts come back too."""
    vote = find_act(doc, source, target, nearby=known)
    if known or (vote is not None and plover_of(vote) is not None):
        return weigh(doc, source, target, vote, known=known)
    return supply(doc, source, target)


def weigh(
    doc: Any, source: Any, target: Any | None, vote: Finding | None, *, known: bool = False
) -> Coding | None:
    """Weigh the rules' vote against what was learned; None where there is no act."""
    event, confidence = ranked(doc, source, target, vote, known=known)
    if event is None:
        return None
    agreed = vote is not None and plover_of(vote) == event
    cameo = vote.code if vote is not None and agreed else DEFAULT_CODES[event]
    channel, valence = read_code(cameo)
    return Coding(
        plover=event,
        cameo=cameo,
        quad=QUADS[event],
        channel=channel,
        valence=valence,
        mode=vote.mode if vote is not None and agreed else MODES.get(event, "did"),
        confidence=confidence,
    )


def supply(doc: Any, source: Any, target: Any | None) -> Coding | None:
    """An act that no rule links but the encoder sees; a predicate that stands near may name it.

    None where the rules link one of the target toward the source: 'it was S that T blamed'.
    """
    if stand_by(source, target) or not acts_seen(doc, source, target):
        return None
    if target is not None and (back := find_act(doc, target, source)) and back.mode in SURE:
        return None
    near = find_act(doc, source, target, nearby=True)
    if near is not None and (near.mode not in SURE or plover_of(near) is None):
        near = None
    coding = weigh(doc, source, target, near)
    return None if coding and plays(doc, source, target, coding.cameo) else coding


def find_span(doc: Any, text: str, avoid: Any | None = None) -> Any | None:
    """The first place of a text in a document that does not overlap another span, as a span."""
    wanted = text.strip()
    at = doc.text.find(wanted) if wanted else -1
    first = None
    while at >= 0:
        span = doc.char_span(at, at + len(wanted), alignment_mode="expand")
        first = first or span
        if avoid is None or span.end <= avoid.start or span.start >= avoid.end:
            return span
        at = doc.text.find(wanted, at + 1)
    return first
