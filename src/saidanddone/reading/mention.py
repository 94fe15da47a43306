"""What a mention of an actor is, and whom it names on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from saidanddone.actors.names import choose, index, key
from saidanddone.actors.succession import predecessors
from saidanddone.actors.tables import entries
from saidanddone.reading.careers import serves


@dataclass(frozen=True, slots=True)
class Mention:
    """A run of words that names an actor.

    start and end are character offsets into the Doc's text, head the number of the head token.
    bearer is a state's or organisation's id as of today, a person's name as in offices.csv, or
    None where nobody or several may be meant. name is what actors/ resolves on a day ("Moscow",
    "Russian"; empty for a bare person). place: named as a place; possessive: only modifies a noun;
    government: whether the phrase acts for its government, None where it does not say; human and
    plural say which pronouns may mean it. members holds both actors of 'the two nations',
    each at the place of the phrase itself.
    """

    start: int
    end: int
    text: str
    head: int
    kind: Literal["state", "organization", "person", "national", "short"]
    bearer: str | None
    name: str = ""
    place: bool = False
    possessive: bool = False
    government: bool | None = None
    human: bool = False
    plural: bool = False
    members: tuple[Mention, ...] = ()


def actor_on(mention: Mention, on: date | None) -> str | None:
    """The id of the actor that a mention names on the day of the act; None: today.

    A person stands for the state in whose office he was on that day, and for nobody on another
    day, unless the text itself calls him that state's office-holder. Where the text and the office
    name different states, nobody is certain: None.
    """
    if mention.bearer is None:
        return None
    named = choose(index().get(key(mention.name), ()), on) if mention.name else ()
    if mention.bearer in entries():
        if not mention.name or entries()[mention.bearer].actor.kind == "organization":
            return mention.bearer
        return named[0] if len(named) == 1 else None
    serving = serves(mention.bearer, on)
    if not mention.name:
        return serving[0] if len(serving) == 1 else None
    if len(named) != 1:
        return None
    if not serving or named[0] in serving or _follows(serving, named[0]):
        return named[0]
    return None


def served(mention: Mention) -> str | None:
    """The one state that a person ever served, for what is said of the dead; None: several."""
    if mention.bearer is None or mention.bearer in entries():
        return None
    states = serves(mention.bearer, None)
    return states[0] if len(states) == 1 else None


def actors_on(mention: Mention, on: date | None) -> tuple[str, ...]:
    """The ids that a mention names on a day: two for 'the two nations', none where unknown."""
    each = mention.members or (mention,)
    return tuple(id_ for one in each if (id_ := actor_on(one, on)) is not None)


def _follows(serving: tuple[str, ...], state: str) -> bool:
    return any(earlier.id in serving for earlier in predecessors(state))
