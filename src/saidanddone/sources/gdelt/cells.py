"""Cells: kept rows counted by who, toward whom, when and what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt
import polars as pl

from saidanddone.model import CELL_COLUMNS
from saidanddone.sources.gdelt import lexicon
from saidanddone.sources.gdelt.fields import KEPT, Fields, Verdicts
from saidanddone.sources.numbers import Int32s, Numbers

CELL_SCHEMA: dict[str, pl.DataType] = {
    column.name: getattr(pl, column.type)() for column in CELL_COLUMNS
}
"""model.CELL_COLUMNS as a Polars schema."""

MANY_CELLS = 2_000
"""From so many cells on Polars' own look-ups are quicker than a list (measured)."""

_KEYS = [name for name in CELL_SCHEMA if name != "reports"]

# Numbers of source, target and code lie far below 2 ** 12, days below 2 ** 17 until the year 2100:
# 12 + 12 + 12 + 17 + 1 bits fit into one integer of 64.
_SOURCE, _TARGET, _CODE, _DAY = (np.int64(bits) for bits in (42, 30, 18, 1))
_NUMBER = np.int64((1 << 12) - 1)
_DAYS = np.int64((1 << 17) - 1)


def numbers_of(fields: Fields, verdicts: Verdicts) -> Numbers:
    """Count what is KEPT into numbers of the lexicon, each cell once."""
    kept = np.flatnonzero(verdicts.outcome == KEPT)
    keys = (
        (verdicts.source[kept].astype(np.int64) << _SOURCE)
        | (verdicts.target[kept].astype(np.int64) << _TARGET)
        | (verdicts.code[kept].astype(np.int64) << _CODE)
        | (verdicts.day[kept].astype(np.int64) << _DAY)
        | verdicts.government[kept]
    )
    order = np.argsort(keys)
    keys = keys[order]
    first = np.flatnonzero(np.concatenate((keys[:1] == keys[:1], keys[1:] != keys[:-1])))
    reports = fields.articles[kept][order]
    reports = np.add.reduceat(reports, first) if len(first) else reports
    keys = keys[first]
    parts = (keys >> _SOURCE, keys >> _TARGET & _NUMBER, keys >> _DAY & _DAYS, keys >> _CODE)
    source, target, day, code = (part.astype(np.int32) for part in parts)
    code &= np.int32(_NUMBER)
    return Numbers(source, target, (keys & 1).astype(np.int8), day, code, reports)


def cells_of(numbers: Numbers) -> pl.DataFrame:
    """Give numbers their texts; the result has model.CELL_COLUMNS."""
    if not len(numbers):
        return pl.DataFrame(schema=CELL_SCHEMA)
    ids = _ids(len(lexicon.ids.texts))
    return pl.DataFrame(
        [
            ids.at(numbers.source).alias("source"),
            ids.at(numbers.target).alias("target"),
            pl.Series("government", numbers.government.astype(np.bool_)),
            pl.Series("date", numbers.day.astype("datetime64[D]")),
            pl.Series("precision", ["day"] * len(numbers), dtype=pl.String),
            *(column.at(numbers.code) for column in _code_columns()),
            pl.Series("reports", numbers.reports),
        ]
    )


@dataclass(frozen=True, slots=True)
class _Words:
    """What the numbers of a column stand for: as a Series, and as objects for a few cells."""

    series: pl.Series
    objects: npt.NDArray[np.object_]

    def at(self, numbers: Int32s) -> pl.Series:
        if len(numbers) >= MANY_CELLS:
            return self.series.gather(numbers.astype(np.int64))
        chosen = self.objects[numbers].tolist()
        return pl.Series(self.series.name, chosen, dtype=self.series.dtype)


def _words(series: pl.Series) -> _Words:
    return _Words(series, np.array(series.to_list(), dtype=np.object_))


@lru_cache(maxsize=1)
def _ids(how_many: int) -> _Words:
    return _words(lexicon.ids.series().head(how_many))


@cache
def _code_columns() -> tuple[_Words, ...]:
    return tuple(_words(column) for column in lexicon.code_table().get_columns())


def merged(parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Add up cells that are the same; the result has model.CELL_COLUMNS, each cell once."""
    full = [part for part in parts if part.height]
    if not full:
        return pl.DataFrame(schema=CELL_SCHEMA)
    together = pl.concat(full).group_by(_KEYS).agg(pl.col("reports").sum())
    return together.select(CELL_SCHEMA.keys())
