"""Cells as numbers: what a quick counter brings, which becomes text only where it is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt
import polars as pl

from saidanddone.sources.source import CountedBatch, CountingSource

Int32s = npt.NDArray[np.int32]
Bytes = npt.NDArray[np.uint8]

ACTOR_BITS, CODE_BITS, DAY_BITS = 14, 12, 22
"""Numbers of actors, of codes and of days have at most so many bits: with the bit that says
whether the government acts, a cell's key has 63 (scanner/scan.c holds them as well)."""

FIRST_DAY = -800_000
"""No day is earlier: the first of January of year 1 is day -719,162."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """Cells with the precision day, each once: places in Words, days since 1970-01-01."""

    source: Int32s
    target: Int32s
    government: npt.NDArray[np.int8]
    day: Int32s
    code: Int32s
    reports: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.reports)


@dataclass(frozen=True, slots=True)
class Words:
    """What numbers stand for: ids of actors, and a table with code, channel and valence."""

    actors: pl.Series
    codes: pl.DataFrame


@dataclass(frozen=True, slots=True)
class NumberedActs:
    """The acts of a whole file: numbers, line and text of each, and those of rows not plain.

    numbers are of one act each; texts are the source's own; odd has model.ACT_COLUMNS.
    """

    numbers: Numbers
    lines: npt.NDArray[np.int64]
    texts: Bytes
    odd: pl.DataFrame

    def __len__(self) -> int:
        return len(self.numbers) + self.odd.height


@dataclass(frozen=True, slots=True)
class NumberedBatch:
    """A whole file: its cells are numbers and, of rows that are not plain, those of rest.

    A cell may stand in both. All else that rest says is said of the whole file. acts are there
    where they were asked for: they are the ones that the cells count.
    """

    numbers: Numbers
    rest: CountedBatch
    acts: NumberedActs | None = None


@runtime_checkable
class NumberingSource(CountingSource, Protocol):
    """A reader that can count the bytes of a whole file into numbers."""

    def count_numbers(self, file: Bytes, *, acts: bool = False) -> NumberedBatch | None:
        """Count a file, with its acts where they are asked for.

        None, and nothing is counted, if it is not plain: see count and read for it.
        """
        ...

    def acts_of(self, held: Sequence[NumberedActs]) -> pl.DataFrame:
        """Return the acts of files (model.ACT_COLUMNS), one after the other, but the odd ones."""
        ...

    def words(self) -> Words:
        """Return what the numbers stand for that were given so far; they are never changed."""
        ...
