"""What the chart through time shows, in sentences with its figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import polars as pl

from saidanddone.dossier.drawing.element import finite
from saidanddone.dossier.drawing.markers import Marker
from saidanddone.dossier.drawing.sheet import Words
from saidanddone.dossier.drawing.time_axis import shown
from saidanddone.dossier.sentence import percent, with_article
from saidanddone.dossier.series import Series

CHANNELS: dict[str, tuple[str, str]] = {
    "said": ("Said", "statements, appeals, pledges, criticism, threats"),
    "signed": ("Signed", "visits, talks, agreements, votes"),
    "done": ("Done", "aid and cooperation, sanctions, force"),
    "verbal": ("Words", "verbal acts, as the dataset counts them"),
    "material": ("Deeds", "material acts, as the dataset counts them"),
}
"""Names of the channels for readers, and what they hold (method.md, section 1)."""

Row = dict[str, Any]

DEFAULT = ("said", "signed", "done")


def rows_of(table: pl.DataFrame) -> dict[str, list[Row]]:
    """The rows of a series or a volume by channel, in order of time."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in table.sort("period").iter_rows(named=True):
        found[row["channel"]].append(row)
    return found


def channels_in(series: Series, volume: pl.DataFrame) -> tuple[str, ...]:
    """The channels to draw: those of the series and of the volume, in the order of CHANNELS."""
    found = {*series.table["channel"], *volume["channel"]}
    # A selection's volume counts only itself, so that it adds no empty panel.
    if series.dataset[1] == "selection" and series.table.height:
        found = set(series.table["channel"])
    return tuple(c for c in CHANNELS if c in found) or DEFAULT


def words_for(series: Series, volume: pl.DataFrame, marked: Sequence[Marker]) -> Words:
    """Title and sentences of the chart."""
    source, target = series.source.name, with_article(series.target.name)
    name, kind = series.dataset
    title = f"{source} toward {target}: words and deeds through time"
    if not series.table.height:
        return Words(title, f"No acts with a sign are reported in {name} ({kind}) in this window.")
    first, last = series.table["period"].min(), series.table["period"].max()
    span = f"{shown(first, series.by)} to {shown(last, series.by)}"  # type: ignore[arg-type]
    shows = "Acts by sign" if kind == "selection" else "Share of cooperative acts"
    said = [f"{shows} by {series.by}, {span}, as reported in {name} ({kind})."]
    rows = rows_of(series.table)
    said += [_channel(channel, rows.get(channel, [])) for channel in channels_in(series, volume)]
    said += [
        f"The share of {CHANNELS[c.channel][0].lower()} changed about {shown(c.at, series.by)}, "
        f"from {percent(c.before)} to {percent(c.after)}."
        for c in series.changes
    ]
    if kind == "census":
        said.append(_missing(volume))
    triggers = sum(m.kind == "trigger" for m in marked)
    if triggers:
        said.append(f"{triggers} event{'s' if triggers > 1 else ''} marked.")
    said += [
        f"From {m.date.isoformat()} the dataset counts otherwise: {m.what}."
        for m in marked
        if m.kind == "break"
    ]
    return Words(title, " ".join(sentence for sentence in said if sentence))


def _channel(channel: str, rows: Sequence[Row]) -> str:
    name = CHANNELS[channel][0]
    k, n = (sum(row[count] or 0 for row in rows) for count in ("cooperative", "n"))
    if not n:
        return f"{name}: no acts with a sign."
    sentence = f"{name}: {k:,} of {n:,} acts cooperative ({percent(k / n)})"
    levels = [level for row in rows if (level := finite(row["smoothed"])) is not None]
    if len(levels) > 1:
        sentence += f", smoothed share from {percent(levels[0])} to {percent(levels[-1])}"
    return sentence + "."


def _missing(volume: pl.DataFrame) -> str:
    periods = volume["period"].n_unique()
    missing = volume.filter(pl.col("missing"))["period"].n_unique()
    return f"{missing:,} of {periods:,} periods are missing in whole or part." if missing else ""
