"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

DEFAULT_ARCHIVE = Path("archive")
"""Where ingest writes and rank and check read without --archive: a folder beside the user."""

Since = Annotated[
    str | None, typer.Option(help="First day: YYYY, YYYY-MM or YYYY-MM-DD, inclusive.")
]
Until = Annotated[
    str | None, typer.Option(help="Last day: YYYY, YYYY-MM or YYYY-MM-DD, inclusive.")
]
Dataset = Annotated[str | None, typer.Option(help="Which dataset of the archive answers.")]
Against = Annotated[str, typer.Option(help="The norm: world, plain, peers or self.")]
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
Engine = Annotated[str, typer.Option(help="Engine for table work: polars or spark.")]
Master = Annotated[
    str | None,
    typer.Option(help="Where Spark runs: local[4], spark://HOST:PORT, yarn; default its own."),
]
Predecessors = Annotated[
    bool,
    typer.Option(
        "--predecessors/--no-predecessors",
        help="Count a predecessor's acts as its successor's: the USSR's as Russia's.",
    ),
]


def codes_in(text: str) -> list[str]:
    """The codes of a list with commas.

    >>> codes_in("173, 175,")
    ['173', '175']
    """
    return [code.strip() for code in text.split(",") if code.strip()]
