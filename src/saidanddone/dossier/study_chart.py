"""The picture of an event study: shares by week around the triggers, with how sure they are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from saidanddone.dossier import chart
from saidanddone.dossier.sentence import with_article
from saidanddone.dossier.study import Study
from saidanddone.measure.selection import wilson

WEEK = 7


def draw(found: Study) -> Any:
    """Return an Altair chart: the share of cooperative acts by week from the triggers."""
    import altair as alt

    rows = _weeks(found)
    panels = []
    for name in ("words", "deeds"):
        own = [row for row in rows if row["what"] == name]
        data = alt.InlineData(values=own or [{"week": 0}])
        base = alt.Chart(data, title=alt.TitleParams(name, anchor="start", fontSize=13))
        x = alt.X("week:Q", title="weeks from the triggers")
        y = alt.Y("share:Q", scale=alt.Scale(domain=[0, 1]), title="share cooperative")
        layers = [
            alt.Chart(alt.InlineData(values=[{"week": 0}]))
            .mark_rule(color="#c8553d")
            .encode(x="week:Q"),
            base.mark_rule(color="#2a7f8e", opacity=0.5).encode(x=x, y=alt.Y("low:Q"), y2="high:Q"),
            base.mark_circle(color="#2a7f8e").encode(
                x=x, y=y, size=alt.Size("n:Q", title="acts", scale=alt.Scale(range=[10, 200]))
            ),
        ]
        panels.append(alt.layer(*layers).properties(width=640, height=160))
    count = len(found.windows)
    return (
        alt.vconcat(
            *panels,
            title=alt.TitleParams(
                f"{found.source.name} toward {with_article(found.target.name)}, around "
                f"{count} trigger{'s' if count != 1 else ''}",
                subtitle=f"Share of cooperative acts reported in {found.dataset[0]} by week, with "
                "90% Wilson intervals",
                anchor="start",
                fontSize=16,
                offset=12,
            ),
        )
        .resolve_scale(x="shared", size="shared")
        .configure_view(stroke=None)
        .configure_axis(grid=False)
    )


def _weeks(found: Study) -> list[dict[str, Any]]:
    """Weeks with acts: what, week (0 begins on the trigger's day), n, share, low, high."""
    if not found.daily:
        return []
    table = np.array(found.daily)
    week = np.floor(table[:, 0] / WEEK)
    rows = []
    for name, column in (("words", 1), ("deeds", 3)):
        for number in np.unique(week):
            k, n = table[week == number, column : column + 2].sum(axis=0)
            if n:
                low, high = wilson(int(k), int(n))
                rows.append(
                    {"what": name, "week": float(number), "n": float(n), "share": float(k / n),
                     "low": low, "high": high}
                )  # fmt: skip
    return rows


def save(found: Study, path: Path) -> None:
    """Draw into a .png, .svg or .html; raises BadChoice, CannotWrite."""
    chart.save_chart(lambda: draw(found), path)
