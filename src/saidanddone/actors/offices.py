"""Who held which office when: persons' names lead to states only through their offices."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import NamedTuple

from saidanddone.actors.names import key
from saidanddone.actors.tables import entries, rows, span, split


class Office(NamedTuple):
    """A person's time in an office; both ends inclusive at the precision recorded."""

    person: str
    state: str
    office: str
    start: str
    end: str
    since: date
    until: date

    def __str__(self) -> str:
        return f"{self.office} of {self.state} from {self.start or '?'} to {self.end or 'now'}"


RANKS = (
    "supreme leader",
    "head of state",
    "president",
    "secretary-general",
    "head of government",
    "foreign minister",
    "defence minister",
    "party leader",
)
"""Which of several offices held at once is named; for a state where the party rules all serve."""

_TITLES = re.compile(
    "^(?:(?:former|acting|president|prime minister|premier|chancellor|king|queen|emperor|emir|"
    "sultan|foreign minister|defen[cs]e minister|secretary of state|general secretary|"
    "chairman|supreme leader|marshal|general|mr|mrs|ms|dr|sir) )+"
)


@cache
def offices() -> dict[str, list[Office]]:
    """Every recorded office by the keys of its holder's name and aliases."""
    found: dict[str, list[Office]] = {}
    for row in rows("offices.csv"):
        if row["state"] not in entries():
            continue
        office = Office(
            row["person"], row["state"], row["office"], row["start"], row["end"],
            *span(row["start"], row["end"]),
        )  # fmt: skip
        for text in (row["person"], *split(row["aliases"])):
            held = found.setdefault(key(text), [])
            if office not in held:
                held.append(office)
    found.pop("", None)
    return found


def held(person: str) -> list[Office]:
    """All offices recorded for a person, titles before the name left out."""
    typed = key(person)
    return offices().get(typed) or offices().get(_TITLES.sub("", typed), [])


def _rank(office: str) -> int:
    plain = office.removeprefix("acting ")
    return RANKS.index(plain) if plain in RANKS else len(RANKS)


def in_office(terms: list[Office], on: date | None) -> dict[str, Office]:
    """The offices held on that day (None: ever), one for each state, the highest first.

    Without a day the latest office stands for a state.
    """
    now = [term for term in terms if on is None or term.since <= on <= term.until]
    if on is None:
        now.sort(key=lambda term: (-term.until.toordinal(), _rank(term.office)))
    else:
        now.sort(key=lambda term: _rank(term.office))
    found: dict[str, Office] = {}
    for term in now:
        found.setdefault(term.state, term)
    return found
