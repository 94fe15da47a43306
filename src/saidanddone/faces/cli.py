"""The command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from saidanddone import __version__
from saidanddone.faces import failure
from saidanddone.faces.options import (
    DEFAULT_ARCHIVE,
    Actors,
    Against,
    Count,
    Dataset,
    Dispersion,
    Engine,
    Json,
    Predecessors,
    Quiet,
    Reading,
    Since,
    Until,
    Without,
)
from saidanddone.faces.output import console, print_json, progress_line

if TYPE_CHECKING:
    from saidanddone.reading.notes import Note

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


@app.command()
def ask(
    source: Annotated[
        str, typer.Argument(help="Who acts, as people type it: russia, KOR, Moscow.")
    ],
    target: Annotated[str, typer.Argument(help="Toward whom.")],
    archive: Annotated[
        Path | None, typer.Option(help="The archive; without it the case that ships answers.")
    ] = None,
    dataset: Dataset = None,
    since: Since = None,
    until: Until = None,
    against: Against = "world",
    reading: Reading = "said-done",
    count: Count = "acts",
    actors: Actors = None,
    without: Without = "",
    dispersion: Dispersion = "blocks",
    predecessors: Predecessors = True,
    explain: Annotated[bool, typer.Option("--explain", help="Show the arithmetic.")] = False,
    as_json: Json = False,
    plot: Annotated[
        Path | None, typer.Option(help="Draw words and deeds into a .png, .svg or .html.")
    ] = None,
    quiet: Quiet = False,
    engine: Engine = "polars",
) -> None:
    """Ask whether the source's deeds toward the target match its words."""
    from saidanddone.faces import python, terminal

    with progress_line(quiet) as progress:
        answer = python.ask(
            source,
            target,
            archive=archive,
            dataset=dataset,
            since=since,
            until=until,
            against=against,
            reading=reading,
            count=count,
            actors=actors,
            without=_codes(without),
            dispersion=dispersion,
            predecessors=predecessors,
            engine=engine,
            progress=progress,
        )
        if plot is not None:
            progress(f"drawing {plot}")
            answer.plot(plot)
    if as_json:
        print_json(answer.to_dict())
    else:
        terminal.show(answer, console(), arithmetic=explain)
    if as_json and explain:
        typer.echo(answer.explain(), err=True)


@app.command()
def rank(
    archive: Annotated[Path, typer.Option(help="The archive.")] = DEFAULT_ARCHIVE,
    dataset: Dataset = None,
    since: Since = None,
    until: Until = None,
    corner: Annotated[
        str | None,
        typer.Option(help="Rank by the probability of a corner, such as 'quiet partner'."),
    ] = None,
    top: Annotated[int, typer.Option(help="How many pairs.")] = 50,
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
    """Rank the pairs of states of a census by how far their deeds are from their words."""
    from saidanddone.faces import python, ranking

    with progress_line(quiet) as progress:
        rows = python.rank(
            archive,
            dataset=dataset,
            since=since,
            until=until,
            corner=corner,
            top=top,
            predecessors=predecessors,
            progress=progress,
            against=against,
            reading=reading,
            count=count,
            actors=actors,
            without=_codes(without),
            dispersion=dispersion,
        )
    if as_json:
        print_json([row.to_dict() for row in rows])
    else:
        ranking.show(rows, corner, console())


@app.command()
def ingest(
    format: Annotated[str, typer.Argument(help="icews, table, counts or case.")],
    # Not refused by typer where one cannot be read: the others still land.
    paths: Annotated[
        list[Path], typer.Argument(help="Files, or folders that hold them.", readable=False)
    ],
    archive: Annotated[
        Path, typer.Option(help="The archive; made where there is none.")
    ] = DEFAULT_ARCHIVE,
    mapping: Annotated[
        str | None,
        typer.Option(help="For table and counts: a TOML file, or one that ships: icews-2018."),
    ] = None,
    dataset: Annotated[str | None, typer.Option(help="Name of the dataset.")] = None,
    quiet: Quiet = False,
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
            progress=lambda name, rows: progress(f"{name}: {rows:,} rows"),
        )
    receipt.show(report, archive, console())
    refused = report.having("refused")
    for file in refused:
        failure.say(file.error or f"'{file.path}' was refused")
    if refused:
        raise typer.Exit(failure.BAD_INPUT)


@app.command()
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


@app.command()
def check(
    archive: Annotated[Path, typer.Option(help="The archive.")] = DEFAULT_ARCHIVE,
    as_json: Json = False,
) -> None:
    """Prove an archive whole, or name what is not."""
    from saidanddone.faces import python, receipt

    findings = python.check(archive)
    if as_json:
        from dataclasses import asdict

        print_json([asdict(finding) for finding in findings])
    else:
        receipt.show_findings(findings, archive, console())
    if any(finding.severity == "fault" for finding in findings):
        raise typer.Exit(failure.BAD_INPUT)


def main() -> None:
    """Run the command line; errors made on purpose become one sentence and exit code 2."""
    failure.run(app)


def _codes(text: str) -> list[str]:
    return [code.strip() for code in text.split(",") if code.strip()]


if __name__ == "__main__":
    main()
