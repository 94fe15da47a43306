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
    "acts": "acts by the choice of counting",
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
    """
    frame = with_sides(chosen(nw.from_native(cells), choices), choices.reading)
    kind = [*PAIR, "date", "precision", "root", "channel", "valence"]
    if choices.count == "codes":
        kind.append("code")
    own = _acts(frame, kind, choices.count)
    in_sides = frame.filter(~nw.col("side").is_null())
    by_side = _acts(in_sides, [*kind, "side", "sign"], choices.count).with_columns(
        channel=nw.col("side"), valence=nw.col("sign")
    )
    columns = list(COUNTED_COLUMNS)
    return nw.concat([own.select(columns), by_side.select(columns)], how="vertical").to_native()


def _acts(frame: Any, kind: list[str], count: str) -> Any:
    """Reports of each kind added up, and the acts that they make."""
    kinds = frame.group_by(kind).agg(nw.col("reports").sum())
    reports = nw.col("reports")
    once = nw.when(nw.col("precision") == "day").then(nw.lit(1)).otherwise(reports)
    return kinds.with_columns(acts=(reports if count == "reports" else once).cast(nw.Int64))


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
    table = nw.from_native(_code_sides("icews" if reading == "said-done" else reading))
    if frame.implementation != table.implementation:
        table = nw.from_dict(table.to_dict(as_series=False), backend=frame.implementation)
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


def _code_sides(reading: str) -> Any:
    """Columns code, root, code_channel, code_valence, code_side (verbal, material), code_sign."""
    table = nw.from_native(codes.table()).select(
        "code",
        "root",
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
    every = {"day": "1d", "month": "1mo", "quarter": "1q", "year": "1y"}[period]
    frame = nw.from_native(counted_acts).with_columns(period=nw.col("date").dt.truncate(every))
    return _sum(frame, [*PAIR, "channel", "period"]).to_native()


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
