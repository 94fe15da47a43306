"""The command read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from saidanddone.faces import failure
from saidanddone.faces.options import Engine, Json, Master, Quiet
from saidanddone.faces.output import console, progress_bar


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
    jobs: Annotated[
        int | None, typer.Option(min=1, help="Processes for many documents; default: the cores.")
    ] = None,
    pipeline: Annotated[
        str | None, typer.Option(help="The parser: the name of a pipeline of spaCy, or its folder.")
    ] = None,
    quiet: Quiet = False,
    engine: Engine = "polars",
    master: Master = None,
) -> None:
    """Read documents: who did, said or signed what toward whom, each with its sentence."""
    from saidanddone.archive import Archive, engine_of
    from saidanddone.faces import reading
    from saidanddone.faces.documents import Documents
    from saidanddone.reading import parser, workers
    from saidanddone.reading.page import Refusal

    chosen = engine_of(engine, master)
    if pipeline is not None:
        parser.choose(pipeline)
    refused = False
    archive = Archive.create(into) if into is not None else None
    with Documents(archive, dataset) as documents:
        with progress_bar(quiet) as progress:
            for report in documents.read(
                places, jobs=jobs or workers.cores(), engine=chosen, progress=progress
            ):
                if isinstance(report, Refusal):
                    failure.say(str(report.error))
                    refused = True
                    continue
                if report.left_out:
                    failure.say(reading.left_out(report))
                if not as_json:
                    reading.show(report, console())
        if as_json:
            reading.print_lines(documents.acts())
        if notes is not None:
            reading.write_notes(documents.notes(), notes)
    if refused:
        raise typer.Exit(failure.BAD_INPUT)
