"""The command fetch."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from saidanddone.faces import failure
from saidanddone.faces.options import Dataset, Quiet, Since, Until
from saidanddone.faces.output import console

if TYPE_CHECKING:
    from saidanddone.faces.fetching import FetchReport
    from saidanddone.sources.fetch import Missing

INTERRUPTED = 130
"""The exit code that shells give a command that Ctrl-C ended."""

_RUNS = 20
"""Runs of gaps that are listed; the archive has all."""


def fetch(
    format: Annotated[str, typer.Argument(help="gdelt.")],
    since: Since = None,
    until: Until = None,
    archive: Annotated[
        Path | None,
        typer.Option(help="The archive; made where there is none. Not needed with --into."),
    ] = None,
    dataset: Dataset = None,
    version: Annotated[
        int, typer.Option(help="1: daily files since 1979; 2: every 15 minutes since 2015.")
    ] = 1,
    translated: Annotated[
        bool, typer.Option("--translated", help="Of 2.0: also what was translated into English.")
    ] = False,
    mentions: Annotated[
        bool, typer.Option("--mentions", help="Of 2.0: also who mentioned the events.")
    ] = False,
    keep: Annotated[
        str, typer.Option(help="Keep events with their tally, or the tally alone: events or tally.")
    ] = "events",
    files: Annotated[
        str | None, typer.Option(help="Keep or drop the files once the archive has them.")
    ] = None,
    into: Annotated[
        Path | None, typer.Option(help="The folder for the files; without --archive only this.")
    ] = None,
    service: Annotated[
        str | None, typer.Option(help="The service's address, or SAIDANDDONE_GDELT.")
    ] = None,
    jobs: Annotated[int, typer.Option(help="Connections in parallel.")] = 3,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say how many files and bytes, and what is missing.")
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Fetch GDELT's files for a window: each whole and as listed, and every gap on record."""
    from saidanddone.faces import fetching
    from saidanddone.faces.order import order_of

    order = order_of(
        format, since, until, archive=archive, dataset=dataset, into=into, version=version,
        translated=translated, mentions=mentions, keep=keep, files=files, service=service,
        jobs=jobs,
    )  # fmt: skip
    try:
        with _progress(quiet) as progress:
            report = fetching.fetch(order, dry_run=dry_run, progress=progress)
    except KeyboardInterrupt:
        failure.say("interrupted; what is whole stays: the same command goes on from there.")
        raise typer.Exit(INTERRUPTED) from None
    _show(report, dry_run=dry_run)
    where = f"archive: {order.archive}" if order.archive else f"folder: {order.folder}"
    console().print(where, markup=False, soft_wrap=True)
    for line in _gaps(report.missing):
        failure.say(line)
    if report.failed:
        raise typer.Exit(failure.BAD_INPUT)


def _show(report: FetchReport, *, dry_run: bool) -> None:
    """Print the balance of files, and of rows."""
    plan, done = report.plan, "to fetch" if dry_run else "fetched"
    lines = [
        f"GDELT {plan.version}.0, {plan.window.since} to {plan.window.until}: {report.files:,} "
        f"files listed, {report.bytes:,} bytes",
        f"{report.there:,} already there, {report.fetched:,} {done} ({report.fetched_bytes:,} "
        f"bytes), {len(report.failed):,} failed, {len(plan.unlisted):,} not listed",
    ]
    if plan.not_due:
        lines.append(f"{plan.not_due:,} more are not due yet")
    if plan.unread:
        lines.append(f"{plan.unread:,} lines of the service's lists could not be read")
    made = report.ingest
    if made is not None:
        lines.append(
            f"{len(made.having('ingested')):,} ingested; rows read {made.rows:,} = kept "
            f"{made.kept:,} + set aside {made.set_aside:,} + filtered {made.filtered:,}"
        )
    if report.mentions is not None:
        told = report.mentions
        lines.append(
            f"{len(told.having('ingested')):,} of mentions ingested; rows read {told.rows:,} = "
            f"kept {told.kept:,} + set aside {told.set_aside:,}"
        )
    for line in lines:
        console().print(line, markup=False, soft_wrap=True)


def _gaps(missing: list[Missing]) -> Iterator[str]:
    """Yield a sentence for every run of gaps with one reason, and one for those left out."""
    runs: list[list[Missing]] = []
    for gap in sorted(missing, key=lambda gap: gap.interval.key):
        before = runs[-1][-1] if runs else None
        if before and _goes_on(before, gap):
            runs[-1].append(gap)
        else:
            runs.append([gap])
    for run in runs[:_RUNS]:
        first, last = run[0].interval.name, run[-1].interval.name
        named = first if len(run) == 1 else f"{first} to {last}, {len(run):,} files"
        yield f"missing: {named}: {run[0].reason}"
    if len(runs) > _RUNS:
        rest = sum(len(run) for run in runs[_RUNS:])
        yield f"missing: {rest:,} files more"


def _goes_on(before: Missing, gap: Missing) -> bool:
    same = (before.reason, before.interval.table) == (gap.reason, gap.interval.table)
    return same and before.interval.end == gap.interval.start


@contextmanager
def _progress(quiet: bool) -> Iterator[Any]:
    """A bar of bytes on stderr: on a terminal only, and not with --quiet."""
    if quiet or not sys.stderr.isatty():
        yield lambda *_: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        DownloadColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
        TransferSpeedColumn,
    )

    columns = (
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[name]}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, name="")

        def tell(name: str, done: int, whole: int) -> None:
            bar.update(task, completed=done, total=whole or None, name=name)

        yield tell
