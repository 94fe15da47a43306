"""The command export."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from saidanddone.errors import BadChoice
from saidanddone.faces import failure
from saidanddone.faces.options import Dataset, Predecessors, Quiet, Since, Until
from saidanddone.faces.output import progress_line

STDOUT = "-"


def export(
    format: Annotated[
        str, typer.Argument(help="csv, parquet, jsonl, gdelt, icews, ftm or jsonld.")
    ],
    source: Annotated[str | None, typer.Argument(help="Who acts.")] = None,
    target: Annotated[str | None, typer.Argument(help="Toward whom.")] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="The acts of all pairs of the dataset.")
    ] = False,
    archive: Annotated[
        Path | None, typer.Option(help="The archive; without it the case that ships.")
    ] = None,
    dataset: Dataset = None,
    since: Since = None,
    until: Until = None,
    without_text: Annotated[
        bool, typer.Option("--without-text", help="Leave out what the dataset says of each act.")
    ] = False,
    predecessors: Predecessors = True,
    to: Annotated[
        str, typer.Option("--to", metavar="FILE", help="The file, or - for stdout.")
    ] = STDOUT,
    quiet: Quiet = False,
) -> None:
    """Write acts for other programs: tables, GDELT's and ICEWS's shapes, entities, RDF."""
    from saidanddone.faces import exports
    from saidanddone.faces.exports.exporting import SIDE_FILE
    from saidanddone.faces.exports.exporting import export as written_to

    chosen = exports.format_named(format)
    if everything == (source is not None):
        raise BadChoice(
            "both a pair and --all are given"
            if everything
            else "neither a pair nor --all is given",
            "SOURCE and TARGET, or --all",
            "give one of them",
        )
    if to == STDOUT and not chosen.text:
        raise BadChoice(
            f"{format} is not text and cannot go to the terminal",
            "--to FILE",
            "name a file",
        )
    try:
        with progress_line(quiet) as progress:
            progress("writing acts")
            written = written_to(
                format,
                source,
                target,
                to=sys.stdout.buffer if to == STDOUT else to,
                archive=archive,
                dataset=dataset,
                since=since,
                until=until,
                text=not without_text,
                predecessors=predecessors,
            )
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of the pipe has what it wanted, as head does; typer would make it a failure.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit from None
    if quiet:
        return
    where = "" if to == STDOUT else f" to {to}; about them: {Path(to).name}{SIDE_FILE}"
    rows = f"{written.rows:,} {'row' if written.rows == 1 else 'rows'}"
    failure.say(f"{rows}{where}")
    for sentence in written.sentences():
        failure.say(sentence)
