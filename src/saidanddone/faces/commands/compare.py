"""The command compare."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from saidanddone.faces.options import (
    DEFAULT_ARCHIVE,
    Actors,
    Against,
    Count,
    Dispersion,
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


def compare(
    source: Annotated[str, typer.Argument(help="Who acts.")],
    target: Annotated[str, typer.Argument(help="Toward whom.")],
    archive: Annotated[Path, typer.Option(help="The archive.")] = DEFAULT_ARCHIVE,
    datasets: Annotated[
        str, typer.Option(metavar="A,B", help="The two datasets, the second of --beside if given.")
    ] = "",
    beside: Annotated[
        Path | None, typer.Option(help="A second archive, for the second dataset.")
    ] = None,
    since: Since = None,
    until: Until = None,
    against: Against = "world",
    reading: Reading = "said-done",
    count: Count = "acts",
    actors: Actors = None,
    without: Without = "",
    dispersion: Dispersion = "blocks",
    predecessors: Predecessors = True,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Put one question to two datasets: where they agree, where not, and why."""
    from saidanddone.faces import comparing

    with progress_line(quiet) as progress:
        found = comparing.compare(
            source,
            target,
            archive=archive,
            beside=beside,
            datasets=codes_in(datasets),
            since=since,
            until=until,
            against=against,
            reading=reading,
            count=count,
            actors=actors,
            without=codes_in(without),
            dispersion=dispersion,
            predecessors=predecessors,
            progress=progress,
        )
    if as_json:
        print_json(found.to_dict())
    else:
        comparing.show(found, console())
