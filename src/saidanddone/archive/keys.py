"""Keys: what tells cells apart as one whole number, first as they are gathered, then in order.

The keys of a run are made of places in words of which the order is that of what they stand for:
source, target, day, government, code, as in tally.ORDER.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from saidanddone.sources.numbers import ACTOR_BITS, CODE_BITS, DAY_BITS, FIRST_DAY, Numbers

Places = NDArray[np.int64]

ACTOR, CODE, DAY = (np.int64((1 << bits) - 1) for bits in (ACTOR_BITS, CODE_BITS, DAY_BITS))
PAIR_SHIFT = DAY_BITS + 1 + CODE_BITS
KEY_BITS = 63

ROWS_AT_ONCE = 2**16
"""Keys that are made anew at a time: memory that is used again costs less than fresh memory."""


def of(numbers: Numbers) -> Places:
    """A number for each cell; equal cells, and only those, have equal ones."""
    keys = numbers.source.astype(np.int64) << ACTOR_BITS
    keys |= numbers.target
    keys <<= 1
    keys |= numbers.government
    keys <<= CODE_BITS
    keys |= numbers.code
    keys <<= DAY_BITS
    keys |= numbers.day - np.int64(FIRST_DAY)
    return keys


def put_in_order(keys: Places, actor: Places, code: Places) -> None:
    """Make keys, in their place, those that Run has; by the ranks of actors and codes."""
    rest = keys >> DAY_BITS
    keys &= DAY
    keys <<= 1
    keys |= rest >> CODE_BITS & 1
    keys <<= CODE_BITS
    keys |= code[rest & CODE]
    rest >>= CODE_BITS + 1
    keys |= actor[rest & ACTOR] << PAIR_SHIFT
    keys |= actor[rest >> ACTOR_BITS] << PAIR_SHIFT + ACTOR_BITS


def moved(keys: Places, actor: Places, code: Places) -> Places:
    """Give keys that are in order the places that actors and codes have among more of them."""
    found: Places = actor[keys >> PAIR_SHIFT + ACTOR_BITS] << ACTOR_BITS
    found |= actor[keys >> PAIR_SHIFT & ACTOR]
    found <<= PAIR_SHIFT
    found |= keys & (DAY << 1 + CODE_BITS | 1 << CODE_BITS)
    found |= code[keys & CODE]
    return found


def ranked(texts: pl.Series) -> tuple[Places, Places]:
    """Return the places of texts in their order, and the rank of each."""
    order = texts.arg_sort().to_numpy().astype(np.int64)
    ranks = np.empty(len(order), dtype=np.int64)
    ranks[order] = np.arange(len(order))
    return order, ranks


@dataclass(frozen=True, slots=True)
class Shape:
    """How many bits the parts of some keys need, and the first of their days."""

    actor: int
    day: int
    code: int
    place: int
    first: int

    @classmethod
    def of(cls, held: Sequence[Places], actors: int, codes: int) -> Shape:
        """Return the shape of keys that are in order, of so many actors and codes."""
        days = [keys >> 1 + CODE_BITS & DAY for keys in held]
        first, last = min(int(d.min()) for d in days), max(int(d.max()) for d in days)
        places = sum(len(keys) for keys in held)
        most = (actors - 1, last - first, codes - 1, places - 1)
        actor, day, code, place = (number.bit_length() for number in most)
        return cls(actor, day, code, place, first)

    @property
    def fits(self) -> bool:
        """Say whether a key and its place are one number."""
        return 2 * self.actor + self.day + 1 + self.code + self.place <= KEY_BITS

    def short(self, keys: Places) -> Places:
        """Leave unused bits out."""
        short = keys >> PAIR_SHIFT + ACTOR_BITS
        short <<= self.actor
        short |= keys >> PAIR_SHIFT & ACTOR
        short <<= self.day
        short |= (keys >> 1 + CODE_BITS & DAY) - self.first
        short <<= 1
        short |= keys >> CODE_BITS & 1
        short <<= self.code
        short |= keys & CODE
        return short

    def long(self, short: Places) -> Places:
        """Undo short."""
        actor, day, code = ((1 << bits) - 1 for bits in (self.actor, self.day, self.code))
        rest = short >> self.code
        long = short & code
        long |= (rest & 1) << CODE_BITS
        rest >>= 1
        long |= (rest & day) + self.first << 1 + CODE_BITS
        rest >>= self.day
        long |= (rest & actor) << PAIR_SHIFT
        rest >>= self.actor
        long |= rest << PAIR_SHIFT + ACTOR_BITS
        return long


def put_together(held: list[Places], reports: Places, shape: Shape) -> tuple[Places, Places]:
    """Sort keys, the last of held first, with their reports; empties held.

    Where a key and its place fit into one number these are sorted by themselves: that takes half
    as long, and half the memory, as to sort places by keys.
    """
    if not shape.fits:
        keys = np.concatenate(held[::-1])
        held.clear()
        order = np.argsort(keys)
        return keys[order], reports[order]
    numbers = np.empty(len(reports), dtype=np.int64)
    start = 0
    while held:
        keys = held.pop()
        end = start + len(keys)
        numbers[start:end] = shape.short(keys) << shape.place | np.arange(start, end)
        start = end
    numbers.sort()
    ordered = np.empty_like(reports)
    for start in range(0, len(numbers), ROWS_AT_ONCE):
        some = slice(start, start + ROWS_AT_ONCE)
        ordered[some] = reports[numbers[some] & (1 << shape.place) - 1]
        numbers[some] = shape.long(numbers[some] >> shape.place)
    return numbers, ordered
