"""What an indicator is: a measure of pairs by year, and the rows of a file that gave it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import polars as pl

from saidanddone import actors
from saidanddone.model import Column
from saidanddone.sources.source import SAME_STATE, SOURCE_UNKNOWN, TARGET_UNKNOWN

INDICATOR_COLUMNS: tuple[Column, ...] = (
    Column("source", "String", "id of the giving side; of an undirected measure the first id"),
    Column("target", "String", "id of the receiving side; of an undirected measure the second"),
    Column("year", "Int32", "calendar year"),
    Column("measure", "String", "name of the measure"),
    Column("value", "Float64", "in the measure's unit"),
)
"""Columns of a table of indicators, each (source, target, year, measure) once."""

NO_YEAR = "the year is no year"
NO_VALUE = "the value is no number"
TWICE = "a second value for the same pair, year and measure"


@dataclass(frozen=True, slots=True)
class Measure:
    """What a measure means.

    directed: source toward target; otherwise it belongs to the two alike. direction: +1 where more
    of it is warmer, -1 colder, 0 where it says neither. absent: whether a pair without a row has
    none of it ('zero') or is not known ('unknown'). adds: years add up to a window (a flow);
    otherwise they are averaged. since, until: years that the file covers.
    """

    name: str
    unit: str
    directed: bool = True
    direction: int = 0
    absent: str = "unknown"
    adds: bool = False
    since: int = 0
    until: int = 0


@dataclass(frozen=True, slots=True)
class IndicatorTable:
    """A file's indicators: table has INDICATOR_COLUMNS; rows = kept + set_aside + filtered."""

    shape: str
    dataset: str
    table: pl.DataFrame
    measures: tuple[Measure, ...]
    rows: int
    set_aside: int
    filtered: int
    reasons: dict[str, int]

    @property
    def kept(self) -> int:
        """Input rows that gave at least one value."""
        return self.rows - self.set_aside - self.filtered


def sorted_out(rows: pl.DataFrame) -> tuple[pl.DataFrame, int, int, dict[str, int]]:
    """Leave out rows that are no value of two states or organisations.

    rows has source_name, target_name, year, measure, value as text. Returns the rest with
    INDICATOR_COLUMNS, how many rows were set aside and filtered, and why.
    """
    year = pl.col("year").str.strip_chars().str.replace(r"\.0+$", "").cast(pl.Int32, strict=False)
    rows = rows.with_columns(
        pl.when(year.is_between(1000, 2999)).then(year).alias("year"),
        pl.col("value").str.strip_chars().cast(pl.Float64, strict=False),
    )
    # Mid-year tells which state bore a name: the Soviet Union or Russia.
    days = rows["year"].fill_null(2000).cast(pl.String) + "-07-01"
    rows = rows.with_columns(
        actors.find(rows[f"{side}_name"], dates=days).alias(side) for side in ("source", "target")
    )
    value = pl.col("value")
    key = ["source", "target", "year", "measure"]
    rows = rows.with_columns(
        pl.when(pl.col("year").is_null())
        .then(pl.lit(NO_YEAR))
        .when(value.is_null() | value.is_nan() | value.is_infinite())
        .then(pl.lit(NO_VALUE))
        .when(pl.col("source").is_null())
        .then(pl.lit(SOURCE_UNKNOWN))
        .when(pl.col("target").is_null())
        .then(pl.lit(TARGET_UNKNOWN))
        .when(pl.col("source") == pl.col("target"))
        .then(pl.lit(SAME_STATE))
        .alias("why")
    )
    good = rows.filter(pl.col("why").is_null())
    once = good.unique(key, keep="first", maintain_order=True)
    reasons = Counter(rows["why"].drop_nulls().to_list())
    if once.height < good.height:
        reasons[TWICE] = good.height - once.height
    aside = sum(reasons[why] for why in (NO_YEAR, NO_VALUE, TWICE))
    filtered = sum(reasons.values()) - aside
    columns = [column.name for column in INDICATOR_COLUMNS]
    return once.select(columns), aside, filtered, {why: n for why, n in reasons.items() if n}
