"""What an act, a date, a pair, a window and an answer are: frozen, and nothing computed.

An *act* is one reported deed or utterance of a source toward a target on a day. On the bulk path
acts are tables with the columns of :data:`ACT_COLUMNS`; one object per row is never made there.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from saidanddone.errors import BadDate

Channel = Literal["said", "signed", "done", "verbal", "material"]
CHANNELS: tuple[Channel, ...] = ("said", "signed", "done", "verbal", "material")
"""said, signed and done partition the acts; verbal and material are a reading's words and deeds."""

Precision = Literal["day", "month", "year"]
MODES = ("did", "pledged", "threatened", "ended", "negated", "hypothetical")
UNCOUNTED_MODES = ("negated", "hypothetical")
"""What was denied or only supposed is kept and shown, and never counted (method.md, section 1)."""


class Column(NamedTuple):
    """A column of a table: its name, its type as Narwhals names it, what it holds."""

    name: str
    type: str
    meaning: str


ACT_COLUMNS: tuple[Column, ...] = (
    Column("date", "Date", "first day of the act's date at its precision"),
    Column("precision", "String", "day, month or year"),
    Column(
        "source", "String", "id of the acting state or organisation"
    ),
    Column("target", "String", "id of the state or organisation acted upon"),
    Column("source_name", "String", "the source as the dataset writes it"),
    Column("target_name", "String", "the target as the dataset writes it"),
    Column("government", "Boolean", "the source acts for its government; null: not known"),
    Column("code", "String", "CAMEO code or vote code, leading zeros kept; null for counts"),
    Column("channel", "String", "said, signed, done; verbal, material for published counts"),
    Column("valence", "Int8", "+1 cooperative, -1 conflictual, 0 neutral"),
    Column("mode", "String", "did, pledged, threatened, ended, negated, hypothetical"),
    Column("reports", "Int64", "reports that the row stands for"),
    Column("id", "String", "the dataset's own id; not unique in ICEWS"),
    Column("text", "String", "what the dataset says of the act"),
    Column("reference", "String", "where a reader can look it up"),
    Column("line", "Int64", "line of the file (first data line of a headed file: 2) or row from 1"),
)
"""Columns of a table of acts, in order. Sources yield them; the archive adds dataset and file."""


_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True)
class FuzzyDate:
    """A day, a month or a year, as a span of days (both ends inclusive)."""

    first: date
    last: date
    precision: Precision

    @classmethod
    def parse(cls, text: str) -> FuzzyDate:
        """Read YYYY, YYYY-MM or YYYY-MM-DD; raises BadDate.

        >>> FuzzyDate.parse("2009-04").last
        datetime.date(2009, 4, 30)
        >>> str(FuzzyDate.parse("1968"))
        '1968'
        """
        found = _DATE.fullmatch(text.strip())
        expected = "YYYY, YYYY-MM or YYYY-MM-DD"
        if not found:
            raise BadDate(f"'{text}' is not a date", expected, "write for example 2009-04-23")
        year, month, day = (int(part) if part else None for part in found.groups())
        try:
            first = date(year or 0, month or 1, day or 1)
        except ValueError:
            raise BadDate(
                f"the date '{text}' does not exist", expected, "correct the date"
            ) from None
        if month is None:
            return cls(first, date(first.year, 12, 31), "year")
        if day is None:
            days_in_month = calendar.monthrange(first.year, month)[1]
            return cls(first, first.replace(day=days_in_month), "month")
        return cls(first, first, "day")

    def __str__(self) -> str:
        length: dict[str, int] = {"year": 4, "month": 7, "day": 10}
        return self.first.isoformat()[: length[self.precision]]


@dataclass(frozen=True, slots=True)
class Window:
    """A span of days, both ends inclusive; None means open."""

    since: date | None = None
    until: date | None = None

    @classmethod
    def parse(cls, since: str | None, until: str | None) -> Window:
        """Read both ends at any precision: since starts and until ends its month or year.

        >>> Window.parse("2006-01", "2009").until
        datetime.date(2009, 12, 31)
        """
        first = FuzzyDate.parse(since).first if since else None
        last = FuzzyDate.parse(until).last if until else None
        if first and last and last < first:
            raise BadDate(
                f"the window ends ({until}) before it starts ({since})",
                "--since no later than --until",
                "swap the two dates",
            )
        return cls(first, last)


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
