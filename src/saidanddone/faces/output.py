"""Where a command writes: a console, JSON on stdout, progress on stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console


def console() -> Console:
    """The terminal, or a pipe of 100 columns."""
    from rich.console import Console

    class Pipe(Console):
        """A console whose reader may leave early, as head does, without that being a failure."""

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    # 100 columns where no terminal tells its width, so that a pipe gets readable tables.
    width = None if sys.stdout.isatty() else 100
    return Pipe(highlight=False, width=width)


def print_json(value: Any) -> None:
    """Print one JSON value, null and never NaN."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n")


@contextmanager
def progress_line(quiet: bool) -> Iterator[Any]:
    """A line on stderr that says what is being done: on a terminal only, and not with --quiet."""
    if quiet or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    with Console(stderr=True).status("reading") as status:
        yield status.update


@contextmanager
def progress_bar(quiet: bool) -> Iterator[Any]:
    """A bar on stderr for what is done, of how much: on a terminal only, and not with --quiet."""
    if quiet or not sys.stderr.isatty():
        yield lambda *_: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[name]}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, name="")

        def tell(name: str, done: int, total: int) -> None:
            bar.update(task, completed=done, total=total, name=name)

        yield tell
