"""What a row means: who acts toward whom, when, with what; or why it is set aside or filtered.

This is the one place that says it. The quick paths apply it to distinct values and remember.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import Literal

import polars as pl

from saidanddone import actors
from saidanddone.sources.acts import with_codes
from saidanddone.sources.source import SAME_STATE, SOURCE_UNKNOWN, TARGET_UNKNOWN

TYPES = ("source_type1", "source_type2", "source_type3")

RAW: dict[str, str] = {
    "date_text": "SQLDATE",
    "code": "EventCode",
    "source_country": "Actor1CountryCode",
    "source_group": "Actor1KnownGroupCode",
    "source_type1": "Actor1Type1Code",
    "source_type2": "Actor1Type2Code",
    "source_type3": "Actor1Type3Code",
    "target_country": "Actor2CountryCode",
    "target_group": "Actor2KnownGroupCode",
    "reports_text": "NumArticles",
}
"""The columns that decide a row, and GDELT's names for them."""

TEXTS: dict[str, str] = {
    "GLOBALEVENTID": "id",
    "Actor1Name": "source_name",
    "Actor2Name": "target_name",
    "ActionGeo_FullName": "place",
    "DATEADDED": "added",
    "SOURCEURL": "reference",
}
"""The columns that acts have beside those that decide the row, and what they are in an act."""

FIRST_YEAR = 1979
"""GDELT begins on 1 January 1979 (codebook, file list): an earlier date is a mistake."""

SHORTEST_CODE = 3
"""GDELT's event codes have three or four digits: '13' may be 013 that lost its zero."""

MOST_REPORTS = 99_999_999
"""More articles on one event than this, eight digits, are a mistake."""


def judge(rows: pl.DataFrame) -> pl.DataFrame:
    """Add what rows mean to the columns of RAW (String, null where empty).

    Adds date, precision, channel, valence, reports, source, target, government; aside_reason
    (null where the row can be read) and filter_reason (null where both sides are known).
    """
    rows = rows.with_columns(_date(), _reports()).pipe(with_codes, shortest=SHORTEST_CODE)
    dates = rows["date"]
    rows = rows.with_columns(
        actors.find(rows[column], "cameo", dates).alias(f"{column}_id")
        for column in ("source_country", "source_group", "target_country", "target_group")
    ).with_columns(
        pl.coalesce("source_country_id", "source_group_id").alias("source"),
        pl.coalesce("target_country_id", "target_group_id").alias("target"),
        pl.lit("day").alias("precision"),
    )
    return rows.with_columns(
        _government().alias("government"),
        pl.coalesce(
            _date_reason(),
            pl.col("code_reason"),
            pl.when(~pl.col("code").str.contains("^[0-9]+$")).then(
                pl.format("unknown code: '{}' is no CAMEO code", "code")
            ),
            _reports_reason(),
        ).alias("aside_reason"),
        pl.coalesce(
            pl.when(pl.col("source").is_null()).then(pl.lit(SOURCE_UNKNOWN)),
            pl.when(pl.col("target").is_null()).then(pl.lit(TARGET_UNKNOWN)),
            pl.when(pl.col("source") == pl.col("target")).then(pl.lit(SAME_STATE)),
        ).alias("filter_reason"),
    )


def _date() -> pl.Expr:
    text = pl.col("date_text")
    read = pl.when(text.str.contains("^[0-9]{8}$")).then(text).str.to_date("%Y%m%d", strict=False)
    return pl.when(read.dt.year() >= FIRST_YEAR).then(read).alias("date")


def _date_reason() -> pl.Expr:
    text = pl.col("date_text")
    return (
        pl.when(text.is_null())
        .then(pl.lit("the date is missing"))
        .when(pl.col("date").is_null() & text.str.contains("^[0-9]{8}$"))
        .then(pl.format(f"'{{}}' is no day since {FIRST_YEAR}", text.str.slice(0, 40)))
        .when(pl.col("date").is_null())
        .then(pl.format("'{}' is not a date as YYYYMMDD", text.str.slice(0, 40)))
    )


def _reports() -> pl.Expr:
    text = pl.col("reports_text")
    number = pl.when(text.str.contains("^[0-9]{1,8}$")).then(text).cast(pl.Int64)
    return pl.when(number.is_between(1, MOST_REPORTS)).then(number).alias("reports")


def _reports_reason() -> pl.Expr:
    shown = pl.col("reports_text").fill_null("").str.slice(0, 40)
    return pl.when(pl.col("reports").is_null()).then(
        pl.format("'{}' is not a number of articles", shown)
    )


def _government() -> pl.Expr:
    """A state without a type is its government; else one of the types has to act for it."""
    of_state = pl.any_horizontal(pl.col(TYPES).is_in(types("state")).fill_null(False))
    of_itself = pl.any_horizontal(pl.col(TYPES).is_in(types("organization")).fill_null(False))
    untyped = pl.all_horizontal(pl.col(TYPES).is_null())
    by_group = pl.col("source_country_id").is_null()
    return untyped | of_state | (of_itself & by_group)


@cache
def types(which: Literal["state", "organization"]) -> list[str]:
    """Return the actor types that act for their state, or for the organisation that they are.

    >>> types("organization")
    ['IGO']
    """
    table = files("saidanddone.sources.gdelt").joinpath("types.csv").read_text(encoding="utf-8")
    return [row["type"] for row in csv.DictReader(table.splitlines()) if row["government"] == which]
