"""The command ask."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from saidanddone.faces.options import (
    Actors,
    Against,
    Count,
    Dataset,
    Dispersion,
    Engine,
    Json,
    Master,
    Predecessors,
    Quiet,
    Reading,
    Since,
    Until,
    Without,
    codes_in,
)
from saidanddone.faces.output import console, print_json, progress_line


def ask(
    source: Annotated[
        str, typer.Argument(help="Who acts, as people type it: russia, KOR, Moscow.")
    ],
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
    dispersion: Dispersion = "blocks",
    predecessors: Predecessors = True,
    explain: Annotated[bool, typer.Option("--explain", help="Show the arithmetic.")] = False,
    cite: Annotated[
        bool,
        typer.Option("--cite", help="Show a methods paragraph and BibTeX instead."),
    ] = False,
    as_json: Json = False,
    plot: Annotated[
        Path | None, typer.Option(help="Draw words and deeds into a .png, .svg or .html.")
    ] = None,
    quiet: Quiet = False,
    engine: Engine = "polars",
    master: Master = None,
) -> None:
    """Ask whether the source's deeds toward the target match its words."""
    from saidanddone.faces import python, terminal

    with progress_line(quiet) as progress:
        answer = python.ask(
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
            dispersion=dispersion,
            predecessors=predecessors,
            engine=engine,
            master=master,
            progress=progress,
        )
        if plot is not None:
            progress(f"drawing {plot}")
            answer.plot(plot)
    if as_json:
        print_json(answer.to_dict())
    elif explain or not cite:
        terminal.show(answer, console(), arithmetic=explain)
    if as_json and explain:
        typer.echo(answer.explain(), err=True)
    if cite:
        typer.echo(f"{answer.methods()}\n\n{answer.cite()}", err=as_json)
