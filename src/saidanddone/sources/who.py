"""Who acts: the ids of both sides, and whether the source acts for its government.

An id comes from a country column where there is one and it is not empty; else from the actor's
name: the name itself ("Russia", "United Nations"), the state in its brackets ("Military (Syria)"),
or the state whose office the named person held on the date of the act.
"""

from __future__ import annotations

from typing import Literal

import polars as pl

from saidanddone import actors

Government = Literal["name", "sectors", "all", "none"]
Scheme = Literal["any", "icews", "cameo", "iso2", "cow", "gw", "id"]
SCHEMES: tuple[Scheme, ...] = ("any", "icews", "cameo", "iso2", "cow", "gw", "id")
SIDES = ("source", "target")

_PHRASE = r"^(.+?)\s*\(([^()]+)\)$"
"""A role with the state it belongs to: "Military (Syria)"."""


def who_acts(rows: pl.DataFrame, *, government: Government, scheme: Scheme) -> pl.DataFrame:
    """Add source and target (ids or null) and government (Boolean or null).

    rows has date, source_name, target_name and, where the dataset gives them, source_country,
    target_country and source_sectors. scheme is how names and countries are written. A country
    that is stated and unknown stays unknown: it is not guessed anew from the actor's name.
    """
    rows = _with_names(rows, scheme)
    if scheme in ("any", "icews"):
        rows = _with_offices(rows, everyone=government == "name")
    else:
        nobody = pl.lit(None, pl.String)
        rows = rows.with_columns(nobody.alias(f"{side}_office") for side in SIDES)
    rows = rows.with_columns(_id(rows, side) for side in SIDES)
    return rows.with_columns(_government(rows, government).alias("government"))


def _with_names(rows: pl.DataFrame, scheme: Scheme) -> pl.DataFrame:
    """Add side_role, and the ids that the name and the country of each side lead to.

    side_bare: the name itself; side_bracket: the state in its brackets; side_country_id.
    """
    for side in SIDES:
        name = pl.col(f"{side}_name")
        role = name.str.extract(_PHRASE, 1)
        rows = rows.with_columns(
            role.alias(f"{side}_role"),
            name.str.extract(_PHRASE, 2).alias(f"{side}_inner"),
            pl.when(role.is_null()).then(name).alias(f"{side}_alone"),
            pl.when(role.is_not_null()).then(name).alias(f"{side}_whole"),
        )
    rows = _find(rows, "alone", "alone_id", scheme)
    # 'any' would read the brackets itself; here a name with brackets counts only as a whole.
    rows = _find(rows, "whole", "whole_id", "icews" if scheme == "any" else scheme)
    rows = _find(rows, "inner", "bracket", scheme)
    rows = _find(rows, "country", "country_id", scheme)
    return rows.with_columns(
        pl.coalesce(f"{side}_alone_id", f"{side}_whole_id").alias(f"{side}_bare") for side in SIDES
    )


def _find(rows: pl.DataFrame, what: str, into: str, scheme: Scheme) -> pl.DataFrame:
    """Look up a column of both sides, where it is there, in one go."""
    sides = [side for side in SIDES if f"{side}_{what}" in rows.columns]
    if not sides:
        return rows
    names = pl.concat([rows[f"{side}_{what}"].rename("name") for side in sides])
    dates = pl.concat([rows["date"]] * len(sides))
    ids = actors.find(names, scheme=scheme, dates=dates)
    return rows.with_columns(
        ids.slice(place * rows.height, rows.height).alias(f"{side}_{into}")
        for place, side in enumerate(sides)
    )


def _with_offices(rows: pl.DataFrame, *, everyone: bool) -> pl.DataFrame:
    """Add source_office and target_office: the state whose office the person held on that date.

    Looked up for names that led nowhere else, and with everyone for all sources without brackets.
    """
    for side in SIDES:
        person = pl.col(f"{side}_bare").is_null()
        if not (everyone and side == "source"):
            person &= _unstated(rows, side)
        rows = rows.with_columns(
            pl.when(person).then(f"{side}_alone").alias(f"{side}_person"),
        )
    return _find(rows, "person", "office", "any")


def _unstated(rows: pl.DataFrame, side: str) -> pl.Expr:
    """Say where no country is stated for a side."""
    stated = f"{side}_country"
    return pl.col(stated).is_null() if stated in rows.columns else pl.lit(True)


def _id(rows: pl.DataFrame, side: str) -> pl.Expr:
    from_name = pl.coalesce(f"{side}_bare", f"{side}_bracket", f"{side}_office")
    if f"{side}_country" not in rows.columns:
        return from_name.alias(side)
    return (
        pl.when(_unstated(rows, side)).then(from_name).otherwise(f"{side}_country_id").alias(side)
    )


def _government(rows: pl.DataFrame, government: Government) -> pl.Series:
    """True: acts for the government; False: does not; null: the dataset does not say."""
    if government in ("all", "none"):
        return pl.Series([True if government == "all" else None], dtype=pl.Boolean).new_from_index(
            0, rows.height
        )
    itself = pl.col("source_bare") == pl.col("source")
    if government == "sectors":
        said = actors.sectors_government(rows["source_sectors"])
    else:
        said = actors.roles_government(rows["source_role"])
        itself |= pl.col("source_office") == pl.col("source")
    return rows.select(pl.when(itself.fill_null(False)).then(True).otherwise(said)).to_series()
