"""The panel: acts of every pair by month and year, counted once a day, to read all pairs at once.

It is derived from the tally by month, and written anew for a month whose cells change.
"""

from __future__ import annotations

import polars as pl

from saidanddone import codes
from saidanddone.archive import packed, parts
from saidanddone.model import Column

PANEL_COLUMNS: tuple[Column, ...] = (
    Column("source", "String", "id of the actor that acts"),
    Column("target", "String", "id of the actor acted upon"),
    Column("date", "Date", "first day of the month, or of the year"),
    Column("channel", "String", "said, signed, done; verbal, material for published counts"),
    Column("valence", "Int8", "+1 cooperative, -1 conflictual, 0 neutral"),
    Column("acts", "Int64", "acts, counted once a day"),
    Column("reports", "Int64", "reports behind them"),
    Column("government_acts", "Int64", "acts of those that act for their government"),
    Column("government_reports", "Int64", "reports behind those"),
)
"""Columns of the panel, in order. An act is a day, root, channel and valence of a pair
(method.md, section 2); dated only to a month or a year it counts as often as it was reported."""

SCHEMA = parts.schema(PANEL_COLUMNS)
KEYS = ("source", "target", "date", "channel", "valence")


def panel(cells: pl.DataFrame) -> pl.DataFrame:
    """Count cells (TALLY_COLUMNS) into a panel with PANEL_COLUMNS, sorted.

    All cells of a pair and day have to be there: a day that stands in two tables counts twice.
    """
    roots = codes.table().select("code", "root")
    government = pl.col("government").fill_null(value=False)
    rooted = cells.join(roots, on="code", how="left", maintain_order="left").with_columns(
        pl.col("root").fill_null(""),
        pl.when(government).then("reports").otherwise(0).alias("government_reports"),
    )
    kind = ["source", "target", "date", "precision", "root", "channel", "valence"]
    acts = packed.summed(rooted, kind, ["reports", "government_reports"])
    by_day, reported = pl.col("precision") == "day", pl.col("government_reports")
    counted = acts.with_columns(
        pl.when(by_day).then(1).otherwise("reports").cast(pl.Int64).alias("acts"),
        pl.when(by_day)
        .then(reported > 0)
        .otherwise(reported)
        .cast(pl.Int64)
        .alias("government_acts"),
        pl.col("date").dt.truncate("1mo"),
    )
    sums = [column.name for column in PANEL_COLUMNS if column.name not in KEYS]
    return packed.summed(counted, KEYS, sums)


def by_year(table: pl.DataFrame) -> pl.DataFrame:
    """Add a panel of months up to one of years, dated to their first day."""
    sums = [column.name for column in PANEL_COLUMNS if column.name not in KEYS]
    return packed.summed(table.with_columns(pl.col("date").dt.truncate("1y")), KEYS, sums)


def by_pair(table: pl.DataFrame, *, government: bool) -> pl.DataFrame:
    """Sum a panel to pairs and channels: cooperative, conflictual, neutral, acts, reports."""
    of = "government_" if government else ""
    acts, valence = pl.col(f"{of}acts"), pl.col("valence")
    counted = table.filter(acts > 0)
    return counted.group_by("source", "target", "channel").agg(
        acts.filter(valence == 1).sum().alias("cooperative"),
        acts.filter(valence == -1).sum().alias("conflictual"),
        acts.filter(valence == 0).sum().alias("neutral"),
        acts.sum().alias("acts"),
        pl.col(f"{of}reports").sum().alias("reports"),
    )
