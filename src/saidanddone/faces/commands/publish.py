"""The command publish."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from saidanddone.errors import BadChoice
from saidanddone.faces.options import Dataset, Quiet, Since, Until
from saidanddone.faces.output import progress_bar


def publish(
    out: Annotated[
        Path, typer.Argument(metavar="OUT", help="The folder of the site; made if it is not there.")
    ],
    archive: Annotated[
        Path | None, typer.Option(help="The archive; without it the case that ships.")
    ] = None,
    dataset: Dataset = None,
    since: Since = None,
    until: Until = None,
    settings: Annotated[
        Path | None, typer.Option(help="Title, address, texts and more, as TOML.")
    ] = None,
    pairs: Annotated[
        int | None, typer.Option(help="How many pairs get a page: those with most acts.")
    ] = None,
    pair: Annotated[
        list[str] | None,
        typer.Option(metavar="SOURCE:TARGET", help="A pair that gets a page; may be repeated."),
    ] = None,
    refit: Annotated[
        bool, typer.Option("--refit", help="Fit the norms anew and build every page.")
    ] = False,
    jobs: Annotated[int, typer.Option(help="Processes that build pages.")] = 2,
    quiet: Quiet = False,
) -> None:
    """Build a static site of an archive into a folder, for any web server."""
    from saidanddone.faces import site

    chosen = site.read_settings(settings) if settings else site.Settings()
    if pairs is not None and pair:
        raise BadChoice(
            "--pairs and --pair are both given",
            "a number of pairs or a list of them",
            "leave one of them out",
        )
    if pairs is not None:
        chosen = replace(chosen, pairs=site.how_many(pairs))
    if pair:
        chosen = replace(chosen, pairs=tuple(map(site.two_names, pair)))
    with progress_bar(quiet) as progress:
        found = site.publish(
            out,
            archive=archive,
            dataset=dataset,
            since=since,
            until=until,
            settings=chosen,
            refit=refit,
            jobs=jobs,
            progress=progress,
        )
    if not quiet:
        site.say(found)
