"""The command ingest."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from saidanddone.faces import failure
from saidanddone.faces.options import DEFAULT_ARCHIVE, Engine, Master, Quiet
from saidanddone.faces.output import console, progress_line


def ingest(
    format: Annotated[
        str,
        typer.Argument(
            help="icews, gdelt, polecat, votes, table, counts, case, indicators or mentions."
        ),
    ],
    # Not refused by typer where one cannot be read: the others still land.
    paths: Annotated[
        list[Path], typer.Argument(help="Files, or folders that hold them.", readable=False)
    ],
    archive: Annotated[
        Path, typer.Option(help="The archive; made where there is none.")
    ] = DEFAULT_ARCHIVE,
    mapping: Annotated[
        str | None,
        typer.Option(help="For table, counts, indicators: a TOML file, or one that ships."),
    ] = None,
    dataset: Annotated[str | None, typer.Option(help="Name of the dataset.")] = None,
    keep: Annotated[
        str,
        typer.Option(help="Keep events with their tally, or the tally alone: events or tally."),
    ] = "events",
    quiet: Quiet = False,
    engine: Engine = "polars",
    master: Master = None,
) -> None:
    """Make files part of an archive: each whole or not at all, and once."""
    from saidanddone.faces import python, receipt

    with progress_line(quiet) as progress:
        report = python.ingest(
            format,
            paths,
            archive,
            mapping=mapping,
            dataset=dataset,
            keep=keep,
            engine=engine,
            master=master,
            progress=lambda name, rows: progress(f"{name}: {rows:,} rows"),
        )
    receipt.show(report, archive, console())
    refused = report.having("refused")
    for file in refused:
        failure.say(file.error or f"'{file.path}' was refused")
    if refused:
        raise typer.Exit(failure.BAD_INPUT)
