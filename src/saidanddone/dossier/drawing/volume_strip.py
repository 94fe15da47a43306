"""The strip under a panel: acts per 10,000 acts of the dataset, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from saidanddone.dossier.drawing.element import element, escaped, finite, group, num, text
from saidanddone.dossier.drawing.element import line as line_to
from saidanddone.dossier.drawing.share_panel import MOST_NAMED
from saidanddone.dossier.drawing.sheet import SMALL, hatched
from saidanddone.dossier.drawing.time_axis import TimeAxis, shown

HEIGHT = 34.0
GAP = 0.16
"""Share of a period's width left free between bars."""

Row = dict[str, Any]


def volume_strip(rows: Sequence[Row], axis: TimeAxis, top: float, prefix: str) -> str:
    """Draw the strip; rows are those of the volume in one channel."""
    bottom = top + HEIGHT
    missing = [hatched(prefix, x, top, wide, HEIGHT) for x, wide in missing_spans(rows, axis)]
    rates = [
        (row, rate)
        for row in rows
        if not row["missing"] and (rate := finite(row["per_10000"])) is not None
    ]
    base = group("axis", [line_to(axis.left, bottom, axis.right, bottom)])
    if not rates:
        said = "no volume is known for these periods"
        over = [
            text(said, (axis.left + axis.right) / 2, bottom - 12, c, text_anchor="middle")
            for c in ("halo", "label")
        ]
        return "".join([*missing, base, *over])
    most = max(rate for _, rate in rates)
    if len(rates) <= MOST_NAMED:
        drawn = group(
            "volume", [_bar(row, rate / most, axis, bottom) for row, rate in rates if rate]
        )
    else:
        drawn = group("volume", [_outline(rates, most, axis, bottom)] if most else [])
    top_label = text(rate_shown(most), axis.left - 6, top + 9, text_anchor="end", font_size=SMALL)
    zero = text("0", axis.left - 6, bottom + 1, text_anchor="end", font_size=SMALL)
    return "".join([*missing, drawn, base, top_label, zero])


def _outline(rates: Sequence[tuple[Row, float]], most: float, axis: TimeAxis, bottom: float) -> str:
    """Many bars as one shape: they are too narrow to point at, and touch."""
    d = [f"M{num(axis.left)} {num(bottom)}"]
    level, reached = bottom, axis.left
    for row, rate in rates:
        x = axis.x(row["period"])
        if x - reached > axis.width(row["period"]) / 2 and level != bottom:
            # A missing period lies between.
            d.append(f"H{num(reached)}V{num(bottom)}")
            level = bottom
        y = bottom - (max(HEIGHT * rate / most, 0.8) if rate else 0.0)
        if y != level:
            d.append(f"H{num(x)}V{num(y)}")
            level = y
        reached = x + axis.width(row["period"])
    return element("path", d="".join([*d, f"H{num(reached)}V{num(bottom)}z"]))


def _bar(row: Row, part: float, axis: TimeAxis, bottom: float) -> str:
    tall = max(HEIGHT * part, 0.8)
    x = axis.x(row["period"]) + axis.width(row["period"]) * GAP / 2
    wide = max(axis.width(row["period"]) * (1 - GAP), 0.6)
    about = (
        f"{shown(row['period'], axis.by)}: {row['acts']:,} acts, {rate_shown(row['per_10000'])} "
        "of every 10,000 in the dataset"
    )
    return element(
        "rect",
        element("title", escaped(about)),
        x=x,
        y=bottom - tall,
        width=wide,
        height=tall,
    )


def missing_spans(rows: Sequence[Row], axis: TimeAxis) -> list[tuple[float, float]]:
    """Where periods are missing, neighbours joined: place and width."""
    spans: list[tuple[float, float]] = []
    for row in sorted(rows, key=lambda row: row["period"]):
        if not row["missing"]:
            continue
        x, wide = axis.x(row["period"]), axis.width(row["period"])
        if spans and spans[-1][0] + spans[-1][1] >= x - 0.01:
            spans[-1] = (spans[-1][0], x + wide - spans[-1][0])
        else:
            spans.append((x, wide))
    return spans


def rate_shown(rate: float) -> str:
    """A rate with two figures that count.

    >>> rate_shown(0.0312), rate_shown(4.26), rate_shown(1234.6)
    ('0.031', '4.3', '1,235')
    """
    if rate >= 100:
        return f"{rate:,.0f}"
    return f"{rate:.2g}" if rate >= 1e-4 or rate == 0 else "<0.0001"
