"""Third parties of a pair: what may foretell its gap, laid out by period."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import narwhals as nw
import numpy as np
import polars as pl

from saidanddone.archive import Store
from saidanddone.dossier.norms import between_states, merge_predecessors
from saidanddone.dossier.question import Question
from saidanddone.measure.counting import by_period, counted
from saidanddone.measure.evidence import Span
from saidanddone.measure.foretelling import empirical_logit
from saidanddone.measure.odds import Floats

Kind = Literal["third state", "provocations", "votes"]

MOST_STATES = 60
"""Third states that are tried, the busiest first: those of the others leave most periods empty."""

FEWEST_PERIODS = 12
"""Periods with acts that a candidate needs: fewer are a handful of events, not a relation."""


@dataclass(frozen=True, slots=True)
class Tried:
    """A candidate before it is tested: its series by period."""

    kind: Kind
    id: str | None
    acts: int
    names: tuple[str, ...]
    series: Floats
    periods: int


class Periods:
    """The periods of a span, weeks from Monday or months."""

    def __init__(self, span: Span, unit: str) -> None:
        self._unit = unit
        self._first = self._number(np.array([span.first], dtype="datetime64[D]"))[0]
        self.count = int(
            self._number(np.array([span.last], dtype="datetime64[D]"))[0] - self._first + 1
        )

    def _number(self, days: Any) -> Any:
        if self._unit == "week":
            # Day 0 of numpy's calendar is a Thursday.
            return (days.astype("datetime64[D]").astype(np.int64) + 3) // 7
        letter = "M" if self._unit == "month" else "Y"
        return days.astype(f"datetime64[{letter}]").astype(np.int64)

    def inside(self, table: pl.DataFrame) -> pl.DataFrame:
        """The rows dated within the periods: another dataset may cover more."""
        at = self._number(table["date"].to_numpy().astype("datetime64[D]")) - self._first
        return table.filter(pl.Series((at >= 0) & (at < self.count), dtype=pl.Boolean))

    def lay(self, kinds: pl.DataFrame, channels: tuple[str, str]) -> dict[str, Any]:
        """Counted acts as (k, n) by period for each channel."""
        return {name: self._one(kinds.filter(pl.col("channel") == name)) for name in channels}

    def _one(self, table: pl.DataFrame) -> tuple[Floats, Floats]:
        at = self._number(table["date"].to_numpy().astype("datetime64[D]")) - self._first
        k = np.bincount(at, table["cooperative"].to_numpy(), self.count)
        n = np.bincount(at, table["signed"].to_numpy(), self.count)
        return k[: self.count].astype(float), n[: self.count].astype(float)


def cells_of(store: Store, question: Question) -> pl.DataFrame:
    """What the source and the target do toward every state."""
    pair = question.pair
    cells = store.cells(
        question.dataset.name,
        window=question.window,
        sources=question.ids_of(pair.source.id) | question.ids_of(pair.target.id),
    )
    found: pl.DataFrame = between_states(merge_predecessors(cells, question.merged))
    return found


def between(cells: pl.DataFrame, source: str, target: str) -> pl.DataFrame:
    """Cells of one directed pair."""
    return cells.filter((pl.col("source") == source) & (pl.col("target") == target))


def acts_by_day(cells: pl.DataFrame, question: Question) -> pl.DataFrame:
    """Acts by target, date and channel: cooperative, and signed (of either sign)."""
    table = nw.from_native(by_period(counted(cells, question.choices), "day"))
    found: pl.DataFrame = table.to_native()
    return found.select(
        "target",
        "channel",
        pl.col("period").alias("date"),
        "cooperative",
        (pl.col("cooperative") + pl.col("conflictual")).alias("signed"),
    ).filter(pl.col("signed") > 0)


def laid_out(
    store: Store,
    question: Question,
    cells: pl.DataFrame,
    days: Periods,
    channels: tuple[str, str],
) -> list[Tried]:
    """Third states by volume, the target's provocations of others, the source's votes."""
    source, target = question.pair.source.id, question.pair.target.id
    kinds = acts_by_day(cells.filter(pl.col("source") == source), question).filter(
        (pl.col("target") != target) & pl.col("channel").is_in(channels)
    )
    volume = kinds.group_by("target").agg(pl.col("signed").sum()).sort(
        "signed", "target", descending=[True, False]
    )  # fmt: skip
    parts = kinds.partition_by("target", as_dict=True)
    tried: list[Tried] = []
    for state, acts in volume.head(MOST_STATES).iter_rows():
        laid = days.lay(parts[state,], channels)
        # A period without acts says nothing: it stands at the relation's usual level.
        series = np.column_stack([_balance(*laid[name]) for name in channels])
        seen = int(((laid[channels[0]][1] + laid[channels[1]][1]) > 0).sum())
        tried.append(Tried("third state", state, int(acts), ("words", "deeds"), series, seen))
    hostile = acts_by_day(
        cells.filter((pl.col("source") == target) & (pl.col("target") != source)), question
    ).filter(pl.col("channel") == channels[1])
    k, n = days.lay(hostile, channels)[channels[1]]
    blows = np.log1p(n - k)[:, None]
    tried.append(
        Tried("provocations", target, int((n - k).sum()), ("hostile deeds",), blows,
               int((n > k).sum()))
    )  # fmt: skip
    votes = _votes(store, question, days)
    if votes is not None:
        tried.append(votes)
    return [one for one in tried if one.periods >= FEWEST_PERIODS]


def _balance(k: Floats, n: Floats) -> Floats:
    logits, _ = empirical_logit(k, n)
    seen = n > 0
    usual = empirical_logit(np.array([k.sum()]), np.array([n.sum()]))[0][0]
    return np.where(seen, logits - usual, 0.0)


def _votes(store: Store, question: Question, days: Periods) -> Tried | None:
    """The source's votes toward the target, from any dataset of the store that has votes."""
    pair = question.pair
    found = []
    for dataset in store.datasets():
        cells = store.cells(
            dataset.name,
            window=question.window,
            sources=question.ids_of(pair.source.id),
            targets=question.ids_of(pair.target.id),
        )
        found.append(cells.filter(pl.col("code").str.starts_with("V")))
    votes = pl.concat(found).select(
        "date",
        (pl.col("valence") == 1).cast(pl.Int64).alias("cooperative"),
        (pl.col("valence") != 0).cast(pl.Int64).alias("signed"),
        pl.lit("votes").alias("channel"),
    )
    votes = days.inside(votes)
    if not votes.height:
        return None
    k, n = days.lay(votes, ("votes", "votes"))["votes"]
    return Tried(
        "votes", pair.target.id, int(n.sum()), ("votes",), (2 * k - n)[:, None], int((n > 0).sum())
    )
