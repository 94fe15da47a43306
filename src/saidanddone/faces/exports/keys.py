"""Keys: a number for every row of a dataset, the same in every export, made without its text."""

from __future__ import annotations

import hashlib
from functools import lru_cache

import numpy as np
import polars as pl
from numpy.typing import NDArray

_MADE_OF = (
    "dataset", "file", "source", "target", "date", "precision", "government", "code", "channel",
    "valence", "mode",
)  # fmt: skip
"""With the line what tells a row from all others; a row of counts gives up to four acts."""

KEY_BITS = 60
"""Fits a signed integer of 64 bits, which is what readers of GDELT's ids take; among a million rows
two share one with a probability of 4 in 10 million."""

_ODD = np.uint64(0x9E3779B97F4A7C15)
_MIX = (np.uint64(0xFF51AFD7ED558CCD), np.uint64(0xC4CEB9FE1A85EC53))
"""2^64 over the golden ratio, and the multipliers of MurmurHash3's finalizer (Appleby 2011)."""

_SHIFT = np.uint64(33)

WORDS_KEPT = 1 << 17
"""Distinct values whose hashes are kept: days, pairs' ends, codes and files of a large archive."""


def keys_of(acts: pl.DataFrame) -> pl.Series:
    """Return the column key (String of digits) of acts with EVENT_COLUMNS.

    Each distinct value is hashed once and the rest is arithmetic on whole columns.
    """
    if acts.is_empty():
        return pl.Series("key", [], dtype=pl.String)
    sums: NDArray[np.uint64] = np.zeros(acts.height, dtype=np.uint64)
    for name in _MADE_OF:
        texts = acts[name].cast(pl.String).fill_null("")
        distinct = texts.unique()
        words = pl.Series([_word(name, text) for text in distinct], dtype=pl.UInt64)
        sums += texts.replace_strict(distinct, words, return_dtype=pl.UInt64).to_numpy()
    lines = acts["line"].fill_null(0).to_numpy().astype(np.uint64)
    sums += lines * _ODD
    for multiplier in _MIX:
        sums ^= sums >> _SHIFT
        sums *= multiplier
    sums ^= sums >> _SHIFT
    return pl.Series("key", sums & np.uint64((1 << KEY_BITS) - 1)).cast(pl.String)


@lru_cache(maxsize=WORDS_KEPT)
def _word(name: str, text: str) -> int:
    digest = hashlib.blake2b(f"{name}={text}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little")
