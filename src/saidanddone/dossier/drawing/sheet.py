"""The sheet that a drawing stands on: its frame, its words for those who do not see it, its key."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from saidanddone.dossier.drawing.element import (
    element,
    escaped,
    group,
    mark,
    text,
    width_of,
    wrapped,
)
from saidanddone.dossier.drawing.theme import FONT, light_rules
from saidanddone.errors import BadChoice

WIDE, NARROW = 720.0, 360.0
"""Widths in units: a desktop column, and a phone on which a unit is about a pixel."""

SIZE = 13.0
"""Size of text: 12 pixels on a phone of 340, 3 mm on a page of 160 mm."""

SMALL = 11.5
LEADING = 17.0
NOTE_LEADING = 15.0
EDGE = 18.0

MOST_IN_ONE_COLUMN = 9
"""Notes beyond which a second column keeps the list shorter than the drawing."""

_PREFIX = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


@dataclass(frozen=True, slots=True)
class Words:
    """What a drawing shows, in words: a title, and sentences with its figures."""

    title: str
    sentences: str

    @property
    def alt(self) -> str:
        """Both as one text."""
        return f"{self.title}. {self.sentences}"


@dataclass(frozen=True, slots=True)
class Caption:
    """What stands around a drawing that is looked at alone: a subtitle above, notes below."""

    subtitle: str = ""
    notes: tuple[str, ...] = ()


def checked(prefix: str) -> str:
    """The prefix of a drawing's ids; raises BadChoice for one that is no name."""
    if not _PREFIX.fullmatch(prefix):
        raise BadChoice(
            f"'{prefix}' is no prefix for the ids of a drawing",
            "a letter followed by letters, digits, hyphens or underscores",
            "give another prefix",
        )
    return prefix


def sheet(
    parts: Sequence[str],
    words: Words,
    *,
    prefix: str,
    width: float,
    height: float,
    standalone: bool,
    caption: Caption | None = None,
    role: str = "img",
) -> str:
    """The whole drawing as an SVG document, with title and description.

    Standing alone it has a ground and a style of its own, and with a caption headline and notes.
    """
    titled, described = f"{checked(prefix)}-title", f"{prefix}-desc"
    about = element("title", escaped(words.title), id=titled) + element(
        "desc", escaped(words.sentences), id=described
    )
    body = "".join(parts)
    size: dict[str, str | float] = {}
    if standalone:
        if caption is not None:
            above, top = _above(words.title, caption.subtitle, width)
            below, height = _below(caption.notes, width, top + height)
            body = above + element("g", body, transform=f"translate(0 {top:.0f})") + below
        height = round(height)
        size = {"width": width, "height": height}
        ground = mark("rect", "paper", width=width, height=height)
        body = element("style", light_rules().replace("<", "")) + ground + body
    return element(
        "svg",
        about + body,
        xmlns="http://www.w3.org/2000/svg",
        class_="drawing",
        viewBox=f"0 0 {width:.0f} {height:.0f}",
        **size,
        role=role,
        aria_labelledby=titled,
        aria_describedby=described,
        font_family=FONT,
        font_size=SIZE,
    )


def _above(title: str, subtitle: str, width: float) -> tuple[str, float]:
    parts, y = [], EDGE
    for shown in wrapped(title, 18, width - 2 * EDGE):
        y += 20
        parts.append(text(shown, EDGE, y, "headline", font_size=18, font_weight="bold"))
    for shown in wrapped(subtitle, SIZE, width - 2 * EDGE):
        y += LEADING
        parts.append(text(shown, EDGE, y))
    return "".join(parts), y + 16.0


def _below(notes: Sequence[str], width: float, y: float) -> tuple[str, float]:
    """The notes, in two columns where many short ones stand on a wide sheet."""
    columns = 2 if width >= WIDE and len(notes) > MOST_IN_ONE_COLUMN else 1
    room = (width - 2 * EDGE - (columns - 1) * EDGE) / columns
    lines = [shown for note in notes for shown in wrapped(note, SMALL, room)]
    rows = -(-len(lines) // columns)
    parts = [
        text(
            shown,
            EDGE + (room + EDGE) * (i // max(rows, 1)),
            y + 4 + NOTE_LEADING * (i % max(rows, 1) + 1),
            font_size=SMALL,
        )
        for i, shown in enumerate(lines)
    ]
    return "".join(parts), y + 4 + NOTE_LEADING * rows + EDGE


SWATCH = 26.0
"""Width of a sample in a key."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample of a mark, drawn around (0, 0) within 22 by 12 units, and what it means."""

    drawn: str
    means: str


def key(samples: Sequence[Sample], left: float, y: float, width: float) -> tuple[str, float]:
    """The key of a drawing, in as many rows as it needs; and the height that it takes."""
    parts, x, row = [], left, 0
    for sample in samples:
        needs = SWATCH + width_of(sample.means, SMALL) + 14.0
        if x > left and x + needs > left + width:
            x, row = left, row + 1
        at = y + row * LEADING + LEADING / 2
        parts.append(
            element("g", sample.drawn, transform=f"translate({x + 11:.2f} {at:.2f})")
            + text(sample.means, x + SWATCH, at + 4, font_size=SMALL)
        )
        x += needs
    return "".join(parts), (row + 1) * LEADING if samples else 0.0


def hatching(prefix: str) -> str:
    """The definition of the pattern with which missing periods are filled."""
    lines = group("missing", [element("path", d="M-1 7L7 -1M-1 1L1 -1M5 7L7 5")])
    pattern = element(
        "pattern", lines, id=f"{prefix}-hatch", width=6, height=6, patternUnits="userSpaceOnUse"
    )
    return element("defs", pattern)


def hatched(prefix: str, x: float, y: float, width: float, height: float) -> str:
    """A rectangle for a period that is missing."""
    return element(
        "rect", x=x, y=y, width=max(width, 0.5), height=height, fill=f"url(#{prefix}-hatch)"
    )
