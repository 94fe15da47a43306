"""Family names alone: after a title, or of persons whose full name the document gave before."""

from __future__ import annotations

import re
from bisect import bisect_right
from datetime import date
from functools import cache
from typing import Any

from saidanddone.reading.antecedents import Memory
from saidanddone.reading.families import families
from saidanddone.reading.gazetteer import TITLES, Entry, Match, fold, table
from saidanddone.reading.phrases import is_title, nouns

_NO_PERSON = frozenset({"GPE", "LOC", "FAC", "EVENT", "WORK_OF_ART", "LAW", "PRODUCT", "DATE"})
"""Entity types under which the parser hardly ever puts a person."""


@cache
def _common() -> frozenset[str]:
    """Family names that too many bear, or that are words, to mean one statesman alone."""
    return frozenset(
        row["phrase"] for row in table("not_actors.csv") if row["position"] == "family"
    )


class Surnames:
    """Finds the family names of one Doc; starts are the offsets of its tokens."""

    def __init__(
        self,
        doc: Any,
        words: list[re.Match[str]],
        starts: list[int],
        published: date | None,
        memory: Memory,
    ) -> None:
        self.doc, self.words, self.starts = doc, words, starts
        self.published, self.memory = published, memory
        self.text: str = doc.text

    def add(self, kept: list[Match], found: list[Match]) -> list[Match]:
        """Add family names after a title, or of persons whose full name was read before."""
        covered = {n for m in found for n in range(m.first, m.last + 1)}
        at = {m.first: m for m in kept}
        known = families()
        result: list[Match] = []
        for n, word in enumerate(self.words):
            match = at.get(n)
            if match is None and n not in covered and word.group()[0].isupper():
                folded = fold(word.group())
                if folded in known:
                    match = self._surname(n, folded, covered)
            if match is None:
                continue
            if match.entry.kind == "person":
                if len(match.entry.words) > 1 and match.entry.bearer:
                    self.memory.meet(match.entry.bearer)
                elif self._others_name(match.first, at):
                    continue
            result.append(match)
        return result

    def _surname(self, n: int, folded: str, covered: set[int]) -> Match | None:
        word = self.words[n]
        if n + 1 < len(self.words) and n + 1 not in covered:
            after = self.words[n + 1]
            gap = self.text[word.end() : after.start()]
            if gap in (" ", "-") and after.group()[0].isupper():
                return None
        persons = self.memory.persons.get(folded, set())
        if not persons or self._title(n):
            persons = self._titled(n, folded) or persons
        if not persons:
            persons = self._known_now(n, folded)
        if not persons and not self._has_kin(word):
            return None
        bearer = next(iter(persons)) if len(persons) == 1 else None
        entry = Entry((word.group(),), "person", bearer, "", False)
        return Match(n, n, word.start(), word.end(), entry)

    def _known_now(self, n: int, folded: str) -> set[str]:
        """Who bears a family name alone on the day of publication: 'Trudeau said'.

        One person, or several of one state; nobody where the name is a common one, or where the
        document has named another who bears it.
        """
        on = self.published
        if on is None or folded in _common() or folded in self.memory.strangers:
            return set()
        if self._after_forename(n):
            self.memory.strangers.add(folded)
            return set()
        token = self.doc[bisect_right(self.starts, self.words[n].start()) - 1]
        if token.pos_ != "PROPN" or token.ent_type_ in _NO_PERSON:
            return set()
        serving = {
            person: {term.state for term in terms if term.since <= on <= term.until}
            for person, terms in families()[folded].items()
        }
        now = {person for person, states in serving.items() if states}
        states = {state for person in now for state in serving[person]}
        return {min(now)} if len(states) == 1 else set()

    def _after_forename(self, n: int) -> bool:
        """Whether a capitalised word stands before a name that is no title."""
        if n == 0 or self.text[self.words[n - 1].end() : self.words[n].start()] not in (" ", ". "):
            return False
        before = self.words[n - 1].group()
        token = self.doc[bisect_right(self.starts, self.words[n - 1].start()) - 1]
        if is_title(before) or fold(before) in nouns() or not before[0].isupper():
            return False
        return bool(token.pos_ == "PROPN")

    def _has_kin(self, word: re.Match[str]) -> bool:
        after = re.match(r"['\u2019]s (\w+)", self.text[word.end() :])
        return bool(after and (word.group().lower(), after[1].lower()) in self.memory.kin)

    def _title(self, n: int) -> str:
        if n == 0 or self.text[self.words[n - 1].end() : self.words[n].start()] != " ":
            return ""
        title = self.words[n - 1].group().lower()
        if title == "minister" and n > 1 and self.words[n - 2].group().lower() == "prime":
            return "prime minister"
        return title if title in TITLES else ""

    def _titled(self, n: int, folded: str) -> set[str]:
        offices = TITLES.get(self._title(n))
        if not offices:
            return set()
        fitting = {
            person: [term for term in terms if term.office.removeprefix("acting ") in offices]
            for person, terms in families()[folded].items()
        }
        persons = {person for person, terms in fitting.items() if terms}
        if met := persons & self.memory.persons.get(folded, set()):
            return met
        on = self.published
        serving = {
            person for person in persons if on and any(
                term.since <= on <= term.until for term in fitting[person]
            )
        }  # fmt: skip
        return serving or persons

    def _others_name(self, n: int, at: dict[int, Match]) -> bool:
        """Whether a lone family name follows a stranger's first name: Michelle Obama."""
        if n == 0:
            return False
        before = self.words[n - 1]
        if self.text[before.end() : self.words[n].start()] != " " or not before.group().istitle():
            return False
        if is_title(before.group()) or fold(before.group()) in nouns() or len(before.group()) < 3:
            return False
        ends = {m.last for m in at.values()}
        return (
            n - 1 not in ends
            and self.doc[bisect_right(self.starts, before.start()) - 1].pos_ == "PROPN"
        )
