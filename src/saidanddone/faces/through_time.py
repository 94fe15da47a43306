"""A pair through time: as a function, in a notebook and on the terminal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from saidanddone import dossier
from saidanddone.dossier import Series
from saidanddone.dossier.sentence import percent, with_article
from saidanddone.faces.notebook import series_html
from saidanddone.faces.questions import question_about
from saidanddone.faces.sparkline import sparkline

Progress = Callable[[str], None]


class ShownSeries(Series):
    """A series that draws itself; table is a Polars frame."""

    def plot(self, path: str | Path | None = None) -> Any:
        """Return the chart, or draw it into PNG, SVG or HTML."""
        from saidanddone.dossier import series_chart

        if path is None:
            return series_chart.draw(self)
        series_chart.save(self, Path(path))
        return Path(path)

    def _repr_html_(self) -> str:
        return series_html(self)


def series(
    source: str,
    target: str,
    *,
    by: str = "month",
    progress: Progress = lambda _: None,
    **choices: Any,
) -> ShownSeries:
    """Lay a pair's words and deeds out through time, smoothed, with their changes.

    by: month, quarter or year. choices as in ask: archive, dataset, since, until, actors, count,
    without, predecessors. Raises errors of saidanddone.errors.

    >>> series("russia", "north-korea", by="year").notes[-1][:11]
    'a selection'
    """
    store, question = question_about(source, target, **choices)
    found = dossier.series(store, question, by, progress=progress)
    return ShownSeries(**{field.name: getattr(found, field.name) for field in fields(found)})


def show(series: Series, console: Console) -> None:
    """Print a line of the shares for each channel, then the changes with their acts."""
    name, kind = series.dataset
    console.print(
        f"[bold]{series.source.name} toward {with_article(series.target.name)}[/bold], by "
        f"{series.by}, in {name} ({kind})"
    )
    for channel in series.table["channel"].unique(maintain_order=True):
        rows = series.table.filter(series.table["channel"] == channel)
        known = [share for share in rows["share"] if share is not None]
        if not known:
            continue
        drawn = rows["smoothed"].to_list() if rows["smoothed"].is_not_null().any() else known
        first, last = rows["period"][0], rows["period"][-1]
        console.print(
            f"  {channel:7} {sparkline(drawn, 1.0)}  {first} to {last}; {sum(rows['n']):,} acts "
            f"with a sign, {percent(sum(rows['cooperative']) / max(1, sum(rows['n'])))} cooperative"
        )
    if series.changes:
        console.print("\nChanges of the share of cooperative acts")
        table = Table(box=None, pad_edge=False, header_style="dim")
        for column in ("channel", "from", "90% between", "before", "after", "acts beside it"):
            table.add_column(column)
        for change in series.changes:
            acts = [*change.acts_before, *change.acts_after]
            table.add_row(
                change.channel,
                change.at.isoformat(),
                f"{change.since} and {change.until}",
                percent(change.before),
                percent(change.after),
                "\n".join(f"{act.date} {act.code or ''} {act.text}".strip() for act in acts),
            )
        console.print(table)
    elif kind == "census" and series.table.height:
        console.print("\nNo change of a share passes the threshold (5% false alarms).")
    for day, what in series.breaks:
        console.print(f"  · {day}: {what}")
    for note in series.notes:
        console.print(f"  · {note}")
