"""Movers: as a function and on the terminal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from saidanddone import dossier
from saidanddone.dossier import Movers
from saidanddone.faces.questions import open_store
from saidanddone.model import EvidenceItem

Progress = Callable[[str], None]


def movers(
    archive: str | Path,
    before: str,
    after: str,
    *,
    dataset: str | None = None,
    region: str | None = None,
    top: int = 20,
    predecessors: bool = True,
    progress: Progress = lambda _: None,
    **choices: Any,
) -> Movers:
    """Rank pairs by how much their gap changed between two windows.

    before, after: SINCE:UNTIL, such as 2018-01:2018-04. choices as in ask (against, reading, count,
    actors, without). Raises errors of saidanddone.errors.
    """
    windows = (
        dossier.window_of(before, "--before"),
        dossier.window_of(after, "--after"),
    )
    store = open_store(archive)
    chosen = dossier.dataset_to_rank(store, dataset)
    return dossier.movers(
        store,
        chosen,
        windows,
        dossier.choices_for(chosen, **choices),
        merged=dossier.merged_into([], predecessors=predecessors),
        region=region,
        top=top,
        progress=progress,
    )


def show(found: Movers, console: Console) -> None:
    """Print the pairs that moved, then the acts that carry the first ones."""
    before, after = found.before, found.after
    console.print(
        f"[bold]Gaps in {before.since} to {before.until}, and in {after.since} to "
        f"{after.until}[/bold], in {found.dataset}: {found.pairs:,} pairs compared"
    )
    if not found.rows:
        console.print("No pair has words and deeds in both windows.")
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("", "pair", "before", "after", "change", "90%", "shrunk", "lfsr"):
        table.add_column(
            name,
            justify="left" if name in ("", "pair") else "right",
            no_wrap=name != "pair",
            min_width=24 if name == "pair" else None,
        )
    for row in found.rows:
        low, high = row.interval90
        table.add_row(
            str(row.rank),
            Text(f"{row.source.name} → {row.target.name}"),
            f"{row.before[0]:+z.2f}",
            f"{row.after[0]:+z.2f}",
            f"{row.change:+z.2f}",
            f"{low:+z.1f} to {high:+z.1f}",
            f"{row.shrunk:+z.2f}",
            f"{row.lfsr:.3f}",
        )
    if found.rows:
        console.print(table)
    explained = [row for row in found.rows if row.acts_before or row.acts_after]
    if explained:
        console.print("\n[bold]Acts that carry the first of them[/bold]")
    for row in explained:
        console.print(
            Text(f"{row.rank} {row.source.name} → {row.target.name}: the {row.moved_by} moved more")
        )
        for when, acts in (("before", row.acts_before), ("after", row.acts_after)):
            _acts(when, acts, console)
    for note in found.notes:
        console.print(f"  · {note}")


def _acts(when: str, acts: Sequence[EvidenceItem], console: Console) -> None:
    for item in acts:
        sign = "+" if item.valence > 0 else "−"
        console.print(
            Text(f"  {when:6} {item.date} {item.channel} {sign} {item.code or ''} {item.text}"),
            soft_wrap=True,
        )
