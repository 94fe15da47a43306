"""The chart of a pair through time: shares with bands, changes and the dataset's own breaks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from saidanddone.dossier import chart
from saidanddone.dossier.sentence import with_article
from saidanddone.dossier.series import Series

COLOUR = "#2a7f8e"
CHANGE, BREAK = "#c8553d", "#666666"


def draw(series: Series) -> Any:
    """Return an Altair chart: one panel a channel, points sized by the number of acts."""
    import altair as alt

    panels = []
    for channel in series.table["channel"].unique(maintain_order=True):
        rows = [
            {**row, "period": row["period"].isoformat()}
            for row in series.table.iter_rows(named=True)
            if row["channel"] == channel
        ]
        data = alt.InlineData(values=rows)
        x = alt.X("period:T", timeUnit="utcyearmonth", title=None)
        scale = alt.Scale(domain=[0, 1])
        base = alt.Chart(data, title=alt.TitleParams(channel, anchor="start", fontSize=13))
        layers = [
            base.mark_area(opacity=opacity, color=COLOUR).encode(
                x=x,
                y=alt.Y(f"low{band}:Q", scale=scale, title="share cooperative"),
                y2=f"high{band}:Q",
            )
            for band, opacity in (("90", 0.15), ("50", 0.25))
        ]
        layers.append(base.mark_line(color=COLOUR).encode(x=x, y=alt.Y("smoothed:Q", scale=scale)))
        layers.append(
            base.mark_circle(color="#333333", opacity=0.7).encode(
                x=x,
                y=alt.Y("share:Q", scale=scale),
                size=alt.Size("n:Q", title="acts", scale=alt.Scale(range=[5, 150])),
                tooltip=["period:T", "cooperative:Q", "n:Q"],
            )
        )
        layers += _rules(alt, series, channel)
        panels.append(alt.layer(*layers).properties(width=640, height=150))
    if not panels:
        empty = alt.InlineData(values=[{"text": "; ".join(series.notes) or "no acts"}])
        panels = [alt.Chart(empty).mark_text().encode(text="text:N").properties(width=640)]
    name, kind = series.dataset
    title = alt.TitleParams(
        f"{series.source.name} toward {with_article(series.target.name)}, by {series.by}",
        subtitle=[
            f"Share of cooperative acts reported in {name} ({kind}), smoothed, 50% and 90% bands;",
            "red: the share changed; grey, dashed: the dataset itself began to count otherwise",
        ],
        anchor="start",
        fontSize=16,
        offset=12,
    )
    return (
        alt.vconcat(*panels, title=title)
        .resolve_scale(x="shared", size="shared")
        .configure_view(stroke=None)
        .configure_axis(grid=False)
    )


def _rules(alt: Any, series: Series, channel: str) -> list[Any]:
    """Vertical lines at the channel's changes and at the dataset's breaks."""
    lines = [
        (CHANGE, [1, 0], [c.at.isoformat() for c in series.changes if c.channel == channel]),
        (BREAK, [4, 4], [day.isoformat() for day, _ in series.breaks]),
    ]
    return [
        alt.Chart(alt.InlineData(values=[{"day": day} for day in days]))
        .mark_rule(color=colour, strokeDash=dash)
        .encode(x=alt.X("day:T", timeUnit="utcyearmonth"))
        for colour, dash, days in lines
        if days
    ]


def save(series: Series, path: Path) -> None:
    """Draw into a .png, .svg or .html; raises BadChoice, CannotWrite."""
    chart.save_chart(lambda: draw(series), path)
