"""The shelf: finished answers, the least used of which go first when there is no more room."""

from __future__ import annotations

from collections import OrderedDict

from saidanddone.faces.web.body import Body

LARGEST = 8
"""A body larger than this part of the room is not kept: one download would push all pages out."""


class Shelf:
    """Bodies by key, bounded in bytes; used from one thread only."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._used = 0
        self._held: OrderedDict[str, Body] = OrderedDict()

    def get(self, key: str) -> Body | None:
        """Return a body, which then counts as the one used last."""
        found = self._held.get(key)
        if found is not None:
            self._held.move_to_end(key)
        return found

    def put(self, key: str, body: Body) -> None:
        """Keep a body as long as there is room."""
        if body.size * LARGEST > self._room:
            return
        before = self._held.pop(key, None)
        self._used += body.size - (before.size if before else 0)
        self._held[key] = body
        while self._used > self._room:
            _, gone = self._held.popitem(last=False)
            self._used -= gone.size

    @property
    def used(self) -> int:
        """Bytes in use."""
        return self._used
