"""Cells that came as numbers: added up, digested and sorted as such, and then written as text.

What packed.py and digest.py do with tables of text, this does without them: both give the same.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

import numpy as np
import polars as pl
from numpy.typing import NDArray

from saidanddone.archive import digest
from saidanddone.archive import keys as keys_
from saidanddone.archive.keys import ACTOR, CODE, DAY, PAIR_SHIFT, Places
from saidanddone.archive.parts import CELL_SCHEMA
from saidanddone.sources.numbers import ACTOR_BITS, CODE_BITS, FIRST_DAY, Numbers, Words

ROWS_TO_PACK = 2**16
"""Cells that are gathered before they are packed, 2 MB."""

_EPOCH = date(1970, 1, 1).toordinal()


def fault(numbers: Numbers, words: Words) -> str | None:
    """Say what is wrong with numbers that a source gave; None if nothing is."""
    if not len(numbers):
        return None
    actors, size = len(words.actors), len(numbers)
    days = FIRST_DAY, FIRST_DAY + int(DAY) + 1
    for column, low, high in (
        (numbers.source, 1, actors),
        (numbers.target, 1, actors),
        (numbers.government, 0, 2),
        (numbers.day, *days),
        (numbers.code, 1, words.codes.height),
    ):
        if column.shape != (size,) or column.min() < low or column.max() >= high:
            return "a number that stands for nothing"
    return "less than one report" if numbers.reports.min() < 1 else None


class Numbered:
    """Cells of several files as numbers, added up, and the digests of the files."""

    def __init__(self) -> None:
        self.digests: dict[int, int] = {}
        self._packed: list[tuple[Places, Places]] = []
        self._rows_packed = 0
        self._gathered: list[tuple[int, Numbers]] = []
        self._rows = 0
        self._words: Words | None = None

    def __len__(self) -> int:
        return self._rows_packed + self._rows

    def add(self, file: int, numbers: Numbers, words: Words) -> None:
        """Enter cells of a file; words knows all that are there and all of those before."""
        self._words = words
        if len(numbers):
            self._gathered.append((file, numbers))
            self._rows += len(numbers)
        if self._rows >= ROWS_TO_PACK:
            self.pack()

    def pack(self) -> None:
        """Take the digests of what was gathered and pack it: a cell is a key and its reports."""
        if not self._gathered or self._words is None:
            return
        files = [file for file, _ in self._gathered]
        held = [numbers for _, numbers in self._gathered]
        self._gathered, self._rows = [], 0
        together = _concatenated(held)
        starts = np.cumsum([0, *(len(numbers) for numbers in held[:-1])])
        digests = np.add.reduceat(_weighed(together, self._words), starts)
        for file, number in zip(files, digests.tolist(), strict=True):
            self.digests[file] = digest.total([self.digests.get(file, 0), number])
        self._packed.append((keys_.of(together), together.reports))
        self._rows_packed += len(together)

    def sorted(self) -> Run | None:
        """Hand over the cells in order, each once; None if there are none."""
        self.pack()
        if not self._packed or self._words is None:
            return None
        actors, actor = keys_.ranked(self._words.actors)
        codes, code = keys_.ranked(self._words.codes["code"])
        words = Words(self._words.actors.gather(actors), self._words.codes[codes])
        packed, self._packed, self._rows_packed = self._packed, [], 0
        for keys, _ in packed:
            keys_.put_in_order(keys, actor, code)
        shape = keys_.Shape.of([keys for keys, _ in packed], len(actor), len(code))
        # Each array is let go as soon as the next is made: they are the most memory of a group.
        reports = np.concatenate([reports for _, reports in packed])
        held = [keys for keys, _ in packed[::-1]]
        del packed
        keys, reports = keys_.put_together(held, reports, shape)
        starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
        reports = np.add.reduceat(reports, starts)
        return Run(keys[starts], reports, words)


class Run:
    """Sorted cells, each once, that become a table stretch by stretch.

    keys are made of places in words, of which the order is that of what they stand for: source,
    target, day, government, code, as in tally.ORDER.
    """

    def __init__(self, keys: Places, reports: Places, words: Words) -> None:
        self._keys, self._reports, self._words = keys, reports, words

    @property
    def height(self) -> int:
        """How many cells there are."""
        return len(self._keys)

    @property
    def codes(self) -> pl.DataFrame:
        """What codes stand for: code, channel and valence, by their place."""
        return self._words.codes

    @property
    def first_month(self) -> date:
        """A day of the first cell's month."""
        day = int(self._keys[0] >> 1 + CODE_BITS & DAY) + FIRST_DAY
        return date.fromordinal(_EPOCH + day)

    def end_of_pair(self, place: int) -> int:
        """Return where the cells of the pair of a place end."""
        last = (self._keys[place] >> PAIR_SHIFT) + 1 << PAIR_SHIFT
        return int(np.searchsorted(self._keys, last))

    def columns(self, start: int, end: int) -> tuple[Places, Places, Places, Places, Places]:
        """Return pair, day, government (0 or 1), code and reports of some cells."""
        keys = self._keys[start:end]
        government, day = keys >> CODE_BITS & 1, keys >> 1 + CODE_BITS & DAY
        return keys >> PAIR_SHIFT, day, government, keys & CODE, self._reports[start:end]

    def actors_of(self, pairs: Places) -> tuple[pl.Series, pl.Series]:
        """Return sources and targets of pairs."""
        actors = self._words.actors
        return actors.gather(pairs >> ACTOR_BITS), actors.gather(pairs & ACTOR)

    def by_month(self) -> dict[str, Callable[[], Run]]:
        """Split by month (YYYY-MM), in order: what makes the run of each, one after the other."""
        day = (self._keys >> 1 + CODE_BITS & DAY) + FIRST_DAY
        month = day.view("datetime64[D]").astype("datetime64[M]").view(np.int64)
        first = int(month.min())
        month = (month - first).astype(np.int32)
        found = np.flatnonzero(np.bincount(month))
        names = (found + first).view("datetime64[M]").astype(str).tolist()
        if len(found) == 1:
            return {names[0]: lambda: self}

        def only(number: int) -> Run:
            chosen = month == number
            return Run(self._keys[chosen], self._reports[chosen], self._words)

        return {n: partial(only, number) for n, number in zip(names, found.tolist(), strict=True)}

    def pairs(self) -> pl.DataFrame:
        """Return every pair (source, target) and its cells (len), in order."""
        pairs, starts = self._pairs()
        source, target = self.actors_of(pairs)
        return pl.DataFrame(
            {
                "source": source,
                "target": target,
                "len": pl.Series(np.diff(starts, append=self.height), dtype=pl.UInt32),
            }
        )

    def between(self, low: str | None, high: str | None) -> pl.DataFrame:
        """Return the cells of the pairs from low to before high as a table (TALLY_COLUMNS)."""
        start, end = self._place(low, 0), self._place(high, self.height)
        keys, words = self._keys[start:end], self._words
        source, target = self.actors_of(keys >> PAIR_SHIFT)
        called = words.codes[keys & CODE]
        day = (keys >> 1 + CODE_BITS & DAY) + FIRST_DAY
        columns = {
            "source": source,
            "target": target,
            "government": pl.Series((keys >> CODE_BITS & 1).astype(np.bool_)),
            "date": pl.Series(day.astype(np.int32)).cast(pl.Date),
            "precision": pl.Series(["day"], dtype=pl.String).new_from_index(0, len(keys)),
            "code": called["code"],
            "channel": called["channel"],
            "valence": called["valence"],
            "reports": pl.Series(self._reports[start:end]),
        }
        return pl.DataFrame({name: columns[name] for name in CELL_SCHEMA})

    def _pairs(self) -> tuple[Places, Places]:
        pairs = self._keys >> PAIR_SHIFT
        starts = np.flatnonzero(np.concatenate(([True], pairs[1:] != pairs[:-1])))
        return pairs[starts], starts

    def _place(self, pair: str | None, without: int) -> int:
        """Return the place of the first cell of a pair or a later one."""
        if pair is None:
            return without
        # The first actor has no id: it is nobody, and stands before all others.
        source, target = (self._words.actors[1:].search_sorted(id_) + 1 for id_ in pair.split(" "))
        later = (
            target
            if self._words.actors[source : source + 1].to_list() == pair.split(" ")[:1]
            else 0
        )
        key = (source << ACTOR_BITS | later) << PAIR_SHIFT
        return int(np.searchsorted(self._keys, key))


