"""What the ask box of a static site knows: every name of every state that has a page."""

from __future__ import annotations

import json
from collections.abc import Iterable

from saidanddone.actors.foreign import foreign_index
from saidanddone.actors.names import choose, index
from saidanddone.actors.offices import in_office, offices
from saidanddone.faces.pages import addresses
from saidanddone.faces.pages.environment import name_of


def names_json(ids: Iterable[str], pairs: Iterable[tuple[str, str]] | None = None) -> bytes:
    """The bytes of names.json for the actors that a site has pages of.

    names: every name reduced as `ask` reduces it (no case, accents, punctuation, article), with
    the positions in slugs and labels of the actors it means, one or several. pairs: for every pair
    that has a page its two positions; null where every pair has one.
    """
    known = sorted(set(ids), key=lambda id_: (name_of(id_), id_))
    position = {id_: at for at, id_ in enumerate(known)}
    found: dict[str, list[int]] = {}

    def add(typed: str, borne: Iterable[str]) -> None:
        at = sorted({position[id_] for id_ in borne if id_ in position})
        if typed and at and typed not in found:
            found[typed] = at

    for typed, bearings in index().items():
        add(typed, choose(bearings, None))
    for typed, terms in offices().items():
        add(typed, in_office(terms, None))
    for typed, bearings in foreign_index().items():
        add(typed, choose(bearings, None))
    listed = None
    if pairs is not None:
        listed = sorted(
            [position[a], position[b]] for a, b in pairs if a in position and b in position
        )
    content = {
        "slugs": [addresses.slug(id_) for id_ in known],
        "labels": [name_of(id_) for id_ in known],
        "names": dict(sorted(found.items())),
        "pairs": listed,
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
