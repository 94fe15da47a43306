"""The digest of cells: one number that says whether two tables count the same.

It is a sum over cells of a number made of their keys, times their reports, modulo 2^64. So it does
not matter into how many tables or parts the cells are split, nor in which order they stand, and
the digests of files add up to that of the tally. It finds accidents, not forgery.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache

import numpy as np
import polars as pl
from numpy.typing import NDArray

from saidanddone.archive import packed
from saidanddone.archive.tally import KEYS

_MIX = (np.uint64(0xFF51AFD7ED558CCD), np.uint64(0xC4CEB9FE1A85EC53))
"""Multipliers of the finalizer of MurmurHash3 (Appleby 2011)."""

_SHIFT = np.uint64(33)


def of(cells: pl.DataFrame) -> int:
    """Return the digest of a table of cells (TALLY_COLUMNS).

    >>> cells = pl.DataFrame({"reports": [2, 3]}).select(*(pl.lit("x").alias(k) for k in KEYS),
    ...                                                  "reports")
    >>> of(cells) == total([of(cells.head(1)), of(cells.tail(1))])
    True
    """
    return sum(by(cells, pl.lit(0)).values()) % 2**64


def by(cells: pl.DataFrame, group: pl.Expr) -> dict[object, int]:
    """Return the digests of the groups of a table of cells."""
    if cells.is_empty():
        return {}
    reports = cells["reports"].to_numpy().astype(np.uint64)
    weighed = cells.with_columns(group.alias("group")).select(
        "group",
        pl.Series("number", _numbers(cells) * reports),
    )
    # Two halves: a sum of whole numbers must not leave 64 bits.
    halves = weighed.group_by("group").agg(
        (pl.col("number") // 2**32).sum().alias("high"),
        (pl.col("number") % 2**32).sum().alias("low"),
    )
    return {name: ((high << 32) + low) % 2**64 for name, high, low in halves.iter_rows()}


def total(digests: Iterable[str | int]) -> int:
    """Add digests up, as numbers or as the manifest writes them."""
    return sum(int(d, 16) if isinstance(d, str) else d for d in digests) % 2**64


def _numbers(cells: pl.DataFrame) -> NDArray[np.uint64]:
    """A number for each row's keys."""
    numbers = np.zeros(cells.height, dtype=np.uint64)
    for key in KEYS:
        values, places = packed.coded(cells[key])
        numbers += _words(key, values)[places]
    return mixed(numbers)


def words(key: str, values: pl.Series) -> NDArray[np.uint64]:
    """Return what each value of a key adds to the number of a cell, before it is mixed."""
    return _words(key, values.to_list())


def mixed(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Mix the sums of what keys add into the numbers of cells, in their place."""
    numbers ^= numbers >> _SHIFT
    for multiplier in _MIX:
        numbers *= multiplier
        numbers ^= numbers >> _SHIFT
    return numbers


def _words(key: str, values: Iterable[object]) -> NDArray[np.uint64]:
    return np.array([_number(key, value) for value in values], dtype=np.uint64)


@cache
def _number(key: str, value: object) -> int:
    text = f"{key}={value}" if value is not None else key
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")
