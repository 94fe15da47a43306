"""Stances: which roll calls were for or against a state, beyond doubt (README.md)."""

from __future__ import annotations

import functools
import hashlib
from importlib import resources

import polars as pl

_TYPES = {"roll_call": pl.Int64, "stance": pl.Int8}


def stances() -> pl.DataFrame:
    """Return the table of stances.

    Columns: roll_call (Int64, number in the published data), month (YYYY-MM, as there), resolution
    ('60/173'; null where the data give no number), target (id), stance (Int8: a yes is +1 for or
    -1 against the target), basis (why, in a few words). A roll call with two targets has two rows.

    >>> stances().filter(resolution="60/173").select("target", "stance").rows()
    [('PRK', -1)]
    """
    return _stances().clone()


@functools.cache
def _stances() -> pl.DataFrame:
    return pl.read_csv(_bytes(), schema_overrides=_TYPES)


def stances_hash() -> str:
    """Return a hash of the table: another table reads the same votes otherwise."""
    return hashlib.sha256(_bytes()).hexdigest()[:16]


@functools.cache
def _bytes() -> bytes:
    return (resources.files(__package__) / "stances.csv").read_bytes()
