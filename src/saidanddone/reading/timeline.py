"""Which date an act has when its own clause gives none: the narrative's, or the page's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from saidanddone.model import FuzzyDate
from saidanddone.reading.dates import DateMention
from saidanddone.reading.frames import governing_date, tense_frame

NEWS = frozenset({"present", "perfect", "future"})
"""Frames of time in which an act without a date is as old as the page."""

NARRATED = frozenset({"past", "before"})


FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})

PERIODS = {
    "the Cold War": "1947/1991",
    "the First World War": "1914/1918",
    "World War I ": "1914/1918",
    "the Second World War": "1939/1945",
    "World War II": "1939/1945",
    "the Great War": "1914/1918",
}
"""Ages that the press dates by: too long for a date, and no reason to take the page's."""


class When(NamedTuple):
    """A date, None where it is coarser than a year or unknown, and how EDTF writes it."""

    date: FuzzyDate | None
    edtf: str | None


UNKNOWN = When(None, None)


class Timeline:
    """The dates that a document's narrative has given so far.

    paragraph is the last date of the paragraph, pairs the last that an act of a pair of actors
    had. What is taken from them carries EDTF's mark of approximation.
    """

    def __init__(self) -> None:
        self.paragraph: DateMention | None = None
        self.pairs: dict[frozenset[str], When] = {}

    def next_paragraph(self) -> None:
        """Forget the date of a paragraph that has ended."""
        self.paragraph = None

    def note(self, mentions: Sequence[DateMention]) -> None:
        """Remember the date of a sentence that has one alone."""
        told = [mention for mention in mentions if mention.date is not None]
        if len(told) == 1:
            self.paragraph = told[0]

    def when(
        self,
        predicate: Any,
        mentions: Sequence[DateMention],
        doc: Any,
        published: date | None,
        pair: frozenset[str],
    ) -> When:
        """The date of an act: its clause's, else the narrative's, else the page's for news."""
        own = governing_date(predicate, mentions, doc)
        if own is not None:
            found = When(own.date, own.edtf)
            if own.date is not None:
                self.pairs[pair] = found
            return found
        if period := _period(predicate.sent.text):
            return When(None, period)
        frame = tense_frame(predicate)
        if frame == "past" and tells_a_deed(predicate.sent) and published is not None:
            on = FuzzyDate(published, published, "day")
            return When(on, f"{on}~")
        if frame in NEWS and published is not None:
            on = FuzzyDate(published, published, "day")
            return When(on, str(on))
        if frame not in NARRATED or any(
            predicate.sent.start <= m.anchor < predicate.sent.end for m in mentions
        ):
            return UNKNOWN
        if self.paragraph is not None and self.paragraph.date is not None:
            return _narrated(self.paragraph, before=frame == "before")
        earlier = self.pairs.get(pair)
        if earlier is None or frame == "before" or earlier.edtf is None:
            return UNKNOWN
        return When(earlier.date, earlier.edtf.rstrip("~") + "~")


def tells_a_deed(sentence: Any) -> bool:
    """Whether a line without a finite verb says what was done: 'two envoys jailed in X'."""
    root = sentence.root
    if root.pos_ not in ("NOUN", "PROPN") or any(t.tag_ in FINITE for t in sentence):
        return False
    return any(child.dep_ == "acl" and child.tag_ == "VBN" for child in root.children)


def _period(text: str) -> str | None:
    """The years of an age that a sentence names, as an EDTF span."""
    return next((years for name, years in PERIODS.items() if name in text), None)


def _narrated(mention: DateMention, *, before: bool) -> When:
    """The date of a sentence before, or the time up to it: 'had armed them'."""
    on = mention.date
    if on is None:
        return UNKNOWN
    if before:
        year = FuzzyDate.parse(f"{on.first.year:04}")
        return When(year, f"../{mention.edtf.rstrip('~')}")
    return When(on, mention.edtf.rstrip("~") + "~")
