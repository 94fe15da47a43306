"""Family names of office-holders and statesmen, and whom they may mean."""

from __future__ import annotations

from functools import cache

from saidanddone.actors.offices import Office, offices
from saidanddone.reading.careers import statesmen
from saidanddone.reading.words import WORD, fold

FAMILY_NAME_FIRST = frozenset({"PRK", "KOR", "CHN", "TWN", "VNM", "VDR", "RVN", "KHM"})
"""States whose office-holders the table writes with the family name in front."""


def family_name(person: str, state: str) -> str:
    """The family name of an office-holder, folded.

    >>> family_name("Lee Myung-bak", "KOR"), family_name("George W. Bush", "USA")
    ('lee', 'bush')
    """
    words = WORD.findall(person)
    return fold(words[0] if state in FAMILY_NAME_FIRST else words[-1])


@cache
def families() -> dict[str, dict[str, list[Office]]]:
    """Office-holders by folded family name and person, with their offices."""
    found: dict[str, dict[str, list[Office]]] = {}
    recorded = [term for terms in offices().values() for term in terms]
    for term in (*recorded, *(office for _, office in statesmen())):
        persons = found.setdefault(family_name(term.person, term.state), {})
        held = persons.setdefault(term.person, [])
        if term not in held:
            held.append(term)
    return found
