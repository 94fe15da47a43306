"""The command line: every command is a function in commands/, and listed here."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from saidanddone import __version__
from saidanddone.faces import failure
from saidanddone.faces.commands.ask import ask
from saidanddone.faces.commands.audiences import audiences
from saidanddone.faces.commands.check import check
from saidanddone.faces.commands.compare import compare
from saidanddone.faces.commands.curve import curve
from saidanddone.faces.commands.export import export
from saidanddone.faces.commands.fetch import fetch
from saidanddone.faces.commands.indicators import indicators
from saidanddone.faces.commands.ingest import ingest
from saidanddone.faces.commands.movers import movers
from saidanddone.faces.commands.publish import publish
from saidanddone.faces.commands.rank import rank
from saidanddone.faces.commands.read import read
from saidanddone.faces.commands.report import report
from saidanddone.faces.commands.series import series
from saidanddone.faces.commands.serve import serve
from saidanddone.faces.commands.study import study
from saidanddone.faces.commands.why import why

app = typer.Typer(
    name="saidanddone",
    help="Ask whether a government's deeds match its words, and get an answer with its evidence.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback(invoke_without_command=True)
def _root(
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    if version:
        typer.echo(__version__)
        raise typer.Exit


for command in (
    ask,
    compare,
    why,
    audiences,
    indicators,
    series,
    study,
    curve,
    rank,
    movers,
    export,
    publish,
    fetch,
    ingest,
    read,
    report,
    serve,
    check,
):
    app.command()(command)


def main() -> None:
    """Run the command line; errors made on purpose become one sentence and exit code 2."""
    # Matrices of a norm are a few hundred wide: on a busy machine threads that wait for each other
    # made a fit of 'peers' take 5.8 s of processor time, and one thread 0.5 s (ICEWS 2018).
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    failure.run(app)


if __name__ == "__main__":
    main()
