"""Names in addresses and forms: a slug, an id, or whatever `ask` understands."""

from __future__ import annotations

from saidanddone import actors
from saidanddone.errors import AmbiguousActor, UnknownActor
from saidanddone.faces.pages import addresses
from saidanddone.model import Actor

LONGEST = 200
"""Characters of a name: the longest in the tables has fewer than a hundred."""

Named = Actor | AmbiguousActor | UnknownActor


def named(typed: str) -> Named:
    """Find the actor that a name means, or the error that says why there is none.

    >>> named("north-korea").id, named("Pyongyang").id, type(named("Korea")).__name__
    ('PRK', 'PRK', 'AmbiguousActor')
    """
    if len(typed) > LONGEST:
        wrong = f"a name of {len(typed):,} characters"
        return UnknownActor(wrong, "the name of a state", "shorten it")
    known = addresses.actor_id(typed)
    if known is not None:
        return actors.actor(known)
    try:
        return actors.resolve(typed)
    except (AmbiguousActor, UnknownActor) as error:
        return error
