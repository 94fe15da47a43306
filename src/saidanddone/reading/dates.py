"""Dates in a text, at the precision that it gives, and which of them governs an act."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from saidanddone.model import FuzzyDate
from saidanddone.reading.date_pattern import DATE, DAYS, KINDS, MONTHS, SEASONS
from saidanddone.reading.frames import date_for, governing_date, tense_frame
from saidanddone.reading.relative import Dated, Read, ago, exact, near, relative

__all__ = ["DateMention", "date_for", "find_dates", "governing_date", "tense_frame"]

Doc = Any


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in a text.

    start and end are character offsets into the Doc's text, anchor the number of the token by
    which it hangs in the sentence. date is None for what is coarser than a year, spans years or
    cannot be told without a publication date; edtf says it in Extended Date/Time Format, level 1
    ("2009-04~" for late April 2009, "199X", "1950/1953", "XXXX-06-25").
    """

    start: int
    end: int
    text: str
    date: FuzzyDate | None
    edtf: str
    anchor: int


_IN = frozenset({
    "in", "since", "from", "until", "till", "by", "during", "before", "after", "of", "to",
    "through", "throughout", "between", "and", "around", "circa", "early", "late", "mid",
    "mid-", "year", "summer", "spring", "autumn", "fall", "winter", "or", "year's",
})  # fmt: skip
_MONTH_IN = _IN - {"to", "and", "or", "around", "year", "of", "before", "after"}
_COUNTS = frozenset({
    "resolution", "article", "no", "no.", "number", "page", "paragraph", "chapter", "room",
    "flight", "line", "section", "act", "unscr", "clause", "rule", "unit", "model", "sonata",
    "highway", "route", "bus", "windows", "title", "order", "decree", "directive",
})  # fmt: skip
"""Words before a number of four digits that make it a count or a title, not a year."""


def find_dates(doc: Doc, published: date | None) -> list[DateMention]:
    """Find the dates in a spaCy Doc, in the order of the text.

    What is relative ("last week", "on June 25") is read from published; a day or month without
    its year is the nearest in the past, after a verb in the future the nearest to come, and of a
    year named before in the same sentence. Without published such dates stay None.

    Numbers after words such as Resolution, sums and quantities are no dates.
    """
    text: str = doc.text
    found: list[DateMention] = []
    starts: list[int] = []
    for match in DATE.finditer(text):
        if not starts:
            starts = [token.idx for token in doc]
        reading = _Reading(doc, match, starts, published, found)
        if read := reading.read():
            when, edtf = read
            start, end = reading.start, match.end()
            found.append(DateMention(start, end, text[start:end], when, edtf, reading.anchor()))
    return found


