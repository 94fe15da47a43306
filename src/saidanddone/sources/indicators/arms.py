"""Arms transfers by supplier, recipient and year, in SIPRI's trend-indicator value."""

from __future__ import annotations

import polars as pl

from saidanddone.sources.indicators.indicator import IndicatorTable, Measure, sorted_out

COLUMNS = ("supplier", "recipient", "year", "value")
NAME = "arms transfers"


def read(rows: pl.DataFrame, dataset: str | None) -> IndicatorTable:
    """Read rows (text) of transfers: a pair without a row transferred nothing that was recorded."""
    table, aside, filtered, reasons = sorted_out(
        rows.select(
            pl.col("supplier").alias("source_name"),
            pl.col("recipient").alias("target_name"),
            "year",
            pl.lit(NAME).alias("measure"),
            "value",
        )
    )
    years = table["year"]
    measure = Measure(
        NAME, "million SIPRI TIV", direction=1, absent="zero", adds=True,
        since=int(years.min() or 0), until=int(years.max() or 0),  # type: ignore[arg-type]
    )  # fmt: skip
    name = dataset or "arms-transfers"
    return IndicatorTable("arms", name, table, (measure,), rows.height, aside, filtered, reasons)
