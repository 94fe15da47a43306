"""The command indicators."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from saidanddone.faces.options import (
    DEFAULT_ARCHIVE,
    Actors,
    Against,
    Dataset,
    Json,
    Predecessors,
    Quiet,
    Since,
    Until,
)
from saidanddone.faces.output import console, print_json, progress_line


def indicators(
    source: Annotated[str, typer.Argument(help="Who acts.")],
    target: Annotated[str, typer.Argument(help="Toward whom.")],
    archive: Annotated[Path, typer.Option(help="The archive.")] = DEFAULT_ARCHIVE,
    dataset: Dataset = None,
    since: Since = None,
    until: Until = None,
    against: Against = "world",
    actors: Actors = None,
    predecessors: Predecessors = True,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Show hard indicators of a pair beside its deeds: by year, with its rank among all pairs."""
    from saidanddone.faces import indicators as face
    from saidanddone.faces import python

    with progress_line(quiet) as progress:
        answer = python.ask(
            source,
            target,
            archive=archive,
            dataset=dataset,
            since=since,
            until=until,
            against=against,
            actors=actors,
            predecessors=predecessors,
            progress=progress,
        )
    if as_json:
        print_json(face.to_dict(answer))
    else:
        face.show(answer, console())
