"""What foretells a gap: as a function and on the terminal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from saidanddone import dossier
from saidanddone.dossier import Why
from saidanddone.dossier.sentence import with_article
from saidanddone.faces.questions import question_about

SHOWN = 10
"""Candidates on the terminal; --json lists all."""


def why(
    source: str,
    target: str,
    *,
    by: str | None = None,
    placebos: int = 199,
    progress: Callable[[str], None] = lambda _: None,
    **choices: Any,
) -> Why:
    """Look for the third party whose acts foretell the next change of a pair's gap.

    by: week or month; None: month from three years of data on. placebos: shifted series. choices
    as in ask: archive, dataset, since, until, reading, actors, count, without, predecessors. Raises
    errors of saidanddone.errors.

    >>> why("russia", "north-korea").candidates
    ()
    """
    store, question = question_about(source, target, **choices)
    return dossier.why(store, question, by=by, placebos=placebos, progress=progress)


def show(found: Why, console: Console) -> None:
    """Print the sentence, the candidates and what was tested."""
    name, kind = found.dataset
    title = (
        f"{found.source.name} toward {with_article(found.target.name)}, by {found.by}, in {name}"
    )
    console.print(Text(f"{title} ({kind})", style="bold"))
    console.print(Text(f"\n{found.sentence}\n"))
    if found.candidates:
        table = Table(box=None, pad_edge=False, header_style="dim")
        table.add_column("candidate")
        for column in ("acts", "error", "p", "among states alike", "slopes"):
            table.add_column(column, justify="right")
        for one in found.candidates[:SHOWN]:
            table.add_row(
                one.name,
                f"{one.acts:,}",
                f"{-one.skill:+.1%}",
                f"{one.p:.3f}",
                "–" if one.rank_alike is None else f"{one.rank_alike} of {one.alike}",
                ", ".join(f"{name} {slope:+z.2f}" for name, slope in one.slopes.items()),
                style="bold" if one.foretells else "",
            )
        console.print(table)
    for note in found.notes:
        console.print(Text(f"  · {note}"))
