"""Words and deeds through time: a panel a channel, with the volume of reports beneath it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import polars as pl

from saidanddone.dossier.drawing import markers as days
from saidanddone.dossier.drawing.act_bars import BarScale, act_bars, coarsened
from saidanddone.dossier.drawing.element import escaped, group, line, mark, text
from saidanddone.dossier.drawing.markers import Marker
from saidanddone.dossier.drawing.share_panel import share_panel
from saidanddone.dossier.drawing.sheet import (
    EDGE,
    NARROW,
    SIZE,
    SMALL,
    WIDE,
    Caption,
    Sample,
    checked,
    hatched,
    hatching,
    key,
    sheet,
)
from saidanddone.dossier.drawing.through_time_words import (
    CHANNELS,
    channels_in,
    rows_of,
    words_for,
)
from saidanddone.dossier.drawing.time_axis import TimeAxis, grid, labels, shown
from saidanddone.dossier.drawing.volume_strip import HEIGHT as STRIP
from saidanddone.dossier.drawing.volume_strip import missing_spans, volume_strip
from saidanddone.dossier.series import Series
from saidanddone.dossier.triggers import Trigger

LEFT, RIGHT = 46.0, 14.0
TITLE, PANEL, BETWEEN, TICKS, APART = 22.0, 118.0, 20.0, 18.0, 20.0
PER_10000 = "acts per 10,000 acts of the dataset"
MISSING = "missing: the dataset has no reports"
BARS = 320.0
"""Height that the bars of a selection share among its channels."""

Row = dict[str, Any]


def through_time(
    series: Series,
    volume: pl.DataFrame,
    triggers: Sequence[Trigger] = (),
    *,
    prefix: str,
    standalone: bool = False,
    narrow: bool = False,
) -> str:
    """Draw a pair through time.

    volume has the columns of dossier.page.VOLUME_COLUMNS. A census shows shares with their bands
    and the volume under each; a selection shows counts of acts, up and down by sign. The days
    that are marked are listed by `marked_days`; standing alone the drawing lists them itself.
    """
    checked(prefix)
    width = NARROW if narrow else WIDE
    selection = series.dataset[1] == "selection"
    table, by = coarsened(series.table, series.by) if selection else (series.table, series.by)
    axis = _axis(series, volume, table, by, width)
    marked = days.markers(axis, triggers, series.breaks)
    channels = channels_in(series, volume)
    own, reports = rows_of(table), rows_of(volume)
    rows = {c: own.get(c, []) for c in channels}
    parts = [] if selection else [hatching(prefix)]
    bottom = top = 4.0 + days.HEIGHT * days.rows_of(marked)
    scale = BarScale.of(rows, BARS)
    for channel in channels:
        tall = scale.height(channel) if selection else PANEL
        parts.append(_title(channel, rows[channel], top, width))
        panel, strip = top + TITLE, top + TITLE + tall + BETWEEN
        if axis is None or not (selection or rows[channel]):
            parts.append(_nothing(width, panel, tall))
        if axis is None:
            bottom, top = panel + tall, panel + tall + APART
            continue
        if selection:
            bottom = panel + tall
            parts.append(grid(axis, panel, bottom))
            parts.append(days.rules(axis, marked, panel, bottom))
            parts.append(act_bars(rows[channel], axis, panel, scale, channel))
        else:
            bottom = strip + STRIP
            all_acts = reports.get(channel, [])
            parts.append(grid(axis, panel, panel + tall))
            parts += [hatched(prefix, x, panel, w, tall) for x, w in missing_spans(all_acts, axis)]
            parts.append(days.rules(axis, marked, panel, panel + tall))
            parts.append(days.rules(axis, marked, strip, bottom))
            changes = [change for change in series.changes if change.channel == channel]
            if rows[channel]:
                parts.append(share_panel(rows[channel], changes, axis, panel, tall))
            parts.append(text(PER_10000, LEFT, strip - 5, font_size=SMALL))
            parts.append(volume_strip(all_acts, axis, strip, prefix))
        parts.append(labels(axis, bottom + 14))
        top = bottom + TICKS + APART
    if axis is not None:
        parts.append(days.row(axis, marked, 2.0))
    drawn, tall = key(_samples(series, volume, marked, prefix), EDGE, top - 6, width - 2 * EDGE)
    words = words_for(series, volume, marked)
    return sheet(
        [*parts, drawn],
        words,
        prefix=prefix,
        width=width,
        height=round(top + tall + 4),
        standalone=standalone,
        caption=_caption(series, by, marked),
    )


def marked_days(
    series: Series, volume: pl.DataFrame, triggers: Sequence[Trigger]
) -> tuple[Marker, ...]:
    """The triggers and breaks that the drawing marks, with their labels, for a list beside it."""
    axis = _axis(series, volume, series.table, series.by, WIDE)
    return days.markers(axis, triggers, series.breaks)


def through_time_alt(series: Series, volume: pl.DataFrame, triggers: Sequence[Trigger] = ()) -> str:
    """What the drawing shows, in words."""
    return words_for(series, volume, marked_days(series, volume, triggers)).alt


def _axis(
    series: Series, volume: pl.DataFrame, table: pl.DataFrame, by: str, width: float
) -> TimeAxis | None:
    periods = table["period"].to_list()
    if not periods and series.dataset[1] != "selection":
        periods = volume["period"].to_list()
    return TimeAxis.over(periods, by, LEFT, width - RIGHT)


def _title(channel: str, rows: Sequence[Row], top: float, width: float) -> str:
    name, holds = CHANNELS[channel]
    n = sum(row["n"] for row in rows)
    acts = "1 act with a sign" if n == 1 else f"{n:,} acts with a sign"
    bold = mark("tspan", "title", escaped(name), font_weight="bold")
    about = "" if width < WIDE else escaped(f"  {holds}")
    heading = mark("text", "label", bold + about, x=LEFT, y=top + 13, font_size=SIZE + 1)
    return heading + text(acts, width - RIGHT, top + 13, text_anchor="end")


def _nothing(width: float, top: float, height: float) -> str:
    middle = (LEFT + width - RIGHT) / 2
    said = text("no acts with a sign are reported", middle, top + height / 2, text_anchor="middle")
    base = group("axis", [line(LEFT, top + height, width - RIGHT, top + height)])
    return base + said


def _samples(
    series: Series, volume: pl.DataFrame, marked: Sequence[Marker], prefix: str
) -> list[Sample]:
    """The key: only what the drawing holds."""
    kinds = {m.kind for m in marked}
    found = []
    if series.dataset[1] == "selection":
        for sign, where in (("cooperative", "above"), ("conflictual", "below")):
            square = mark("rect", sign, x=-6, y=-6, width=12, height=12)
            found.append(Sample(square, f"{sign} acts ({where} the line)"))
    else:
        if series.table["n"].sum():
            dots = mark("circle", "point", cx=-6, r=2) + mark("circle", "point", cx=4, r=5)
            found.append(Sample(dots, f"share of one {series.by}, larger with more acts"))
        if series.table["smoothed"].drop_nulls().len() > 1:
            fan = (
                mark("rect", "band90", x=-11, y=-6, width=22, height=12)
                + mark("rect", "band50", x=-11, y=-3, width=22, height=6)
                + mark("path", "trend", d="M-11 0H11")
            )
            found.append(Sample(fan, "smoothed share, 50% and 90% bands"))
        if series.changes:
            span = mark("rect", "change-interval", x=-8, y=-7, width=16, height=14)
            found.append(
                Sample(span + mark("path", "change", d="M0 -7V7"), "the share changed (90% range)")
            )
        if volume["missing"].any():
            found.append(Sample(hatched(prefix, -11, -6, 22, 12), MISSING))
    if "trigger" in kinds:
        found.append(Sample(days.sample("trigger"), "event, listed by its number"))
    if "break" in kinds:
        found.append(Sample(days.sample("break"), "the dataset began to count otherwise"))
    return found


def _caption(series: Series, by: str, marked: Sequence[Marker]) -> Caption:
    name, kind = series.dataset
    what = (
        f"Acts reported in the selection {name}, by {by}, by sign"
        if kind == "selection"
        else f"Share of cooperative acts among those reported in {name}, by {by}"
    )
    listed = (f"{m.label} · {_in_words(m.date)} · {m.what}" for m in marked)
    return Caption(what, (*listed, "These are reported acts; their number follows the attention "
                                   "of the press as well as events."))  # fmt: skip


def _in_words(day: date) -> str:
    return f"{day.day} {shown(day, 'month')}"
