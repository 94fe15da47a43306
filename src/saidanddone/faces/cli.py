"""The command line."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from saidanddone import __version__
from saidanddone.faces import failure

if TYPE_CHECKING:
    from rich.console import Console

DEFAULT_ARCHIVE = Path("archive")
"""Where ingest writes and rank and check read without --archive: a folder beside the user."""

app = typer.Typer(
    name="saidanddone",
    help="Ask whether a government's deeds match its words, and get an answer with its evidence.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Since = Annotated[
    str | None, typer.Option(help="First day: YYYY, YYYY-MM or YYYY-MM-DD, inclusive.")
]
Until = Annotated[
    str | None, typer.Option(help="Last day: YYYY, YYYY-MM or YYYY-MM-DD, inclusive.")
]
Dataset = Annotated[str | None, typer.Option(help="Which dataset of the archive answers.")]
Against = Annotated[str, typer.Option(help="The norm: world, plain or self.")]
Reading = Annotated[str, typer.Option(help="Where words end: said-done, icews, gdelt or plover.")]
Count = Annotated[str, typer.Option(help="Count acts once a day, reports or codes.")]
Actors = Annotated[
    str | None,
    typer.Option(help="Whose acts: government (default where the source tells) or all."),
]
Without = Annotated[str, typer.Option(metavar="CODE,...", help="Codes to leave out.")]
Dispersion = Annotated[
    str, typer.Option(help="Blocks of time, or none: counting error only, never decides.")
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]
Quiet = Annotated[bool, typer.Option("--quiet", help="No progress.")]
Engine = Annotated[str, typer.Option(help="Engine for table work: polars.")]
Predecessors = Annotated[
    bool,
    typer.Option(
        "--predecessors/--no-predecessors",
        help="Count a predecessor's acts as its successor's: the USSR's as Russia's.",
    ),
]


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

    with _progress(quiet) as progress:
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
        _print_json(answer.to_dict())
    else:
        terminal.show(answer, _console(), arithmetic=explain)
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

    with _progress(quiet) as progress:
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
        _print_json([row.to_dict() for row in rows])
    else:
        ranking.show(rows, corner, _console())


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

    with _progress(quiet) as progress:
        report = python.ingest(
            format,
            paths,
            archive,
            mapping=mapping,
            dataset=dataset,
            progress=lambda name, rows: progress(f"{name}: {rows:,} rows"),
        )
    receipt.show(report, archive, _console())
    refused = report.having("refused")
    for file in refused:
        failure.say(file.error or f"'{file.path}' was refused")
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

        _print_json([asdict(finding) for finding in findings])
    else:
        receipt.show_findings(findings, archive, _console())
    if any(finding.severity == "fault" for finding in findings):
        raise typer.Exit(failure.BAD_INPUT)


def main() -> None:
    """Run the command line; errors made on purpose become one sentence and exit code 2."""
    failure.run(app)


def _codes(text: str) -> list[str]:
    return [code.strip() for code in text.split(",") if code.strip()]


def _console() -> Console:
    from rich.console import Console

    class Pipe(Console):
        """A console whose reader may leave early, as head does, without that being a failure."""

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    # 100 columns where no terminal tells its width, so that a pipe gets readable tables.
    width = None if sys.stdout.isatty() else 100
    return Pipe(highlight=False, width=width)


def _print_json(value: Any) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n")


@contextmanager
def _progress(quiet: bool) -> Iterator[Any]:
    """A line on stderr that says what is being done: on a terminal only, and not with --quiet."""
    if quiet or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    with Console(stderr=True).status("reading") as status:
        yield status.update


if __name__ == "__main__":
    main()
