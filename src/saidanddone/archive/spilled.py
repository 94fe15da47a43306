"""Runs of cells as numbers that wait on the disk: what a large group of files brings.

The cells of a group are sorted in memory as far as they have room there; each such run is written
to the staging folder, and they are merged stretch by stretch when the group lands (an external
merge sort: Knuth, The Art of Computer Programming 3, 5.4). So memory does not grow with a group.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import polars as pl

from saidanddone.archive import keys as keys_
from saidanddone.archive import parts
from saidanddone.archive.keys import ACTOR, PAIR_SHIFT, Places
from saidanddone.archive.run import SAMPLED, Run, first_key, sample_of
from saidanddone.sources.numbers import ACTOR_BITS, Words

STEP = SAMPLED
"""Of so many keys one is kept in memory, to find the others."""

_BYTES = 8
_NONE = np.empty(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Ranks:
    """The place that each actor and each code, by its number, has among all words."""

    actor: Places
    code: Places


@dataclass(frozen=True, slots=True)
class Order:
    """The numbers of actors and of codes, in the order of what they stand for."""

    actors: Places
    codes: Places


@dataclass(frozen=True, slots=True)
class Segment:
    """Sorted keys and their reports in a file, by the places of the words that there were then."""

    path: Path
    start: int
    height: int
    index: Places
    words: Order

    def read(self, ranks: Ranks, low: int | None, high: int | None) -> tuple[Places, Places]:
        """Return keys, by places among all words, and reports: from key low to before key high."""
        actor = ranks.actor[self.words.actors]
        own = [None if key is None else _among(actor, key) for key in (low, high)]
        begin, end = (self._near(key, after) for key, after in zip(own, (0, 1), strict=True))
        held = self._keys(begin, end)
        first = 0 if own[0] is None else int(np.searchsorted(held, own[0]))
        last = len(held) if own[1] is None else int(np.searchsorted(held, own[1]))
        reports = self._numbers(self.height + begin + first, last - first)
        return keys_.moved(held[first:last], actor, ranks.code[self.words.codes]), reports

    def sample(self, ranks: Ranks) -> Places:
        """Return the pairs of the keys that are in memory, by places among all words."""
        pairs, actor = self.index >> PAIR_SHIFT, ranks.actor[self.words.actors]
        found: Places = actor[pairs >> ACTOR_BITS] << ACTOR_BITS | actor[pairs & ACTOR]
        return found

    def _near(self, key: int | None, after: int) -> int:
        """Return a place before that of a key, or with after=1 one that is not before it."""
        if key is None:
            return self.height if after else 0
        block = int(np.searchsorted(self.index, key))
        return min(block * STEP, self.height) if after else max(0, block - 1) * STEP

    def _keys(self, begin: int, end: int) -> Places:
        return self._numbers(begin, end - begin)

    def _numbers(self, begin: int, count: int) -> Places:
        offset = self.start + begin * _BYTES
        held = np.fromfile(self.path, dtype=np.int64, count=count, offset=offset)
        if len(held) != count:
            raise OSError(f"{self.path} is shorter than it was written")
        return held


def _among(actor: Places, key: int) -> int:
    """Return the least key by own places whose pair is that of a key by all words, or later.

    actor: the place of each own actor among all.
    """
    pair = key >> PAIR_SHIFT
    source, target = np.searchsorted(actor, [pair >> ACTOR_BITS, pair & int(ACTOR)])
    known = source < len(actor) and actor[source] == pair >> ACTOR_BITS
    return (int(source) << ACTOR_BITS | (int(target) if known else 0)) << PAIR_SHIFT


Spill = dict[str, Segment]
"""What a run became: the whole of it under '', and each of its months (YYYY-MM)."""


def spill(root: Path, path: Path, run: Run, words: Order) -> Spill:
    """Write a run to a new file of the staging folder; raises CannotWrite."""
    months = run.by_month()
    made = {"": lambda: run, **(months if len(months) > 1 else {})}
    found: Spill = {}
    start = 0
    with parts.writing_to(root):
        path.parent.mkdir(exist_ok=True)
        with path.open("xb") as file:
            for name, one in made.items():
                held = one()
                index = held.keys[::STEP].copy()
                found[name] = Segment(path, start, held.height, index, words)
                for column in (held.keys, held.reports):
                    file.write(np.ascontiguousarray(column).data)
                start += 2 * _BYTES * held.height
    return found if len(months) > 1 else {**found, next(iter(months)): found[""]}


class SpilledRun:
    """Segments as one run: a cell that stands in several is added up where it is read."""

    def __init__(
        self, root: Path, spills: Sequence[Spill], words: Words, ranks: Ranks, month: str = ""
    ) -> None:
        self._root, self._spills, self._words, self._ranks = root, spills, words, ranks
        self._segments = [spill[month] for spill in spills if month in spill]

    @property
    def height(self) -> int:
        """How many cells there are at most."""
        return sum(segment.height for segment in self._segments)

    def by_month(self) -> dict[str, Callable[[], SpilledRun]]:
        """Split by month (YYYY-MM), in order: what makes the run of each."""
        names = sorted({name for spill in self._spills for name in spill if name})
        whole = (self._root, self._spills, self._words, self._ranks)
        return {name: partial(SpilledRun, *whole, name) for name in names}

    def stretch(self, low: str | None, high: str | None) -> Run:
        """Return the cells of the pairs from low to before high; raises DamagedArchive."""
        ends = [None if pair is None else first_key(self._words, pair) for pair in (low, high)]
        with parts.reading(self._root):
            held = [segment.read(self._ranks, *ends) for segment in self._segments]
        found = [keys for keys, _ in held if len(keys)][::-1]
        reports = np.concatenate([reports for keys, reports in held if len(keys)] or [_NONE])
        del held
        if not found:
            return Run(_NONE, _NONE, self._words)
        shape = keys_.Shape.of(found, len(self._words.actors), self._words.codes.height)
        return Run.of(*keys_.put_together(found, reports, shape), self._words)

    def sample(self) -> pl.DataFrame:
        """Return the pairs of a few cells (run.sample_of), segment by segment."""
        return pl.concat(
            sample_of(segment.sample(self._ranks), segment.height, self._words)
            for segment in self._segments
        )
