"""A run of cells as numbers: sorted, each once, and made a table stretch by stretch."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from datetime import date
from functools import partial

import numpy as np
import polars as pl

from saidanddone.archive.keys import ACTOR, CODE, DAY, PAIR_SHIFT, Places
from saidanddone.archive.parts import CELL_SCHEMA
from saidanddone.sources.numbers import ACTOR_BITS, CODE_BITS, FIRST_DAY, Words

SAMPLED = 2**10
"""Of so many sorted cells one is looked at to say where a run may be cut."""

_EPOCH = date(1970, 1, 1).toordinal()


class Run:
    """Sorted cells, each once, that become a table stretch by stretch.

    keys are made of places in words, of which the order is that of what they stand for: source,
    target, day, government, code, as in tally.ORDER.
    """

    def __init__(self, keys: Places, reports: Places, words: Words) -> None:
        self._keys, self._reports, self._words = keys, reports, words

    @classmethod
    def of(cls, keys: Places, reports: Places, words: Words) -> Run:
        """Add up equal keys, which follow one another."""
        new = np.concatenate(([True], keys[1:] != keys[:-1]))
        if new.all():
            return cls(keys, reports, words)
        return cls(keys[new], np.add.reduceat(reports, np.flatnonzero(new)), words)

    @property
    def keys(self) -> Places:
        """The key of every cell, in order."""
        return self._keys

    @property
    def reports(self) -> Places:
        """The reports of every cell."""
        return self._reports

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

    def stretch(self, low: str | None, high: str | None) -> Run:
        """Return the cells of the pairs from low to before high."""
        start = 0 if low is None else np.searchsorted(self._keys, first_key(self._words, low))
        end = None if high is None else np.searchsorted(self._keys, first_key(self._words, high))
        return Run(self._keys[start:end], self._reports[start:end], self._words)

    def table(self) -> pl.DataFrame:
        """Return the cells as a table (TALLY_COLUMNS)."""
        keys, words = self._keys, self._words
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
            "reports": pl.Series(self._reports),
        }
        return pl.DataFrame({name: columns[name] for name in CELL_SCHEMA})

    def sample(self) -> pl.DataFrame:
        """Return the pairs of a few cells, in order; see :func:`sample_of`."""
        return sample_of(self._keys[::SAMPLED] >> PAIR_SHIFT, self.height, self._words)


Stretch = pl.DataFrame | Run
"""Sorted cells of some pairs, each once."""


def as_table(stretch: Stretch) -> pl.DataFrame:
    """Return a stretch as a table (TALLY_COLUMNS)."""
    return stretch.table() if isinstance(stretch, Run) else stretch


def sample_of(pairs: Places, height: int, words: Words) -> pl.DataFrame:
    """Name the pairs of every SAMPLED-th of so many cells: columns source, target and len, the
    cells that each stands for."""
    return pl.DataFrame(
        {
            "source": words.actors.gather(pairs >> ACTOR_BITS),
            "target": words.actors.gather(pairs & ACTOR),
            "len": pl.repeat(height // max(1, len(pairs)), len(pairs), dtype=pl.Int64, eager=True),
        }
    )


def sampled_rows(table: pl.LazyFrame, rows: int) -> pl.DataFrame:
    """Return the pairs of every SAMPLED-th of so many sorted rows, as :func:`sample_of`."""
    found = table.select("source", "target").gather_every(SAMPLED).collect()
    stands_for = pl.lit(rows // max(1, found.height), dtype=pl.Int64)
    return found.with_columns(stands_for.alias("len"))


def first_key(words: Words, pair: str) -> int:
    """Return the least key that a pair ('RUS PRK') or a later one can have; words are in order."""
    # The first actor has no id: it is nobody, and stands before all others.
    ids: list[str] = words.actors.to_list()
    first, second = pair.split(" ")
    source, target = (bisect_left(ids, id_, 1) for id_ in (first, second))
    known = source < len(ids) and ids[source] == first
    return (source << ACTOR_BITS | (target if known else 0)) << PAIR_SHIFT
