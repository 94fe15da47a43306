"""Many pages at once: a few here, many in processes that open the data themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import groupby
from multiprocessing import get_context
from typing import TYPE_CHECKING

from saidanddone.errors import CannotWrite
from saidanddone.faces.pages.environment import name_of
from saidanddone.faces.site.worker import Order, Refused, Task, build, build_all, start

if TYPE_CHECKING:
    from saidanddone.dossier import Atlas
    from saidanddone.faces.site.manifest import Built

AT_ONCE = 20
"""Pages in one order to a process: enough that handing over costs nothing, few enough that two
processes end together."""

FEW = 20
"""Pages that one process builds sooner than others have started and opened the data: 3 s here."""

Progress = Callable[[str, int, int], None]
"""Is called with what is being done, how much of it is done, and of how much."""


def built(
    task: Task, atlas: Atlas, orders: Sequence[Order], jobs: int, progress: Progress
) -> Iterator[tuple[str, Built, int]]:
    """Build pages: their keys, what was built, and how many files were written anew."""
    total = len(orders)
    if total <= FEW or jobs == 1:
        for done, order in enumerate(orders):
            progress(f"{name_of(order.source)} → {name_of(order.target)}", done, total)
            yield build(atlas, task, order)
        return
    done = 0
    with _pool(task, jobs) as pool:
        for batch in pool.map(build_all, batches(orders)):
            if isinstance(batch, Refused):
                raise batch.error()
            yield from batch
            done += len(batch)
            progress("building pages of pairs", done, total)


def batches(orders: Sequence[Order]) -> Iterator[list[Order]]:
    """Orders by source, as what is known of a source serves all of its pairs."""
    for _, group in groupby(orders, key=lambda order: order.source):
        own = list(group)
        for at in range(0, len(own), AT_ONCE):
            yield own[at : at + AT_ONCE]


@contextmanager
def _pool(task: Task, jobs: int) -> Iterator[ProcessPoolExecutor]:
    # Not forked: Polars has threads, which a fork would leave in the middle of their work.
    context = get_context("spawn")
    try:
        with ProcessPoolExecutor(jobs, context, initializer=start, initargs=(task,)) as pool:
            try:
                yield pool
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise
    except BrokenProcessPool as error:
        raise CannotWrite(
            "a process that builds pages ended early",
            "enough memory for all processes",
            "use fewer --jobs; what is built so far is taken up again",
        ) from error
