"""From rows as written to acts: dates read, codes looked up, every row sorted to its place.

A row is kept, set aside (it cannot be read) or filtered (readable, but no act between two states).
Nothing is mended and nothing is filled in: an unknown code is set aside, never taken for 010.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from datetime import date, datetime
from typing import Literal

import polars as pl

from saidanddone import codes
from saidanddone.errors import BadDate, UnknownCode
from saidanddone.model import ACT_COLUMNS, FuzzyDate
from saidanddone.sources.source import (
    ASIDE_SCHEMA,
    CONTENT_CHARACTERS,
    SAME_STATE,
    SOURCE_UNKNOWN,
    TARGET_UNKNOWN,
    Batch,
)

Unresolved = Literal["aside", "filter"]

ACT_SCHEMA: dict[str, pl.DataType] = {
    column.name: getattr(pl, column.type)() for column in ACT_COLUMNS
}
"""model.ACT_COLUMNS as a Polars schema."""

_DEFAULTS = {
    "mode": pl.lit("did"),
    "reports": pl.lit(1, pl.Int64),
    "id": pl.lit(None, pl.String),
    "text": pl.lit(None, pl.String),
    "place": pl.lit(None, pl.String),
    "added": pl.lit(None, pl.Date),
}
"""What stands in a column that a dataset does not have."""


def with_dates(rows: pl.DataFrame, date_format: str | None = None) -> pl.DataFrame:
    """Read the column date_text into date, precision and date_reason.

    date_format is that of datetime.strptime; None means YYYY, YYYY-MM or YYYY-MM-DD. date_reason
    is null where the date could be read.
    """
    distinct = rows["date_text"].drop_nulls().unique()
    read = [(text, *_read_date(text, date_format)) for text in distinct]
    schema = {
        "date_text": pl.String,
        "date": pl.Date,
        "precision": pl.String,
        "date_reason": pl.String,
    }
    dates = pl.DataFrame(read, schema=schema, orient="row")
    return rows.join(dates, on="date_text", how="left", maintain_order="left").with_columns(
        pl.when(pl.col("date_text").is_null())
        .then(pl.lit("the date is missing"))
        .otherwise("date_reason")
        .alias("date_reason")
    )


@functools.lru_cache(maxsize=1 << 16)  # more days than 179 years have
def _read_date(text: str, date_format: str | None) -> tuple[date | None, str | None, str | None]:
    if date_format is None:
        try:
            read = FuzzyDate.parse(text)
        except BadDate as error:
            return None, None, error.wrong
        return read.first, read.precision, None
    try:
        return datetime.strptime(text.strip(), date_format).date(), "day", None
    except ValueError:
        return None, None, f"'{text}' is not a date as {date_format} writes it"


def with_codes(rows: pl.DataFrame, *, shortest: int = 2) -> pl.DataFrame:
    """Look the column code up: adds channel, valence and code_reason.

    A code with fewer digits than shortest is unknown, even if the table has it as a root: in a
    dataset that writes at least three, '13' may be 013 that lost its zero. code_reason is null
    where the code is known.
    """
    rows = rows.with_columns(pl.col("code").str.strip_chars())
    table = codes.table().select("code", "channel", "valence")
    if shortest > 2:
        table = table.filter(
            (pl.col("code").str.len_chars() >= shortest) | pl.col("code").str.starts_with("V")
        )
    rows = rows.join(table, on="code", how="left", maintain_order="left")
    unknown = rows.filter(pl.col("channel").is_null())["code"].drop_nulls().unique()
    reasons = {text: _why_unknown(text) for text in unknown}
    return rows.with_columns(
        pl.when(pl.col("code").is_null())
        .then(pl.lit("the code is missing"))
        .when(pl.col("channel").is_null())
        .then(pl.col("code").replace_strict(reasons, default=None, return_dtype=pl.String))
        .alias("code_reason")
    )


def _why_unknown(text: str) -> str:
    try:
        codes.code(text)
    except UnknownCode as error:
        return f"unknown code: {error.wrong}"
    return f"unknown code: '{text}' is too short for this dataset, a leading zero may be lost"


def sort_rows(
    rows: pl.DataFrame,
    misfits: pl.DataFrame,
    reasons: Iterable[str | pl.Expr],
    unresolved: Unresolved,
) -> Batch:
    """Keep, set aside or filter every row.

    rows has the act's columns, line, and content (what is shown of a row that is set aside);
    source and target are null where no actor is known. reasons are columns or expressions that
    are null where nothing is wrong; the first that speaks counts. misfits were set aside before.
    """
    unknown_source, unknown_target = (pl.col(side).is_null() for side in ("source", "target"))
    why_aside = [pl.col(reason) if isinstance(reason, str) else reason for reason in reasons]
    why_aside += [missing_name("source"), missing_name("target")]
    why_filtered = [
        pl.when(unknown_source).then(pl.lit(SOURCE_UNKNOWN)),
        pl.when(unknown_target).then(pl.lit(TARGET_UNKNOWN)),
        pl.when(pl.col("source") == pl.col("target")).then(pl.lit(SAME_STATE)),
    ]
    if unresolved == "aside":
        why_aside += [unknown_name("source"), unknown_name("target")]
    judged = rows.with_columns(
        aside_reason=pl.coalesce(why_aside), filter_reason=pl.coalesce(why_filtered)
    )
    readable = judged.filter(pl.col("aside_reason").is_null())
    kept = readable.filter(pl.col("filter_reason").is_null())
    counts = (
        readable.filter(pl.col("filter_reason").is_not_null())
        .group_by("filter_reason")
        .len()
        .sort("filter_reason")
    )
    return Batch(
        acts=as_acts(kept),
        kept=kept.height,
        aside=set_aside(judged, misfits),
        filtered=dict(counts.iter_rows()),
    )


def set_aside(judged: pl.DataFrame, misfits: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with an aside_reason, and the misfits, by line."""
    refused = judged.filter(pl.col("aside_reason").is_not_null()).select(
        "line",
        pl.col("aside_reason").alias("reason"),
        pl.col("content").str.slice(0, CONTENT_CHARACTERS),
    )
    return pl.concat([misfits, refused.cast(ASIDE_SCHEMA)]).sort("line")  # type: ignore[arg-type]


def as_acts(rows: pl.DataFrame) -> pl.DataFrame:
    """Give rows exactly the columns of model.ACT_COLUMNS, in order and type."""
    absent = [value.alias(name) for name, value in _DEFAULTS.items() if name not in rows.columns]
    return rows.with_columns(absent).select(
        pl.col(name).cast(dtype) for name, dtype in ACT_SCHEMA.items()
    )


def content_of(names: Iterable[str], separator: str = "\t") -> pl.Expr:
    """What is shown of a row: its columns as read."""
    return pl.concat_str(
        [pl.col(name).fill_null("") for name in dict.fromkeys(names)], separator=separator
    )


def missing_name(side: str) -> pl.Expr:
    """Say where a row names nobody on one side."""
    return pl.when(pl.col(f"{side}_name").is_null()).then(pl.lit(f"the {side} is missing"))


def unknown_name(side: str) -> pl.Expr:
    """Say where the name on one side is no actor known."""
    return pl.when(pl.col(side).is_null()).then(
        pl.format(f"the {side} '{{}}' is no state or organisation known", f"{side}_name")
    )
