"""Prints: what tells whether a pair's own acts are those of another day."""

from __future__ import annotations

import hashlib

import polars as pl

from saidanddone.dossier.norms import World

_SEED = 0
"""Fixed, so that two runs of one version of Polars agree; another version's prints may differ."""


def prints(world: World) -> pl.DataFrame:
    """Return source, target and print: a hash of each pair's acts, in whatever order they came.

    All acts of the window are read at once.
    """
    acts = world.store.acts(world.dataset.name, sources=None, targets=None, window=world.window)
    rows = world.between(acts).with_columns(row=acts_hash())
    found = rows.group_by("source", "target").agg(pl.col("row").sort()).sort("source", "target")
    hashes = [hashlib.sha256(row.to_numpy().tobytes()).hexdigest() for row in found["row"]]
    return found.select("source", "target", pl.Series("print", hashes, dtype=pl.String))


def acts_hash() -> pl.Expr:
    """A number of each row, the same for rows that are alike in all columns."""
    return pl.struct(pl.all()).hash(_SEED)
