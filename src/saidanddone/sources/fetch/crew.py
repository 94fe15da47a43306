"""The crew: a few downloads at a time, handed over as they come."""

from __future__ import annotations

import queue
import threading
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

from saidanddone.sources.fetch.connection import Connection
from saidanddone.sources.fetch.download import ATTEMPTS, Download, Progress, Wanted
from saidanddone.sources.fetch.fault import AwayFault, LastingFault, PassingFault, Stopped

JOBS = 3
"""Connections in parallel: files of 2.0 have some 100 KB, so that one connection mostly waits for
answers; three hide that, and a browser opens six."""

MOST_JOBS = 8
"""More would be an imposition on a service that is free."""

WAITING = 32
"""Files that lie whole and are not taken yet: room for a slow ingest without filling the disk."""

PATIENCE = 5
"""So many files in a row without an answer, each after all its tries: the service is away."""

AWAY = "not fetched, as the service stopped answering"

_LOOK_SECONDS = 0.2
"""How often who waits for a queue looks whether all was stopped: soon enough for a person."""

_LEAVING_SECONDS = 5.0
"""How long downloads have to let go of their files; what they wrote so far stays in any case."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of a file: its path, or why there is none."""

    wanted: Wanted
    path: Path | None
    reason: str | None = None


class _Crew:
    """Threads that take files from one queue and put what became of them into another."""

    def __init__(
        self,
        connection: Connection,
        wanted: Sequence[Wanted],
        folder: Path,
        progress: Progress,
    ) -> None:
        self.connection = connection
        self.folder = folder
        self.progress = progress
        self.todo: queue.SimpleQueue[Wanted] = queue.SimpleQueue()
        for file in wanted:
            self.todo.put(file)
        self.done: queue.Queue[Brought | BaseException] = queue.Queue(WAITING)
        self._silent = 0
        self._away = False
        self._lock = threading.Lock()

    def work(self) -> None:
        """Download until nothing is left; what is no fault of a file ends all."""
        try:
            while not self.connection.clock.stopped:
                try:
                    wanted = self.todo.get_nowait()
                except queue.Empty:
                    return
                self._hand_over(self._brought(wanted))
        except Stopped:
            return
        except BaseException as error:
            self._hand_over(error)

    def next(self) -> Brought:
        """Wait for what became of a file; raises what ended all, Stopped if all were stopped."""
        while True:
            try:
                item = self.done.get(timeout=_LOOK_SECONDS)
            except queue.Empty:
                if self.connection.clock.stopped:
                    raise Stopped from None
                continue
            if isinstance(item, BaseException):
                raise item
            return item

    def _brought(self, wanted: Wanted) -> Brought:
        if self._away:
            return Brought(wanted, None, AWAY)
        try:
            path = Download(self.connection, wanted, self.folder, self.progress).run()
        except LastingFault as fault:
            self._heard(silent=False, away=isinstance(fault, AwayFault))
            return Brought(wanted, None, str(fault))
        except PassingFault as fault:
            self._heard(silent=True)
            return Brought(wanted, None, f"{fault} ({ATTEMPTS} tries)")
        self._heard(silent=False)
        return Brought(wanted, path)

    def _heard(self, *, silent: bool, away: bool = False) -> None:
        """Count files without an answer in a row; after PATIENCE of them the service is away."""
        with self._lock:
            self._silent = self._silent + 1 if silent else 0
            self._away = self._away or away or self._silent >= PATIENCE

    def _hand_over(self, item: Brought | BaseException) -> None:
        while not self.connection.clock.stopped:
            try:
                self.done.put(item, timeout=_LOOK_SECONDS)
            except queue.Full:
                continue
            return


def bring(
    connection: Connection,
    wanted: Sequence[Wanted],
    folder: Path,
    jobs: int = JOBS,
    progress: Progress = lambda _name, _bytes: None,
) -> Generator[Brought, None, None]:
    """Yield what became of every file, in the order in which they come.

    Raises CannotWrite, BadInput. Closing the iterator stops the downloads; the next go on from
    the bytes that are there.
    """
    crew = _Crew(connection, wanted, folder, progress)
    # Daemons: one that sleeps between two tries must not keep the process.
    threads = [
        threading.Thread(target=crew.work, daemon=True, name=f"fetch-{number}")
        for number in range(min(jobs, len(wanted)))
    ]
    for thread in threads:
        thread.start()
    try:
        for _ in wanted:
            yield crew.next()
    except BaseException:
        connection.clock.stop()
        raise
    finally:
        for thread in threads:
            thread.join(_LEAVING_SECONDS)
