"""Sorted tables of cells, put together: Polars only, as the archive's own tables are."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from saidanddone.archive import tally


def combine(tables: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Add tables of cells up to one; a table that stands alone is taken to be sorted and whole."""
    from saidanddone.archive import renumbered, run  # they know this module

    return run.as_table(renumbered.together(tables))


def woven(tables: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Add tables of one pair's cells up to one: as combine, where most days stand in one table.

    Only days that stand in several are added up; the others are put in order by their date.
    """
    held = sorted((table for table in tables if table.height), key=lambda table: table.height)
    if not held:
        return tables[0]
    whole = held[0]
    for table in held[1:]:
        ahead, behind = (table, whole) if table["date"][0] < whole["date"][0] else (whole, table)
        if ahead["date"][-1] < behind["date"][0]:
            whole = pl.concat([ahead, behind])
            continue
        shared = pl.col("date").is_in(whole["date"].unique().implode())
        touched = table.filter(shared)
        if touched.height:
            both = pl.col("date").is_in(touched["date"].unique().implode())
            again = tally.merge(pl.concat([touched, whole.filter(both)]))
            whole = pl.concat([whole.filter(~both), again])
        # Every day's cells stand in one of the two now, and a stable sort keeps their order.
        whole = pl.concat([whole, table.filter(~shared)]).sort("date", maintain_order=True)
    return whole


def pair_of(table: pl.DataFrame, row: int) -> str:
    """Name the pair of a row: 'RUS PRK'. A blank sorts before all that ids are made of."""
    return f"{table['source'][row]} {table['target'][row]}"


def since(pair: str) -> pl.Expr:
    """Say which rows have this pair or a later one."""
    source, target = pair.split(" ")
    # The bound on the source alone stands beside, so that row-group statistics answer it.
    later = pl.col("source") >= source
    return later & ((pl.col("source") != source) | (pl.col("target") >= target))


def before(pair: str) -> pl.Expr:
    """Say which rows have an earlier pair than this."""
    source, target = pair.split(" ")
    earlier = pl.col("source") <= source
    return earlier & ((pl.col("source") != source) | (pl.col("target") < target))
