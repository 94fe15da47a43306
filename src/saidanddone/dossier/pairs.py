"""The pairs of a dataset in one table, with the gaps of those that can be measured."""

from __future__ import annotations

import narwhals as nw
import numpy as np
import polars as pl

from saidanddone.dossier.gaps import Gaps
from saidanddone.dossier.page import PLANE_COLUMNS
from saidanddone.dossier.timeline import schema
from saidanddone.measure.choices import Choices
from saidanddone.measure.counting import by_pair
from saidanddone.model import Column

PAIRS_COLUMNS: tuple[Column, ...] = (
    Column("source", "String", "id of the source"),
    Column("target", "String", "id of the target"),
    Column("acts", "Int64", "acts of any sign"),
    Column("words_n", "Int64", "words with a sign"),
    Column("words_cooperative", "Int64", "cooperative words"),
    Column("deeds_n", "Int64", "deeds with a sign"),
    Column("deeds_cooperative", "Int64", "cooperative deeds"),
    Column("gap", "Float64", "deeds less words, in logits; null where it is not measured"),
    Column("se", "Float64", "standard error of the gap"),
    Column("gap_shrunk", "Float64", "the gap after all gaps were shrunk once (Stephens 2017)"),
    Column("lfsr", "Float64", "probability that its sign is wrong"),
)
"""Columns of the table of pairs, most acts first."""

_SCHEMA = schema(PAIRS_COLUMNS)


def all_pairs(
    counted: object, choices: Choices, *, yearly: bool, gaps: Gaps | None
) -> pl.DataFrame:
    """Return the pairs (PAIRS_COLUMNS) of counted acts; gaps None where there is no norm."""
    sums: pl.DataFrame = nw.from_native(by_pair(counted)).to_native()
    whole = ("verbal", "material") if yearly else ("said", "signed", "done")
    acts = sums.filter(pl.col("channel").is_in(whole)).group_by("source", "target")
    table = acts.agg(pl.col("acts").sum())
    for name, channel in zip(("words", "deeds"), choices.words_and_deeds, strict=True):
        side = sums.filter(pl.col("channel") == channel).select(
            "source",
            "target",
            (pl.col("cooperative") + pl.col("conflictual")).alias(f"{name}_n"),
            pl.col("cooperative").alias(f"{name}_cooperative"),
        )
        table = table.join(side, on=["source", "target"], how="left").with_columns(
            pl.col(f"{name}_n", f"{name}_cooperative").fill_null(0)
        )
    measured = _measured(gaps) if gaps is not None else pl.DataFrame(schema=_MEASURED)
    return (
        table.join(measured, on=["source", "target"], how="left")
        .select(list(_SCHEMA))
        .cast(_SCHEMA)  # type: ignore[arg-type]
        .sort(["acts", "source", "target"], descending=[True, False, False])
    )


def plane(gaps: Gaps) -> pl.DataFrame:
    """Return every measured pair's place among the four corners, with PLANE_COLUMNS."""
    words, deeds = gaps.rows
    return pl.DataFrame(
        {
            "source": words.source.tolist(),
            "target": words.target.tolist(),
            "words": gaps.moments[0].z,
            "deeds": gaps.moments[1].z,
            "acts": (words.n + deeds.n).astype(np.int64),
        },
        schema=schema(PLANE_COLUMNS),
    )


_MEASURED = {
    name: _SCHEMA[name] for name in ("source", "target", "gap", "se", "gap_shrunk", "lfsr")
}


def _measured(gaps: Gaps) -> pl.DataFrame:
    words, deeds = gaps.moments
    shrunk = gaps.shrunk
    return pl.DataFrame(
        {
            "source": gaps.rows[0].source.tolist(),
            "target": gaps.rows[0].target.tolist(),
            "gap": deeds.z - words.z,
            "se": np.sqrt(words.variance + deeds.variance),
            "gap_shrunk": shrunk.mean,
            "lfsr": shrunk.false_sign,
        },
        schema=_MEASURED,
    )
