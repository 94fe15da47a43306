"""The command read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from saidanddone.faces import failure
from saidanddone.faces.options import Json, Quiet
from saidanddone.faces.output import console, progress_line

if TYPE_CHECKING:
    from saidanddone.reading.notes import Note


def read(
    places: Annotated[
        list[str],
        typer.Argument(metavar="PATH|URL...", help="Files, folders, addresses, or lists of them."),
    ],
    as_json: Json = False,
    notes: Annotated[
        Path | None, typer.Option(help="Write what does not agree here, one JSON object a line.")
    ] = None,
    into: Annotated[
        Path | None, typer.Option(help="Make the acts part of this archive, as a selection.")
    ] = None,
    dataset: Annotated[str | None, typer.Option(help="Name of the dataset with --into.")] = None,
    quiet: Quiet = False,
) -> None:
    """Read documents: who did, said or signed what toward whom, each with its sentence."""
    from saidanddone.faces import python, reading
    from saidanddone.reading.page import Refusal

    found: list[Note] = []
    refused = False
    with progress_line(quiet) as progress:
        for report in python.read(
            places,
            into=into,
            dataset=dataset,
            progress=lambda address, done: progress(f"{done:,} read; reading {address}"),
        ):
            if isinstance(report, Refusal):
                failure.say(str(report.error))
                refused = True
                continue
            found += report.notes
            if as_json:
                reading.print_lines(report)
            else:
                reading.show(report, console())
    if notes is not None:
        reading.write_notes(found, notes)
    if refused:
        raise typer.Exit(failure.BAD_INPUT)
