"""The command study."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from saidanddone.errors import BadChoice
from saidanddone.faces.options import (
    Actors,
    Count,
    Dataset,
    Json,
    Predecessors,
    Quiet,
    Reading,
    Since,
    Until,
    Without,
    codes_in,
)
from saidanddone.faces.output import console, print_json, progress_line


def study(
    source: Annotated[str, typer.Argument(help="Who acts.")],
    target: Annotated[
        str | None, typer.Argument(help="Toward whom; left out with --all-targets.")
    ] = None,
    triggers: Annotated[
        str,
        typer.Option(
            help="nuclear-tests, sanctions-on-north-korea, korea-summits, leaders:STATE, or a CSV "
            "file with a column date."
        ),
    ] = "nuclear-tests",
    archive: Annotated[
        Path | None, typer.Option(help="The archive; without it the case that ships answers.")
    ] = None,
    dataset: Dataset = None,
    since: Since = None,
    until: Until = None,
    before_days: Annotated[int, typer.Option(help="Days before a trigger.")] = 90,
    after_days: Annotated[int, typer.Option(help="Days after it, its own beside.")] = 90,
    all_targets: Annotated[
        bool, typer.Option("--all-targets", help="Every state that the source has acts toward.")
    ] = False,
    reading: Reading = "said-done",
    count: Count = "acts",
    actors: Actors = None,
    without: Without = "",
    predecessors: Predecessors = True,
    as_json: Json = False,
    plot: Annotated[
        Path | None, typer.Option(help="Draw the study into a .png, .svg or .html.")
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Compare words and deeds before and after triggers, against placebo days."""
    from saidanddone.faces import event_study

    if (target is None) != all_targets:
        raise BadChoice(
            "a target and --all-targets exclude each other"
            if target
            else "nobody is named as the target",
            "one target, or --all-targets",
            "name a target or add --all-targets",
        )
    choices: dict[str, Any] = {
        "archive": archive,
        "dataset": dataset,
        "since": since,
        "until": until,
        "before_days": before_days,
        "after_days": after_days,
        "reading": reading,
        "count": count,
        "actors": actors,
        "without": codes_in(without),
        "predecessors": predecessors,
    }
    with progress_line(quiet) as progress:
        if target is None:
            rows = event_study.study_targets(
                source, triggers=triggers, progress=progress, **choices
            )
        else:
            found = event_study.study(source, target, triggers=triggers, **choices)
            if plot is not None:
                progress(f"drawing {plot}")
                found.plot(plot)
    if target is None:
        if as_json:
            print_json([row.to_dict() for row in rows])
        else:
            event_study.show_targets(rows, console())
    elif as_json:
        print_json(found.to_dict())
    else:
        event_study.show(found, console())
