"""Files read ahead: several at a time, given back in their order, memory bounded.

The bytes of a file are read once. What they hash to is the file's name in the archive, and what is
counted are these very bytes, so that a file cannot change between the two.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

import numpy as np

from saidanddone.archive import intake
from saidanddone.errors import BadInput
from saidanddone.sources.numbers import Bytes, NumberedBatch, NumberingSource

MOST_BYTES = 1 << 25
"""32 MB: the largest file that is held at once; 15 minutes of GDELT 2.0 have under 1 MB."""

MOST_THREADS = 4
"""Each thread holds a file and its text; the one that takes what they bring keeps no more busy."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file that was read: its SHA-256 and what it counts; None: it has to be counted by path."""

    sha256: str
    batch: NumberedBatch | None = None


Found = tuple[Path, BadInput | None]
"""A file, or a path where none was found and why."""

Load = Callable[[], Loaded]
"""Gives what a file brought, once it is there; raises BadInput."""


def identify(found: Found) -> Loaded:
    """Find out the SHA-256 of a file alone; raises BadInput."""
    path, error = found
    if error is not None:
        raise error
    return Loaded(intake.identify(path))


def load(
    source: NumberingSource, known: frozenset[str], found: Found, *, acts: bool = False
) -> Loaded:
    """Read a file and count it, unless it is known or no plain one; raises BadInput.

    With acts what is counted is kept one by one, too.
    """
    path, error = found
    if error is not None:
        raise error
    with intake.reading(path):
        held = _bytes(path)
    if held is None:
        return Loaded(intake.identify(path))
    sha256 = hashlib.sha256(held.data).hexdigest()
    return Loaded(sha256, None if sha256 in known else source.count_numbers(held, acts=acts))


def load_all(
    source: NumberingSource, known: frozenset[str], files: Iterable[Found], *, acts: bool = False
) -> Iterator[tuple[Path, Load]]:
    """Yield every file with what it brings, in order, while those that follow are read.

    There is a thread for each core; at most one file more than these is under way or waits.
    """
    threads = min(MOST_THREADS, os.cpu_count() or 1)
    rest = iter(files)
    work = partial(load, source, known, acts=acts)
    with ThreadPoolExecutor(threads, thread_name_prefix="ahead") as pool:
        under_way: deque[tuple[Path, Future[Loaded]]] = deque(
            (found[0], pool.submit(work, found)) for found in islice(rest, threads + 1)
        )
        try:
            while under_way:
                path, future = under_way.popleft()
                future.exception()  # waits for it; whoever asks for the result is told
                under_way.extend((more[0], pool.submit(work, more)) for more in islice(rest, 1))
                yield path, future.result
        finally:
            for _, future in under_way:
                future.cancel()


_room = threading.local()


def _bytes(path: Path) -> Bytes | None:
    """Read a file into memory that the thread uses again; None if it is too large or changes."""
    with path.open("rb", buffering=0) as stream:
        size = os.fstat(stream.fileno()).st_size
        if size > MOST_BYTES:
            return None
        held: Bytes | None = getattr(_room, "held", None)
        if held is None or held.size < size:
            held = _room.held = np.empty(max(size, 1 << 20), dtype=np.uint8)
        return held[:size] if stream.readinto(held[:size].data) == size else None