class _Reading:
    """One candidate on its way to a date."""

    def __init__(
        self, doc: Doc, match: re.Match[str], starts: list[int], published: date | None,
        before: list[DateMention],
    ) -> None:  # fmt: skip
        self.doc, self.match, self.published, self.before = doc, match, published, before
        self.start = match.start()
        self.starts = starts

    def _lead(self, width: int) -> str:
        return self.match.string[max(0, self.start - width) : self.start]

    @property
    def token(self) -> Any:
        return self.doc[bisect_right(self.starts, self.start) - 1]

    def anchor(self) -> int:
        span = self.doc.char_span(self.start, self.match.end(), alignment_mode="expand")
        return int(span.root.i)

    def read(self) -> Read | None:
        for kind in KINDS:
            if self.match[kind] is not None:
                result: Read | None = getattr(self, f"_{kind}")()
                return result
        return None

    def _iso(self) -> Dated | None:
        return _day(*map(int, self.match["iso"].split("-")))

    def _num(self) -> Dated | None:
        a, b, year = (int(self.match[group]) for group in ("n_a", "n_b", "n_y"))
        if self.match["n_sep"] == "." or a > 12:
            return _day(year, b, a)
        # 3/4/1950 is March in America and April elsewhere: no date at all.
        return _day(year, a, b) if b > 12 or a == b else None

    def _md(self) -> Read | None:
        return self._with_day("md")

    def _dm(self) -> Read | None:
        return self._with_day("dm")

    def _with_day(self, group: str) -> Read | None:
        month, day = self._month(f"{group}_m"), int(self.match[f"{group}_d"])
        if year := self.match[f"{group}_y"]:
            return _day(int(year), month, day)
        if not _day(2000, month, day):
            return None
        found = self._nearest(lambda year: _day(year, month, day))
        return found or (None, f"XXXX-{month:02}-{day:02}")

    def _my(self) -> Read:
        return self._monthly(int(self.match["my_y"]), self._month("my_m"), "my_part")

    def _sy(self) -> Read:
        year = self.match["sy_y"]
        return FuzzyDate.parse(year), f"{year}-{SEASONS[self.match['sy_s'].lower()]}"

    def _dec(self) -> Read:
        # "2000s" and "1900s" may be decades or centuries; the decade is the common reading.
        return None, f"{self.match['dec_y'][:3]}X"

    def _range(self) -> Read | None:
        first = self.match["r_a"] or self.match["r_c"]
        last = self.match["r_b"] or self.match["r_d"]
        last = last if len(last) == 4 else first[:2] + last
        if int(last) <= int(first) or self._counted():
            return None
        return None, f"{first}/{last}"

    def _year(self) -> Read | None:
        year = self.match["year"]
        before = re.search(r"([\w'\u2019-]+\.?|[(\u2013,])\s*$", self._lead(30))
        word = before[1].lower() if before else ""
        if not self._is_year(word):
            return None
        part = word.removesuffix("-")
        if part in ("early", "late", "mid"):
            self.start -= len(before[0]) if before else 0
            return FuzzyDate.parse(year), year + "~"
        return FuzzyDate.parse(year), year

    def _is_year(self, word: str) -> bool:
        token = self.token
        if self._counted():
            return False
        follows = self.doc[token.i + 1] if token.i + 1 < len(self.doc) else None
        counts = (
            follows is not None
            and follows.tag_ in ("NNS", "NNPS", "NN")
            and token.dep_ in ("nummod", "compound", "nmod")
        )
        if counts and follows is not None and follows.tag_ == "NNS" and word not in ("the", "s"):
            return False
        if word.rstrip("-") in _IN or word == "(":
            return True
        owned = word in ("the", "his", "its", "their", "a") or word.endswith(("'s", "\u2019s"))
        if owned and follows is not None and follows.pos_ in ("NOUN", "PROPN", "ADJ"):
            return True
        joined = token.dep_ == "conj" and any(m.anchor == token.head.i for m in self.before)
        alone = token.is_sent_start and follows is not None and follows.text in (":", ",")
        return bool(joined or alone)

    def _counted(self) -> bool:
        before = self._lead(25).split()
        return bool(before) and before[-1].lower().strip("(") in _COUNTS

    def _mo(self) -> Read | None:
        month, part = self._month("mo_m"), self.match["mo_part"]
        before = self._lead(30).split()
        if not part and (not before or before[-1].lower() not in _MONTH_IN):
            return None
        if self.token.pos_ not in ("PROPN", "NOUN", "ADJ", "ADP", "DET"):
            return None
        found = self._nearest(lambda year: self._monthly(year, month, "mo_part"))
        return found or (None, f"XXXX-{month:02}")

    def _monthly(self, year: int, month: int, part: str) -> Dated:
        when = FuzzyDate.parse(f"{year}-{month:02}")
        return when, str(when) + ("~" if self.match[part] else "")

    def _month(self, group: str) -> int:
        return MONTHS[self.match[group].lower().rstrip(".")]

    def _nearest(self, made: Callable[[int], Dated | None]) -> Dated | None:
        """Give a day or month its year: one named before it in the sentence, else the nearest."""
        sentence = self.token.sent.start_char
        for earlier in reversed(self.before):
            hangs = self.doc[earlier.anchor].dep_ in ("pobj", "npadvmod")
            if earlier.start >= sentence and earlier.date and hangs:
                return made(earlier.date.first.year)
        if self.published is None:
            return None
        ahead = self._ahead()
        steps = (0, 1, 2, 3, 4) if ahead else (0, -1, -2, -3, -4)
        for step in steps:  # 29 February recurs within four years, or eight at a century
            read = made(self.published.year + step)
            if read is None:
                continue
            if (read[0].last >= self.published) if ahead else (read[0].first <= self.published):
                return read
        return None

    def _ahead(self) -> bool:
        token = self.token
        while token.head.i != token.i and token.pos_ not in ("VERB", "AUX"):
            token = token.head
        return tense_frame(token) in ("future", "modal")

    def _wd(self) -> Read | None:
        day = DAYS[self.match["wd"].lower()]
        if self.published is None:
            return None, "XXXX-XX-XX"
        if self._ahead():
            return exact(self.published + timedelta((day - self.published.weekday() - 1) % 7 + 1))
        return exact(self.published - timedelta((self.published.weekday() - day) % 7))

    def _near(self) -> Read:
        return near(self.match["near"].lower(), self.published)

    def _ago(self) -> Read | None:
        return ago(self.match["n"].lower(), self.match["unit"], self.published)

    def _rel(self) -> Read | None:
        return relative(self.match["which"].lower(), self.match["what"].lower(), self.published)


def _day(year: int, month: int, day: int) -> Dated | None:
    try:
        return exact(date(year, month, day))
    except ValueError:
        return None
