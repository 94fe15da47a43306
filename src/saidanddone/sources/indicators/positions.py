"""Positions in the General Assembly: how far apart two states' ideal points lie in a year."""

from __future__ import annotations

from collections import Counter

import numpy as np
import polars as pl

from saidanddone import actors
from saidanddone.sources.indicators.indicator import (
    INDICATOR_COLUMNS,
    NO_VALUE,
    NO_YEAR,
    TWICE,
    IndicatorTable,
    Measure,
)
from saidanddone.sources.source import SOURCE_UNKNOWN

COLUMNS = ("ccode", "session")
POINTS = {
    "IdealPoint": ("ideal point distance", "ideal-points"),
    "IdealPointNuclear": ("ideal point distance, nuclear votes", "ideal-points-nuclear"),
}
"""The published tables: of which votes the column tells, and the dataset's name."""

FIRST_YEAR = 1945
"""Session n begins in autumn of 1945 + n. Most roll calls of each session lie in that year, but for
the sixth and the nineteenth, which voted after the turn of it (tests/sources/indicators)."""


def read(rows: pl.DataFrame, dataset: str | None) -> IndicatorTable:
    """Read rows (text) of states and sessions into distances of pairs; not directed."""
    column = next(name for name in POINTS if name in rows.columns)
    measured, named = POINTS[column]
    session = pl.col("session").cast(pl.Int32, strict=False)
    points = rows.select(
        pl.col("ccode"),
        (session + FIRST_YEAR).alias("year"),
        pl.col(column).cast(pl.Float64, strict=False).alias("point"),
    )
    days = points["year"].fill_null(2000).cast(pl.String) + "-10-01"
    points = points.with_columns(actors.find(points["ccode"], scheme="cow", dates=days).alias("id"))
    point = pl.col("point")
    points = points.with_columns(
        pl.when(pl.col("year").is_null())
        .then(pl.lit(NO_YEAR))
        .when(point.is_null() | point.is_nan() | point.is_infinite())
        .then(pl.lit(NO_VALUE))
        .when(pl.col("id").is_null())
        .then(pl.lit(SOURCE_UNKNOWN))
        .alias("why")
    )
    good = points.filter(pl.col("why").is_null())
    once = good.unique(["id", "year"], keep="first", maintain_order=True)
    reasons = Counter(points["why"].drop_nulls().to_list())
    if once.height < good.height:
        reasons[TWICE] = good.height - once.height
    filtered = reasons.get(SOURCE_UNKNOWN, 0)
    by_year = once.partition_by("year", as_dict=True)
    years = [_distances(int(key[0]), measured, part) for key, part in by_year.items()]
    table = pl.concat([EMPTY, *years])
    measure = Measure(
        measured, "ideal points", directed=False, direction=-1,
        since=int(table["year"].min() or 0), until=int(table["year"].max() or 0),  # type: ignore[arg-type]
    )  # fmt: skip
    return IndicatorTable(
        "positions",
        dataset or named,
        table,
        (measure,),
        rows.height,
        sum(reasons.values()) - filtered,
        filtered,
        dict(reasons),
    )


EMPTY = pl.DataFrame(schema={c.name: getattr(pl, c.type)() for c in INDICATOR_COLUMNS})


def _distances(year: int, measure: str, points: pl.DataFrame) -> pl.DataFrame:
    """Distances of all pairs in one year, the first id before the second in the alphabet."""
    ordered = points.sort("id")
    at = ordered["point"].to_numpy()
    first, second = np.triu_indices(len(at), k=1)
    return pl.DataFrame(
        {
            "source": ordered["id"].gather(first),
            "target": ordered["id"].gather(second),
            "year": pl.repeat(year, len(first), dtype=pl.Int32, eager=True),
            "measure": pl.repeat(measure, len(first), dtype=pl.String, eager=True),
            "value": np.abs(at[first] - at[second]),
        }
    )
