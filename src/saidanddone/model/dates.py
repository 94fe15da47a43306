"""Dates at the precision that is known, and windows of days."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from saidanddone.errors import BadDate

Precision = Literal["day", "month", "year"]

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

    def years(self, first: date, last: date) -> list[Window]:
        """The window's years from one day's to another's, the outer ones cut where it is.

        >>> years = Window(date(2006, 5, 1)).years(date(2005, 1, 1), date(2007, 2, 1))
        >>> [str(year.since) for year in years]
        ['2006-05-01', '2007-01-01']
        """
        since, until = self.since or date.min, self.until or date.max
        return [
            Window(max(since, date(year, 1, 1)), min(until, date(year, 12, 31)))
            for year in range(max(first, since).year, min(last, until).year + 1)
        ]