def _concatenated(held: list[Numbers]) -> Numbers:
    return Numbers(
        np.concatenate([numbers.source for numbers in held]),
        np.concatenate([numbers.target for numbers in held]),
        np.concatenate([numbers.government for numbers in held]),
        np.concatenate([numbers.day for numbers in held]),
        np.concatenate([numbers.code for numbers in held]),
        np.concatenate([numbers.reports for numbers in held]),
    )


def _weighed(numbers: Numbers, words: Words) -> NDArray[np.uint64]:
    """What each cell adds to the digest of its file."""
    days = np.arange(numbers.day.min(), numbers.day.max() + 1, dtype=np.int32)
    met = np.zeros(len(days), dtype=np.bool_)
    places = numbers.day - days[0]
    met[places] = True
    of_day = np.zeros(len(days), dtype=np.uint64)
    of_day[met] = digest.words("date", pl.Series(days[met]).cast(pl.Date))
    of_code = np.zeros(words.codes.height, dtype=np.uint64)
    for key in ("code", "channel", "valence"):
        of_code += digest.words(key, words.codes[key])
    sums = digest.words("source", words.actors)[numbers.source]
    sums += digest.words("target", words.actors)[numbers.target]
    sums += digest.words("government", pl.Series([False, True]))[numbers.government]
    sums += digest.words("precision", pl.Series(["day"]))
    sums += of_day[places]
    sums += of_code[numbers.code]
    return digest.mixed(sums) * numbers.reports.astype(np.uint64)
