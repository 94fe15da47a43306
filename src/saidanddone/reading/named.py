"""One Doc with the names found in it: tokens, spans and neighbours of a name."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from typing import Any

from saidanddone.reading.gazetteer import Entry, Match, idle_nouns
from saidanddone.reading.mention import Mention
from saidanddone.reading.phrases import Reach, is_place, modifies, with_article

Doc = Any

UNION = Entry(("Brussels",), "organization", "EU", "EU", False)
"""What the press mostly means by Brussels since the Union was founded."""

UNION_FOUNDED = date(1993, 11, 1)

TARIFFS = frozenset({"tariff", "duty", "levy", "tax", "ban", "quota", "embargo", "curb"})
"""What is put on goods, and hits whose they are."""


class Named:
    """A Doc, its text, the offsets of its tokens, and the names in the order of the text."""

    published: date | None = None
    used: set[int]

    def __init__(self, doc: Doc, matches: list[Match], starts: list[int]) -> None:
        self.doc, self.matches, self.starts = doc, matches, starts
        self.text: str = doc.text

    def _token(self, char: int) -> int:
        return bisect_right(self.starts, char) - 1

    def _span(self, match: Match) -> tuple[int, int]:
        return self._token(match.start), self._token(match.end - 1) + 1

    def _make(
        self, first: int, end: int, kind: Any, entry: Entry, match: Match | None = None, **more: Any
    ) -> Mention:
        doc = self.doc
        head = doc[first:end].root.i
        first = with_article(doc, first, end)
        start, stop = doc[first].idx, doc[end - 1].idx + len(doc[end - 1].text)
        if match and first == self._token(match.start):
            start = match.start
        if match and end == self._token(match.end - 1) + 1:
            stop = match.end
        if "possessive" not in more:
            more["possessive"] = modifies(self.doc, head, end)
        name = more.pop("name", entry.name)
        bearer = more.pop("bearer", entry.bearer)
        return Mention(start, stop, self.text[start:stop], head, kind, bearer, name, **more)

    def _owns(self, end: int) -> bool:
        return end < len(self.doc) and self.doc[end].tag_ == "POS"

    def _closed(self, end: int) -> bool:
        """Whether a bare state's name is a phrase of its own: 'gave China officers'."""
        token = self.doc[end - 1]
        return token.dep_ in ("dative", "nsubj", "nsubjpass", "dobj") and token.head.i < end

    def _former(self, first: int) -> bool:
        return first > 0 and self.doc[first - 1].lower_ in ("former", "ex", "late", "then-former")

    def _next_start(self, n: int) -> int | None:
        return self._token(self.matches[n + 1].start) if n + 1 < len(self.matches) else None

    def _next_person(self, n: int) -> bool:
        return n + 1 < len(self.matches) and self.matches[n + 1].entry.kind == "person"

    def _national(self, first: int, entry: Entry, found: Reach, kind: str = "national") -> Mention:
        plural = not found.named and self.doc[found.at].tag_ in ("NNS", "NNPS")
        return self._make(
            first,
            found.end,
            kind,
            entry,
            bearer=None if self._former(first) else entry.bearer,
            government=found.noun.government,
            human=found.noun.sort in ("office", "people"),
            plural=plural,
        )

    def _ground(self, n: int, first: int, end: int, entry: Entry) -> Mention:
        """'The North Korean capital, Pyongyang' is one place."""
        if n + 1 < len(self.matches) and self.matches[n + 1].entry.bearer == entry.bearer:
            gap = self.text[self.doc[end - 1].idx + len(self.doc[end - 1]) :]
            after = self.matches[n + 1]
            if gap.startswith((", " + after.entry.words[0], " of " + after.entry.words[0])):
                self.used.add(n + 1)
                end = self._span(after)[1]
        return self._make(first, end, "state", entry, place=True)

    def _of_country(self, first: int, end: int) -> bool:
        """Whether an adjective tells whose a thing is that no table knows: 'Cuban MiGs'."""
        token = self.doc[end - 1]
        if token.dep_ not in ("amod", "compound", "nmod", "poss") or token.head.i < end:
            return False
        noun = token.head
        if noun.dep_ == "pobj" and noun.head.lower_ == "on":
            # A tariff on Australian wine is one on Australia; the parse may hang it on the verb.
            held = (noun.head.head, *noun.head.head.children)
            if any(thing.lemma_.lower() in TARIFFS for thing in held):
                return True
        return noun.pos_ in ("NOUN", "PROPN") and noun.lemma_.lower() not in idle_nouns()

    def _means_union(self, match: Match) -> bool:
        """Whether Brussels acts, or is acted on, in a text that does not name Belgium."""
        if self.published is None or self.published < UNION_FOUNDED:
            return False
        if any(m.entry.bearer == "BEL" and m.entry.name != "Brussels" for m in self.matches):
            return False
        return not is_place(self.doc, self._token(match.start), True)
