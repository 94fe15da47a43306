"""The picture of a specification curve: estimates with bands above, the choices as dots below.

The form is that of Simonsohn, Simmons and Nelson (2020), figure 2.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from saidanddone.dossier import chart
from saidanddone.dossier.sentence import with_article
from saidanddone.dossier.specification import Curve, Specification

DRAWN = 300
"""Specifications drawn: more would lie on each other in 900 pixels. They are taken evenly from the
sorted ones, the first, the last and the baseline always among them."""

COLOURS = {"warmer": "#2a7f8e", "undecided": "#9a9a9a", "colder": "#c8553d"}
ROW = 13
"""Pixels a level of an axis."""


def draw(curve: Curve) -> Any:
    """Return an Altair chart of the curve."""
    import altair as alt

    shown = _shown(curve)
    colour = alt.Color(
        "verdict:N",
        scale=alt.Scale(domain=list(COLOURS), range=list(COLOURS.values())),
        title=None,
        legend=alt.Legend(orient="top"),
    )
    x = alt.X("at:Q", axis=None, scale=alt.Scale(domain=[0, len(curve.known) + 1]))
    rows = [
        {
            "at": at,
            "estimate": s.estimate,
            "low": s.low,
            "high": s.high,
            "verdict": s.direction or "undecided",
        }
        for at, s in shown
    ]
    base = alt.Chart(alt.InlineData(values=rows))
    y = alt.Y("estimate:Q", title="gap (logits), 90% band")
    zero = alt.Chart(alt.InlineData(values=[{"y": 0}])).mark_rule(strokeDash=[4, 4])
    own = [row for (_, s), row in zip(shown, rows, strict=True) if s is curve.baseline]
    layers = [
        zero.encode(y="y:Q"),
        base.mark_rule(opacity=0.35).encode(x=x, y=alt.Y("low:Q"), y2="high:Q", color=colour),
        base.mark_circle(size=14, opacity=1).encode(x=x, y=y, color=colour),
        alt.Chart(alt.InlineData(values=own))
        .mark_point(shape="diamond", size=110, color="black", strokeWidth=2)
        .encode(x=x, y=y),
    ]
    panels = [alt.layer(*layers).properties(width=900, height=220)]
    for axis, share in sorted(curve.explained.items(), key=lambda item: -item[1]):
        levels = list(dict.fromkeys(s.levels[axis] for s in curve.specifications))
        dots = [
            {"at": at, "level": s.levels[axis], "verdict": s.direction or "undecided"}
            for at, s in shown
        ]
        panels.append(
            alt.Chart(
                alt.InlineData(values=dots),
                title=alt.TitleParams(
                    f"{axis}: {share:.0%} of the variance",
                    anchor="start",
                    frame="group",
                    fontSize=11,
                ),
            )
            .mark_tick(thickness=2, height=8)
            .encode(
                x=x,
                y=alt.Y("level:N", sort=levels, title=None, scale=alt.Scale(domain=levels)),
                color=colour,
            )
            .properties(width=900, height=ROW * len(levels))
        )
    return (
        alt.vconcat(*panels, title=_title(curve, len(shown), alt), spacing=8)
        .resolve_scale(x="shared", color="shared")
        .configure_view(stroke=None)
        .configure_axis(grid=False)
    )


def _shown(curve: Curve) -> list[tuple[int, Specification]]:
    """Specifications with their place from 1, thinned evenly to DRAWN."""
    known = curve.known
    places = range(len(known))
    if len(known) > DRAWN:
        step = (len(known) - 1) / (DRAWN - 1)
        places_kept = {round(i * step) for i in range(DRAWN)}
        places_kept |= {i for i, s in enumerate(known) if s is curve.baseline}
        return [(i + 1, known[i]) for i in sorted(places_kept)]
    return [(i + 1, known[i]) for i in places]


def _title(curve: Curve, drawn: int, alt: Any) -> Any:
    count, decided = len(curve.known), curve.decided
    some = f"; {drawn:,} of them drawn" if drawn < count else ""
    return alt.TitleParams(
        f"{curve.source.name} toward {with_article(curve.target.name)}: words against deeds under "
        f"{count:,} sets of choices",
        subtitle=[
            f"{curve.same_direction:,} have the sign of the one as asked (diamond), "
            f"{decided['warmer']:,} decide warmer, {decided['colder']:,} colder{some}",
        ],
        anchor="start",
        fontSize=16,
        offset=12,
    )


def save(curve: Curve, path: Path) -> None:
    """Draw into a .png, .svg or .html; raises BadChoice, CannotWrite."""
    chart.save_chart(lambda: draw(curve), path)
