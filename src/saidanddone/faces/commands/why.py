"""The command why."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from saidanddone.faces.options import (
    DEFAULT_ARCHIVE,
    Actors,
    Count,
    Dataset,
    Json,
    Predecessors,
    Quiet,
    Reading,
    Since,
    Until,
    Without,
    codes_in,
)
from saidanddone.faces.output import console, print_json, progress_line


def why(
    source: Annotated[str, typer.Argument(help="Who acts.")],
    target: Annotated[str, typer.Argument(help="Toward whom.")],
    archive: Annotated[Path, typer.Option(help="The archive.")] = DEFAULT_ARCHIVE,
    dataset: Dataset = None,
    since: Since = None,
    until: Until = None,
    by: Annotated[
        str | None, typer.Option(help="Period: week or month; by default what the data allow.")
    ] = None,
    placebos: Annotated[
        int, typer.Option(help="Shifted series that candidates are held against.")
    ] = 199,
    reading: Reading = "said-done",
    count: Count = "acts",
    actors: Actors = None,
    without: Without = "",
    predecessors: Predecessors = True,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Ask which third party's acts foretell changes between the source's words and deeds."""
    from saidanddone.faces import foretold

    with progress_line(quiet) as progress:
        found = foretold.why(
            source,
            target,
            archive=archive,
            dataset=dataset,
            since=since,
            until=until,
            by=by,
            placebos=placebos,
            reading=reading,
            count=count,
            actors=actors,
            without=codes_in(without),
            predecessors=predecessors,
            progress=progress,
        )
    if as_json:
        print_json(found.to_dict())
    else:
        foretold.show(found, console())
