"""The world matrix: the gaps between the states with most acts, sources by targets."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from saidanddone import actors


@dataclass(frozen=True, slots=True)
class Matrix:
    """The gaps among some states.

    ids, names: the states, those with most acts first. cells: source, target, gap_shrunk, lfsr,
    acts: one row a pair among them that has acts; gap_shrunk and lfsr null where not measured.
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    cells: pl.DataFrame


def matrix(pairs: pl.DataFrame, size: int) -> Matrix:
    """Lay out the states with most acts, as source and target together; pairs as in pairs.py."""
    both = pl.concat(
        pairs.select(pl.col(side).alias("state"), "acts") for side in ("source", "target")
    )
    busiest = (
        both.group_by("state")
        .agg(pl.col("acts").sum())
        .sort(["acts", "state"], descending=[True, False])
        .head(size)
    )
    ids = tuple(busiest["state"].to_list())
    among = pairs.filter(pl.col("source").is_in(ids) & pl.col("target").is_in(ids))
    cells = among.select("source", "target", "gap_shrunk", "lfsr", "acts")
    return Matrix(ids, tuple(actors.actor(state).name for state in ids), cells)
