"""The command report."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from saidanddone.faces.options import (
    Actors,
    Against,
    Count,
    Dataset,
    Predecessors,
    Quiet,
    Reading,
    Since,
    Until,
    Without,
    codes_in,
)
from saidanddone.faces.output import progress_line


def report(
    source: Annotated[str, typer.Argument(help="Who acts.")],
    target: Annotated[str, typer.Argument(help="Toward whom.")],
    archive: Annotated[
        Path | None, typer.Option(help="The archive; without it the case that ships answers.")
    ] = None,
    dataset: Dataset = None,
    since: Since = None,
    until: Until = None,
    against: Against = "world",
    reading: Reading = "said-done",
    count: Count = "acts",
    actors: Actors = None,
    without: Without = "",
    predecessors: Predecessors = True,
    pdf: Annotated[Path | None, typer.Option("--pdf", help="Write a PDF, A4.")] = None,
    markdown: Annotated[
        Path | None,
        typer.Option("--markdown", help="Write Markdown, with the drawings as SVG beside it."),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Write the whole dossier of a pair as a document; without a file as Markdown to stdout."""
    from saidanddone.faces import paging
    from saidanddone.faces.report import reporting

    with progress_line(quiet) as progress:
        page = paging.page(
            source,
            target,
            archive=archive,
            dataset=dataset,
            since=since,
            until=until,
            against=against,
            reading=reading,
            count=count,
            actors=actors,
            without=codes_in(without),
            predecessors=predecessors,
            progress=progress,
        )
        if pdf is not None:
            progress(f"writing {pdf}")
            reporting.save_pdf(page, pdf)
        if markdown is not None:
            progress(f"writing {markdown}")
            reporting.save_markdown(page, markdown)
    if pdf is None and markdown is None:
        from saidanddone.faces.report import markdown as in_markdown
        from saidanddone.faces.report import report as laid_out

        sys.stdout.write(in_markdown(laid_out(page)))
