"""The acts of a selection through time: cooperative ones above the line, conflictual below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from saidanddone.dossier.drawing.element import element, escaped, group, line, num, text
from saidanddone.dossier.drawing.sheet import SMALL
from saidanddone.dossier.drawing.time_axis import TimeAxis, shown

MOST_BARS = 120
"""Periods from which bars go by year: narrower ones could not be told apart on a phone."""

LEAST = 26.0
"""Height of a side of the line that has no or few acts: room for its figure."""

GAP = 0.14

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class BarScale:
    """Units for one act, the same in every panel, and the sides that each panel needs."""

    unit: float
    up: dict[str, float]
    down: dict[str, float]

    @classmethod
    def of(cls, rows: Mapping[str, Sequence[Row]], room: float) -> BarScale:
        """Share the room out among the channels by their largest bars."""
        up = {c: max((row["cooperative"] for row in found), default=0) for c, found in rows.items()}
        down = {
            c: max((row["conflictual"] for row in found), default=0) for c, found in rows.items()
        }
        most = sum(up.values()) + sum(down.values())
        # An act is at most a tenth of the room high, so that one act is no tower.
        unit = min(room / max(most, 1), room / 10)
        return cls(
            unit,
            {c: max(n * unit, LEAST) for c, n in up.items()},
            {c: max(n * unit, LEAST) for c, n in down.items()},
        )

    def height(self, channel: str) -> float:
        """Height of a channel's panel."""
        return self.up[channel] + self.down[channel]


def coarsened(table: pl.DataFrame, by: str) -> tuple[pl.DataFrame, str]:
    """The series by year where its periods are too many for bars; and the period then."""
    if by == "year" or table["period"].n_unique() <= MOST_BARS:
        return table, by
    sums = (
        table.with_columns(pl.col("period").dt.truncate("1y"))
        .group_by("period", "channel", maintain_order=True)
        .agg(pl.col("cooperative", "conflictual", "n").sum())
    )
    return sums, "year"


def act_bars(rows: Sequence[Row], axis: TimeAxis, top: float, scale: BarScale, channel: str) -> str:
    """Draw the panel; rows have period, cooperative, conflictual."""
    zero = top + scale.up[channel]
    parts = []
    for sign, way in (("cooperative", 1.0), ("conflictual", -1.0)):
        bars = [
            _bar(row["period"], row[sign], sign, axis, zero, way * scale.unit)
            for row in rows
            if row[sign]
        ]
        parts.append(group(sign, bars))
        most = max((row[sign] for row in rows), default=0)
        if most:
            y = zero - way * max(most * scale.unit, 9)
            at = line(axis.left - 4, y, axis.left, y)
            parts.append(group("axis", [at]))
            parts.append(
                text(f"{most:,}", axis.left - 7, y + 4, text_anchor="end", font_size=SMALL)
            )
    parts.append(group("axis", [line(axis.left, zero, axis.right, zero)]))
    return "".join(parts)


def _bar(  # noqa: PLR0917
    period: date, count: int, sign: str, axis: TimeAxis, zero: float, unit: float
) -> str:
    """A bar with its figures; a unit below zero grows downwards."""
    wide = axis.width(period)
    # A single act in a long series is still seen.
    x, shown_wide = axis.x(period) + wide * GAP / 2, max(wide * (1 - GAP), 1.2)
    tall = max(count * abs(unit), 1.2) * (1 if unit < 0 else -1)
    acts = "1 act" if count == 1 else f"{count:,} acts"
    return element(
        "path",
        element("title", escaped(f"{shown(period, axis.by)}: {acts} {sign}")),
        d=f"M{num(x)} {num(zero)}v{num(tall)}h{num(shown_wide)}V{num(zero)}z",
    )
