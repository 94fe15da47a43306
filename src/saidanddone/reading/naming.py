"""From names in a text to mentions: with their nouns, titles and other names of the same actor."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from datetime import date
from operator import itemgetter
from typing import Any

from saidanddone.reading.antecedents import Memory
from saidanddone.reading.appositions import joined, outermost
from saidanddone.reading.gazetteer import Entry, Match, find_names, fold, stops
from saidanddone.reading.mention import Mention
from saidanddone.reading.named import UNION, Named
from saidanddone.reading.phrases import (
    ACTORS,
    JOINTS,
    KIN,
    NOUN_USES,
    RULE_IN,
    STATES,
    Reach,
    cancelled,
    is_place,
    is_title,
    namesake,
    nouns,
    phrase_before,
    reach,
    titles_before,
)
from saidanddone.reading.surnames import Surnames

Doc = Any


class Naming(Named):
    """The names of one Doc on their way to mentions."""

    def __init__(self, doc: Doc, published: date | None, memory: Memory) -> None:
        self.memory, self.published = memory, published
        text: str = doc.text
        self.words, found = find_names(text)
        self.blocked = [(m.start, m.end) for m in found if m.entry.kind == "none"]
        real = [m for m in found if m.entry.kind != "none"]
        kept = [
            m for m in real if not (cancelled(text, self.words, m) or namesake(text, m))
        ]  # fmt: skip
        firsts = {m.first for m in kept}
        self.blocked += [(m.start, m.end) for m in real if m.first not in firsts]
        starts = [token.idx for token in doc]
        names = Surnames(doc, self.words, starts, published, memory).add(kept, found)
        super().__init__(doc, names, starts)
        self.blocked.sort()
        self.built: dict[int, Mention | None] = {}
        self.used: set[int] = set()
        self.extra: list[Mention] = []

    def blocks(self, start: int) -> bool:
        """Whether a place in the text lies in a name that is nobody's: 'the South China Sea'."""
        at = bisect_right(self.blocked, start, key=itemgetter(0)) - 1
        return at >= 0 and start < self.blocked[at][1]

    def mentions(self) -> list[Mention]:
        """All mentions by name, in the order of the text."""
        for n in range(len(self.matches)):
            if n not in self.used and n not in self.built:
                self.built[n] = self._build(n)
        found = [m for n, m in self.built.items() if m and n not in self.used] + self.extra
        found.sort(key=lambda m: (m.start, -m.end))
        return joined(outermost(found), self.doc, self.text)

    def _build(self, n: int) -> Mention | None:
        match = self.matches[n]
        first, end = self._span(match)
        if match.entry.kind == "organization":
            return self._organization(n, first, end)
        if match.entry.kind == "person":
            return self._person(n, first, end)
        return self._state(n, first, end)

    def _organization(self, n: int, first: int, end: int) -> Mention:
        match = self.matches[n]
        found = self._reach(n, end) if self._owns(end) or not self._closed(end) else None
        if found and found.person:
            self.used.add(n + 1)
            return self._holder(n + 1, first, found.end, match.entry)
        if found is None or found.noun.sort not in ACTORS:
            return self._make(first, end, "organization", match.entry, match)
        return self._national(first, match.entry, found, "organization")

    def _reach(self, n: int, end: int) -> Reach | None:
        """The noun phrase after a name, to the next name or through a person's."""
        start = end + self._owns(end)
        if self._next_person(n):
            return reach(self.doc, start, *self._span(self.matches[n + 1]))
        return reach(self.doc, start, before=self._next_start(n))

    def _person(self, n: int, first: int, end: int) -> Mention | None:
        doc, entry = self.doc, self.matches[n].entry
        if end + 1 < len(doc) and doc[end].tag_ == "POS" and doc[end + 1].lower_ in KIN:
            return self._relative(n, first, end)
        first = self._kin_before(titles_before(doc, first), entry)
        return self._make(first, end, "person", entry, self.matches[n], human=True, government=True)

    def _kin_before(self, first: int, entry: Entry) -> int:
        """Take in "Kim's son, " before a person, and remember who that is."""
        doc = self.doc
        at = first - 1 - (first > 0 and doc[first - 1].text == ",")
        if at < 2 or doc[at].lower_ not in KIN or doc[at - 1].tag_ != "POS":
            return first
        if doc[at - 2].pos_ != "PROPN":
            return first
        if entry.bearer:
            self.memory.kin[doc[at - 2].lower_, doc[at].lower_] = entry.bearer
        return at - 2

    def _relative(self, n: int, first: int, end: int) -> Mention | None:
        """Read "Kim's son" with the name beside it, or as it was explained before."""
        entry = self.matches[n].entry
        noun, end = self.doc[end + 1].lower_, end + 2
        whose = (self.matches[n].entry.words[0].lower(), noun)
        if n + 1 < len(self.matches) and self.matches[n + 1].entry.kind == "person":
            named = self.matches[n + 1]
            gap = self.text[self.doc[end - 1].idx + len(noun) : named.start]
            if gap in (", ", " "):
                self.used.add(n + 1)
                if named.entry.bearer:
                    self.memory.kin[whose] = named.entry.bearer
                last = self._span(named)[1]
                return self._make(first, last, "person", named.entry, human=True, government=True)
        bearer = self.memory.kin.get(whose)
        return self._make(first, end, "short", entry, bearer=bearer, name="", human=True)

    def _state(self, n: int, first: int, end: int) -> Mention | None:
        doc, match = self.doc, self.matches[n]
        entry = match.entry
        adjective = entry.kind == "adjective"
        if self._forename(n, first, end):
            return None
        if first > 1 and doc[first - 1].lower_ in ("and", "or"):
            self._other_half(match, first)
        if led := self._led(n, first, end):
            return led
        if entry.kind in ("name", "capital", "metonym") and (of := self._of(n, first, end)):
            return of
        owns = self._owns(end)
        open_ = entry.kind != "people" and (adjective or owns or not self._closed(end))
        found = self._reach(n, end) if open_ else None
        if found and found.person:
            self.used.add(n + 1)
            return self._holder(n + 1, first, found.end, entry)
        if entry.name == "Brussels" and self._means_union(match):
            return self._make(first, end, "organization", UNION, match)
        if found and found.noun.sort in ACTORS:
            return self._national(first, entry, found)
        if found and found.noun.sort == "ground" and (adjective or owns):
            return self._ground(n, first, found.end, entry)
        if adjective and (found or self._of_country(first, end)):
            return self._make(first, end, "state", entry, match, possessive=True)
        if adjective or entry.kind == "people":
            return self._noun_use(n, first, end)
        return self._plain(n, first, end)

    def _forename(self, n: int, first: int, end: int) -> bool:
        doc, entry = self.doc, self.matches[n].entry
        if len(entry.words) != 1 or fold(entry.words[0]) not in stops().forenames:
            return False
        if end < len(doc) and doc[end].pos_ == "PROPN" and doc[end].text[0].isupper():
            known = n + 1 < len(self.matches) and self._span(self.matches[n + 1])[0] == end
            if not known and doc[end].lower_ not in nouns() and not is_title(doc[end].text):
                return True
        before = doc[first - 1] if first else None
        return bool(
            before is not None
            and before.ent_type_ == "PERSON"
            and before.text[0].isupper()
            and before.head.i == end - 1
        )

    def _holder(self, n: int, first: int, end: int, entry: Entry) -> Mention:
        """A person with the state's name before him; a former holder stands for himself."""
        name = "" if self._former(first) else entry.name
        person = self.matches[n].entry
        bearer = person.bearer or entry.bearer
        return self._make(
            first, end, "person", entry, bearer=bearer, name=name, human=True, government=True
        )

    def _noun_use(self, n: int, first: int, end: int) -> Mention | None:
        doc, match = self.doc, self.matches[n]
        token = doc[end - 1]
        people = match.entry.kind == "people"
        article = first > 0 and doc[first - 1].lower_ in ("the", "a", "an", "one")
        if joined := self._joined(n, first, end):
            return joined
        free = end >= len(doc) or doc[end].pos_ not in ("NOUN", "PROPN", "ADJ")
        free = free and not (end < len(doc) and self.text[match.end : match.end + 1] == "-")
        subject = token.dep_ in ("nsubj", "nsubjpass") and token.head.i >= end
        if not people and not (free and token.dep_ in NOUN_USES and (article or subject)):
            return None
        one = first > 0 and doc[first - 1].lower_ in ("a", "an", "one")
        return self._make(
            first, end, "national", match.entry, match, plural=people or not one, human=True
        )

    def _joined(self, n: int, first: int, end: int) -> Mention | None:
        """'Russian' of 'Russian and Chinese officials': what the next adjective modifies."""
        if n + 1 >= len(self.matches) or self.matches[n + 1].entry.kind not in STATES:
            return None
        match = self.matches[n]
        gap = self.text[match.end : self.matches[n + 1].start].strip()
        if gap not in JOINTS or match.entry.kind == "people":
            return None
        if n + 1 not in self.built:
            self.built[n + 1] = self._build(n + 1)
        after = self.built[n + 1]
        if after is None or after.kind not in ("national", "state"):
            return None
        made = self._make(first, end, after.kind, match.entry, match, possessive=after.possessive)
        return replace(
            made, government=after.government, human=after.human, plural=after.plural,
            place=after.place,
        )  # fmt: skip

    def _led(self, n: int, first: int, end: int) -> Mention | None:
        """'U.S.-led', 'Moscow-backed', 'anti-American': the state takes part."""
        match = self.matches[n]
        if match.last + 1 < len(self.words):
            after = self.words[match.last + 1]
            gap = self.text[match.end : after.start()]
            if gap in ("-", "\u2013") and after.group().endswith(("ed", "led")):
                return self._make(first, end, "state", match.entry, match, possessive=True)
        before = self.text[max(0, match.start - 5) : match.start].lower()
        if before.endswith("anti-"):
            return self._make(first, end, "state", match.entry, match, possessive=True)
        return None

    def _plain(self, n: int, first: int, end: int) -> Mention:
        match = self.matches[n]
        made = self._make(first, end, "state", match.entry, match)
        if (joined := self._joined(n, first, end)) and made.possessive:
            return joined
        return replace(made, place=is_place(self.doc, made.head, match.entry.kind == "capital"))

    def _other_half(self, match: Match, first: int) -> None:
        """'South' of 'South and North Korean troops'."""
        side = self.doc[first - 2]
        words = match.entry.words
        if side.text in ("North", "South") and words[0] in ("North", "South"):
            name = " ".join((side.text, *words[1:]))
            found = [m for m in find_names(name)[1] if m.entry.bearer]
            if found:
                self.extra.append(
                    self._make(side.i, side.i + 1, "state", found[0].entry, possessive=True)
                )

    def _of(self, n: int, first: int, end: int) -> Mention | None:
        """'The government of China', 'President of South Korea Lee', 'the regime in Pyongyang'."""
        doc, match = self.doc, self.matches[n]
        at = first - 1
        if at > 0 and doc[at].lower_ == "the":
            at -= 1
        if at < 1 or doc[at].lower_ not in ("of", "in"):
            return None
        noun = nouns().get(doc[at - 1].lower_)
        if noun is None or noun.sort not in ACTORS:
            return None
        if doc[at].lower_ == "in" and doc[at - 1].lower_ not in RULE_IN:
            return None
        begins = phrase_before(doc, at - 1)
        if n and self.matches[n - 1].end > doc[begins].idx:
            return None
        if self._next_person(n):
            after = self.matches[n + 1]
            gap = self.text[match.end : after.start]
            if noun.sort == "office" and gap in (" ", ", "):
                self.used.add(n + 1)
                return self._holder(n + 1, begins, self._span(after)[1], match.entry)
        return self._national(begins, match.entry, Reach(end, noun, at - 1, False))
