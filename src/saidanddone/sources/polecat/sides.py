"""Who acts and who is acted upon: every pair of an actor and a recipient of a row."""

from __future__ import annotations

import csv
import functools
from importlib import resources

import polars as pl

from saidanddone import actors

NO_COUNTRY = ("IGO", "NGO", "ISM", "IMG", "MNC", "INTERGOVERNMENTAL ORGANIZATION")
"""What PLOVER writes in place of a country for actors that have none: their names tell who acts."""


def pairs(rows: pl.DataFrame) -> pl.DataFrame:
    """Return a row for each pair of states or organisations between which something was done.

    rows has line, date, code and POLECAT's columns. The result has line, source, target (null
    where nobody is known), source_name, target_name, government; each pair once a line, those of
    the same state on both sides included. An event CONSULT that names no recipient is a meeting
    of its actors (PLOVER manual, compound and reciprocal actors): each met each other.
    """
    acting = _side(rows, "Actor").rename({"id": "source", "name": "source_name"})
    upon = _side(rows, "Recipient").rename({"id": "target", "name": "target_name"})
    alone = rows.filter(pl.col("Event Type").str.strip_chars().str.to_uppercase() == "CONSULT")
    met = (
        acting.join(alone.select("line"), on="line", how="semi")
        .join(upon, on="line", how="anti")
        .filter(pl.len().over("line") > 1)
        .select(
            "line", pl.col("source").alias("target"), pl.col("source_name").alias("target_name")
        )
    )
    upon = pl.concat([upon.drop("government"), met])
    return (
        rows.select("line")
        .join(acting, on="line", how="left")
        .join(upon, on="line", how="left")
        .group_by("line", "source", "target", maintain_order=True)
        .agg(pl.first("source_name", "target_name"), _any("government"))
    )


def _any(column: str) -> pl.Expr:
    """True if one is true; else False if one is false; else null."""
    return pl.col(column).max().alias(column)


def _side(rows: pl.DataFrame, side: str) -> pl.DataFrame:
    """Return line, id, name and government of everybody on one side.

    Names and countries go together where there are as many of both; otherwise the countries alone
    say who acts, or the names where there is no country. Sectors go with them where they are as
    many.
    """
    names, countries, sectors = (
        _parts(column) for column in (f"{side} Name", f"{side} Country", f"Primary {side} Sector")
    )
    lists = rows.select("line", "date", names=names, countries=countries, sectors=sectors)
    together = pl.col("names").list.len() == pl.col("countries").list.len()
    unstated = pl.col("countries").list.len() == 0
    number = (
        pl.when(unstated).then(pl.col("names").list.len()).otherwise(pl.col("countries").list.len())
    )
    nothing = pl.lit(None, pl.String).repeat_by(number)
    everybody = (
        lists.with_columns(
            names=pl.when(together | unstated).then("names").otherwise(nothing),
            countries=pl.when(unstated).then(nothing).otherwise("countries"),
            sectors=pl.when(pl.col("sectors").list.len() == number)
            .then("sectors")
            .otherwise(nothing),
        )
        .filter(number > 0)
        .explode("names", "countries", "sectors")
    )
    return _identified(everybody)


def _parts(column: str) -> pl.Expr:
    """Split at ';'; None and empty parts keep their place, but a list of these alone is empty."""
    parts = pl.col(column).fill_null("").str.split(";")
    texts = parts.list.eval(_text(pl.element()))
    return (
        pl.when(texts.list.drop_nulls().list.len() == 0)
        .then(pl.lit([], pl.List(pl.String)))
        .otherwise(texts)
    )


def _text(value: pl.Expr) -> pl.Expr:
    plain = value.str.strip_chars(' \t"')
    return pl.when(~plain.str.to_lowercase().is_in(["", "none", "nan", "na"])).then(plain)


def _identified(everybody: pl.DataFrame) -> pl.DataFrame:
    country, name = everybody["countries"], everybody["names"]
    stated = country.is_not_null() & ~country.str.to_uppercase().is_in(NO_COUNTRY)
    dates = everybody["date"]
    from_country = actors.find(country, "any", dates)
    from_name = actors.find(name, "any", dates)
    itself = actors.find(name, "icews", dates)
    sectors = everybody["sectors"].replace_strict(
        {code: _as_icews(code) for code in everybody["sectors"].drop_nulls().unique()},
        default=None,
        return_dtype=pl.String,
    )
    found = everybody.select(
        "line",
        id=pl.when(stated).then(from_country).otherwise(from_name),
        name=pl.coalesce("names", "countries"),
        said=actors.sectors_government(sectors),
        itself=itself,
    )
    state_itself = pl.col("itself") == pl.col("id")
    return found.select(
        "line",
        "id",
        "name",
        government=pl.coalesce("said", pl.when(state_itself).then(pl.lit(True))),
    )


@functools.cache
def _sectors() -> dict[str, str]:
    text = (resources.files(__package__) / "sectors.csv").read_text(encoding="utf-8")
    return {row["sector"]: row["icews"] for row in csv.DictReader(text.splitlines())}


def _as_icews(sector: str) -> str:
    """Return PLOVER's codes of sectors as the list of ICEWS sectors that actors/ knows.

    >>> _as_icews("GOV|MIL")
    'Executive,Military'
    """
    parts = sector.upper().replace("|", " ").replace("/", " ").replace(",", " ").split()
    return ",".join(_sectors().get(part, part) for part in parts)
