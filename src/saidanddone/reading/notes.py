"""Notes for the reader: where a text and the reference tables, or two documents, do not agree.

A note shows both sides and their references; it never decides who is right.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from typing import Any, Literal

from saidanddone import actors
from saidanddone.actors.names import choose, index, key
from saidanddone.actors.offices import Office, held, in_office, offices
from saidanddone.actors.tables import entries
from saidanddone.reading.mention import Mention

NAME_WORDS = 2
"""Words of a name that was cut short: one alone begins too many names."""


@dataclass(frozen=True, slots=True)
class Note:
    """Two sides that do not agree; start and end are offsets of quote in the document's text."""

    kind: Literal["office", "date", "figure"]
    text_side: str
    reference_side: str
    quote: str
    document: str
    start: int
    end: int

    def to_dict(self) -> dict[str, Any]:
        """The note as one JSON object; the document stands in text_side."""
        return {name: value for name, value in asdict(self).items() if name != "document"}


def office_notes(
    mentions: Iterable[Mention], text: str, document: str, offset: int, published: date | None
) -> Iterator[Note]:
    """Yield a note wherever a text gives a person to a state whose office he did not hold."""
    for mention in mentions:
        person = _person(mention, published)
        if person is None or not mention.name:
            continue
        named = choose(index().get(key(mention.name), ()), published)
        terms = held(person)
        states = {term.state for term in terms}
        if len(named) != 1 or named[0] in states:
            continue
        start, end = offset + mention.start, offset + mention.end
        yield Note(
            kind="office",
            text_side=f"{document}: '{mention.text}' gives {person} to "
            f"{actors.actor(named[0]).name}",
            reference_side=f"{person} was {'; '.join(map(str, terms))} (actors/offices.csv)",
            quote=text[start:end],
            document=document,
            start=start,
            end=end,
        )


def _person(mention: Mention, published: date | None) -> str | None:
    """The office-holder that a mention names in full, or by the beginning of his name.

    Captions cut names short: of those in office on the day of the page, exactly one must have a
    name that begins so.
    """
    if mention.kind == "person":
        return None if mention.bearer in entries() else mention.bearer
    words = [word for word in mention.text.split() if word[:1].isupper()][-NAME_WORDS:]
    if mention.kind not in ("national", "state") or len(words) < NAME_WORDS:
        return None
    begins = key(" ".join(words)) + " "
    found = {terms[0].person for terms in _beginning(begins) if in_office(terms, published)}
    return found.pop() if len(found) == 1 else None


def _beginning(begins: str) -> list[list[Office]]:
    """The office-holders whose names begin so."""
    names = _names()
    at = bisect_left(names, begins)
    found = []
    while at < len(names) and names[at].startswith(begins):
        found.append(list(offices()[names[at]]))
        at += 1
    return found


@cache
def _names() -> list[str]:
    return sorted(offices())
