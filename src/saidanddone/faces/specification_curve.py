"""A specification curve: as a function, in a notebook and on the terminal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from saidanddone import dossier
from saidanddone.dossier import Curve, Specification
from saidanddone.dossier.sentence import with_article
from saidanddone.errors import CannotWrite
from saidanddone.faces.questions import question_about
from saidanddone.measure.specifications import AXES

Progress = Callable[[str], None]


class ShownCurve(Curve):
    """A curve that draws itself and writes its table."""

    def plot(self, path: str | Path | None = None) -> Any:
        """Return the chart, or draw it into PNG, SVG or HTML."""
        from saidanddone.dossier import curve_chart

        if path is None:
            return curve_chart.draw(self)
        curve_chart.save(self, Path(path))
        return Path(path)

    def write(self, path: str | Path) -> Path:
        """Write one row a specification as CSV; raises CannotWrite."""
        path = Path(path)
        try:
            path.write_text(self.table.write_csv(), encoding="utf-8")
        except OSError as error:
            raise CannotWrite(
                f"the table '{path}' cannot be written ({error.strerror or error})",
                "a file in a folder that exists and can be written",
                "choose another path for --table",
            ) from error
        return path


def curve(
    source: str,
    target: str,
    *,
    vary: Sequence[str] = AXES,
    progress: Progress = lambda _: None,
    **choices: Any,
) -> ShownCurve:
    """Answer a question under every combination of the choices.

    vary: the axes, of dataset, window, reading, count, against, actors, arrests, weight. choices as
    in ask: they say what the baseline is; a dataset that is named is the only one. Raises errors
    of saidanddone.errors, BadChoice for a selection.
    """
    store, question = question_about(source, target, **choices)
    if choices.get("dataset") is not None:
        vary = [axis for axis in vary if axis != "dataset"]
    found = dossier.curve(store, question, vary=vary, progress=progress)
    return ShownCurve(**{field.name: getattr(found, field.name) for field in fields(found)})


def show(curve: Curve, console: Console) -> None:
    """Print how many agree and decide, what each axis explains, and its levels."""
    count, base = len(curve.specifications), curve.baseline
    console.print(
        f"[bold]{curve.source.name} toward {with_article(curve.target.name)}[/bold] under "
        f"{count:,} sets of choices"
    )
    lowest, highest = curve.known[0], curve.known[-1]
    decided = curve.decided
    console.print(f"  as asked   {_estimate(base)}, {base.direction or 'undecided'}")
    console.print(
        f"  agree      {curve.same_direction:,} of {len(curve.known):,} have its sign; "
        f"{decided['warmer']:,} decide warmer, {decided['colder']:,} colder"
    )
    console.print(f"  median     {curve.median or 0.0:+z.2f}")
    varied = list(curve.explained)
    for name, end in (("lowest", lowest), ("highest", highest)):
        console.print(f"  {name:10} {_estimate(end)}: {_levels(end, varied)}", soft_wrap=True)
    if not curve.most_important:
        console.print("  no choice moves the estimate")
    table = Table(box=None, pad_edge=False, header_style="dim")
    for column in ("choice", "explains", "level", "sets", "median", "agree", "decide"):
        table.add_column(column, justify="left" if column in ("choice", "level") else "right")
    rows = curve.by_level()
    for axis in sorted(curve.explained, key=lambda name: -curve.explained[name]):
        for first, row in enumerate(row for row in rows if row["axis"] == axis):
            table.add_row(
                axis if first == 0 else "",
                f"{curve.explained[axis]:.0%}" if first == 0 else "",
                row["level"],
                f"{row['specifications']:,}",
                "–" if row["median"] is None else f"{row['median']:+z.2f}",
                f"{row['same_direction']:,}",
                f"{row['decided']:,}",
            )
    if rows:
        console.print()
        console.print(table)
        rest = max(0.0, 1.0 - sum(curve.explained.values()))
        console.print(f"\nThe interplay of the choices explains the other {rest:.0%}.")
    for note in curve.notes:
        console.print(f"  · {note}")


def _estimate(found: Specification) -> str:
    if found.estimate is None:
        return "no norm"
    return f"{found.estimate:+z.2f}  90%: {found.low:+z.2f} to {found.high:+z.2f}"


def _levels(found: Specification, varied: Sequence[str]) -> str:
    return ", ".join(f"{axis} {found.levels[axis]}" for axis in varied)
