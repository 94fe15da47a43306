"""The tables of codes, read from the CSV files beside this module."""

from __future__ import annotations

import functools
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

CODE_FILES = ("cameo.csv", "unlisted.csv", "votes.csv")
"""CAMEO's list, then the codes that the list lost but datasets use (README.md), then votes."""


def table() -> pl.DataFrame:
    """Return every code: CAMEO's three levels, then the votes.

    Columns: code (leading zeros kept), name, root ('01' to '20', 'V' for votes), plover, channel
    (said, signed, done), valence (Int8: +1, 0, -1), intensity (Float64, Goldstein's scale from
    -10 to +10), reading_icews, reading_gdelt, reading_plover ('words+', 'words-', 'deeds+',
    'deeds-'). Null where a scheme has no place for the code, or no data show its intensity.

    >>> table().filter(root="V").select("code", "channel", "valence").rows()
    [('V+', 'signed', 1), ('V-', 'signed', -1), ('V0', 'signed', 0)]
    """
    return _table().clone()


def events() -> pl.DataFrame:
    """Return PLOVER's 16 events.

    Columns: event, quad (Int8: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict,
    4 material conflict), meaning.

    >>> events().filter(event="AID").select("event", "quad").rows()
    [('AID', 2)]
    """
    return _events().clone()


@functools.cache
def _table() -> pl.DataFrame:
    import polars as pl

    return pl.concat([_read(name) for name in CODE_FILES]).cast(
        {"valence": pl.Int8, "intensity": pl.Float64}
    )


@functools.cache
def _events() -> pl.DataFrame:
    import polars as pl

    return _read("plover.csv").cast({"quad": pl.Int8})


def _read(name: str) -> pl.DataFrame:
    import polars as pl

    # Every column as text first: a guessed type would turn 013 into 13.
    content = (resources.files("saidanddone.codes") / name).read_bytes()
    return pl.read_csv(content, infer_schema=False)
