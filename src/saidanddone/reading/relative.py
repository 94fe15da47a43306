"""Dates that are told from the day of publication: last week, two years ago, next spring."""

from __future__ import annotations

from datetime import date, timedelta

from saidanddone.model import FuzzyDate
from saidanddone.reading.date_pattern import DAYS, MONTHS, NUMBERS, SEASONS

Dated = tuple[FuzzyDate, str]
"""A date and how it is written in EDTF."""
Read = tuple[FuzzyDate | None, str]
"""The same, where the date may be coarser than a year or untold."""

_UNTOLD: Read = (None, "XXXX")
_SEASON_ENDS = {"spring": 5, "summer": 8, "autumn": 11, "fall": 11, "winter": 2}
"""The last month of a northern season: until it is over, "last summer" is the year before's."""
_NEAR = {"yesterday": -1, "tomorrow": 1, "the day before yesterday": -2}


def exact(on: date, mark: str = "") -> Dated:
    """A day, with EDTF's mark of approximation where one is given.

    >>> exact(date(1950, 6, 25))[1]
    '1950-06-25'
    """
    return FuzzyDate(on, on, "day"), on.isoformat() + mark


def _month(year: int, month: int, mark: str = "") -> Dated:
    when = FuzzyDate.parse(f"{year:04}-{month:02}")
    return when, f"{when}{mark}"


def _months_on(published: date, months: int, mark: str) -> Dated:
    count = published.year * 12 + published.month - 1 + months
    return _month(count // 12, count % 12 + 1, mark)


def near(word: str, published: date | None) -> Read:
    """Read today, tonight, yesterday, tomorrow."""
    if published is None:
        return _UNTOLD
    return exact(published + timedelta(_NEAR.get(word, 0)))


def ago(word: str, unit: str, published: date | None) -> Read | None:
    """Read "two years ago" and its like; None where the count is no number.

    >>> ago("two", "year", date(2009, 6, 20))[1]
    '2007~'
    """
    count = int(word) if word.isdigit() else NUMBERS.get(word)
    if count is None:
        return _UNTOLD if word in ("several", "few", "many") else None
    if published is None:
        return _UNTOLD
    if unit in ("year", "decade"):
        year = published.year - count * (10 if unit == "decade" else 1)
        return (FuzzyDate.parse(f"{year:04}"), f"{year:04}~") if year > 0 else None
    if unit == "month":
        return _months_on(published, -count, "~")
    return exact(published - timedelta(count * (7 if unit == "week" else 1)), "~")


def relative(which: str, what: str, published: date | None) -> Read:
    """Read "last week", "earlier this year", "next Monday", "last April".

    >>> relative("last", "week", date(2009, 6, 20))[1]
    '2009-06-08/2009-06-14'
    """
    if published is None:
        return _UNTOLD
    what = what.rstrip(".")
    step = -1 if "last" in which or which == "past" else 1 if which == "next" else 0
    mark = "~" if " " in which else ""
    if what in DAYS:
        return _weekday(step, DAYS[what], published)
    if what in MONTHS:
        return _named_month(step, MONTHS[what], published)
    if what in SEASONS:
        return _season(step, what, published)
    if what == "year":
        year = f"{published.year + step:04}"
        return FuzzyDate.parse(year), year + mark
    if what == "month":
        return _months_on(published, step, mark)
    return _week(step, what, published)


def _weekday(step: int, day: int, published: date) -> Dated:
    back = (published.weekday() - day) % 7
    if step < 0:
        return exact(published - timedelta(back or 7))
    if step > 0:
        return exact(published + timedelta(7 - back))
    return exact(published - timedelta(published.weekday() - day))


def _named_month(step: int, month: int, published: date) -> Dated:
    year = published.year
    if step < 0 and month >= published.month:
        year -= 1
    if step > 0 and month <= published.month:
        year += 1
    return _month(year, month)


def _season(step: int, what: str, published: date) -> Dated:
    year, ends = published.year, _SEASON_ENDS[what]
    if step < 0 and published.month <= ends:
        year -= 1
    if step > 0 and published.month >= ends:
        year += 1
    return FuzzyDate.parse(f"{year:04}"), f"{year:04}-{SEASONS[what]}"


def _week(step: int, what: str, published: date) -> Dated:
    """A week is no precision of its own: the month of its Thursday, as ISO 8601 counts."""
    monday = published + timedelta(7 * step - published.weekday())
    first = monday + timedelta(5) if what == "weekend" else monday
    when, _ = _month((monday + timedelta(3)).year, (monday + timedelta(3)).month)
    return when, f"{first}/{monday + timedelta(6)}"
