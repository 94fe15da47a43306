"""For whom a person acts in public: recorded offices, and the years of public life beside them."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from importlib.resources import files

from saidanddone.actors.names import key
from saidanddone.actors.offices import Office, held
from saidanddone.actors.tables import entries

PUBLIC_LIFE = "statesman"
"""What a row of statesmen.csv gives in the place of an office."""


@cache
def statesmen() -> tuple[tuple[tuple[str, ...], Office], ...]:
    """Rows of statesmen.csv: the spellings of a name, and the years in which it acts for a state.

    The years are those in which the press takes the person's acts for the state's; they are no
    terms of office, which offices.csv has.
    """
    text = files("saidanddone.reading").joinpath("statesmen.csv").read_text(encoding="utf-8")
    found: list[tuple[tuple[str, ...], Office]] = []
    for row in csv.DictReader(text.splitlines()):
        if row["state"] not in entries():
            continue
        since, until = row["since"], row["until"]
        office = Office(
            row["person"], row["state"], PUBLIC_LIFE, since, until,
            date(int(since), 1, 1), date(int(until), 12, 31) if until else date.max,
        )  # fmt: skip
        found.append(((row["person"], *filter(None, row["aliases"].split("|"))), office))
    return tuple(found)


@cache
def _by_name() -> dict[str, list[Office]]:
    found: dict[str, list[Office]] = {}
    for spellings, office in statesmen():
        for text in spellings:
            found.setdefault(key(text), []).append(office)
    return found


def career(person: str) -> list[Office]:
    """All that is recorded of a person, offices first."""
    return [*held(person), *_by_name().get(key(person), [])]


def serves(person: str, on: date | None) -> tuple[str, ...]:
    """The states for which a person acts on a day: by an office, else by public life.

    Without a day, all whom the person has ever served.
    """
    terms = career(person)
    now = [term for term in terms if on is None or term.since <= on <= term.until]
    offices = [term for term in now if term.office != PUBLIC_LIFE]
    return tuple(dict.fromkeys(term.state for term in offices or now))
