"""POLECAT (NGEC): PLOVER events with their modes, mapped to CAMEO roots and signs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from saidanddone.sources.acts import as_acts, content_of, set_aside, with_codes, with_dates
from saidanddone.sources.delimited import plain_rows
from saidanddone.sources.folder import files_in
from saidanddone.sources.polecat.columns import READ
from saidanddone.sources.polecat.members import members
from saidanddone.sources.polecat.modes import with_plover_codes
from saidanddone.sources.polecat.sides import pairs
from saidanddone.sources.rows import Rows
from saidanddone.sources.source import (
    BATCH_ROWS,
    SAME_STATE,
    SOURCE_UNKNOWN,
    TARGET_UNKNOWN,
    Batch,
    Dataset,
    fingerprint,
)

FILE_NAMES = ("ngecEvents*.txt", "ngecEvents*.zip", "ngecEvents*.txt.gz", "*polecat*.txt")
"""E.g. ngecEvents.20230103111842.Release603.DV.txt, ngecEventsDV-2022.txt.zip."""


class PolecatSource:
    """Reads POLECAT's weekly .txt files and the .zip of a year (doi:10.7910/DVN/AJGVIT).

    Columns are those of its codebook, by name (columns.py). Several actors and recipients stand in
    one cell, separated by ';': each pair of them is an act. Event Type and Event Mode give a CAMEO
    code of the same meaning, exact in root and sign only; one that is unknown is set aside.
    Government comes from the primary sectors. PLOVER has no codes for comments and appeals.
    """

    format = "polecat"

    def __init__(self, dataset: str | None = None, batch_rows: int = BATCH_ROWS) -> None:
        self.batch_rows = batch_rows
        self.dataset = Dataset(
            name=dataset or "polecat",
            kind="census",
            grain="day",
            roles=True,
            title="POLECAT: POLitical Event Classification, Attributes, and Types",
            citation="Scarborough, Bagozzi, Beger, Berrie, Halterman, Schrodt and Spivey: POLECAT"
            " Weekly Data. Harvard Dataverse, doi:10.7910/DVN/AJGVIT",
            missing=(
                "no sentences of the reports",
                "no CAMEO codes: those shown stand for PLOVER's event and mode, exact in root and"
                " sign only",
                "no comments and appeals, which PLOVER leaves out",
            ),
        )
        self.fingerprint = fingerprint(self.format, {"reader": 1})

    def find(self, path: Path) -> list[Path]:
        """Return the file, or the POLECAT files of a folder by name; raises BadFile."""
        return files_in(path, FILE_NAMES)

    def read(self, path: Path) -> Iterator[Batch]:
        """Yield the file's batches; raises BadFile."""
        for member in members(path):
            for rows in plain_rows(member, READ, "\t", self.batch_rows):
                yield _batch(rows, member.name)


def _batch(rows: Rows, file: str) -> Batch:
    frame = rows.frame.with_columns(
        _stated("Event Type"),
        _stated("Event Mode"),
        content_of(READ).alias("content"),
        date_text=_stated("Event Date"),
    )
    frame = with_codes(with_dates(with_plover_codes(frame)))
    frame = frame.with_columns(aside_reason=pl.coalesce("date_reason", "mode_reason"))
    readable = frame.filter(pl.col("aside_reason").is_null())
    judged = pairs(readable).with_columns(
        reason=pl.when(pl.col("source").is_null())
        .then(pl.lit(SOURCE_UNKNOWN))
        .when(pl.col("target").is_null())
        .then(pl.lit(TARGET_UNKNOWN))
        .when(pl.col("source") == pl.col("target"))
        .then(pl.lit(SAME_STATE))
    )
    good = judged.filter(pl.col("reason").is_null())
    kept = good["line"].n_unique()
    # Of a row without any act the reason that comes closest to one is told.
    why = (
        judged.filter(~pl.col("line").is_in(good["line"].implode()))
        .group_by("line")
        .agg(pl.col("reason").sort_by(pl.col("reason").replace_strict(_CLOSENESS)).first())
    )
    acts = good.drop("reason").join(readable, on="line", how="left", maintain_order="left")
    return Batch(
        acts=as_acts(acts.with_columns(_described(file))),
        kept=kept,
        aside=set_aside(frame, rows.aside),
        filtered=dict(why["reason"].value_counts().sort("reason").iter_rows()),
    )


_CLOSENESS = {SAME_STATE: 0, TARGET_UNKNOWN: 1, SOURCE_UNKNOWN: 2}


def _stated(column: str) -> pl.Expr:
    text = pl.col(column).str.strip_chars(' "')
    return pl.when(~text.str.to_lowercase().is_in(["", "none", "nan"])).then(text).alias(column)


def _described(file: str) -> list[pl.Expr]:
    """Everything of an act that is only shown, and its mode."""
    contexts = pl.col("Contexts").fill_null("").str.to_lowercase()
    place = pl.concat_str(
        _stated("Placename"), _stated("Country"), separator=", ", ignore_nulls=True
    )
    return [
        pl.col("Event ID").alias("id"),
        pl.concat_str(
            pl.col("Event Type").str.to_uppercase(), "Event Mode", separator=" ", ignore_nulls=True
        ).alias("text"),
        pl.concat_str(
            pl.format("POLECAT event {}", pl.col("Event ID").fill_null("without id")),
            _stated("Source"),
            pl.format(f"{file}, line {{}}", "line"),
            separator=", ",
            ignore_nulls=True,
        ).alias("reference"),
        pl.when(place != "").then(place).alias("place"),
        pl.col("Publication Date")
        .str.slice(0, 10)
        .str.to_date("%Y-%m-%d", strict=False)
        .alias("added"),
        # The manual's contexts for what did not happen; such acts are kept and never counted.
        pl.when(contexts.str.contains("negat"))
        .then(pl.lit("negated"))
        .when(contexts.str.contains("hypothetical"))
        .then(pl.lit("hypothetical"))
        .otherwise(pl.lit("did"))
        .alias("mode"),
    ]
