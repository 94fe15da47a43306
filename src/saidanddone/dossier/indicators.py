"""Hard indicators beside an answer: the pair's values, its rank, and whether they fit the deeds.

They are never mixed into warmth: an answer is the same with and without them.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

import polars as pl

from saidanddone.archive import Store
from saidanddone.dossier.norms import between_states
from saidanddone.dossier.question import Question
from saidanddone.measure.evidence import Span
from saidanddone.measure.selection import Z90
from saidanddone.model import ChannelAnswer
from saidanddone.sources.indicators import Measure

Fit = Literal["agrees", "contradicts"]

THIRD = 1 / 3
"""Where every pair has a value, only the highest and the lowest third of them are called high and
low: a pair in the middle fits both warm and cold deeds."""


ROUNDING = 1e-9
"""Of a value: far above what adding floats loses, far below what a source can tell apart."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One measure beside an answer.

    years: the pair's value in every year of the window that the measure covers, None where it is
    not known. value: their sum or their mean, as over says. rank: 1 is the highest of the pairs of
    states with a value (of those with any, where the others have none); None for a pair without.
    fits: whether it lies on the side of the deeds' warmth; None where one of the two has no side.
    """

    dataset: str
    measure: str
    unit: str
    directed: bool
    over: Literal["sum", "mean"]
    years: tuple[tuple[int, float | None], ...]
    value: float | None
    rank: int | None
    pairs: int
    fits: Fit | None
    sentence: str

    def to_dict(self) -> dict[str, Any]:
        """The indicator as `indicators --json` prints it."""
        years = [{"year": year, "value": value} for year, value in self.years]
        return {**asdict(self), "years": years}


def indicators_beside(
    store: Store, question: Question, span: Span, deeds: ChannelAnswer | None
) -> tuple[Indicator, ...]:
    """Return all measures of the store for a question's pair, in the years of its span.

    A year of which the span holds only a part counts whole. Kinds of a measure ('sanctions in
    force: arms') stand there only where the pair has some.
    """
    first, last = span.first.year, span.last.year
    found = [
        _beside(question, (first, last), deeds, dataset, measure=measure, values=values)
        for dataset, measure, values in store.indicators()
    ]
    return tuple(one for one in found if ":" not in one.measure or one.value)


def _beside(
    question: Question,
    window: tuple[int, int],
    deeds: ChannelAnswer | None,
    dataset: str,
    *,
    measure: Measure,
    values: pl.LazyFrame,
) -> Indicator:
    first, last = max(window[0], measure.since), min(window[1], measure.until)
    covered = list(range(first, last + 1))
    source, target = question.pair.source.id, question.pair.target.id
    if not measure.directed:
        source, target = sorted((source, target))
    table = _by_year(values, question.merged, measure, first, last)
    own = dict(
        table.filter((pl.col("source") == source) & (pl.col("target") == target))
        .select("year", "value")
        .iter_rows()
    )
    none = 0.0 if measure.absent == "zero" else None
    years = tuple((year, own.get(year, none)) for year in covered)
    known = [value for _, value in years if value is not None]
    over: Literal["sum", "mean"] = "sum" if measure.adds else "mean"
    value = None
    if known:
        value = sum(known) if measure.adds else sum(known) / len(known)
    pairs = _by_pair(table, measure, len(covered))
    has_rank = value is not None and (measure.absent == "unknown" or value != 0)
    rank = None
    if value is not None and has_rank:
        # Equal values are equal ranks, in whatever order they were added up.
        rank = int((pairs > value + abs(value) * ROUNDING).sum()) + 1
    side = _side(measure, value, rank, len(pairs))
    fits, told = _fit(side, deeds)
    return Indicator(
        dataset=dataset,
        measure=measure.name,
        unit=measure.unit,
        directed=measure.directed,
        over=over,
        years=years,
        value=value,
        rank=rank,
        pairs=len(pairs),
        fits=fits,
        sentence=_sentence(measure, covered, value, rank, len(pairs)) + told,
    )


def _by_year(
    values: pl.LazyFrame, merged: dict[str, str], measure: Measure, first: int, last: int
) -> pl.DataFrame:
    """Values of pairs of states, a predecessor's as its successor's, one a pair and year."""
    table = values.filter(pl.col("year").is_between(first, last)).collect()
    if merged:
        table = table.with_columns(pl.col("source", "target").replace(merged))
        table = table.filter(pl.col("source") != pl.col("target"))
    if not measure.directed:
        low, high = pl.min_horizontal("source", "target"), pl.max_horizontal("source", "target")
        table = table.with_columns(low.alias("source"), high.alias("target"))
    # In the year of a succession both states may have a value.
    one = pl.col("value").sum() if measure.absent == "zero" else pl.col("value").mean()
    found: pl.DataFrame = between_states(table).group_by("source", "target", "year").agg(one)
    return found


def _by_pair(table: pl.DataFrame, measure: Measure, years: int) -> pl.Series:
    """One value a pair over the window; where pairs may have none, of those with any."""
    whole = pl.col("value").sum()
    if not measure.adds:
        whole = whole / years if measure.absent == "zero" else pl.col("value").mean()
    found = table.group_by("source", "target").agg(whole)["value"]
    return found.filter(found != 0) if measure.absent == "zero" else found


def _side(measure: Measure, value: float | None, rank: int | None, pairs: int) -> int:
    """+1 where the value is a warm one, -1 a cold one, 0 neither."""
    if value is None or rank is None or not pairs:
        return 0
    if measure.absent == "zero":
        return measure.direction
    if rank <= pairs * THIRD:
        return measure.direction
    return -measure.direction if rank > pairs * (1 - THIRD) else 0


def _fit(side: int, deeds: ChannelAnswer | None) -> tuple[Fit | None, str]:
    """Whether it fits the deeds, and the end of the sentence that says so."""
    if not side:
        return None, ""
    if deeds is None or deeds.warmth is None or deeds.se is None:
        return None, "; the deeds have no warmth here to hold it against"
    if abs(deeds.warmth) <= Z90 * deeds.se:
        return None, "; the deeds are neither warm nor cold for sure, so it fits both"
    warm = "warmer" if deeds.warmth > 0 else "colder"
    agrees = side * deeds.warmth > 0
    verb = "agrees with" if agrees else "contradicts"
    return ("agrees" if agrees else "contradicts"), f"; it {verb} deeds {warm} than expected"


def _sentence(
    measure: Measure, covered: list[int], value: float | None, rank: int | None, pairs: int
) -> str:
    """What the measure says of the pair: 'arms transfers: 5 million, rank 4 of 120 pairs'."""
    if not covered:
        span = f"{measure.since} to {measure.until}"
        return f"{measure.name}: no years of this window (it covers {span})"
    span = f"{covered[0]}" if len(covered) == 1 else f"{covered[0]} to {covered[-1]}"
    some = "pair has" if pairs == 1 else "pairs have"
    if value is None:
        return f"{measure.name}: not known in {span}; {pairs:,} {some} a value"
    if rank is None:
        return f"{measure.name}: none in {span}; {pairs:,} {some} some"
    a_year = " a year" if not measure.adds and len(covered) > 1 else ""
    unit = measure.unit.removesuffix("s") if value == 1 else measure.unit
    among = "with any" if measure.absent == "zero" else "with a value"
    return (
        f"{measure.name}: {_number(value)} {unit}".rstrip()
        + f"{a_year}, {span}: rank {rank:,} of {pairs:,} pairs {among}"
    )


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:,.3g}"
