"""The command audiences."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from saidanddone.faces.options import DEFAULT_ARCHIVE, Dataset, Json, Predecessors, Since, Until
from saidanddone.faces.output import console, print_json


def audiences(
    source: Annotated[str, typer.Argument(help="Who speaks.")],
    target: Annotated[str, typer.Argument(help="Of whom.")],
    archive: Annotated[Path, typer.Option(help="The archive.")] = DEFAULT_ARCHIVE,
    dataset: Dataset = None,
    since: Since = None,
    until: Until = None,
    predecessors: Predecessors = True,
    as_json: Json = False,
) -> None:
    """Show how friendly the source speaks of the target before whom, in documents."""
    from saidanddone.faces import hearers

    found = hearers.audiences(
        source,
        target,
        archive=archive,
        dataset=dataset,
        since=since,
        until=until,
        predecessors=predecessors,
    )
    if as_json:
        print_json(found.to_dict())
    else:
        hearers.show(found, console())
