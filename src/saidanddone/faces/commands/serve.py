"""The command serve."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from saidanddone.errors import BadChoice, MissingExtra
from saidanddone.faces.failure import say
from saidanddone.faces.options import Dataset

MOST_WORKERS = 64
"""More processes than cores only wait for each other; this is a slip of the finger."""


def serve(
    archive: Annotated[
        Path | None, typer.Option(help="The archive; without it the case that ships is shown.")
    ] = None,
    dataset: Dataset = None,
    host: Annotated[
        str, typer.Option(help="Where to listen: 127.0.0.1 is reached from this machine alone.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port; 0 takes any that is free.")] = 8000,
    workers: Annotated[int, typer.Option(help="Processes that answer.")] = 1,
    name: Annotated[
        list[str] | None,
        typer.Option(
            help="A host name under which the pages are asked for, as behind a proxy; repeatable."
        ),
    ] = None,
    title: Annotated[str, typer.Option(help="Title of the site.")] = "Said & Done",
    about: Annotated[str, typer.Option(help="What the site is, for its page about.")] = "",
    contact: Annotated[str, typer.Option(help="Whom to write to, for its page contact.")] = "",
) -> None:
    """Serve dossiers, search and an API over an archive as a web application, read-only."""
    try:
        from saidanddone.faces.web import server
    except ModuleNotFoundError as error:
        raise MissingExtra(
            f"serving needs the package '{error.name}', which is not installed",
            "the extra web",
            "install it with: pip install 'saidanddone[web]'",
        ) from error
    from saidanddone.faces.web import Settings

    if not 1 <= workers <= MOST_WORKERS:
        raise BadChoice(
            f"--workers {workers} cannot be",
            f"a whole number from 1 to {MOST_WORKERS}",
            "one for each core is enough",
        )
    loopback = server.is_loopback(host)
    if not loopback:
        say(f"warning: whoever reaches '{host}' can read these pages; nothing is encrypted.")
    own = server.LOOPBACK_NAMES if loopback else ()
    # Behind no other name: a page elsewhere whose name is pointed at this machine gets nothing.
    names = (*own, *([host] if own else []), *(name or ()))
    settings = Settings(
        archive=archive,
        dataset=dataset,
        title=title,
        about=about,
        contact=contact,
        hosts=tuple(dict.fromkeys(each.lower() for each in names)),
    )
    server.serve(settings, host, port, workers, say=lambda at: say(f"serving at {at}"))
