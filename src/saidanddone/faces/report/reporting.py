"""From what a user types to a report, and to files that hold it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from saidanddone import dossier
from saidanddone.faces.questions import open_store
from saidanddone.faces.report.blocks import Figure, Report
from saidanddone.faces.report.content import report
from saidanddone.faces.whole_file import whole_file
from saidanddone.model import Window

if TYPE_CHECKING:
    from saidanddone.dossier import PairPage


def page_of(
    source: str,
    target: str,
    *,
    archive: str | Path | None = None,
    dataset: str | None = None,
    since: str | None = None,
    until: str | None = None,
    against: str = "world",
    reading: str = "said-done",
    count: str = "acts",
    actors: str | None = None,
    without: Sequence[str] = (),
    predecessors: bool = True,
    progress: Callable[[str], None] = lambda _: None,
) -> PairPage:
    """Open the page of a pair; the dataset is chosen as `ask` does. Raises BadInput."""
    pair = dossier.pair_of(source, target)
    store = open_store(archive)
    asked = [pair.source.id, pair.target.id]
    merged = dossier.merged_into(asked, predecessors=predecessors)
    chosen, _ = dossier.choose_dataset(store, dataset, pair, Window.parse(since, until), merged)
    atlas = dossier.Atlas.open(
        store,
        dataset=chosen.name,
        since=since,
        until=until,
        against=against,
        reading=reading,
        count=count,
        actors=actors,
        without=without,
        predecessors=predecessors,
        progress=progress,
    )
    return atlas.page(*asked)


def save_pdf(page: PairPage, path: Path) -> None:
    """Write the report of a page as PDF; raises MissingExtra, CannotWrite."""
    from saidanddone.faces.report.pdf import pdf

    made = pdf(report(page))
    with whole_file(path, "--pdf") as file:
        file.write(made)


def save_markdown(page: PairPage, path: Path) -> tuple[Path, ...]:
    """Write the report of a page as Markdown, its drawings as SVG beside it; raises CannotWrite.

    Returns the files, the report first.
    """
    from saidanddone.faces.report.markdown import markdown

    told = report(page)
    drawings = {
        figure.name: (path.parent / f"{path.stem}-{figure.name}.svg", figure.svg)
        for figure in figures_of(told)
    }
    text = markdown(told, {name: quote(file.name) for name, (file, _) in drawings.items()})
    with whole_file(path, "--markdown") as file:
        # The drawings first: a report that is there has all that it shows.
        for beside, svg in drawings.values():
            with whole_file(beside, "--markdown") as drawing:
                drawing.write(svg.encode())
        file.write(text.encode())
    return (path, *(beside for beside, _ in drawings.values()))


def figures_of(told: Report) -> list[Figure]:
    """The drawings of a report, in order."""
    return [
        block for section in told.sections for block in section.blocks if isinstance(block, Figure)
    ]
