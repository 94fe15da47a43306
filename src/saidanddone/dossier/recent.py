"""What moved lately: the last part of the data against the part before it."""

from __future__ import annotations

from datetime import date, timedelta

from saidanddone.archive import Store
from saidanddone.dossier.mover import Movers
from saidanddone.dossier.movers import movers
from saidanddone.dossier.norms import Progress
from saidanddone.errors import BadChoice
from saidanddone.measure.choices import Choices
from saidanddone.measure.evidence import Span
from saidanddone.model import Window
from saidanddone.sources import Dataset

MOST_MONTHS = 12
"""A year against the year before: seasons fall out, and most pairs have acts in both."""

MOST_YEARS = 5
"""Yearly counts of few years say little: five against five."""


def recent_windows(span: Span, grain: str) -> tuple[Window, Window] | None:
    """The last part of a span and the part before, equally long; None for fewer than two parts.

    Whole months before the last day, at most MOST_MONTHS; of yearly counts whole years.
    """
    if grain == "year":
        years = min(MOST_YEARS, (span.last.year - span.first.year + 1) // 2)
        if years < 1:
            return None
        cut, begin = span.last.year - years, span.last.year - 2 * years
        return (
            Window(date(begin + 1, 1, 1), date(cut, 12, 31)),
            Window(date(cut + 1, 1, 1), date(span.last.year, 12, 31)),
        )
    end = _month(span.last + timedelta(1))
    start = _month(span.first - timedelta(1)) + 1
    months = min(MOST_MONTHS, (end - start) // 2)
    if months < 1:
        return None
    starts = [_first(end - parts * months) for parts in (2, 1, 0)]
    day = timedelta(1)
    return Window(starts[0], starts[1] - day), Window(starts[1], starts[2] - day)


def recent_movers(
    store: Store,
    dataset: Dataset,
    span: Span,
    choices: Choices,
    *,
    merged: dict[str, str],
    top: int,
    progress: Progress,
) -> Movers | None:
    """Movers between the two last parts of a census; None where it cannot be said."""  # fmt: skip
    windows = recent_windows(span, dataset.grain)
    if dataset.kind == "selection" or windows is None:
        return None
    try:
        return movers(store, dataset, windows, choices, merged=merged, top=top, progress=progress)
    except BadChoice:
        return None


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _first(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)
