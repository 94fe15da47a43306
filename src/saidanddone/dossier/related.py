"""Related pairs: the way back, and what else the source does and the target meets with."""

from __future__ import annotations

import polars as pl

from saidanddone import actors
from saidanddone.dossier.page import Related
from saidanddone.dossier.sentence import with_article
from saidanddone.model import Pair

SHOWN = 3
"""Others of either side: enough to go on reading, few enough to look at."""


def related(pairs: pl.DataFrame, pair: Pair) -> tuple[Related, ...]:
    """Return the pair turned round, then the source's and the target's others (pairs.py).

    Others with a measured gap come by its size after shrinking, where none has one by acts.
    """
    source, target = pair.source, pair.target
    of_source, of_target = pl.col("source") == source.id, pl.col("target") == target.id
    back = pairs.filter((pl.col("source") == target.id) & (pl.col("target") == source.id))
    found = [_row(row, "the other way round") for row in back.iter_rows(named=True)]
    toward, by = with_article(target.name), with_article(source.name)
    for others, why in (
        (pairs.filter(of_source & ~of_target), f"also by {by}"),
        (pairs.filter(of_target & ~of_source), f"also toward {toward}"),
    ):
        strongest = others.sort(
            [pl.col("gap_shrunk").abs(), pl.col("acts"), pl.col("source"), pl.col("target")],
            descending=[True, True, False, False],
            nulls_last=True,
        )
        found += [_row(row, why) for row in strongest.head(SHOWN).iter_rows(named=True)]
    return tuple(found)


def _row(row: dict[str, object], why: str) -> Related:
    source, target = (actors.actor(str(row[side])) for side in ("source", "target"))
    gap, acts = row["gap"], row["acts"]
    return Related(source, target, why, gap if isinstance(gap, float) else None, int(str(acts)))
