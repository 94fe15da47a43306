"""The command series."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from saidanddone.faces.options import (
    Actors,
    Count,
    Dataset,
    Json,
    Predecessors,
    Quiet,
    Since,
    Until,
    Without,
    codes_in,
)
from saidanddone.faces.output import console, print_json, progress_line


def series(
    source: Annotated[str, typer.Argument(help="Who acts.")],
    target: Annotated[str, typer.Argument(help="Toward whom.")],
    archive: Annotated[
        Path | None, typer.Option(help="The archive; without it the case that ships answers.")
    ] = None,
    dataset: Dataset = None,
    since: Since = None,
    until: Until = None,
    by: Annotated[str, typer.Option(help="Period: month, quarter or year.")] = "month",
    count: Count = "acts",
    actors: Actors = None,
    without: Without = "",
    predecessors: Predecessors = True,
    as_json: Json = False,
    plot: Annotated[
        Path | None, typer.Option(help="Draw the series into a .png, .svg or .html.")
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Show a pair's words and deeds through time, and when their shares changed."""
    from saidanddone.faces import through_time

    with progress_line(quiet) as progress:
        found = through_time.series(
            source,
            target,
            by=by,
            archive=archive,
            dataset=dataset,
            since=since,
            until=until,
            count=count,
            actors=actors,
            without=codes_in(without),
            predecessors=predecessors,
            progress=progress,
        )
        if plot is not None:
            progress(f"drawing {plot}")
            found.plot(plot)
    if as_json:
        print_json(found.to_dict())
    else:
        through_time.show(found, console())
