"""Workers: documents read one after another, or by several processes, in the order given."""

from __future__ import annotations

import copyreg
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any

from saidanddone.errors import BadChoice, BadFile, MissingExtra, SaidAndDoneError
from saidanddone.reading import opening
from saidanddone.reading.kept import Kept
from saidanddone.reading.page import Page, Refusal
from saidanddone.reading.pages import open_document
from saidanddone.reading.parser import choose, name_of
from saidanddone.reading.read import Report, read_pages

CHUNK = 16
"""Documents handed out at once: they fill two batches of the parser, and what a killed run has to
read again stays small."""

WORTH_IT = 64
"""Documents from which on processes are started: one takes two to three seconds to be ready, in
which that many short documents are read."""

AHEAD = 4
"""Chunks handed out for each process before the first is back; bounds what waits in memory."""

Progress = Callable[[str, int, int], None]
"""Is called with a document's address, how many were done before, and how many there are."""


@dataclass(frozen=True, slots=True)
class Known:
    """A document that was read before; what was read of it is kept."""

    address: str
    sha256: str


Item = Report | Refusal | Known
Documents = Sequence[str | Refusal]

Mapper = Callable[[Callable[[Documents], list[Item]], Sequence[Documents]], Iterator[list[Item]]]
"""Yields what a function makes of each part, in order, on machines of its own."""


@dataclass(frozen=True, slots=True)
class Task:
    """How documents are to be read; kept is the folder of what was read before, parser the
    name of the pipeline."""

    allow_private: bool = False
    kept: Path | None = None
    parser: str = field(default_factory=name_of)

    def read(self, documents: Documents) -> list[Item]:
        """Read documents; each gives an item, in order."""
        if name_of() != self.parser:
            choose(self.parser)
        items: dict[int, Item] = {}
        pages: dict[int, Page] = {}
        known = Kept(self.kept) if self.kept is not None else None
        for n, document in enumerate(documents):
            if isinstance(document, Refusal):
                items[n] = document
                continue
            try:
                opened = open_document(document, allow_private=self.allow_private)
                if known is not None and known.holds(opened.sha256):
                    items[n] = Known(document, opened.sha256)
                else:
                    pages[n] = opened.page()
            except BadFile as error:
                items[n] = Refusal(document, error)
        items |= dict(zip(pages, read_pages(list(pages.values())), strict=True))
        return [items[n] for n in range(len(documents))]


def cores() -> int:
    """How many processes can be kept busy."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return max(1, os.cpu_count() or 1)


def read(
    places: Sequence[str],
    task: Task,
    *,
    jobs: int = 1,
    mapper: Mapper | None = None,
    progress: Progress | None = None,
) -> Iterator[Item]:
    """Yield what each document gives, in the order of places.

    places: files, folders, lists of addresses, addresses. jobs: processes, started from WORTH_IT
    documents on. mapper: who reads instead, where the documents have the same paths.
    Raises MissingExtra, and BadChoice where no processes can be started.
    """
    documents = list(opening.documents(places))
    # A few documents are shown as they come; many go in chunks.
    size = max(1, min(CHUNK, len(documents) // (AHEAD * max(jobs, 1))))
    chunks = [documents[i : i + size] for i in range(0, len(documents), size)]
    many = jobs > 1 and len(documents) >= WORTH_IT
    if mapper is not None:
        results = mapper(task.read, chunks)
    else:
        results = _in_processes(task, chunks, jobs) if many else map(task.read, chunks)
    done = 0
    for chunk in chunks:
        if progress is not None:
            first = chunk[0]
            progress(first.address if isinstance(first, Refusal) else first, done, len(documents))
        yield from next(results)
        done += len(chunk)
    if progress is not None:
        progress("", done, len(documents))


def _in_processes(task: Task, chunks: Sequence[Documents], jobs: int) -> Iterator[list[Item]]:
    """Read chunks in several processes; if one dies, its documents are read again one by one."""
    at = 0
    while at < len(chunks):
        with _pool(jobs) as pool:
            waiting: deque[Future[list[Item]]] = deque()
            given = at
            try:
                while at < len(chunks):
                    while given < len(chunks) and len(waiting) < AHEAD * jobs:
                        waiting.append(pool.submit(task.read, chunks[given]))
                        given += 1
                    items = waiting[0].result()
                    waiting.popleft()
                    at += 1
                    yield items
            except BrokenProcessPool:
                pass
            finally:
                pool.shutdown(wait=False, cancel_futures=True)
        # Any of the chunks that were handed out may hold the document that broke it.
        for chunk in chunks[at:given]:
            at += 1
            yield list(_one_by_one(task, chunk))


def _one_by_one(task: Task, documents: Documents) -> Iterator[Item]:
    """Read documents in a process that may die of one of them, and is then started anew."""
    left = deque(documents)
    while left:
        with _pool(1) as pool:
            try:
                while left:
                    yield from pool.submit(task.read, [left[0]]).result()
                    left.popleft()
            except BrokenProcessPool:
                yield _died(left.popleft())


def _died(document: str | Refusal) -> Refusal:
    address = document.address if isinstance(document, Refusal) else document
    return Refusal(
        address,
        BadFile(
            f"the process that read '{address}' died, most likely for want of memory",
            "a page that fits into memory",
            "leave it out, or split it",
        ),
    )


def _pool(jobs: int) -> ProcessPoolExecutor:
    """Start processes, from a server that has loaded the parser and nothing that holds a lock."""
    ways = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in ways else "spawn")
    if "forkserver" in ways:
        context.set_forkserver_preload(["saidanddone.reading.ready"])
    pool = ProcessPoolExecutor(jobs, context, initializer=_begin)
    try:
        pool.submit(name_of).result()
    except BrokenProcessPool:
        raise BadChoice(
            "no processes can be started here",
            "a program whose main part stands under if __name__ == '__main__'",
            "write it so, or read with one process (jobs=1)",
        ) from None
    return pool


def _begin() -> None:
    """Begin a reading process: it leaves Ctrl-C to the one that started it, and ends with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=[parent.sentinel], daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


def _parts(error: SaidAndDoneError) -> tuple[Any, ...]:
    return type(error), (error.wrong, error.expected, error.do)


for _kind in (BadChoice, BadFile, MissingExtra):
    # An exception is pickled with its message alone, from which these cannot be made again.
    copyreg.pickle(_kind, _parts)
