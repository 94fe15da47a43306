"""The command rank."""

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


def rank(
    archive: Annotated[Path, typer.Option(help="The archive.")] = DEFAULT_ARCHIVE,
    dataset: Dataset = None,
    since: Since = None,
    until: Until = None,
    corner: Annotated[
        str | None,
        typer.Option(help="Rank by the probability of a corner, such as 'quiet partner'."),
    ] = None,
    region: Annotated[
        str | None,
        typer.Option(help="Only pairs with a side in this region, such as 'Eastern Asia'."),
    ] = None,
    top: Annotated[int, typer.Option(help="How many pairs.")] = 50,
    against: Against = "world",
    reading: Reading = "said-done",
    count: Count = "acts",
    actors: Actors = None,
    without: Without = "",
    dispersion: Dispersion = "blocks",
    predecessors: Predecessors = True,
    as_json: Json = False,
    quiet: Quiet = False,
    engine: Engine = "polars",
    master: Master = None,
) -> None:
    """Rank the pairs of states of a census by how far their deeds are from their words."""
    from saidanddone.faces import python, ranking

    with progress_line(quiet) as progress:
        rows = python.rank(
            archive,
            dataset=dataset,
            since=since,
            until=until,
            corner=corner,
            region=region,
            top=top,
            predecessors=predecessors,
            engine=engine,
            master=master,
            progress=progress,
            against=against,
            reading=reading,
            count=count,
            actors=actors,
            without=codes_in(without),
            dispersion=dispersion,
        )
    if as_json:
        print_json([row.to_dict() for row in rows])
    else:
        ranking.show(rows, corner, console())
