"""Turns: a bounded number of answers is made at once, each once, and few wait in line."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from saidanddone.faces.web.body import Body

Make = Callable[[], Awaitable[Body]]


class Line:
    """So many are made at once, so many wait; all others are turned away."""

    def __init__(self, at_once: int, waiting: int) -> None:
        self._free = asyncio.Semaphore(at_once)
        self._room = at_once + waiting
        self._inside = 0

    @property
    def full(self) -> bool:
        """Whether nobody else may wait."""
        return self._inside >= self._room

    def enter(self, make: Make) -> asyncio.Task[Body]:
        """Take a place in the line, now; what is returned waits for its turn and makes."""
        self._inside += 1
        task = asyncio.create_task(self._take(make))
        task.add_done_callback(self._left)
        return task

    async def _take(self, make: Make) -> Body:
        async with self._free:
            return await make()

    def _left(self, _: asyncio.Task[Body]) -> None:
        self._inside -= 1


class Turns:
    """Makes every answer once, however many ask for it at the same time."""

    def __init__(self) -> None:
        self._made: dict[str, asyncio.Task[Body]] = {}

    async def once(self, key: str, line: Line, make: Make) -> Body | None:
        """Return the answer of a key; None where the line is full and nobody is making it yet.

        Whoever asked and left does not stop what others wait for.
        """
        task = self._made.get(key)
        if task is None:
            if line.full:
                return None
            task = line.enter(make)
            self._made[key] = task
            task.add_done_callback(lambda _: self._made.pop(key, None))
        return await asyncio.shield(task)
