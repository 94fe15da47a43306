"""Counting ahead: several files at a time, given back in their order, memory bounded."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from pathlib import Path

from saidanddone.sources.scanner.whole import count_whole
from saidanddone.sources.source import CountedBatch

MOST_THREADS = 4
"""Each thread holds a text of up to whole.WHOLE_BYTES and its packed bytes; what is done with the
cells afterwards keeps no more threads busy."""


def count_files(
    paths: Iterable[Path], threads: int | None = None
) -> Iterator[tuple[Path, CountedBatch | None]]:
    """Yield every file with what count_whole says of it, in order; None: not a plain one.

    threads is by default one for each core, at most MOST_THREADS. Inflating and scanning let
    other threads run. At most threads + 1 files are under way or wait to be taken.
    """
    count = max(1, threads or min(MOST_THREADS, os.cpu_count() or 1))
    rest = iter(paths)
    with ThreadPoolExecutor(count, thread_name_prefix="scanner") as pool:
        under_way: deque[tuple[Path, Future[CountedBatch | None]]] = deque(
            (path, pool.submit(count_whole, path)) for path in islice(rest, count + 1)
        )
        try:
            while under_way:
                path, future = under_way.popleft()
                batch = future.result()
                for following in islice(rest, 1):
                    under_way.append((following, pool.submit(count_whole, following)))
                yield path, batch
        finally:
            for _, future in under_way:
                future.cancel()
