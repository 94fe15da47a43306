"""The command movers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from saidanddone.faces.options import (
    DEFAULT_ARCHIVE,
    Actors,
    Against,
    Count,
    Dataset,
    Json,
    Predecessors,
    Quiet,
    Reading,
    Without,
    codes_in,
)
from saidanddone.faces.output import console, print_json, progress_line


def movers(
    before: Annotated[
        str, typer.Option(metavar="SINCE:UNTIL", help="The first window: 2018-01:2018-04.")
    ],
    after: Annotated[
        str, typer.Option(metavar="SINCE:UNTIL", help="The second window, after the first.")
    ],
    archive: Annotated[Path, typer.Option(help="The archive.")] = DEFAULT_ARCHIVE,
    dataset: Dataset = None,
    region: Annotated[
        str | None,
        typer.Option(help="Only pairs with a side in this region, such as 'Eastern Asia'."),
    ] = None,
    top: Annotated[int, typer.Option(help="How many pairs.")] = 20,
    against: Against = "world",
    reading: Reading = "said-done",
    count: Count = "acts",
    actors: Actors = None,
    without: Without = "",
    predecessors: Predecessors = True,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Find the pairs of states whose gap changed between two windows."""
    from saidanddone.faces import moving

    with progress_line(quiet) as progress:
        found = moving.movers(
            archive,
            before,
            after,
            dataset=dataset,
            region=region,
            top=top,
            predecessors=predecessors,
            progress=progress,
            against=against,
            reading=reading,
            count=count,
            actors=actors,
            without=codes_in(without),
        )
    if as_json:
        print_json(found.to_dict())
    else:
        moving.show(found, console())
