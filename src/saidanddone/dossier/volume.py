"""Volume: a pair's acts beside those of all, so that more reports are not read as more acts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals as nw
import polars as pl

from saidanddone.archive import Gap
from saidanddone.dossier.page import VOLUME_COLUMNS
from saidanddone.dossier.timeline import schema
from saidanddone.measure.counting import by_period
from saidanddone.measure.through_time import By

PER = 10_000
"""Acts of all pairs that a rate refers to: a busy pair has about a hundred of so many."""

_EVERY = {"month": "1mo", "quarter": "1q", "year": "1y"}


def of_all(counted: Any, by: By) -> pl.DataFrame:
    """Count all pairs' acts by period and channel: period, channel, all_acts."""
    frame = nw.from_native(by_period(counted, by))
    sums = frame.group_by("period", "channel").agg(nw.col("acts").sum())
    table: pl.DataFrame = sums.rename({"acts": "all_acts"}).sort("period", "channel").to_native()
    return table


def volume(
    counted: Any,
    all_pairs: pl.DataFrame | None,
    *,
    periods: pl.Series,
    channels: Sequence[str],
    by: By,
    gaps: Sequence[Gap] = (),
) -> pl.DataFrame:
    """Return a table with VOLUME_COLUMNS: the pair's counted acts beside those of all pairs.

    all_pairs is that of :func:`of_all`, None for a selection: what somebody chose has no rate.
    periods are the first days of the series' periods.
    """  # fmt: skip
    census = all_pairs is not None
    if all_pairs is None:
        names = {"period": pl.Date, "channel": pl.String, "all_acts": pl.Int64}
        all_pairs = pl.DataFrame(schema=names)
    own = nw.from_native(by_period(counted, by)).select("period", "channel", "acts").to_native()
    laid = pl.DataFrame({"period": periods.unique().sort()}).join(
        pl.DataFrame({"channel": list(channels)}), how="cross"
    )
    never_came = _lacking(laid["period"].unique(), gaps, by)
    found = (
        laid.join(own, on=["period", "channel"], how="left")
        .join(all_pairs, on=["period", "channel"], how="left")
        .with_columns(pl.col("acts", "all_acts").fill_null(0).cast(pl.Int64))
    )
    empty = found.group_by("period").agg((pl.col("all_acts").sum().eq(0) & census).alias("empty"))
    return (
        found.join(empty, on="period", how="left")
        .with_columns(
            pl.when(pl.col("all_acts") > 0)
            .then(pl.col("acts") / pl.col("all_acts") * PER)
            .alias("per_10000"),
            (pl.col("empty") | pl.col("period").is_in(never_came.implode())).alias("missing"),
        )
        .sort("channel", "period", maintain_order=True)
        .select(*(column.name for column in VOLUME_COLUMNS))
        .cast(schema(VOLUME_COLUMNS))  # type: ignore[arg-type]
    )


def _lacking(periods: pl.Series, gaps: Sequence[Gap], by: By) -> pl.Series:
    """The periods in which a file is missing."""
    spans = pl.DataFrame(
        [(gap.since, gap.until) for gap in gaps],
        schema={"since": pl.Date, "until": pl.Date},
        orient="row",
    )
    ends = pl.DataFrame({"period": periods}).with_columns(
        pl.col("period").dt.offset_by(_EVERY[by]).alias("next")
    )
    touched = ends.join_where(
        spans, pl.col("period") <= pl.col("until"), pl.col("next") > pl.col("since")
    )
    return touched["period"].unique()
