"""Which state followed which, when, and how."""

from __future__ import annotations

from functools import cache
from typing import Literal, NamedTuple, cast

from saidanddone.actors.resolve import actor
from saidanddone.actors.tables import rows
from saidanddone.model import Actor, FuzzyDate

Relation = Literal["continues", "splits", "merges", "renames"]


class Succession(NamedTuple):
    """One state following another; date is the successor's first day at its precision."""

    predecessor: str
    successor: str
    date: FuzzyDate
    relation: Relation


@cache
def successions() -> tuple[Succession, ...]:
    """All recorded successions in table order."""
    return tuple(
        Succession(
            row["predecessor"],
            row["successor"],
            FuzzyDate.parse(row["date"]),
            cast("Relation", row["relation"]),
        )
        for row in rows("successions.csv")
    )


def predecessors(id: str) -> tuple[Actor, ...]:
    """The states that this one continues or is a new name of; raises UnknownActor.

    States that it split from or was merged out of are not among them: their acts were
    another's. Only the direct predecessor is given.

    >>> [state.id for state in predecessors("RUS")]
    ['SUN']
    """
    state = actor(id).id
    return tuple(
        actor(step.predecessor)
        for step in successions()
        if step.successor == state and step.relation in ("continues", "renames")
    )


def successors(id: str) -> tuple[Actor, ...]:
    """Every state that followed this one, by whatever relation; raises UnknownActor.

    >>> [state.id for state in successors("CSK")]
    ['CZE', 'SVK']
    """
    state = actor(id).id
    return tuple(actor(step.successor) for step in successions() if step.predecessor == state)
