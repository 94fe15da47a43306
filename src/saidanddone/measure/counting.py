"""From tally cells to counted acts: once a day, per pair and channel.

Every expression here is Narwhals and knows nothing of the engine: a frame that Narwhals supports
goes in and a frame of the same kind comes out.
"""

from __future__ import annotations

from typing import Any

import narwhals as nw

from saidanddone import codes
from saidanddone.measure.choices import Choices

COUNTED_COLUMNS = {
    "source": "id",
    "target": "id",
    "date": "first day of the act's date at its precision",
    "precision": "day, month or year",
    "channel": "said, signed, done, verbal or material",
    "valence": "+1, -1 or 0 in that channel",
    "acts": "acts by the choice of counting; weighted ones are fractions",
    "reports": "reports behind them",
}
"""Columns of counted acts. An act stands in its own channel and, where the reading gives its code
a side, once more in verbal or material."""

PAIR = ["source", "target"]


def counted(cells: Any, choices: Choices) -> Any:
    """Count acts out of tally cells.

    cells: a frame with the tally's columns (source, target, government, date, precision, code,
    channel, valence, reports). Returns a frame with COUNTED_COLUMNS, one row per day and kind of
    act. Distinct (date, source, target, root, channel, valence) is one act (method.md, section 2);
    what is dated only to a month or a year cannot be told apart by day and counts as reported.
    Weighted by intensity, acts are multiplied by it and not yet divided by the channel's mean.
    """
    frame = with_sides(chosen(nw.from_native(cells), choices), choices.reading)
    kind = [*PAIR, "date", "precision", "root", "channel", "valence"]
    if choices.count == "codes":
        kind.append("code")
    own = _acts(frame, kind, choices)
    in_sides = frame.filter(~nw.col("side").is_null())
    by_side = _acts(in_sides, [*kind, "side", "sign"], choices).with_columns(
        channel=nw.col("side"), valence=nw.col("sign")
    )
    columns = list(COUNTED_COLUMNS)
    return nw.concat([own.select(columns), by_side.select(columns)], how="vertical").to_native()


def _acts(frame: Any, kind: list[str], choices: Choices) -> Any:
    """Reports of each kind added up, and the acts that they make."""
    reports = nw.col("reports")
    weighted = choices.weight == "intensity"
    if weighted:
        frame = frame.with_columns(strong=reports * nw.col("intensity").fill_null(1.0))
    kinds = frame.group_by(kind).agg(nw.col("reports", *(["strong"] if weighted else [])).sum())
    once = nw.when(nw.col("precision") == "day").then(nw.lit(1)).otherwise(reports)
    acts = (reports if choices.count == "reports" else once).cast(nw.Int64)
    # Codes of one root differ in intensity: an act has the mean of its reports.
    return kinds.with_columns(acts=acts * nw.col("strong") / reports if weighted else acts)


def chosen(frame: Any, choices: Choices) -> Any:
    """Leave the acts of the chosen actors ('not known' is no government), less the codes left out.

    A code takes its sub-codes with it: 17 leaves out 171 and 1711.
    """
    if choices.actors == "government":
        frame = frame.filter(nw.col("government").fill_null(False))
    for prefix in choices.without:
        frame = frame.filter(~nw.col("code").fill_null("").str.starts_with(prefix))
    return frame


def with_sides(frame: Any, reading: str) -> Any:
    """Add root, side (verbal, material or null) and sign by the reading; frame has a code.

    In the default reading verbal and material are ICEWS's published ones. An act whose own channel
    or valence overrides its code's default carries the override into the side.
    """
    table = _beside(frame, _code_sides("icews" if reading == "said-done" else reading))
    # Engines have several types of text and of whole numbers, and join only what is alike.
    frame = frame.with_columns(
        nw.col("code", "channel").cast(nw.String), nw.col("valence").cast(nw.Int8)
    )
    frame = frame.join(table, on="code", how="left")
    own_side = (
        nw.when(nw.col("channel") == "said")
        .then(nw.lit("verbal"))
        .when(nw.col("channel") == "done")
        .then(nw.lit("material"))
        .otherwise(nw.col("code_side"))
    )
    side = (
        nw.when(nw.col("code_side").is_null() | (nw.col("channel") == nw.col("code_channel")))
        .then(nw.col("code_side"))
        .otherwise(own_side)
    )
    sign = (
        nw.when(nw.col("valence") == nw.col("code_valence"))
        .then(nw.col("code_sign"))
        .otherwise(nw.col("valence"))
        .cast(nw.Int8)
    )
    return frame.with_columns(root=nw.col("root").fill_null(""), side=side, sign=sign)


