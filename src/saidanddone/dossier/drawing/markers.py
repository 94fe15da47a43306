"""Days marked on a chart through time: numbered triggers, lettered breaks of the dataset."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from string import ascii_uppercase
from typing import Literal

from saidanddone.dossier.drawing.element import group, line, mark, text, width_of
from saidanddone.dossier.drawing.time_axis import TimeAxis
from saidanddone.dossier.triggers import Trigger

HEIGHT = 24.0
SIZE = 11.0
RADIUS = 8.5


@dataclass(frozen=True, slots=True)
class Marker:
    """A marked day: its label on the chart, its date, what happened, and of which kind it is."""

    label: str
    date: date
    what: str
    kind: Literal["trigger", "break"]


def markers(
    axis: TimeAxis | None, triggers: Sequence[Trigger], breaks: Sequence[tuple[date, str]]
) -> tuple[Marker, ...]:
    """The days that lie on the axis: triggers numbered, breaks lettered, in order of time."""
    if axis is None:
        return ()
    inside = sorted({(t.date, t.what) for t in triggers if axis.holds(t.date)})
    broken = sorted({(day, what) for day, what in breaks if axis.holds(day)})
    return (
        *(Marker(str(i), day, what, "trigger") for i, (day, what) in enumerate(inside, 1)),
        *(Marker(_letters(i), day, what, "break") for i, (day, what) in enumerate(broken)),
    )


def _letters(index: int) -> str:
    """A to Z, then AA, AB and so on."""
    found = ascii_uppercase[index % 26]
    return found if index < 26 else _letters(index // 26 - 1) + found


def rules(axis: TimeAxis, marked: Sequence[Marker], top: float, bottom: float) -> str:
    """Upright lines at the marked days."""
    return "".join(
        group(
            kind,
            [
                line(x, top, x, bottom)
                for x in sorted({axis.x(m.date) for m in marked if m.kind == kind})
            ],
        )
        for kind in ("trigger", "break")
    )


def row(axis: TimeAxis, marked: Sequence[Marker], y: float) -> str:
    """The labels along the top; neighbours that would cover one another share one label."""
    discs: list[str] = []
    figures: list[str] = []
    for kind in ("trigger", "break"):
        for label, x, wide in _clusters(axis, [m for m in marked if m.kind == kind]):
            corner = RADIUS if kind == "trigger" else 2.0
            discs.append(
                f'<rect x="{x - wide / 2:.2f}" y="{y:.2f}" width="{wide:.2f}" '
                f'height="{2 * RADIUS:.2f}" rx="{corner}"/>'
            )
            figures.append(
                text(
                    label, x, y + RADIUS + 4, "trigger-number", font_size=SIZE,
                    font_weight="bold", text_anchor="middle",
                )
            )  # fmt: skip
        y += HEIGHT if any(m.kind == kind for m in marked) else 0.0
    return group("trigger-mark", discs) + "".join(figures)


def rows_of(marked: Sequence[Marker]) -> int:
    """How many rows of labels there are: triggers and breaks have one each."""
    return len({m.kind for m in marked})


def _clusters(axis: TimeAxis, marked: Sequence[Marker]) -> list[tuple[str, float, float]]:
    """Labels with their place and width, neighbours merged until none touches the next."""
    groups: list[list[Marker]] = []
    for marker in sorted(marked, key=lambda m: m.date):
        groups.append([marker])
        while len(groups) > 1 and _touch(_laid(axis, groups[-2]), _laid(axis, groups[-1])):
            last = groups.pop()
            groups[-1] += last
    return [_laid(axis, found) for found in groups]


def _touch(left: tuple[str, float, float], right: tuple[str, float, float]) -> bool:
    return left[1] + left[2] / 2 + 1 > right[1] - right[2] / 2


def _laid(axis: TimeAxis, found: Sequence[Marker]) -> tuple[str, float, float]:
    first, last = found[0].label, found[-1].label
    joint = "," if len(found) == 2 else "–"
    label = first if len(found) == 1 else f"{first}{joint}{last}"
    wide = max(width_of(label, SIZE) + 8, 2 * RADIUS)
    x = (axis.x(found[0].date) + axis.x(found[-1].date)) / 2
    return label, min(max(x, axis.left + wide / 2), axis.right - wide / 2), wide


def sample(kind: str) -> str:
    """A sample for the key."""
    if kind == "break":
        return mark("path", "break", d="M0 -7V7")
    return (
        mark("path", "trigger", d="M0 -8V8")
        + mark("circle", "trigger-mark", r=6.5)
        + text("1", 0, 3.5, "trigger-number", font_size=9.5, text_anchor="middle")
    )
