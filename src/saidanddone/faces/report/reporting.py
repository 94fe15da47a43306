"""From the page of a pair to files that hold its report."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from saidanddone.errors import BadChoice
from saidanddone.faces.report.blocks import Figure, Report
from saidanddone.faces.report.content import report
from saidanddone.faces.whole_file import whole_file

if TYPE_CHECKING:
    from saidanddone.dossier import PairPage


def save(page: PairPage, path: Path) -> None:
    """Write a page as its ending says, .pdf or .md; raises BadChoice, MissingExtra, CannotWrite."""
    writers: dict[str, Callable[[PairPage, Path], object]] = {
        ".pdf": save_pdf,
        ".md": save_markdown,
    }
    if path.suffix.lower() not in writers:
        raise BadChoice(
            f"'{path}' is no kind of document that can be written",
            f"a file ending in {' or '.join(writers)}",
            "name such a file",
        )
    writers[path.suffix.lower()](page, path)


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
