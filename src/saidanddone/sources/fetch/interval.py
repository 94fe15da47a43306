"""Intervals: which files GDELT publishes for which time, told by their names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from saidanddone.errors import BadDate
from saidanddone.model import Window

Version = Literal[1, 2]
Table = Literal["export", "mentions", "translation.export", "translation.mentions"]

TABLES: tuple[Table, ...] = ("export", "mentions", "translation.export", "translation.mentions")
EVENT_TABLES: tuple[Table, ...] = ("export", "translation.export")

BEGINS: dict[Version, datetime] = {1: datetime(1979, 1, 1), 2: datetime(2015, 2, 18, 23)}
"""The first time that the lists of each version name (the lists as stored on 2023-10-06)."""

_MONTHLY_SINCE = date(2006, 1, 1)
_DAILY_SINCE = date(2013, 4, 1)
"""Of 1.0, files are yearly until 2005, monthly until March 2013, then daily (its own list)."""

_QUARTER = timedelta(minutes=15)

_DELAYS: dict[Version, timedelta] = {1: timedelta(days=1), 2: timedelta(hours=1)}
"""How long after its end an interval is due: a day's file comes the next morning (American time),
those of a quarter of an hour within minutes; a late one must not be called a gap."""

_NAME = re.compile(
    r"(?P<year>\d{4})\.zip|(?P<month>\d{6})\.zip|(?P<day>\d{8})\.export\.CSV\.zip"
    r"|(?P<quarter>\d{14})\.(?P<table>(?:translation\.)?(?:export|mentions))\.CSV\.zip",
    re.IGNORECASE | re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Interval:
    """What a file covers: from start to before end (UTC), in one table of one version."""

    name: str
    version: Version
    table: Table
    start: datetime
    end: datetime

    @property
    def since(self) -> date:
        """The first day."""
        return self.start.date()

    @property
    def until(self) -> date:
        """The last day."""
        return (self.end - timedelta(microseconds=1)).date()

    @property
    def key(self) -> tuple[Table, datetime]:
        """Table and start: names may differ by capitals or, in 2.0, by some seconds."""
        return self.table, self.start

    def overlaps(self, window: Window) -> bool:
        """Say whether one of its days lies in a window."""
        after = window.since is None or self.until >= window.since
        return after and (window.until is None or self.since <= window.until)

    def is_due(self, now: datetime) -> bool:
        """Say whether it should be published by now (UTC)."""
        return now >= self.end + _DELAYS[self.version]


def interval_of(name: str) -> Interval | None:
    """Return what a file covers by its name; None if it is no interval of events or mentions.

    >>> interval_of("200601.zip").until
    datetime.date(2006, 1, 31)
    >>> interval_of("GDELT.MASTERREDUCEDV2.1979-2013.zip") is None
    True
    """
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    try:
        if found["quarter"]:
            start = _quarter(found["quarter"])
            (table,) = (known for known in TABLES if known == found["table"].lower())
            return Interval(name, 2, table, start, start + _QUARTER)
        first, last, period = _period(found)
    except (ValueError, OverflowError):
        return None
    # Another period would repeat events that stand in other files.
    if period != _period_at(first):
        return None
    return Interval(name, 1, "export", _midnight(first), _midnight(last))


def _quarter(digits: str) -> datetime:
    """Return the quarter of an hour that a time lies in; ValueError if there is no such time."""
    day, hour, minute = _day(digits[:8]), int(digits[8:10]), int(digits[10:12])
    moment = datetime(day.year, day.month, day.day, hour, minute, int(digits[12:]))
    return moment.replace(minute=minute // 15 * 15, second=0)


def _day(digits: str) -> date:
    # Not strptime: the lists of 2.0 name a third of a million of these.
    return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))


def _period(found: re.Match[str]) -> tuple[date, date, str]:
    """First day, the day after the last, and the kind of period that a name speaks of."""
    if found["year"]:
        year = int(found["year"])
        return date(year, 1, 1), date(year + 1, 1, 1), "year"
    if found["month"]:
        first = _day(found["month"] + "01")
        return first, _next_month(first), "month"
    first = _day(found["day"])
    return first, first + timedelta(days=1), "day"


def _period_at(day: date) -> str:
    if day >= _DAILY_SINCE:
        return "day"
    return "month" if day >= _MONTHLY_SINCE else "year"


def expected(window: Window, version: Version, tables: Sequence[Table]) -> Iterator[Interval]:
    """Yield every interval that a window with two ends should have, by time, then by table."""
    assert window.since is not None and window.until is not None
    start = max(_beginning(window.since, version), BEGINS[version])
    while start.date() <= window.until:
        end = _end(start, version)
        for table in tables:
            yield Interval(_name(start, version, table), version, table, start, end)
        start = end


def _beginning(day: date, version: Version) -> datetime:
    """Return when the file that holds a day begins."""
    period = "day" if version == 2 else _period_at(day)
    if period == "year":
        return datetime(day.year, 1, 1)
    return datetime(day.year, day.month, 1 if period == "month" else day.day)


def _end(start: datetime, version: Version) -> datetime:
    if version == 2:
        return start + _QUARTER
    day = start.date()
    period = _period_at(day)
    if period == "year":
        return datetime(day.year + 1, 1, 1)
    return _midnight(_next_month(day)) if period == "month" else start + timedelta(days=1)


def _name(start: datetime, version: Version, table: Table) -> str:
    if version == 2:
        return f"{start:%Y%m%d%H%M%S}.{table}.CSV.zip"
    period = _period_at(start.date())
    if period == "day":
        return f"{start:%Y%m%d}.export.CSV.zip"
    return f"{start:%Y%m}.zip" if period == "month" else f"{start:%Y}.zip"


def fetchable(window: Window, version: Version, now: datetime) -> Window:
    """Cut a window to what can be published by now; raises BadDate if nothing of it can."""
    begins, today = BEGINS[version].date(), now.date()
    if window.since is None or window.until is None:
        raise BadDate(
            "a window to fetch needs two ends",
            "a first and a last day, as nobody wants all of GDELT by mistake",
            "give --since and --until",
        )
    if window.until < begins:
        raise BadDate(
            f"GDELT {version}.0 begins on {begins}, after {window.until}",
            f"a window from {begins} on",
            "choose a later one" if version == 1 else "choose a later one, or --version 1",
        )
    if window.since > today:
        raise BadDate(
            f"the window lies in the future (it starts on {window.since})",
            f"a window that starts by {today}",
            "choose an earlier one",
        )
    return Window(max(window.since, begins), min(window.until, today))


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)


def _next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)
