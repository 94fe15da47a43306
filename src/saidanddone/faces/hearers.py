"""Words by audience: as a function and on the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from saidanddone import dossier
from saidanddone.archive import Archive, Store
from saidanddone.archive.documents import FOLDER
from saidanddone.dossier import Audiences
from saidanddone.dossier.sentence import with_article
from saidanddone.faces.questions import question_about


def audiences(source: str, target: str, *, archive: str | Path, **choices: Any) -> Audiences:
    """Count a pair's words by audience, in acts that were read from documents.

    choices as in ask: dataset, since, until, predecessors. Acts that were not read from documents
    have no audience. Raises errors of saidanddone.errors.
    """
    store, question = question_about(source, target, archive=archive, **choices)
    return dossier.audiences(store, question, _told(store, question.dataset.name))


def _told(store: Store, dataset: str) -> dict[tuple[str, int], str | None]:
    """Audiences as they were read, by document and number of the act: an act's file and line."""
    from saidanddone.reading.kept import NAME, Kept

    if not isinstance(store, Archive) or not (store.path / FOLDER / NAME).is_file():
        return {}
    kept = Kept(store.path / FOLDER)
    documents = {telling.sha256 for telling in kept.tellings(dataset)}
    return {
        (reading.sha256, number): act.audience
        for reading in kept.readings(sorted(documents))
        for number, act in enumerate(reading.acts, start=1)
    }


def show(found: Audiences, console: Console) -> None:
    """Print the shares by audience, then what differs."""
    title = f"Words of {with_article(found.source.name)} toward {with_article(found.target.name)}"
    console.print(Text(f"{title}, by audience, in {found.dataset[0]}", style="bold"))
    console.print(Text(f"\n{found.sentence}\n"))
    if found.audiences:
        table = Table(box=None, pad_edge=False, header_style="dim")
        table.add_column("audience")
        for column in ("words +", "words −", "share", "90%"):
            table.add_column(column, justify="right")
        for one in found.audiences:
            low, high = one.interval90
            table.add_row(
                one.name,
                f"{one.cooperative:,}",
                f"{one.conflictual:,}",
                f"{one.share:.0%}",
                f"{low:.0%} to {high:.0%}",
            )
        console.print(table)
    for pair in found.differences:
        low, high = pair.interval90
        console.print(
            Text(
                f"  {pair.first} less {pair.second}: {pair.difference * 100:+.0f} points "
                f"({low * 100:+.0f} to {high * 100:+.0f})",
                style="bold" if pair.apart else "",
            )
        )
