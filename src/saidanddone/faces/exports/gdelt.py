"""Acts in the shape of GDELT 1.0: 58 columns, tabs between them, no header, as GDELT ships them.

Filled as far as the acts know; what they do not know is empty: no tone, no counts of mentions, no
coordinates. An id that the dataset gave stays if it is a number; else it is the number in the key.
Sources that act for their government are of the type GOV (organisations: IGO), those that do not of
CVL, CAMEO's type for whom no other fits. Texts have no column. Nothing is guarded against
spreadsheets here: programs read these files, and a guard would change them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import BinaryIO

import polars as pl

from saidanddone.faces.exports.about import ExportAbout, Written
from saidanddone.faces.exports.rows import write_tabbed
from saidanddone.faces.exports.shapes import (
    OVERRIDDEN,
    denied,
    held,
    in_one_field,
    note,
    overridden,
    with_meaning,
    with_parties,
    without_code,
    without_day,
)
from saidanddone.sources.gdelt import LAYOUTS

COLUMNS = LAYOUTS[58].columns

FIRST_DAY = date(1979, 1, 1)
"""GDELT begins on this day (codebook, file list); its readers refuse what is older."""

MOST_REPORTS = 99_999_999
"""Readers of GDELT take more articles than this, eight digits, for a mistake."""

TOO_EARLY = "GDELT begins in 1979"
NO_PARTY = "CAMEO has no code for the {side}"
UNTYPED = "whether the source acts for its government is not known, and without a type it seems so"
CAPPED = f"reports beyond {MOST_REPORTS:,} cannot be written"

_DIGITS = r"^[0-9]{1,18}$"


def write_gdelt(slices: Iterable[pl.DataFrame], _about: ExportAbout, file: BinaryIO) -> Written:
    """Write acts (EXPORT_COLUMNS) in this shape, one slice after the other."""
    written = Written()
    for acts in slices:
        known = held(with_meaning(with_parties(acts)), _reasons(), written)
        note(known, _changes(), written)
        write_tabbed(file, _rows(known))
    return written


def _reasons() -> list[pl.Expr]:
    nobody = [
        pl.when(pl.col(f"{side}_country").is_null() & pl.col(f"{side}_group").is_null()).then(
            pl.lit(NO_PARTY.format(side=side))
        )
        for side in ("source", "target")
    ]
    early = pl.when(pl.col("day") < FIRST_DAY).then(pl.lit(TOO_EARLY))
    return [denied(), without_code(), without_day(), early, *nobody]


def _changes() -> dict[str, pl.Expr]:
    return {
        OVERRIDDEN: overridden().is_not_null(),
        UNTYPED: pl.col("government").is_null(),
        CAPPED: pl.col("reports") > MOST_REPORTS,
    }


def _rows(acts: pl.DataFrame) -> pl.DataFrame:
    """The 58 columns, all text; null where nothing is known."""
    day = pl.col("day")
    months, days = day.dt.month().cast(pl.Int32) - 1, day.dt.day().cast(pl.Int32)
    # As GDELT computes it: months of 30 days, in a year of 365.
    fraction = day.dt.year() + (months * 30 + days) / 365
    named = {
        "GLOBALEVENTID": pl.when(pl.col("id").str.contains(_DIGITS))
        .then("id")
        .otherwise(_number()),
        "SQLDATE": day.dt.to_string("%Y%m%d"),
        "MonthYear": day.dt.to_string("%Y%m"),
        "Year": day.dt.to_string("%Y"),
        "FractionDate": fraction.round(4).cast(pl.String),
        **_actor("Actor1", "source", typed=True),
        **_actor("Actor2", "target", typed=False),
        "EventCode": pl.col("shown_code"),
        "EventBaseCode": pl.col("shown_code").str.head(3),
        "EventRootCode": pl.col("root"),
        "QuadClass": pl.col("quad"),
        "GoldsteinScale": pl.col("intensity").cast(pl.String),
        "NumArticles": pl.col("reports").clip(1, MOST_REPORTS).cast(pl.String),
        "ActionGeo_FullName": in_one_field("place"),
        "DATEADDED": pl.col("added").dt.to_string("%Y%m%d"),
        "SOURCEURL": pl.coalesce(in_one_field("url"), in_one_field("reference")),
    }
    nothing = pl.lit(None, pl.String)
    return acts.select(named.get(column, nothing).alias(column) for column in COLUMNS)


def _number() -> pl.Expr:
    """The key as a number: digits, or the hexadecimal digits of a page's key."""
    key = pl.col("key")
    hexadecimal = key.str.to_integer(base=16, dtype=pl.Int64, strict=False).cast(pl.String)
    return pl.when(key.str.contains(r"^[0-9]{13,19}$")).then(key).otherwise(hexadecimal)


def _actor(prefix: str, side: str, *, typed: bool) -> dict[str, pl.Expr]:
    country, group = pl.col(f"{side}_country"), pl.col(f"{side}_group")
    itself = pl.when(group.is_null()).then(pl.lit("GOV")).otherwise(pl.lit("IGO"))
    acts_for = pl.col("government")
    nothing = pl.lit(None, pl.String)
    said = pl.when(acts_for).then(itself).when(~acts_for).then(pl.lit("CVL")).otherwise(nothing)
    type_ = said if typed else nothing
    written = pl.coalesce(in_one_field(f"{side}_written"), f"{side}_name")
    return {
        f"{prefix}Code": pl.concat_str(pl.coalesce(country, group), type_, ignore_nulls=True),
        f"{prefix}Name": written.str.to_uppercase(),
        f"{prefix}CountryCode": country,
        f"{prefix}KnownGroupCode": group,
        f"{prefix}Type1Code": type_,
    }
