"""The axis of time: days as places, and ticks that do not run into one another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from saidanddone.dossier.drawing.element import group, line, text, width_of
from saidanddone.dossier.drawing.sheet import SIZE

MONTHS = {"month": 1, "quarter": 3, "year": 12}
YEAR_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000)
MONTH_STEPS = (1, 3, 6)
NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

SHORT = 30
"""Months up to which ticks are months rather than years."""

ROOM = 62.0
"""Units from one label to the next."""

MARGIN = 14.0
"""Units to the right of the axis into which a label may reach."""


def after(day: date, by: str) -> date:
    """The first day after the period that begins on a day; the last of all days in year 9999.

    >>> after(date(2018, 11, 1), "quarter"), after(date(2018, 1, 1), "year")
    (datetime.date(2019, 2, 1), datetime.date(2019, 1, 1))
    """
    months = day.year * 12 + day.month - 1 + MONTHS[by]
    if months // 12 > date.max.year:
        return date.max
    return date(months // 12, months % 12 + 1, 1)


def shown(day: date, by: str) -> str:
    """A period as a reader names it.

    >>> shown(date(2018, 4, 1), "month"), shown(date(2018, 4, 1), "quarter")
    ('Apr 2018', '2018 Q2')
    """
    if by == "year":
        return f"{day.year}"
    if by == "quarter":
        return f"{day.year} Q{(day.month + 2) // 3}"
    return f"{NAMES[day.month - 1]} {day.year}"


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """Days from first to last (not included) laid from left to right."""

    first: date
    last: date
    left: float
    right: float
    by: str

    @classmethod
    def over(cls, periods: Iterable[date], by: str, left: float, right: float) -> TimeAxis | None:
        """The axis that holds all periods; None where there are none."""
        days = [day for day in periods if day is not None]
        if not days:
            return None
        return cls(min(days), after(max(days), by), left, right, by)

    @property
    def days(self) -> int:
        """How many days the axis is long, at least one."""
        return max((self.last - self.first).days, 1)

    def x(self, day: date) -> float:
        """Where a day lies, held within the axis."""
        place = self.left + (self.right - self.left) * (day - self.first).days / self.days
        return min(max(place, self.left), self.right)

    def holds(self, day: date) -> bool:
        """Whether a day lies on the axis."""
        return self.first <= day < self.last

    def middle(self, period: date) -> float:
        """The middle of a period that begins on a day."""
        return (self.x(period) + self.x(after(period, self.by))) / 2

    def width(self, period: date) -> float:
        """How wide a period is."""
        return self.x(after(period, self.by)) - self.x(period)

    def ticks(self) -> list[tuple[date, str]]:
        """First days of months or years, with labels where there is room for them."""
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month
        space = (self.right - self.left) / max(months, 1)
        if months <= SHORT:
            fitting = [step for step in MONTH_STEPS if step * space >= ROOM]
            if fitting:
                return self._months(fitting[0])
        years = [step for step in YEAR_STEPS if step * 12 * space >= ROOM * 0.7]
        return self._years(years[0] if years else YEAR_STEPS[-1])

    def _months(self, step: int) -> list[tuple[date, str]]:
        found: list[tuple[date, str]] = []
        day = date(self.first.year, self.first.month, 1)
        while day < self.last:
            if (day.month - 1) % step == 0 and day >= self.first:
                named = not found or day.month == 1
                label = shown(day, "month") if named else NAMES[day.month - 1]
                found.append((day, label))
            day = after(day, "month")
        return found

    def _years(self, step: int) -> list[tuple[date, str]]:
        begin = self.first.year + (self.first != date(self.first.year, 1, 1))
        years = range(-(-begin // step) * step, self.last.year + 1, step)
        found = [(date(y, 1, 1), str(y)) for y in years if 1 <= y <= date.max.year]
        inside = [tick for tick in found if self.holds(tick[0])]
        return inside or [(self.first, shown(self.first, "month"))]


def grid(axis: TimeAxis, top: float, bottom: float) -> str:
    """Light lines at the ticks."""
    return group("grid", [line(axis.x(day), top, axis.x(day), bottom) for day, _ in axis.ticks()])


def labels(axis: TimeAxis, y: float) -> str:
    """The ticks in words; each stands right of its tick, where its period begins."""
    return "".join(
        text(name, axis.x(day), y, text_anchor="start")
        for day, name in axis.ticks()
        if axis.x(day) + width_of(name, SIZE) <= axis.right + MARGIN
    )
