"""Who acts: a state or an organisation, and a directed pair of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from saidanddone.model.dates import FuzzyDate


@dataclass(frozen=True, slots=True)
class Actor:
    """A state, a historical state or an organisation.

    id is ISO 3166-1 alpha-3 for states of today. entry and exit are the days on which a state
    enters and leaves the system of states as far as they are certain, else None. office is the
    office through which a person's name led here, else None.
    """

    id: str
    name: str
    kind: Literal["state", "historical", "organization"]
    entry: FuzzyDate | None = None
    exit: FuzzyDate | None = None
    office: str | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """A directed pair: what the source says and does toward the target."""

    source: Actor
    target: Actor
