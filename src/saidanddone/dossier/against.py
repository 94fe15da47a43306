"""What speaks against an answer, in sentences."""

from __future__ import annotations

from saidanddone.dossier.dossier import Dossier
from saidanddone.dossier.evidence import leading

SHOWN = 5
"""Acts against the answer that are named; the evidence lists all."""


def speaks_against(dossier: Dossier) -> list[str]:
    """Return what a critic would say first: other choices, opposite acts, heavy days, missing data.

    For an answer with n = 0 the list may be empty.
    """
    return [
        *_choices(dossier),
        *_heaviest_day(dossier),
        *_opposite(dossier),
        *_data(dossier),
    ]


def _choices(dossier: Dossier) -> list[str]:
    base = dossier.estimate
    known = [o for o in dossier.outcomes if o.estimate is not None]
    if base is None or not known:
        return []
    other = [o.varied for o in known if (o.estimate or 0.0) * base < 0]
    lines = []
    if other:
        lines.append(f"the sign turns round with {'; '.join(other)}")
    if dossier.verdict.decided:
        undecided = [o.varied for o in dossier.outcomes[1:] if o.direction is None]
        if undecided:
            lines.append(f"nothing is decided with {'; '.join(undecided)}")
    return lines


def _heaviest_day(dossier: Dossier) -> list[str]:
    base = dossier.estimate
    if base is None or dossier.days.is_empty():
        return []
    top = dossier.days.row(0, named=True)
    date = str(top["date"])[: {"year": 4, "month": 7}.get(top["precision"], 10)]
    what = "gap" if dossier.gap else "difference of shares"
    without = base - top["influence"]
    return [
        f"without its heaviest date, {date}, the {what} would be {without:+.2f}, not {base:+.2f}"
    ]


def _opposite(dossier: Dossier) -> list[str]:
    return [
        f"{item.date}: {item.text} ({item.weight:+.3f})"
        for item in leading(dossier.opposing, SHOWN)
    ]


def _data(dossier: Dossier) -> list[str]:
    coverage = dossier.coverage
    lines = []
    if dossier.selection is not None:
        lines.append("somebody chose these acts; another choice would give other shares")
    if coverage.months_missing and dossier.selection is None:
        shown = ", ".join(coverage.months_missing[:SHOWN])
        more = len(coverage.months_missing) - SHOWN
        lines.append(
            f"no acts at all in {len(coverage.months_missing)} months: {shown}"
            + (f" and {more} more" if more > 0 else "")
        )
    if coverage.set_aside:
        lines.append(f"{coverage.set_aside:,} rows could not be read and were set aside")
    return lines