def _beside(frame: Any, table: Any) -> Any:
    """A small table of Polars as the engine of a frame knows it, so that they can be joined."""
    small, engine = nw.from_native(table), frame.implementation
    if engine == small.implementation:
        return small
    if isinstance(frame, nw.DataFrame):
        return nw.from_dict(small.to_dict(as_series=False), backend=engine)
    session = frame.to_native().sparkSession if engine.is_pyspark() else None
    return nw.from_native(small.to_arrow(), eager_only=True).lazy(engine, session=session)


def _code_sides(reading: str) -> Any:
    """Root, channel, valence, side (verbal, material), sign and |intensity| of every code.

    Columns: code, root, code_channel, code_valence, code_side, code_sign, intensity. A code whose
    intensity no data show has the mean of its channel's codes.
    """
    table = nw.from_native(codes.table()).with_columns(intensity=nw.col("intensity").abs())
    middle = nw.col("intensity").mean().over("channel")
    table = table.select(
        "code",
        "root",
        intensity=nw.col("intensity").fill_null(middle),
        code_channel=nw.col("channel"),
        code_valence=nw.col("valence"),
    )
    sides = nw.from_native(codes.sides(reading)).select(
        "code",
        code_side=nw.col("side").replace_strict(
            {"words": "verbal", "deeds": "material"}, default=None, return_dtype=nw.String
        ),
        code_sign=nw.col("sign"),
    )
    return table.join(sides, on="code", how="left").to_native()


def summed(counted_acts: Any, period: str) -> Any:
    """Add counted acts up to periods ('day', 'month' or 'year'), with COUNTED_COLUMNS again.

    by_pair, and by_period of these or longer periods, give of it what they give of the acts: so an
    engine elsewhere hands over few rows. A row's precision is that of its acts.
    """
    kind = [name for name in COUNTED_COLUMNS if name not in ("acts", "reports")]
    dated = nw.from_native(counted_acts).with_columns(date=_starts("date", period))
    sums = dated.group_by(kind).agg(nw.col("acts", "reports").sum())
    return sums.select(list(COUNTED_COLUMNS)).to_native()


def by_pair(counted_acts: Any) -> Any:
    """Sum counted acts to pairs.

    Returns a frame with source, target, channel, cooperative, conflictual, neutral, acts, reports.
    """
    return _sum(nw.from_native(counted_acts), [*PAIR, "channel"]).to_native()


def by_period(counted_acts: Any, period: str) -> Any:
    """Sum counted acts to pairs and periods: the panel of method.md, section 5.

    period: 'day', 'month', 'quarter' or 'year'. Returns the columns of by_pair and period, its
    first day. Acts dated more coarsely than the period stand at their first day.
    """
    frame = nw.from_native(counted_acts).with_columns(period=_starts("date", period))
    return _sum(frame, [*PAIR, "channel", "period"]).to_native()


def _starts(column: str, period: str) -> nw.Expr:
    """The first day of the period that a day is in."""
    every = {"day": "1d", "month": "1mo", "quarter": "1q", "year": "1y"}[period]
    # Spark truncates to an instant, not to a day.
    return nw.col(column).dt.truncate(every).cast(nw.Date)


def _sum(frame: Any, keys: list[str]) -> Any:
    acts, valence = nw.col("acts"), nw.col("valence")
    none = nw.lit(0)
    return (
        frame.with_columns(
            cooperative=nw.when(valence == 1).then(acts).otherwise(none),
            conflictual=nw.when(valence == -1).then(acts).otherwise(none),
            neutral=nw.when(valence == 0).then(acts).otherwise(none),
        )
        .group_by(keys)
        .agg(
            nw.col("cooperative", "conflictual", "neutral", "acts", "reports").sum(),
        )
    )
