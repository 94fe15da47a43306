"""From what people type to one actor, or a refusal that names the candidates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from saidanddone.actors.foreign import foreign_index
from saidanddone.actors.names import choose, index, key
from saidanddone.actors.offices import Office, held, in_office, offices
from saidanddone.actors.roles import role
from saidanddone.actors.tables import entries
from saidanddone.errors import AmbiguousActor, UnknownActor
from saidanddone.model import Actor

if TYPE_CHECKING:
    import polars as pl

_ARTICLE = re.compile(r"^(?:(?:la|le|les|el|los|die|der|das|al)\s+|[ld]['’])", re.IGNORECASE)
_GOVERNMENT = re.compile(r"^(?:the )?government of (.+)$|^(.+) government$", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"^(.+\S)\s*\(([^()]+)\)$")


CODE_LETTERS = 3
"""Letters of an ISO code, which has no plural."""


class Sought(NamedTuple):
    """What a search found: ids (none, one or several) and the offices that led there."""

    ids: tuple[str, ...]
    offices: tuple[Office, ...] = ()


def search(name: str, on: date | None = None) -> Sought:
    """Look a name up and never raise; a person out of office gives no ids but the offices."""
    name = name.strip()
    typed = key(name)
    if not typed:
        return Sought(())
    if bearings := index().get(typed):
        return Sought(choose(bearings, on))
    if terms := held(name):
        serving = in_office(terms, on)
        return Sought(tuple(serving), tuple(serving.values()) or tuple(terms))
    for other in _other_forms(name, typed):
        if bearings := index().get(other):
            return Sought(choose(bearings, on))
    return Sought(choose(foreign_index().get(typed, ()), on))


def _other_forms(name: str, typed: str) -> Iterator[str]:
    """Yield keys with an article, the word government, a role or a plural's s taken away."""
    if (bare := _ARTICLE.sub("", name)) != name:
        yield key(bare)
    if government := _GOVERNMENT.match(name):
        yield key(government[1] or government[2])
    if (bracketed := _IN_BRACKETS.match(name)) and role(bracketed[1]):
        yield key(bracketed[2])
    if typed.endswith("s") and len(typed) > CODE_LETTERS + 1:  # Mars is no plural of MAR
        yield typed[:-1]


def resolve(name: str, on: date | None = None) -> Actor:
    """Find the actor that a name means on a day.

    Ids, names, aliases, capitals, adjectives, organisations and two-letter codes count, in
    that order, then persons through the office they held; case, accents, punctuation and
    articles do not. Without a day the states of today are meant. A state is returned also for
    a day on which it did not exist: its entry and exit tell. Raises UnknownActor and
    AmbiguousActor, which name the candidates.

    >>> resolve("Moscow").id, resolve("Moscow", date(1970, 1, 1)).id
    ('RUS', 'SUN')
    """
    found = search(name, on)
    if len(found.ids) == 1:
        office = found.offices[0].office if found.offices else None
        return replace(entries()[found.ids[0]].actor, office=office)
    if found.ids:
        raise _ambiguous(name, found)
    if found.offices:
        raise _out_of_office(name, on, found.offices)
    raise _unknown(name)


def actor(id: str) -> Actor:
    """Return the actor with that id (any case); raises UnknownActor."""
    found = entries().get(id) or entries().get(id.strip().upper())
    if found is None:
        raise _unknown(id)
    return found.actor


def actors() -> pl.DataFrame:
    """All actors as a table: id, name, kind, entry, exit (text, cut to precision), capital."""
    import polars as pl

    table = [
        {
            "id": entry.actor.id,
            "name": entry.actor.name,
            "kind": entry.actor.kind,
            "entry": str(entry.actor.entry) if entry.actor.entry else None,
            "exit": str(entry.actor.exit) if entry.actor.exit else None,
            "capital": entry.capital or None,
        }
        for entry in entries().values()
    ]
    columns = ("id", "name", "kind", "entry", "exit", "capital")
    return pl.DataFrame(table, schema=dict.fromkeys(columns, pl.String))


def _label(id_: str) -> str:
    return f"{entries()[id_].actor.name} ({id_})"


def _ambiguous(name: str, found: Sought) -> AmbiguousActor:
    return AmbiguousActor(
        f"'{name}' may mean {' or '.join(_label(id_) for id_ in found.ids)}",
        "a name that only one actor bears",
        f"write {' or '.join(found.ids)}",
    )


def _out_of_office(name: str, on: date | None, terms: tuple[Office, ...]) -> UnknownActor:
    return UnknownActor(
        f"'{name}' held no recorded office on {on}",
        "a date in office: " + ", ".join(map(str, terms)),
        f"name the state ({', '.join(sorted({term.state for term in terms}))}) or another date",
    )


def _unknown(name: str) -> UnknownActor:
    import difflib

    # 0.6 is difflib's own default: below it candidates share hardly more than their length.
    close = difflib.get_close_matches(key(name)[:60], [*index(), *offices()], n=8, cutoff=0.6)
    ids: dict[str, None] = {}
    for typed in close:
        borne = choose(index().get(typed, ()), None)
        ids |= dict.fromkeys(borne or [term.state for term in offices()[typed]])
    return UnknownActor(
        f"no state or organisation is named '{name}'",
        "a name, capital, adjective or ISO code of a state, or an organisation",
        f"try {', '.join(map(_label, list(ids)[:4]))}" if ids else "correct the name",
    )
