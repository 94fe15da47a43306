"""Disagreements: one act that documents, or a document and the shipped case, tell differently.

Only what can hardly be anything else is noted: a false note costs more than one that is missed.
Both sides are shown; nothing is decided.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from saidanddone.model import FuzzyDate
from saidanddone.reading.act import ReportedAct
from saidanddone.reading.figures import Figure, figures
from saidanddone.reading.gazetteer import families, find_names, fold
from saidanddone.reading.kept import Reading
from saidanddone.reading.notes import Note
from saidanddone.reading.stories import words_of
from saidanddone.reading.tellings import Document, told_acts
from saidanddone.sources import open_source, shipped_case

LONG = 10
"""Words, dates aside: shorter sentences are said of many acts in the same words."""

SHARED = 0.5
"""Of the content words of a reference's sentence: half, and a name that no other act there has."""

_DATED = re.compile(
    r"\d{1,2}(?:st|nd|rd|th)?|[12]\d{3}|january|february|march|april|may|june|july|august|september|october|november|december"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday|early|late|mid"
)
_CONTENT = 4
"""Letters of a content word, at least."""


@dataclass(frozen=True, slots=True)
class _Side:
    """An act of a document; call: the document was given now, not only found in the archive."""

    act: ReportedAct
    published: str | None
    call: bool

    @property
    def order(self) -> tuple[bool, str, str, int]:
        return (self.call, self.published or "9999", self.act.document, self.act.start)

    @property
    def span(self) -> FuzzyDate | None:
        """The act's date, where the sentence itself gives its year, or its month and day."""
        date = self.act.date
        if date is None or date == self.published:
            return None
        span = FuzzyDate.parse(date)
        words = words_of(self.act.quote).split()
        stated = date[:4] in words or (
            span.precision == "day"
            and span.first.strftime("%B").lower() in words
            and str(span.first.day) in words
        )
        return span if stated else None


def disagreements(given: Sequence[Reading], others: Sequence[Reading]) -> Iterator[Note]:
    """Yield what documents that were given tell otherwise than others, or than the shipped case."""
    sides: dict[tuple[str, int], _Side] = {}
    for call, readings in ((True, given), (False, others)):
        for reading in readings:
            for number, act in enumerate(reading.acts, start=1):
                sides[reading.sha256, number] = _Side(act, reading.published, call)
    seen: set[tuple[str, str, int]] = set()
    told = _told([*given, *others], sides)
    for group in (*told, *_alike(sides.values())):
        for note in _in_group(group):
            key = (note.kind, note.text_side, note.start)
            if key not in seen:
                seen.add(key)
                yield note
    for group in told:
        first = next((side for side in group if side.call), None)
        if first is not None:
            yield from _against_case(first)


def _told(readings: Sequence[Reading], sides: dict[tuple[str, int], _Side]) -> list[list[_Side]]:
    """Return the reports of each act, as stories tell that they are of one."""
    documents = (Document(r.sha256, r.address, r.published, r.signature, r.acts) for r in readings)
    return [[sides[r.sha256, r.number] for r in act.reports] for act in told_acts(documents)]


def _alike(sides: Iterable[_Side]) -> list[list[_Side]]:
    """Return acts of one kind that stand in one long sentence, dates aside, or on one day."""
    alike: dict[tuple[Any, ...], list[_Side]] = {}
    for side in sides:
        act = side.act
        words = [w for w in words_of(act.quote).split() if not _DATED.fullmatch(w)]
        who = (act.source, act.target, act.cameo, act.mode)
        if None in who or act.mode != "did":
            continue
        if len(words) >= LONG:
            alike.setdefault((*who, " ".join(words)), []).append(side)
        if act.date is not None and len(act.date) == len("YYYY-MM-DD"):
            alike.setdefault((*who, act.date), []).append(side)
    return [group for group in alike.values() if len(group) > 1]


def _in_group(group: list[_Side]) -> Iterator[Note]:
    """Compare reports of one act with the first of them that says something of the kind."""
    ordered = sorted(group, key=lambda side: side.order)
    dated = [side for side in ordered if side.span is not None]
    yield from _dates_apart(dated)
    counted: dict[str, tuple[_Side, Figure]] = {}
    for side in ordered:
        for figure in _single(side.act.quote):
            first, known = counted.setdefault(figure.counts, (side, figure))
            if known.number == figure.number or first.act.document == side.act.document:
                continue
            if side.call:
                yield _note("figure", side, f"says {figure.text}", first, f"says {known.text}")


