"""The tables of this folder, read once: states, names, organisations."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from saidanddone.model import Actor, FuzzyDate


class Name(NamedTuple):
    """One way an actor is named, and the days between which it bears the name."""

    id: str
    text: str
    kind: str
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Entry:
    """An actor with its codes; each code is a tuple, since some states had several."""

    actor: Actor
    codes: dict[str, tuple[str, ...]]
    capital: str

    def existed(self, on: date) -> bool:
        """Whether the actor existed on that day, as far as its dates are recorded."""
        entry, exit_ = self.actor.entry, self.actor.exit
        return (entry is None or entry.first <= on) and (exit_ is None or on <= exit_.last)


SCHEMES = ("iso2", "cow", "gw", "cameo", "fips", "icews")
"""The code columns of states.csv; several codes in one cell are separated by |."""


def rows(file: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a table of this folder, blanks around cells removed."""
    table = files("saidanddone.actors").joinpath(file)
    if not table.is_file():
        return
    lines = table.read_text(encoding="utf-8").splitlines()
    for row in csv.DictReader(lines):
        yield {column: (cell or "").strip() for column, cell in row.items() if column}


def split(cell: str) -> tuple[str, ...]:
    """Split a cell that holds several values separated by |."""
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def fuzzy(cell: str) -> FuzzyDate | None:
    """Read a date cell; an empty one is not known."""
    return FuzzyDate.parse(cell) if cell else None


def span(since: str, until: str) -> tuple[date, date]:
    """Read two date cells as a span of days; an empty cell leaves that end open."""
    first, last = fuzzy(since), fuzzy(until)
    return first.first if first else date.min, last.last if last else date.max


@cache
def entries() -> dict[str, Entry]:
    """Every actor by id: states of today, historical states, organisations, in table order."""
    found: dict[str, Entry] = {}
    for row in rows("states.csv"):
        historical = row["kind"] == "historical"
        actor = Actor(
            id=row["id"],
            name=row["name"],
            kind="historical" if historical else "state",
            entry=fuzzy(row["entry"]),
            exit=fuzzy(row["exit"]),
        )
        codes = {scheme: split(row[scheme]) for scheme in SCHEMES}
        found[actor.id] = Entry(actor, codes, row["capital"])
    for row in rows("organizations.csv"):
        actor = Actor(
            id=row["id"],
            name=row["name"],
            kind="organization",
            entry=fuzzy(row["founded"]),
            exit=fuzzy(row["dissolved"]),
        )
        codes = {"cameo": split(row["cameo"]), "icews": split(row["icews"])}
        found[actor.id] = Entry(actor, codes, "")
    return found


@cache
def names() -> tuple[Name, ...]:
    """Every name of every actor, organisations included, in table order."""
    found: list[Name] = []
    for row in rows("names.csv"):
        found.append(Name(row["id"], row["name"], row["kind"], *span(row["since"], row["until"])))
    for row in rows("organizations.csv"):
        for text in (row["name"], *split(row["names"])):
            found.append(Name(row["id"], text, "name", date.min, date.max))
    return tuple(found)
