"""The table that every export is made of: acts with their evidence, one row a row of the dataset.

Acts come as the archive holds them (EVENT_COLUMNS) or as a page shows them (TIMELINE_COLUMNS, where
the reports of one act stand as one row); what one of them does not know is null.
"""

from __future__ import annotations

import polars as pl

from saidanddone import codes
from saidanddone.dossier.topics import topic_of_codes
from saidanddone.faces.exports.keys import keys_of
from saidanddone.faces.exports.parties import parties
from saidanddone.model import UNCOUNTED_MODES, Column

EXPORT_COLUMNS: tuple[Column, ...] = (
    Column("key", "String", "names the row within its dataset; the same in every export of it"),
    Column("dataset", "String", "name of the dataset"),
    Column("source", "String", "id of the acting state or organisation"),
    Column("source_name", "String", "its name"),
    Column("target", "String", "id of the state or organisation acted upon"),
    Column("target_name", "String", "its name"),
    Column("source_written", "String", "the source as the dataset writes it; null: not known"),
    Column("target_written", "String", "the target as the dataset writes it; null: not known"),
    Column("government", "Boolean", "the source acts for its government; null: not known"),
    Column("date", "String", "the act's date, cut to its precision: 2018-03-05, 2018-03, 2018"),
    Column("day", "Date", "the first day of it"),
    Column("channel", "String", "said, signed, done; verbal, material for published counts"),
    Column("valence", "Int8", "+1 cooperative, -1 conflictual, 0 neutral"),
    Column("mode", "String", "did, pledged, threatened, ended, negated, hypothetical"),
    Column("counted", "Boolean", "false for what was denied or only supposed"),
    Column("code", "String", "CAMEO code or vote code, leading zeros kept; null for counts"),
    Column("what", "String", "the code's name; null for counts"),
    Column("topic", "String", "id of its topic; null where it has none"),
    Column("text", "String", "what the dataset says of the act, or the sentence of the document"),
    Column("reference", "String", "where a reader can look it up"),
    Column("url", "String", "the address within the reference; null where there is none"),
    Column("document", "String", "SHA-256 of the document that was read; null: no document"),
    Column("start", "Int64", "where the sentence begins in the document's text; null: not known"),
    Column("end", "Int64", "where it ends"),
    Column("reports", "Int64", "reports that the row stands for"),
    Column("weight", "Float64", "its pull on the gap (logits); null where it was not measured"),
    Column("place", "String", "where it happened, as the dataset writes it; null: not given"),
    Column("added", "Date", "day on which the dataset added the row; null: not given"),
    Column("id", "String", "the dataset's own id; not unique in ICEWS"),
    Column("file", "String", "SHA-256 of the input file; null: not known"),
    Column("line", "Int64", "line of that file; null: not known"),
)
"""Columns of csv, parquet and jsonl, in order."""

SCHEMA: dict[str, pl.DataType] = {
    column.name: getattr(pl, column.type)() for column in EXPORT_COLUMNS
}

_ADDRESS = (r"<(https?://[^<>\s]+)>", r"^(https?://[^<>\s]+)")
_WITHIN = r", characters (\d+) to (\d+)"
"""How documents that were read refer to their sentences."""


def laid_out(
    acts: pl.DataFrame,
    dataset: str,
    source: str | None = None,
    target: str | None = None,
    *,
    text: bool = True,
) -> pl.DataFrame:
    """Return acts (EVENT_COLUMNS or TIMELINE_COLUMNS) with EXPORT_COLUMNS, in the order given.

    source and target fill columns that are not there; without text the column text is null.
    """
    constants = {"dataset": dataset, "source": source, "target": target}
    given = acts.with_columns(
        pl.lit(value, pl.String).alias(name)
        for name, value in constants.items()
        if name not in acts.columns
    )
    table = _from_events(given) if "precision" in given.columns else given
    drop = [name for name in ("source_name", "target_name") if name in table.columns]
    named = table.drop(drop)
    for side in ("source", "target"):
        names = parties().select(pl.col("id").alias(side), pl.col("name").alias(f"{side}_name"))
        named = named.join(names, on=side, how="left", maintain_order="left")
    if not text:
        named = named.with_columns(pl.lit(None, pl.String).alias("text"))
    absent = [pl.lit(None, type_).alias(n) for n, type_ in SCHEMA.items() if n not in named.columns]
    return named.with_columns(absent).select(
        pl.col(name).cast(type_) for name, type_ in SCHEMA.items()
    )


def _from_events(acts: pl.DataFrame) -> pl.DataFrame:
    """Give acts of an archive what a timeline has."""
    known = codes.table().select("code", pl.col("name").alias("what"))
    reference = pl.col("reference")
    start = reference.str.extract(_WITHIN, 1).cast(pl.Int64)
    return (
        acts.with_columns(keys_of(acts))
        .join(known, on="code", how="left", maintain_order="left")
        .join(topic_of_codes(), on="code", how="left", maintain_order="left")
        .rename({"source_name": "source_written", "target_name": "target_written"})
        .with_columns(
            pl.col("date").alias("day"),
            _cut_date().alias("date"),
            ~pl.col("mode").is_in(list(UNCOUNTED_MODES)).alias("counted"),
            pl.coalesce(*(reference.str.extract(form) for form in _ADDRESS)).alias("url"),
            start.alias("start"),
            reference.str.extract(_WITHIN, 2).cast(pl.Int64).alias("end"),
            pl.when(start.is_not_null()).then("file").alias("document"),
        )
    )


def _cut_date() -> pl.Expr:
    """The date cut to its precision."""
    length = pl.col("precision").replace_strict({"day": 10, "month": 7, "year": 4})
    return pl.col("date").dt.to_string("%Y-%m-%d").str.head(length)
