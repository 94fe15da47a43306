"""Shapes of the API's answers about all pairs."""

from __future__ import annotations

from typing import Literal

from saidanddone.faces.web.api.shapes import EstimateShape, EvidenceShape, Party, Shape, Span


class RankedSide(Shape):
    """Words or deeds of a ranked pair."""

    cooperative: float
    n: float
    share: float | None
    expected: float | None
    dispersion: float
    warmth: float


class RankedShape(Shape):
    """A row of the ranking, as `saidanddone rank --json` prints it."""

    rank: int
    source: Party
    target: Party
    gap: EstimateShape
    gap_shrunk: float
    lfsr: float
    surprise: EstimateShape
    corners: dict[str, float]
    direction: Literal["warmer", "colder"] | None
    corner: str | None
    decided: bool
    words: RankedSide
    deeds: RankedSide


class RankingShape(Shape):
    """The ranking; empty for a selection, which has no norm."""

    items: list[RankedShape]


class MovedCounts(Shape):
    """k of n."""

    cooperative: float
    n: float


class MovedSide(Shape):
    """Counts of two windows."""

    before: MovedCounts
    after: MovedCounts


class MovedGap(Shape):
    """A gap of one window, in logits."""

    gap: float
    se: float


class MovedShape(Shape):
    """A pair whose gap moved."""

    rank: int
    source: Party
    target: Party
    before: MovedGap
    after: MovedGap
    change: float
    se: float
    interval90: tuple[float, float]
    shrunk: float
    lfsr: float
    words: MovedSide
    deeds: MovedSide
    moved_by: str
    acts_before: list[EvidenceShape]
    acts_after: list[EvidenceShape]


class MoversShape(Shape):
    """What moved between the part before and the last part of the data."""

    dataset: str
    before: Span
    after: Span
    pairs: int
    movers: list[MovedShape]
    notes: list[str]


class TopicShape(Shape):
    """A topic that has acts."""

    id: str
    title: str
    about: str
    acts: int


class TopicsShape(Shape):
    """All topics that have acts."""

    items: list[TopicShape]


class TopicPairRow(Shape):
    """A pair's acts of a topic, by sign."""

    source: str
    target: str
    cooperative: int
    conflictual: int
    neutral: int


class TopicPairsShape(TopicShape):
    """A topic with a page of its pairs, most acts first."""

    total: int
    page: int
    size: int
    items: list[TopicPairRow]
