"""How pages write numbers, days and signs: for readers, with true minus signs."""

from __future__ import annotations

from datetime import date
from typing import Any

from saidanddone.model import Estimate

NONE = "–"
"""What stands where there is no number."""

SIGNS = {1: "cooperative", -1: "conflictual", 0: "neutral"}
MARKS = {1: "+", -1: "−", 0: "○"}

CHANNELS = {
    "said": "words",
    "signed": "diplomatic acts",
    "done": "deeds",
    "verbal": "words",
    "material": "deeds",
}
"""What a channel is called beside its short name."""

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def whole(number: float | None) -> str:
    """A count with thousands parted.

    >>> whole(12345), whole(None)
    ('12,345', '–')
    """
    return NONE if number is None else f"{number:,.0f}"


def percent(share: float | None) -> str:
    """A share in percent; one that is not quite nothing or all says so.

    >>> percent(0.953), percent(0.9999), percent(0.0), percent(None)
    ('95%', '>99%', '0%', '–')
    """
    if share is None:
        return NONE
    if 0.995 <= share < 1:
        return ">99%"
    return "<1%" if 0 < share < 0.005 else f"{share:.0%}"


def signed(number: float | None, digits: int = 2) -> str:
    """A number that can go either way, always with its sign.

    >>> signed(1.5), signed(-0.25), signed(-0.001), signed(None)
    ('+1.50', '−0.25', '+0.00', '–')
    """
    return NONE if number is None else f"{number:+z.{digits}f}".replace("-", "−")


def rate(number: float | None) -> str:
    """A rate with as many digits as it bears.

    >>> rate(1234.5), rate(3.21), rate(0.043), rate(None)
    ('1,234', '3.2', '0.04', '–')
    """
    if number is None:
        return NONE
    return f"{number:,.0f}" if number >= 100 else f"{number:.{1 if number >= 1 else 2}f}"


def between(estimate: Estimate) -> str:
    """An estimate's 90% interval.

    >>> between(Estimate(0.5, 0.1, (-0.1, 1.1), 0.9))
    '−0.10 to +1.10'
    """
    low, high = estimate.interval90
    return f"{signed(low)} to {signed(high)}"


def day(when: date | str | None) -> str:
    """A day, month or year in words; what is no date stays as it is.

    >>> day("2018-03-05"), day("2018-03"), day("2018"), day(date(2018, 3, 5)), day(None)
    ('5 March 2018', 'March 2018', '2018', '5 March 2018', '–')
    """
    if when is None:
        return NONE
    parts = str(when).split("-")
    try:
        month = _MONTHS[int(parts[1]) - 1] if len(parts) > 1 else ""
        if len(parts) == 3:
            return f"{int(parts[2])} {month} {parts[0]}"
    except (ValueError, IndexError):
        return str(when)
    return f"{month} {parts[0]}".strip() if len(parts) < 3 else str(when)


def counted(number: float, one: str, many: str | None = None) -> str:
    """A number with its noun.

    >>> counted(1, "act"), counted(2000, "act"), counted(0, "country", "countries")
    ('1 act', '2,000 acts', '0 countries')
    """
    return f"{whole(number)} {one if number == 1 else many or one + 's'}"


CHOICES = {
    "as asked": "as on this page",
    "against: world": "norm of all pairs, given the number of acts",
    "against: plain": "norm of all pairs, whatever their number of acts",
    "against: peers": "norm of this source and this target",
    "against: self": "norm of the source toward its other targets",
    "reading: said-done": "words and deeds as on these pages",
    "reading: icews": "words and deeds as ICEWS parts them",
    "reading: gdelt": "words and deeds as GDELT parts them",
    "reading: plover": "words and deeds as PLOVER parts them",
    "count: acts": "every act counted once a day",
    "count: reports": "every report counted",
    "count: codes": "acts counted once a day and code",
    "actors: government": "acts of governments only",
    "actors: all": "acts of everybody in the state",
    "with arrests": "arrests of private persons counted",
    "without arrests": "arrests of private persons left out",
}
"""What a choice is called for readers; one that is not here stands as it is."""


def choice(varied: str) -> str:
    """A choice in words.

    >>> choice("count: reports"), choice("window: later")
    ('every report counted', 'window: later')
    """
    return CHOICES.get(varied, varied)


def lacking(what: str) -> str:
    """What a source does not give, without the no before it.

    >>> lacking("no sectors"), lacking("days")
    ('sectors', 'days')
    """
    return what.removeprefix("no ")


FILTERS: dict[str, Any] = {
    "whole": whole,
    "percent": percent,
    "signed": signed,
    "rate": rate,
    "between": between,
    "day": day,
    "choice": choice,
    "lacking": lacking,
    "sign": SIGNS.__getitem__,
    "mark": MARKS.__getitem__,
    "channel": lambda name: CHANNELS.get(name, ""),
}
"""The filters of the templates."""
