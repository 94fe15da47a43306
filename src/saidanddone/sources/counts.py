"""Counts: published numbers of acts per pair and year, in four kinds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import polars as pl

from saidanddone import actors
from saidanddone.sources.acts import as_acts, content_of, missing_name, set_aside, unknown_name
from saidanddone.sources.folder import files_in
from saidanddone.sources.mapping import Mapping
from saidanddone.sources.parquet import is_parquet
from saidanddone.sources.source import (
    ALL_ZERO,
    BATCH_ROWS,
    SAME_STATE,
    SOURCE_UNKNOWN,
    TARGET_UNKNOWN,
    Batch,
    Dataset,
    fingerprint,
)
from saidanddone.sources.table import mapped_rows
from saidanddone.sources.who import SIDES

KINDS = {
    "verbal_cooperation": ("verbal", 1, "verbal cooperative"),
    "material_cooperation": ("material", 1, "material cooperative"),
    "verbal_conflict": ("verbal", -1, "verbal conflictual"),
    "material_conflict": ("material", -1, "material conflictual"),
}
"""The four counts: channel, valence, and how the text of an act calls them."""

AS_PUBLISHED = Mapping(
    columns={
        "source": "i",
        "target": "j",
        "year": "year",
        "verbal_cooperation": "verbCoop",
        "material_cooperation": "matlCoop",
        "verbal_conflict": "verbConf",
        "material_conflict": "matlConf",
    },
    name="counts",
    title="Yearly counts of verbal and material, cooperative and conflictual acts",
    kind="census",
)
"""The columns of the published tables of ICEWS counts, which need no mapping."""

COUNTS_NAMES = ("*dyad*year*.parquet", "*dyad*year*.csv", "*counts*.parquet", "*counts*.csv")
MISSING = ("no days", "no sectors", "no split of words into said and signed", "no reports")
LARGEST_COUNT = 2.0**53
"""Beyond it a number read as a float is not exact any more."""


class CountsSource:
    """Reads yearly counts; one row gives up to four acts, one for each count above zero."""

    format = "counts"

    def __init__(
        self,
        mapping: Mapping = AS_PUBLISHED,
        dataset: str | None = None,
        batch_rows: int = BATCH_ROWS,
    ) -> None:
        self.mapping = mapping
        self.batch_rows = batch_rows
        self.dataset = Dataset(
            name=dataset or mapping.name,
            kind=mapping.kind,
            grain="year",
            roles=False,
            title=mapping.title,
            citation=mapping.citation,
            missing=tuple(dict.fromkeys(MISSING + mapping.missing)),
        )
        self.fingerprint = fingerprint(self.format, {"reader": 1, **asdict(mapping)})

    def find(self, path: Path) -> list[Path]:
        """Return the file, or the tables of a folder by name; raises BadFile."""
        return files_in(path, self.mapping.files or COUNTS_NAMES)

    def read(self, path: Path) -> Iterator[Batch]:
        """Yield the file's batches; raises BadFile."""
        place = f"{path.name}, {'row' if is_parquet(path) else 'line'} {{}}"
        columns = self.mapping.columns
        wanted = list(dict.fromkeys(columns.values()))
        for rows in mapped_rows(path, wanted, self.mapping.delimiter, self.batch_rows):
            frame = rows.frame.select(
                "line",
                pl.format(place, "line").alias("reference"),
                content_of(wanted, ", ").alias("content"),
                pl.col(columns["source"]).alias("source_name"),
                pl.col(columns["target"]).alias("target_name"),
                *(pl.col(columns[name]).alias(name) for name in ("year", *KINDS)),
            )
            days = _last_days(frame)
            for side in SIDES:
                ids = actors.find(frame[f"{side}_name"], scheme=self.mapping.names, dates=days)
                frame = frame.with_columns(ids.alias(side))
            yield self._sorted(frame, rows.aside)

    def _sorted(self, frame: pl.DataFrame, misfits: pl.DataFrame) -> Batch:
        """Set rows aside, filter them, or make acts of them."""
        number = {name: pl.col(name).cast(pl.Float64, strict=False) for name in ("year", *KINDS)}
        counts = [_why_no_count(name, self.mapping.columns[name], number[name]) for name in KINDS]
        unknown_source, unknown_target = (pl.col(side).is_null() for side in ("source", "target"))
        why_aside = [_why_no_year(number["year"]), *counts]
        why_aside += [missing_name("source"), missing_name("target")]
        why_filtered = [
            pl.when(unknown_source).then(pl.lit(SOURCE_UNKNOWN)),
            pl.when(unknown_target).then(pl.lit(TARGET_UNKNOWN)),
            pl.when(pl.col("source") == pl.col("target")).then(pl.lit(SAME_STATE)),
            pl.when(pl.sum_horizontal(number[name] for name in KINDS) == 0).then(pl.lit(ALL_ZERO)),
        ]
        if self.mapping.unresolved == "aside":
            why_aside += [unknown_name("source"), unknown_name("target")]
        judged = frame.with_columns(aside_reason=pl.coalesce(why_aside)).with_columns(
            filter_reason=pl.when(pl.col("aside_reason").is_null()).then(pl.coalesce(why_filtered))
        )
        kept = judged.filter(pl.col("aside_reason").is_null() & pl.col("filter_reason").is_null())
        filtered = judged["filter_reason"].drop_nulls().value_counts().sort("filter_reason")
        return Batch(
            acts=_acts(kept.with_columns(**number)),
            kept=kept.height,
            aside=set_aside(judged, misfits),
            filtered=dict(filtered.iter_rows()),
        )


