"""Elements of an SVG drawing as text: numbers, attributes, escaped names, the width of a line."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from functools import cache

from saidanddone.dossier.drawing.theme import attributes_of

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML 1.0 document may hold, not even escaped."""

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})

_NARROW = frozenset("iIjlftr.,:;'|!()[] 1-·")
_WIDE = frozenset("mwMW%@—→←")
_FIRST_FULL_WIDTH = "\u1100"
"""From here on scripts are set about as wide as they are high."""


def num(value: float) -> str:
    """A coordinate with at most two decimals.

    >>> num(3.0), num(2.345), num(-0.001)
    ('3', '2.35', '0')
    """
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def finite(value: object) -> float | None:
    """A number that can be drawn, or None: null, NaN and infinities have no place.

    >>> finite(0.5), finite(float("nan")), finite(None)
    (0.5, None, None)
    """
    if not isinstance(value, (int, float)) or not math.isfinite(value):
        return None
    return float(value)


def escaped(text: str) -> str:
    """Text that stands in an element or an attribute without being read as markup.

    >>> escaped("<b>&")
    '&lt;b&gt;&amp;'
    """
    return _NOT_IN_XML.sub("", text).translate(_ESCAPES)


def element(name: str, content: str = "", **attributes: str | float | None) -> str:
    """An element; content is markup, attributes are escaped, None leaves one out.

    >>> element("rect", x=1, class_="axis")
    '<rect x="1" class="axis"/>'
    """
    return _closed(name, f"{name}{_written(attributes)}", content)


def mark(name: str, classes: str, content: str = "", **attributes: str | float | None) -> str:
    """An element of the theme: its class, with the light colours as attributes beneath it."""
    own = _theme(classes, tuple(name for name in _OVERRIDDEN if name in attributes))
    return _closed(name, f"{name}{own}{_written(attributes)}", content)


_OVERRIDDEN = ("stroke_width",)
"""Properties of classes that a drawing may set for one element."""


@cache
def _theme(classes: str, left_out: tuple[str, ...]) -> str:
    found = {k: v for k, v in attributes_of(classes).items() if k not in left_out}
    return _written({"class_": classes, **found})


def _written(attributes: Mapping[str, str | float | None]) -> str:
    parts = []
    for key, value in attributes.items():
        if value is None:
            continue
        shown = escaped(value) if isinstance(value, str) else num(value)
        parts.append(f' {key.rstrip("_").replace("_", "-")}="{shown}"')
    return "".join(parts)


def _closed(name: str, opened: str, content: str) -> str:
    return f"<{opened}>{content}</{name}>" if content else f"<{opened}/>"


def group(classes: str, parts: Iterable[str], **attributes: str | float | None) -> str:
    """Elements that share a class, which is written once; nothing where there are none."""
    content = "".join(parts)
    return mark("g", classes, content, **attributes) if content else ""


def text(
    shown: str, x: float, y: float, classes: str = "label", **attributes: str | float | None
) -> str:
    """A line of text."""
    return mark("text", classes, escaped(shown), x=x, y=y, **attributes)


def line(x1: float, y1: float, x2: float, y2: float) -> str:
    """A line, to stand in a group."""
    return element("path", d=f"M{num(x1)} {num(y1)}L{num(x2)} {num(y2)}")


def box(x: float, y: float, width: float, height: float, content: str = "") -> str:
    """A rectangle, to stand in a group."""
    return element("rect", content, x=x, y=y, width=max(width, 0.0), height=max(height, 0.0))


def polyline(points: Iterable[tuple[float, float]]) -> str:
    """The d of a path through the points."""
    return "M" + "L".join(f"{num(x)} {num(y)}" for x, y in points)


def width_of(shown: str, size: float) -> float:
    """About how wide a line is set: in DejaVu Sans, the widest of the usual system fonts."""
    ems = 0.0
    for letter in shown:
        if letter in _NARROW:
            ems += 0.4
        elif letter in _WIDE or letter.isupper():
            ems += 0.76
        else:
            ems += 1.05 if letter >= _FIRST_FULL_WIDTH and letter not in _WIDE else 0.6
    return ems * size


def cut(shown: str, size: float, room: float) -> str:
    """Text that fits the room, cut with an ellipsis where it is too long.

    >>> cut("Russia", 12, 100), cut("Saint Vincent and the Grenadines", 12, 100)
    ('Russia', 'Saint Vincent…')
    """
    if width_of(shown, size) <= room:
        return shown
    kept = shown
    while kept and width_of(kept + "…", size) > room:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def wrapped(shown: str, size: float, room: float) -> list[str]:
    """Text broken into lines that fit the room; a single word that does not is cut."""
    lines: list[str] = []
    current = ""
    for word in shown.split():
        longer = f"{current} {word}" if current else word
        if current and width_of(longer, size) > room:
            lines.append(current)
            longer = word
        current = cut(longer, size, room)
    return [*lines, current] if current else lines
