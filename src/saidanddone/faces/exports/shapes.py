"""Shapes: what the tables of other datasets can hold of an act, and what they cannot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import polars as pl

from saidanddone import codes
from saidanddone.faces.exports.about import Written
from saidanddone.faces.exports.parties import parties

DENIED = "what was denied or only supposed has no place in this shape"
NO_CODE = "published counts have no code"
VOTE = "a vote has no CAMEO code"
NO_DAY = "the date is not known to the day"
OVERRIDDEN = "its channel or sign is not that of its code, which is all that the shape holds"

SHORTEST_CODE = 3
"""Both shapes write three or four digits: the root 13 is 130 there, 'not specified below'."""


def with_parties(acts: pl.DataFrame) -> pl.DataFrame:
    """Add kind, iso2, country, group and icews of both sides, as source_kind and so on."""
    for side in ("source", "target"):
        about = parties().select(
            pl.col("id").alias(side), pl.exclude("id", "name").name.prefix(f"{side}_")
        )
        acts = acts.join(about, on=side, how="left", maintain_order="left")
    return acts


def with_meaning(acts: pl.DataFrame) -> pl.DataFrame:
    """Add shown_code, root, intensity, quad, own_channel and own_valence.

    quad is GDELT's class of the code, 1 to 4; the last two are what the code by itself says.
    """
    table = codes.table()
    own = table.select(
        "code",
        "root",
        pl.col("reading_gdelt")
        .replace_strict({"words+": "1", "deeds+": "2", "words-": "3", "deeds-": "4"}, default=None)
        .alias("quad"),
        pl.col("channel").alias("own_channel"),
        pl.col("valence").alias("own_valence"),
    )
    longer = pl.when(pl.col("code").str.len_chars() < SHORTEST_CODE).then(pl.col("code") + "0")
    intensities = table.select(pl.col("code").alias("shown_code"), "intensity")
    return (
        acts.join(own, on="code", how="left", maintain_order="left")
        .with_columns(longer.otherwise("code").alias("shown_code"))
        .join(intensities, on="shown_code", how="left", maintain_order="left")
    )


def denied() -> pl.Expr:
    """Say where an act is never counted."""
    return pl.when(~pl.col("counted")).then(pl.lit(DENIED))


def without_code() -> pl.Expr:
    """Say where an act has no CAMEO code."""
    vote = pl.col("code").str.starts_with("V")
    return (
        pl.when(pl.col("code").is_null())
        .then(pl.lit(NO_CODE))
        .when(vote)
        .then(pl.lit(VOTE))
    )  # fmt: skip


def without_day() -> pl.Expr:
    """Say where an act is dated to a month or a year."""
    return pl.when(pl.col("date").str.len_chars() < 10).then(pl.lit(NO_DAY))


def overridden() -> pl.Expr:
    """Say where channel or valence differ from those of the code."""
    same = (pl.col("channel") == pl.col("own_channel")) & (
        pl.col("valence") == pl.col("own_valence")
    )
    return pl.when(~same).then(pl.lit(OVERRIDDEN))


def held(acts: pl.DataFrame, reasons: list[pl.Expr], written: Written) -> pl.DataFrame:
    """Return the acts that a shape can hold, and count the others by their first reason."""
    judged = acts.with_columns(pl.coalesce(*reasons).alias("_why"))
    written.left_out.update(_counts(judged, "_why"))
    kept = judged.filter(pl.col("_why").is_null()).drop("_why")
    written.rows += kept.height
    return kept


def note(acts: pl.DataFrame, changes: Mapping[str, pl.Expr], written: Written) -> None:
    """Count acts that are written, but not in full; changes are true where they are not."""
    for reason, where in changes.items():
        count = acts.select(where.fill_null(value=False).sum()).item()
        if count:
            written.changed[reason] += int(count)


def _counts(acts: pl.DataFrame, column: str) -> Counter[str]:
    return Counter(dict(acts[column].drop_nulls().value_counts().iter_rows()))


def in_one_field(name: str) -> pl.Expr:
    """A text without tabs, line ends and other control characters: it stays one field of a row."""
    return pl.col(name).str.replace_all(r"[\p{Cc}\u2028\u2029]+", " ").str.strip_chars()
