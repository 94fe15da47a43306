"""The command curve."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from saidanddone.faces.options import (
    Actors,
    Against,
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


def curve(
    source: Annotated[str, typer.Argument(help="Who acts.")],
    target: Annotated[str, typer.Argument(help="Toward whom.")],
    archive: Annotated[Path | None, typer.Option(help="The archive, with a census.")] = None,
    dataset: Dataset = None,
    since: Since = None,
    until: Until = None,
    vary: Annotated[
        str | None,
        typer.Option(
            metavar="AXIS,...",
            help="Only these: dataset, window, reading, count, against, actors, arrests, weight.",
        ),
    ] = None,
    against: Against = "world",
    reading: Reading = "said-done",
    count: Count = "acts",
    actors: Actors = None,
    without: Without = "",
    predecessors: Predecessors = True,
    as_json: Json = False,
    table: Annotated[
        Path | None, typer.Option(help="Write one row a specification into a CSV file.")
    ] = None,
    plot: Annotated[
        Path | None, typer.Option(help="Draw the curve into a .png, .svg or .html.")
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Answer a question under every combination of the choices: the specification curve."""
    from saidanddone.faces import specification_curve
    from saidanddone.measure.specifications import AXES

    with progress_line(quiet) as progress:
        found = specification_curve.curve(
            source,
            target,
            vary=AXES if vary is None else codes_in(vary),
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
        if table is not None:
            found.write(table)
        if plot is not None:
            progress(f"drawing {plot}")
            found.plot(plot)
    if as_json:
        print_json(found.to_dict())
    else:
        specification_curve.show(found, console())
