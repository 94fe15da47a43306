"""Where words end and deeds begin: the readings that an answer may be asked for."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from saidanddone.codes.tables import table
from saidanddone.errors import BadChoice

if TYPE_CHECKING:
    import polars as pl

READINGS = ("said-done", "icews", "gdelt", "plover")
"""The default first; the others are published ways to draw the line (method.md, section 1)."""


def sides(reading: str) -> pl.DataFrame:
    """Return the side and the sign that a reading gives to each code.

    Columns: code, side ('words', 'deeds' or null), sign (Int8: +1, 0, -1). In 'said-done' words
    are what is said and deeds what is done; signed codes have no side and keep their valence. In
    the others a code without a place has no side and sign 0 (votes; CAMEO's 01 and 02 in
    'plover'), and neutral comments count as their root does (010 is + in 'icews' and 'gdelt').
    Raises BadChoice for another reading.

    >>> sides("said-done").filter(code="129").rows()
    [('129', None, -1)]
    >>> sides("gdelt").filter(code="09").rows()
    [('09', 'deeds', 1)]
    """
    if reading not in READINGS:
        raise BadChoice(
            f"there is no reading {reading!r}",
            f"one of {', '.join(READINGS)}",
            "choose one of these",
        )
    return _sides(reading).clone()


@functools.cache
def _sides(reading: str) -> pl.DataFrame:
    import polars as pl

    if reading == "said-done":
        side: pl.Expr = pl.col("channel").replace_strict(
            {"said": "words", "signed": None, "done": "deeds"}, return_dtype=pl.String
        )
        sign = pl.col("valence")
    else:
        published = pl.col(f"reading_{reading}")
        side = published.str.head(5)  # 'words' and 'deeds' both have five letters
        sign = (
            published.str.tail(1).replace_strict({"+": 1, "-": -1}, return_dtype=pl.Int8)
        ).fill_null(0)
    return table().select("code", side=side, sign=sign)