def _last_days(rows: pl.DataFrame) -> pl.Series:
    """The last day of every row's year: the day on which its states' names are looked up."""
    year = pl.col("year").cast(pl.Float64, strict=False).cast(pl.Int64, strict=False)
    possible = pl.when(year.is_between(1, 9999)).then(year)
    return rows.select(pl.date(possible, 12, 31)).to_series()


def _why_no_year(year: pl.Expr) -> pl.Expr:
    return (
        pl.when(pl.col("year").is_null())
        .then(pl.lit("the year is missing"))
        .when(~(year.is_between(1, 9999) & (year == year.floor())).fill_null(False))
        .then(pl.format("'{}' is not a year", "year"))
    )


def _why_no_count(name: str, column: str, count: pl.Expr) -> pl.Expr:
    written = pl.col(name)
    return (
        pl.when(written.is_null())
        .then(pl.lit(f"{column} is missing"))
        .when((count < 0).fill_null(False))
        .then(pl.format(f"{column} is negative: {{}}", written))
        .when(~((count == count.floor()) & (count <= LARGEST_COUNT)).fill_null(False))
        .then(pl.format(f"{column} is not a whole number: {{}}", written))
    )


def _acts(rows: pl.DataFrame) -> pl.DataFrame:
    """One act for every count above zero, dated 1 January with the precision of a year."""
    kinds = pl.DataFrame(
        [(kind, channel, valence, words) for kind, (channel, valence, words) in KINDS.items()],
        schema={
            "kind": pl.String,
            "channel": pl.String,
            "valence": pl.Int8,
            "words": pl.String,
        },
        orient="row",
    )
    year = pl.col("year").cast(pl.Int32)
    acts = pl.when(pl.col("reports") == 1).then(pl.lit("act")).otherwise(pl.lit("acts"))
    return as_acts(
        rows.unpivot(
            on=list(KINDS),
            index=["line", "reference", "source", "target", "source_name", "target_name", "year"],
            variable_name="kind",
            value_name="reports",
        )
        .filter(pl.col("reports") > 0)
        .with_columns(pl.col("reports").cast(pl.Int64))
        .join(kinds, on="kind", how="left", maintain_order="left")
        .with_columns(
            date=pl.date(year, 1, 1),
            precision=pl.lit("year"),
            government=pl.lit(None, pl.Boolean),
            code=pl.lit(None, pl.String),
            text=pl.format("{} {} {} in {}", "reports", "words", acts, year),
        )
        .sort("line", maintain_order=True)
    )
