"""Short forms within a document: what 'the regime', 'the North', 'he' or 'it' stand for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from saidanddone.actors.offices import Office
from saidanddone.actors.tables import entries
from saidanddone.reading.careers import career
from saidanddone.reading.families import family_name
from saidanddone.reading.gazetteer import table
from saidanddone.reading.timeline import Timeline

if TYPE_CHECKING:
    from saidanddone.reading.mentions import Mention

HALVES: dict[str, tuple[str, ...]] = {
    "Korea": ("PRK", "KOR"),
    "Vietnam": ("VDR", "RVN"),
    "Yemen": ("YAR", "YMD"),
}
"""Divided countries whose halves are called the North and the South, with their actors."""


LIVING = frozenset({
    "bear", "dragon", "eagle", "lion", "wolf", "tiger", "dog", "cat", "giant", "beast", "fox",
    "snake", "bird", "elephant", "horse", "monster", "ship", "plane", "missile", "rocket", "train",
})  # fmt: skip
"""Things and beasts, in a figure of speech too, that 'it' means when they are the subject."""


class ShortForm(NamedTuple):
    """What a phrase of short_forms.csv refers to: state, person, organization; and which ones."""

    refers: str
    to: frozenset[str]


@cache
def short_forms() -> dict[str, ShortForm]:
    """The phrases of short_forms.csv."""
    return {
        row["phrase"]: ShortForm(row["refers"], frozenset(filter(None, row["to"].split("|"))))
        for row in table("short_forms.csv")
    }


class Memory:
    """What a document has named so far, sentence by sentence.

    Antecedents are sought in the sentence itself, then in the one before it; where more than one
    fits, none is chosen.
    """

    def __init__(self) -> None:
        self.current: list[Mention] = []
        self.previous: list[Mention] = []
        self.persons: dict[str, set[str]] = {}
        self.strangers: set[str] = set()
        self.organizations: list[str] = []
        self.divided: set[str] = set()
        self.timeline = Timeline()
        self.kin: dict[tuple[str, str], str] = {}

    def next_sentence(self) -> None:
        """Close a sentence: what it named becomes the sentence before."""
        self.previous, self.current = self.current, []

    def meet(self, person: str) -> None:
        """Remember a person by the family name, once the full name has been read."""
        for term in career(person)[:1]:
            self.persons.setdefault(family_name(person, term.state), set()).add(person)

    def note(self, mention: Mention) -> None:
        """Remember a mention; one without a bearer still counts as a possible antecedent."""
        self.current.append(mention)
        if mention.kind == "organization" and mention.bearer:
            self.organizations.append(mention.bearer)

    def survey(self, named: Iterable[Mention]) -> None:
        """Look a sentence over for divided countries, also behind 'the North' itself."""
        for mention in named:
            states = _states(mention)
            for country, halves in HALVES.items():
                if not states.isdisjoint(halves) or mention.text == country:
                    self.divided.add(country)

    def half(self, side: str) -> str | None:
        """The name of 'the North' or 'the South', where one divided country was named."""
        return f"{side} {next(iter(self.divided))}" if len(self.divided) == 1 else None

    def state(self, to: frozenset[str] = frozenset()) -> Mention | None:
        """The one state named here, else in the sentence before; of those in to where they are."""

        def fits(m: Mention) -> bool:
            return m.kind in ("state", "national") or _short_state(m)

        if to and (found := self._sole(lambda m: fits(m) and not _states(m).isdisjoint(to))):
            return found
        return self._sole(fits)

    def pair(self) -> tuple[Mention, ...]:
        """The two states that 'the two nations' are, or nothing."""
        for sentence in (self.current, self.previous, [*self.previous, *self.current]):
            states: dict[frozenset[str], Mention] = {}
            for mention in sentence:
                ids = _states(mention) if mention.kind != "organization" else frozenset()
                if ids and states.setdefault(ids, mention).kind == "person":
                    states[ids] = mention
            if len(states) == 2:
                return tuple(states.values())
            if len(states) > 2:
                return ()
        return ()

    def person(self, phrase: str = "", to: frozenset[str] = frozenset()) -> Mention | None:
        """The one person named here, else before, who fits a phrase such as 'the minister'."""
        word = phrase.rpartition(" ")[2]

        def fits(m: Mention) -> bool:
            if not m.human or m.plural:
                return False
            if not to or word in m.text.lower().split():
                return True
            return any(term.office.removeprefix("acting ") in to for term in _terms(m))

        return self._sole(fits)

    def thing(self) -> Mention | None:
        """The one state or organisation that 'it' may be: a subject, not a place."""
        return self._sole(
            lambda m: (
                (m.kind in ("state", "organization") or _short_state(m) or _body(m))
                and not (m.place or m.possessive)
            )
        )

    def group(self) -> Mention | None:
        """The one plural mention that 'they' may be."""
        return self._sole(lambda m: m.plural)

    def organization(self, to: frozenset[str]) -> str | None:
        """The one organisation named so far that a short form may mean ('*': any)."""
        found = {id_ for id_ in self.organizations if "*" in to or id_ in to}
        return next(iter(found)) if len(found) == 1 else None

    def _sole(self, fits: Callable[[Mention], bool]) -> Mention | None:
        for sentence in (self.current, self.previous):
            found = _distinct(mention for mention in sentence if fits(mention))
            if found:
                return found[0] if len(found) == 1 else None
        return None


def _terms(m: Mention) -> list[Office]:
    return career(m.bearer) if m.bearer and m.kind in ("person", "short") else []


def _states(m: Mention) -> frozenset[str]:
    """The states that a mention may stand for on one day or another."""
    if m.bearer is None or m.bearer in entries():
        return frozenset(filter(None, (m.bearer,)))
    return frozenset(term.state for term in career(m.bearer))


def _short_state(m: Mention) -> bool:
    if m.kind != "short" or m.human or m.plural:
        return False
    entry = entries().get(m.bearer or "")
    return entry is None or entry.actor.kind != "organization"


def _body(m: Mention) -> bool:
    return m.kind == "national" and m.government is True and not m.human and not m.plural


def _distinct(mentions: Iterable[Mention]) -> list[Mention]:
    """One mention for each bearer; those without one are all different."""
    found: dict[object, Mention] = {}
    for mention in mentions:
        found.setdefault(mention.bearer or mention.start, mention)
    return list(found.values())


def of_a_thing(token: Any, named: list[Mention]) -> bool:
    """Whether the subject before 'it' is no actor: 'the bear does not growl, it sleeps'."""
    before = [
        t for t in token.sent
        if t.i < token.i and t.dep_ in ("nsubj", "nsubjpass") and t.head.dep_ != "relcl"
    ]  # fmt: skip
    if not before or before[-1].pos_ != "NOUN" or before[-1].tag_ != "NN":
        return False
    at = before[-1].idx
    return not any(m.start <= at < m.end for m in named) and before[-1].lower_ in LIVING
