"""Notes for the reader: where a text and the reference tables, or two documents, do not agree.

A note shows both sides and their references; it never decides who is right.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

from saidanddone import actors
from saidanddone.actors.names import choose, index, key
from saidanddone.actors.offices import held, in_office
from saidanddone.actors.tables import entries
from saidanddone.reading.act import ReportedAct
from saidanddone.reading.mention import Mention


@dataclass(frozen=True, slots=True)
class Note:
    """Two sides that do not agree; start and end are offsets in the document's text."""

    kind: Literal["office", "date"]
    text_side: str
    reference_side: str
    quote: str
    document: str
    start: int
    end: int

    def to_dict(self) -> dict[str, Any]:
        """The note as one JSON object."""
        return asdict(self)


def office_notes(
    mentions: Iterable[Mention], text: str, document: str, offset: int, published: date | None
) -> Iterator[Note]:
    """Yield a note wherever a text gives a person to a state whose office he did not hold."""
    for mention in mentions:
        person = mention.bearer
        if mention.kind != "person" or person is None or person in entries() or not mention.name:
            continue
        named = choose(index().get(key(mention.name), ()), published)
        terms = held(person)
        serving = in_office(terms, published)
        states = {term.state for term in terms}
        if len(named) != 1 or not terms or named[0] in states or named[0] in serving:
            continue
        start, end = offset + mention.start, offset + mention.end
        yield Note(
            kind="office",
            text_side=f"'{mention.text}' gives {person} to {actors.actor(named[0]).name}",
            reference_side=f"{person} was {'; '.join(map(str, terms))} (actors/offices.csv)",
            quote=text[start:end],
            document=document,
            start=start,
            end=end,
        )


def date_notes(acts: Iterable[ReportedAct]) -> Iterator[Note]:
    """Yield a note for an act that two documents tell in one sentence with different dates."""
    first: dict[tuple[str | None, ...], ReportedAct] = {}
    for act in acts:
        words = " ".join(act.quote.lower().split())
        same = (act.source, act.target, act.cameo, words)
        earlier = first.setdefault(same, act)
        if earlier.document != act.document and earlier.date != act.date:
            yield Note(
                kind="date",
                text_side=f"{act.document} dates it {act.date or 'not at all'}",
                reference_side=f"{earlier.document} dates it {earlier.date or 'not at all'}",
                quote=act.quote,
                document=act.document,
                start=act.start,
                end=act.end,
            )
