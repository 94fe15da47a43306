"""Two datasets side by side: as a function and on the terminal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from saidanddone import dossier
from saidanddone.dossier import Question, SideBySide
from saidanddone.errors import BadChoice
from saidanddone.faces.questions import open_store
from saidanddone.model import Window

ROOTS_SHOWN = 8
"""Codes that make the difference; --json lists all."""


def compare(
    source: str,
    target: str,
    *,
    archive: str | Path | None = None,
    beside: str | Path | None = None,
    datasets: Sequence[str] = (),
    since: str | None = None,
    until: str | None = None,
    predecessors: bool = True,
    progress: Callable[[str], None] = lambda _: None,
    **choices: Any,
) -> SideBySide:
    """Put one question to two datasets, of one archive or of two, and lay the answers side by side.

    beside: a second archive. datasets: two names, the second that of `beside` where it is given;
    None are needed where each archive holds one. choices as in ask: against, reading, count, actors
    (governments where both tell them), without, dispersion. Raises errors of saidanddone.errors.
    """
    if len(datasets) not in ((0, 2) if beside is not None else (2,)):
        raise BadChoice(
            f"{len(datasets) or 'no'} dataset{'s were' if len(datasets) != 1 else ' was'} named",
            "two, such as icews,gdelt",
            "name both with --datasets A,B, or a second archive with --beside",
        )
    stores = [open_store(archive), open_store(archive if beside is None else beside)]
    pair = dossier.pair_of(source, target)
    window = Window.parse(since, until)
    merged = dossier.merged_into([pair.source.id, pair.target.id], predecessors=predecessors)
    found = [
        dossier.choose_dataset(store, name, pair, window, merged)
        for store, name in zip(stores, datasets or (None, None), strict=True)
    ]
    held = [dataset for dataset, _ in found]
    if beside is None and held[0].name == held[1].name:
        raise BadChoice(
            f"'{held[0].name}' was named twice", "two different datasets", "name another one"
        )
    if choices.get("actors") is None:
        choices["actors"] = "government" if all(dataset.roles for dataset in held) else "all"
    if any(dataset.grain == "year" for dataset in held):
        # Yearly counts know verbal and material alone.
        choices["reading"] = "icews"
    questions = [
        Question(pair, window, dataset, dossier.choices_for(dataset, **choices), merged, others)
        for dataset, others in found
    ]
    return dossier.compare((stores[0], stores[1]), (questions[0], questions[1]), progress=progress)


def show(found: SideBySide, console: Console) -> None:
    """Print both answers, whether they agree, and what makes them differ."""
    first, second = found.first, found.second
    console.print(Text(first.question, style="bold"))
    for answer in (first, second):
        console.print(Text(f"\n{answer.dataset[0]} ({answer.span.first} to {answer.span.last})"))
        console.print(Text(answer.verdict.sentence))
    console.print(Text("\nSide by side", style="bold"))
    for sentence in found.sentences:
        console.print(Text(f"  · {sentence}"))
    heaviest = sorted(found.roots, key=lambda root: -abs(root.difference))
    heaviest = [root for root in heaviest if root.first != root.second]
    if found.roots and not heaviest:
        console.print(Text("  · no root code has another part in one than in the other"))
    if heaviest:
        console.print(Text("\nRoot codes that make the shares differ", style="bold"))
        table = Table(box=None, pad_edge=False, header_style="dim")
        for column in ("channel", "root", "", *(a.dataset[0] for a in (first, second)), "points"):
            table.add_column(column)
        for root in heaviest[:ROOTS_SHOWN]:
            table.add_row(
                root.channel,
                root.root or "–",
                "+" if root.valence > 0 else "−",
                f"{root.acts_first:,} ({root.first:.0%})",
                f"{root.acts_second:,} ({root.second:.0%})",
                f"{100 * root.difference:+.0f}",
            )
        console.print(table)
