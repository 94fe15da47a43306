"""Windows: as typed in one word, and a little longer or shorter than the one asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from saidanddone.archive import Store
from saidanddone.dossier.question import Question
from saidanddone.errors import BadDate
from saidanddone.model import Window

SHARE = 0.1
"""Each end is moved by this share of the window's length (method.md, section 6)."""

AS_ASKED = "as asked"


def window_of(text: str, option: str) -> Window:
    """Read 'SINCE:UNTIL', or one date for its whole day, month or year; raises BadDate.

    >>> window_of("2018-01:2018-04", "--before").until
    datetime.date(2018, 4, 30)
    >>> window_of("2018", "--after").since
    datetime.date(2018, 1, 1)
    """
    since, _, until = text.partition(":")
    window = Window.parse(since, until if ":" in text else since)
    if window.since is None or window.until is None:
        raise BadDate(
            f"{option} '{text}' has no two ends",
            "SINCE:UNTIL, such as 2018-01:2018-04",
            f"write both dates for {option}",
        )
    return window


def moved(store: Store, question: Question, notes: list[str]) -> dict[str, Window]:
    """The window as asked, and with one end moved by a tenth of its length, by name.

    Yearly counts move by whole years, at least one. An end is moved outward only where the dataset
    has acts there; what cannot be moved stands in notes.
    """
    name = question.dataset.name
    found = {AS_ASKED: question.window}
    covered = store.coverage(name, question.window)
    whole = store.coverage(name)
    since, until = question.window.since or covered.first, question.window.until or covered.last
    if since is None or until is None or whole.first is None or whole.last is None:
        return found
    yearly = question.dataset.grain == "year"
    later, sooner = _shift(since, until, 1, yearly), _shift(since, until, -1, yearly)
    # A window of a few days, or of one year, has no tenth that could be left out.
    if later[0] <= until and (yearly or (until - since).days >= round(1 / SHARE)):
        found["begins 10% later"] = replace(question.window, since=later[0])
        found["ends 10% sooner"] = replace(question.window, until=sooner[1])
    if whole.first < since:
        found["begins 10% sooner"] = replace(question.window, since=sooner[0])
    if whole.last > until:
        found["ends 10% later"] = replace(question.window, until=later[1])
    if len(found) < 5:
        notes.append(
            f"'{name}' has no acts beyond {since} to {until} on "
            f"{'either side' if whole.first >= since and whole.last <= until else 'one side'}, "
            "so that the window is not lengthened there"
        )
    return found


def _shift(since: date, until: date, sign: int, yearly: bool) -> tuple[date, date]:
    """Both ends moved by a tenth of the length, later (1) or sooner (-1)."""
    if yearly:
        years = sign * max(1, round(SHARE * (until.year - since.year + 1)))
        return date(since.year + years, 1, 1), date(until.year + years, 12, 31)
    days = timedelta(sign * max(1, round(SHARE * ((until - since).days + 1))))
    return since + days, until + days
