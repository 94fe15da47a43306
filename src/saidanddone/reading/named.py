"""One Doc with the names found in it: tokens, spans and neighbours of a name."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any

from saidanddone.reading.gazetteer import Entry, Match
from saidanddone.reading.mention import Mention
from saidanddone.reading.phrases import modifies, with_article

Doc = Any


class Named:
    """A Doc, its text, the offsets of its tokens, and the names in the order of the text."""

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
