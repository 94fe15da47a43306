"""The coder from Python: a sentence and two actor spans in, one coding out (house.md)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from saidanddone.errors import BadInput
from saidanddone.reading.bystanders import looks_on, plays, stand_by
from saidanddone.reading.coder import find_act
from saidanddone.reading.encoder import Scene
from saidanddone.reading.finding import LINKED, SURE, Coding, Finding
from saidanddone.reading.hints import Ends, found_between, kind_of
from saidanddone.reading.parser import parse
from saidanddone.reading.ranker import ranked, regressed
from saidanddone.reading.seen import by_rule, confirmed, likeliest, see

__all__ = ["UNREPORTED", "Coding", "code", "code_parsed", "find_span"]

UNREPORTED = frozenset({"negated", "hypothetical"})

KEPT = 0.05
"""As that of seen.py, for a pair that is asked about: it more often has an act."""

SOME = 0.2
"""Probability of any act of the source toward the target from which there is one."""

DOUBTED = 0.9
"""The same where a predicate that stands near is denied or supposed, where the linked one is no
event ('declined to comment'), or where one of the two is only where it happened: 'arrested in X' is
mostly X's doing."""


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
    if not known and looks_on(target):
        return None
    vote = find_act(doc, source, target, nearby=known)
    found = findings_of(doc, source, target, vote)
    spans = [((span.start_char, span.end_char),) if span else () for span in (source, target)]
    seen = see(Scene(doc.text, tuple(spans)), found)
    if seen is None:
        return ranked(doc, source, target, vote, known=known)
    row = seen[0, 1]
    if known:
        if vote is not None and vote.sure >= LINKED and by_rule(vote):
            return confirmed(vote, row)
        return likeliest(row, vote, regressed(doc, source, target, vote))
    # 'The embargo that S imposed on T was lifted': what S did stands in a clause of its own.
    own = vote is not None and doc[vote.predicate].dep_ == "relcl"
    if vote is not None and (coding := confirmed(vote, row, kept=KEPT, either=own)):
        if by_rule(vote) or vote.mode == "ended":
            return coding
        learned = likeliest(row, vote, regressed(doc, source, target, vote))
        # Which sign a linked predicate has, 'imposed' and not 'lifted', the parse knows better.
        return coding if learned.valence == -coding.valence else learned
    some = 1.0 - row[-1]
    if some < SOME or _only_back(found):
        return None
    near = find_act(doc, source, target, nearby=True)
    doubted = stand_by(source, target) or (near is not None and near.mode not in SURE)
    doubted |= vote is not None and vote.sure >= LINKED and kind_of(vote) is None
    if doubted and some < DOUBTED:
        return None
    made = likeliest(row, near, regressed(doc, source, target, near))
    return None if plays(doc, source, target, made.cameo) else made


def _only_back(found: Sequence[tuple[Ends, Finding]]) -> bool:
    """Whether the rules link an act of the target alone: 'it was S that T blamed'."""
    linked = {ends for ends, one in found if one.mode in SURE and one.sure >= LINKED}
    return linked == {(1, 0)}


def findings_of(
    doc: Any, source: Any, target: Any | None, vote: Finding | None
) -> list[tuple[Ends, Finding]]:
    """What the rules find of both, either way round; the vote where it only stands near."""
    if target is None:
        return [] if vote is None else [((0, 1), vote)]
    there, back = found_between(doc, source, target)
    theirs, returned = found_between(doc, target, source)
    found = [((0, 1), one) for one in (*there, *returned)]
    found += [((1, 0), one) for one in (*theirs, *back)]
    if vote is not None and vote.sure < LINKED:
        found.append(((0, 1), vote))
    return found


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
