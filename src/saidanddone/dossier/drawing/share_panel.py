"""One channel of a census through time: bands, trend, points, changes of the share."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, sqrt
from typing import Any

from saidanddone.dossier.drawing.element import (
    box,
    element,
    escaped,
    finite,
    group,
    line,
    mark,
    num,
    polyline,
    text,
    width_of,
)
from saidanddone.dossier.drawing.sheet import SMALL
from saidanddone.dossier.drawing.time_axis import TimeAxis, shown
from saidanddone.dossier.sentence import percent
from saidanddone.dossier.series import ChangePoint

MOST_VERTICES = 240
"""Corners of a curve: a smooth one drawn with more looks no different at 720 units."""

MOST_NAMED = 120
"""Points that carry their figures as a tooltip; beyond it they are dots a pixel or two apart."""

SIZES = 8
"""Steps of a dot's size where points are drawn together."""

LARGEST, SMALLEST = 7.0, 1.5

Row = dict[str, Any]


def share_panel(
    rows: Sequence[Row], changes: Sequence[ChangePoint], axis: TimeAxis, top: float, height: float
) -> str:
    """Draw the panel; rows are those of the series, shares between 0 and 1."""

    def y(share: float) -> float:
        return top + height * (1.0 - min(max(share, 0.0), 1.0))

    parts = [_scale(axis, y)]
    parts += [_interval(change, axis, top, height) for change in changes]
    curve = _thinned([row for row in rows if finite(row["smoothed"]) is not None])
    for band in ("90", "50"):
        parts.append(_band(curve, band, axis, y))
    smoothed = [
        (axis.middle(row["period"]), y(level))
        for row in curve
        if (level := finite(row["smoothed"])) is not None
    ]
    if len(smoothed) > 1:
        parts.append(mark("path", "trend", d=polyline(smoothed)))
    parts.append(_points(rows, axis, y))
    parts.append(_changes(changes, rows, axis, top, height))
    return "".join(parts)


def _scale(axis: TimeAxis, y: Any) -> str:
    lines = group("grid", [line(axis.left, y(s), axis.right, y(s)) for s in (0.5, 1.0)])
    base = group("axis", [line(axis.left, y(0.0), axis.right, y(0.0))])
    return (
        lines
        + base
        + "".join(
            text(name, axis.left - 6, y(share) + 4, text_anchor="end", font_size=SMALL)
            for name, share in (("0%", 0.0), ("50%", 0.5), ("100%", 1.0))
        )
    )


def _band(rows: Sequence[Row], band: str, axis: TimeAxis, y: Any) -> str:
    edges = [
        (axis.middle(row["period"]), y(low), y(high))
        for row in rows
        if (low := finite(row[f"low{band}"])) is not None
        and (high := finite(row[f"high{band}"])) is not None
    ]
    if len(edges) < 2:
        return ""
    upper, lower = [(x, high) for x, _, high in edges], [(x, low) for x, low, _ in edges]
    drawn = mark("path", f"band{band}", d=polyline([*upper, *reversed(lower)]) + "Z")
    if band == "90":
        drawn += group("band-edge", [element("path", d=polyline(e)) for e in (upper, lower)])
    return drawn


def _thinned(rows: list[Row]) -> list[Row]:
    """Every so manieth row, the ends always."""
    step = ceil(len(rows) / MOST_VERTICES)
    return rows[:-1:step] + rows[-1:] if step > 1 else rows


def _points(rows: Sequence[Row], axis: TimeAxis, y: Any) -> str:
    found = [
        (row, share) for row in rows if row["n"] and (share := finite(row["share"])) is not None
    ]
    if not found:
        return ""
    most = max(row["n"] for row, _ in found)
    largest = radius_for(axis, len(rows))

    def radius(n: float) -> float:
        return max(largest * sqrt(n / most), SMALLEST)

    if len(found) > MOST_NAMED:
        dots: dict[float, list[str]] = {}
        for row, share in found:
            size = ceil(radius(row["n"]) / largest * SIZES) / SIZES * largest
            at = f"M{num(axis.middle(row['period']))} {num(y(share))}h.01"
            dots.setdefault(size, []).append(at)
        # Zero-length strokes with round caps: a dot costs a third of a circle's text.
        return group(
            "dots",
            [
                element("path", d="".join(d), stroke_width=2 * size)
                for size, d in sorted(dots.items(), reverse=True)
            ],
        )
    ordered = sorted(found, key=lambda item: (-item[0]["n"], item[0]["period"]))
    return group(
        "point",
        [
            element(
                "circle",
                element("title", escaped(_tooltip(row, share, axis.by))),
                cx=axis.middle(row["period"]),
                cy=y(share),
                r=radius(row["n"]),
            )
            for row, share in ordered
        ],
    )


def radius_for(axis: TimeAxis, periods: int) -> float:
    """The radius of the largest point, smaller where periods stand close."""
    spacing = (axis.right - axis.left) / max(periods, 1)
    return min(max(spacing * 0.8, 2.4), LARGEST)


def _tooltip(row: Row, share: float, by: str) -> str:
    acts = f"{row['cooperative']:,} of {row['n']:,} acts"
    return f"{shown(row['period'], by)}: {acts} cooperative ({percent(share)})"


def _interval(change: ChangePoint, axis: TimeAxis, top: float, height: float) -> str:
    left, right = axis.x(change.since), axis.x(change.until)
    if right <= left:
        return ""
    return group("change-interval", [box(left, top, right - left, height)])


def _changes(
    changes: Sequence[ChangePoint],
    rows: Sequence[Row],
    axis: TimeAxis,
    top: float,
    height: float,
) -> str:
    """Lines at the changes with the shares before and after, where there is room for them."""
    levels = {row["period"]: finite(row["smoothed"]) or 0.0 for row in rows}
    lines, named, taken = [], [], axis.left
    for change in sorted(changes, key=lambda c: c.at):
        x = axis.x(change.at)
        lines.append(line(x, top, x, top + height))
        label = f"{percent(change.before)} → {percent(change.after)}"
        wide = width_of(label, SMALL) + 5
        # Right of its line, or left of it near the end; left out where neither is free.
        if x + wide <= axis.right and x >= taken:
            at, anchor, taken = x + 5, "start", x + wide
        elif x - wide >= taken:
            at, anchor, taken = x - 5, "end", x
        else:
            continue
        # At the foot of the panel, or at its head where the curve runs low.
        y = top + (height - 6 if levels.get(change.at, 1.0) >= 0.5 else 14)
        for halo in ("halo", "change-label"):
            named.append(
                text(label, at, y, halo, text_anchor=anchor, font_size=SMALL,
                     font_weight="bold")
            )  # fmt: skip
    return group("change", lines) + "".join(named)
