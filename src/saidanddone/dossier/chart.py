"""Words and deeds through time, drawn offline to PNG, SVG or a self-contained HTML page."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl

from saidanddone.dossier.dossier import Dossier
from saidanddone.dossier.sentence import with_article
from saidanddone.errors import BadChoice, CannotWrite

FORMATS = (".png", ".svg", ".html")

COLOURS = {"cooperative": "#2a7f8e", "conflictual": "#c8553d"}
"""Told apart by readers who cannot tell red from green, and in grey."""

PIXELS_PER_UNIT = 2.0
"""A PNG is drawn at twice its size, so that it stays sharp in print."""


def chart(dossier: Dossier) -> Any:
    """Return an Altair chart: counted acts of words and deeds, cooperative up, conflictual down."""
    import altair as alt

    alt.data_transformers.disable_max_rows()
    rows, unit = _bars(dossier)
    words, deeds = dossier.words_and_deeds
    panels = []
    for channel, title in ((words, f"Words ({words})"), (deeds, f"Deeds ({deeds})")):
        data = alt.InlineData(values=[row for row in rows if row["channel"] == channel])
        panels.append(
            alt.Chart(data, title=alt.TitleParams(title, anchor="start", fontSize=13))
            .mark_bar()
            .encode(
                x=alt.X(
                    "period:T",
                    timeUnit="utcyear" if unit == "year" else "utcyearmonth",
                    title=None,
                    scale=alt.Scale(domain=_domain(dossier)),
                ),
                y=alt.Y(
                    "acts:Q",
                    title=f"acts a {unit}",
                    stack="zero",
                    # Conflictual acts hang below the line, but nobody counts negative acts.
                    axis=alt.Axis(labelExpr="abs(datum.value)", tickMinStep=1),
                ),
                color=alt.Color(
                    "sign:N",
                    title=None,
                    scale=alt.Scale(domain=list(COLOURS), range=list(COLOURS.values())),
                    legend=alt.Legend(orient="top"),
                ),
                tooltip=["period:T", "sign:N", "size:Q"],
            )
            .properties(width=640, height=150)
        )
    return (
        alt.vconcat(*panels, title=_title(dossier, alt))
        .resolve_scale(x="shared")
        .configure_view(stroke=None)
        .configure_axis(grid=False)
    )


def save(dossier: Dossier, path: Path) -> None:
    """Draw an answer into a file; raises BadChoice for another ending, CannotWrite."""
    save_chart(lambda: chart(dossier), path)


def save_chart(draw: Callable[[], Any], path: Path) -> None:
    """Draw into a file, which appears whole or not at all; raises BadChoice, CannotWrite."""
    if path.suffix.lower() not in FORMATS:
        raise BadChoice(
            f"'{path}' is no kind of picture that can be drawn",
            f"a file ending in {', '.join(FORMATS)}",
            "give --plot such a file",
        )
    partial = path.with_name(f".{path.stem}-{secrets.token_hex(4)}{path.suffix.lower()}")
    try:
        _writable(path)
        options: dict[str, Any] = {"inline": True} if path.suffix.lower() == ".html" else {}
        if path.suffix.lower() == ".png":
            options["scale_factor"] = PIXELS_PER_UNIT
        draw().save(str(partial), **options)
        partial.replace(path)
    except OSError as error:
        raise CannotWrite(
            f"the picture '{path}' cannot be written ({error.strerror or error})",
            "a file in a folder that exists and can be written",
            "choose another path for --plot",
        ) from error
    finally:
        partial.unlink(missing_ok=True)


def _writable(path: Path) -> None:
    """Fail before the drawing rather than after it."""
    if path.is_dir():
        raise IsADirectoryError(None, "it is a folder")
    if not path.parent.is_dir():
        raise FileNotFoundError(None, f"there is no folder '{path.parent}'")
    if not os.access(path.parent, os.W_OK):
        raise PermissionError(None, f"the folder '{path.parent}' cannot be written")


def _bars(dossier: Dossier) -> tuple[list[dict[str, Any]], str]:
    """Rows of period, channel, sign, acts (negative where conflictual), size; and the unit."""
    panel = dossier.panel
    if dossier.yearly:
        panel = panel.with_columns(pl.col("period").dt.truncate("1y"))
    sums = panel.group_by("period", "channel").agg(pl.col("cooperative", "conflictual").sum())
    rows = [
        {
            "period": row["period"].isoformat(),
            "channel": row["channel"],
            "sign": sign,
            "acts": row[sign] if sign == "cooperative" else -row[sign],
            "size": row[sign],
        }
        for row in sums.sort("period").iter_rows(named=True)
        for sign in COLOURS
        if row[sign]
    ]
    return rows, "year" if dossier.yearly else "month"


def _domain(dossier: Dossier) -> list[str]:
    return [dossier.span.first.isoformat(), dossier.span.last.isoformat()]


def _title(dossier: Dossier, alt: Any) -> Any:
    name, kind = dossier.dataset
    since, until = dossier.span.first.year, dossier.span.last.year
    years = f"{since}" if since == until else f"{since} to {until}"
    target = with_article(dossier.target.name)
    return alt.TitleParams(
        f"{dossier.source.name} toward {target}: words and deeds, {years}",
        subtitle=f"Reported acts in {name} ({kind}); cooperative above the line, conflictual below",
        anchor="start",
        fontSize=16,
        offset=12,
    )