def _dates_apart(dated: list[_Side]) -> Iterator[Note]:
    for side in dated[1:]:
        first = dated[0]
        if first.act.document == side.act.document or not side.call:
            continue
        if _apart(first.span, side.span):
            mine, theirs = f"dates it {side.act.date}", f"dates it {first.act.date}"
            yield _note("date", side, mine, first, theirs)


def _single(sentence: str) -> list[Figure]:
    """The figures of a sentence, without those of one kind that it gives twice."""
    found = figures(sentence)
    kinds = [figure.counts for figure in found]
    return [figure for figure in found if kinds.count(figure.counts) == 1]


def _apart(one: FuzzyDate | None, other: FuzzyDate | None) -> bool:
    if one is None or other is None:
        return False
    return one.last < other.first or other.last < one.first


def _note(kind: Any, side: _Side, mine: str, first: _Side, theirs: str) -> Note:
    act, earlier = side.act, first.act
    place = f"{earlier.document}, characters {earlier.start} to {earlier.end}"
    return Note(
        kind=kind,
        text_side=f"{act.document} {mine}",
        reference_side=f"{place}, {theirs}: {earlier.quote}",
        quote=act.quote,
        document=act.document,
        start=act.start,
        end=act.end,
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """An act of the shipped case, with the names in its sentence that no other act there has."""

    id: str
    span: FuzzyDate
    text: str
    reference: str
    content: frozenset[str]
    names: frozenset[str]


@cache
def _case() -> dict[tuple[str, str, str, int], list[_Known]]:
    """The acts of the shipped case by source, target, channel and valence."""
    source = open_source("case")
    (path,) = source.find(shipped_case())
    rows = [row for batch in source.read(path) for row in batch.acts.iter_rows(named=True)]
    rows = [row for row in rows if row["mode"] == "did"]
    named = [_names(row["text"]) for row in rows]
    kinds = [(row["source"], row["target"], row["channel"], row["valence"]) for row in rows]
    counts = Counter((kind, n) for kind, names in zip(kinds, named, strict=True) for n in names)
    plain = {word for row in rows for word in re.findall(r"\b[a-z]+", row["text"])}
    found: dict[tuple[str, str, str, int], list[_Known]] = {}
    lengths = {"day": 10, "month": 7, "year": 4}
    for row, kind, names in zip(rows, kinds, named, strict=True):
        own = frozenset(n for n in names - plain if counts[kind, n] == 1)
        span = FuzzyDate.parse(row["date"].isoformat()[: lengths[row["precision"]]])
        known = _Known(row["id"], span, row["text"], row["reference"], _content(row["text"]), own)
        found.setdefault(kind, []).append(known)
    return found


def _against_case(side: _Side) -> Iterator[Note]:
    act, span = side.act, side.span
    if span is None or act.mode != "did" or act.source is None or act.target is None:
        return
    content = _content(act.quote)
    for known in _case().get((act.source, act.target, act.channel, act.valence), ()):
        shared = len(known.content & content)
        if not known.names & content or shared < max(2, SHARED * len(known.content)):
            continue
        if _apart(known.span, span):
            yield Note(
                kind="date",
                text_side=f"{act.document} dates it {act.date}",
                reference_side=f"the case moscow-pyongyang, {known.id}, dates it {known.span}: "
                f"{known.text} ({known.reference})",
                quote=act.quote,
                document=act.document,
                start=act.start,
                end=act.end,
            )


def _bare(text: str) -> str:
    """A text without the names of states, organisations and office-holders."""
    kept, at = [], 0
    for match in find_names(text)[1]:
        kept.append(text[at : match.start])
        at = match.end
    return " ".join([*kept, text[at:]])


def _content(text: str) -> frozenset[str]:
    words = words_of(_bare(text)).split()
    return frozenset(w for w in words if len(w) >= _CONTENT and not _DATED.fullmatch(w))


def _names(text: str) -> frozenset[str]:
    """Names in a text of ships, places and treaties; of no actor or office-holder."""
    words: Iterable[str] = re.findall(r"(?<!^)\b[A-Z][a-z]{3,}", _bare(text))
    names = {word.lower() for word in words if fold(word) not in families()}
    return frozenset(name for name in names if not _DATED.fullmatch(name))
