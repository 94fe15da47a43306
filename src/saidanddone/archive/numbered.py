"""Cells that came as numbers: gathered, digested and sorted as such.

What packed.py and digest.py do with tables of text, this does without them: both give the same.
"""

from __future__ import annotations

import secrets
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from saidanddone.archive import digest, parts, spilled
from saidanddone.archive import keys as keys_
from saidanddone.archive.keys import DAY, Places
from saidanddone.archive.memory import give_back
from saidanddone.archive.run import Run
from saidanddone.archive.spilled import Order, Ranks, Spill, SpilledRun
from saidanddone.sources.numbers import FIRST_DAY, Numbers, Words

ROWS_TO_PACK = 2**16
"""Cells that are gathered before they are packed, 2 MB."""

ROWS_TO_SPILL = 2**18
"""Packed cells that go to the disk as one sorted run: those of two million GDELT events, 4 MB;
they take five times as much while they are sorted."""


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


def digest_of(numbers: Numbers, words: Words) -> int:
    """Return the digest of cells; 0 if there are none."""
    return int(_weighed(numbers, words).sum()) if len(numbers) else 0


class Numbered:
    """Cells of several files as numbers, added up, and the digests of the files."""

    def __init__(self, root: Path) -> None:
        self.digests: dict[int, int] = {}
        self.on_disk: list[Path] = []
        self._root = root
        self._spills: list[Spill] = []
        self._rows_spilled = 0
        self._packed: list[tuple[Places, Places]] = []
        self._rows_packed = 0
        self._gathered: list[tuple[int, Numbers]] = []
        self._rows = 0
        self._words: Words | None = None

    def __len__(self) -> int:
        return self._rows_spilled + self._rows_packed + self._rows

    def add(self, file: int, numbers: Numbers, words: Words) -> None:
        """Enter cells of a file; words knows all that are there and all of those before."""
        self._words = words
        if len(numbers):
            self._gathered.append((file, numbers))
            self._rows += len(numbers)
        if self._rows >= ROWS_TO_PACK:
            self.pack()
        if self._rows_packed >= ROWS_TO_SPILL:
            self._spill()

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

    def sorted(self) -> Run | SpilledRun | None:
        """Hand over the cells in order; None if there are none. Raises CannotWrite."""
        self.pack()
        if not self._spills:
            run = self._run()
            return run[0] if run else None
        self._spill()
        assert self._words is not None
        words, _, ranks = _in_order(self._words)
        spills, self._spills, self._rows_spilled = self._spills, [], 0
        return SpilledRun(self._root, spills, words, ranks)

    def _spill(self) -> None:
        """Write what was packed to the staging folder, sorted."""
        found = self._run()
        if found is None:
            return
        path = self._root / parts.STAGING / f"{secrets.token_hex(8)}.cells"
        self.on_disk.append(path)
        self._spills.append(spilled.spill(self._root, path, *found))
        self._rows_spilled += found[0].height
        del found
        give_back()

    def _run(self) -> tuple[Run, Order] | None:
        """Return what was packed as a run, and the numbers of its words in their order."""
        if not self._packed or self._words is None:
            return None
        words, numbers, ranks = _in_order(self._words)
        packed, self._packed, self._rows_packed = self._packed, [], 0
        for keys, _ in packed:
            keys_.put_in_order(keys, ranks.actor, ranks.code)
        shape = keys_.Shape.of([keys for keys, _ in packed], len(words.actors), words.codes.height)
        # Each array is let go as soon as the next is made: they are the most memory of a group.
        reports = np.concatenate([reports for _, reports in packed])
        held = [keys for keys, _ in packed[::-1]]
        del packed
        return Run.of(*keys_.put_together(held, reports, shape), words), numbers


def _in_order(words: Words) -> tuple[Words, Order, Ranks]:
    """Return words in their order, their numbers in that order, and the place of each number."""
    actors, actor = keys_.ranked(words.actors)
    codes, code = keys_.ranked(words.codes["code"])
    sorted_ = Words(words.actors.gather(actors), words.codes[codes])
    return sorted_, Order(actors, codes), Ranks(actor, code)


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
