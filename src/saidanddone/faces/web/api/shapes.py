"""Shapes of the API's answers about a pair, as its description tells them."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Shape(BaseModel):
    """The base of all shapes: exactly the fields that are described."""

    model_config = ConfigDict(extra="forbid")


class Party(Shape):
    """A state or organisation."""

    id: str = Field(description="ISO 3166-1 alpha-3, or the id of a historical state or body")
    name: str


class Span(Shape):
    """A window of days, both ends inclusive; null is open."""

    since: str | None
    until: str | None


class DatasetName(Shape):
    """Which dataset answers."""

    name: str
    kind: Literal["census", "selection"]


class ChannelShape(Shape):
    """What a pair's acts in one channel come to."""

    cooperative: int
    conflictual: int
    neutral: int
    n: int = Field(description="acts with a sign")
    reports: int
    share: float | None = Field(description="cooperative of n")
    expected: float | None = Field(description="the share that the norm expects")
    dispersion: float | None
    warmth: float | None = Field(description="logits beyond the norm")
    se: float | None
    rate_per_month: float | None
    expected_rate: float | None
    why_null: str | None


class NormShape(Shape):
    """The norm that a channel was measured against, in logits."""

    alpha: float
    beta: float
    tau: float
    mean_log_n: float
    pairs: int


class EstimateShape(Shape):
    """A number in logits."""

    estimate: float
    se: float
    interval90: tuple[float, float]
    probability_positive: float


class VerdictShape(Shape):
    """The sentence, and what is decided."""

    sentence: str
    direction: Literal["warmer", "colder"] | None
    corner: str | None
    decided: bool


class SelectionShape(Shape):
    """Of a selection: its acts, the shares of cooperative words and deeds, their difference."""

    acts: int
    share_words: float | None
    share_deeds: float | None
    difference: float | None
    interval90: tuple[float, float] | None


class RobustnessShape(Shape):
    """How many sets of choices were tried, agree in sign, decide."""

    specifications: int
    same_direction: int
    decided: int
    most_sensitive_to: str | None


class EvidenceShape(Shape):
    """An act that carries the answer or speaks against it."""

    date: str
    code: str | None
    channel: str
    valence: int
    weight: float = Field(description="change of the gap when the acts of its kind are left out")
    text: str
    id: str | None
    reference: str


class CoverageShape(Shape):
    """What an answer rests on, and what is missing."""

    files: int
    rows: int
    kept: int
    set_aside: int
    filtered: int
    first: str | None
    last: str | None
    months: int
    months_missing: list[str]
    predecessors: list[str]
    other_datasets: list[str]
    missing: list[str]
    notes: list[str]


class AnswerShape(Shape):
    """The answer to one question: the object that `saidanddone ask --json` prints."""

    source: Party
    target: Party
    window: Span
    dataset: DatasetName
    against: str
    reading: str
    count: str
    actors: str
    channels: dict[str, ChannelShape | None]
    norm: dict[str, NormShape | None]
    gap: EstimateShape | None
    surprise: EstimateShape | None
    corners: dict[str, float] | None
    verdict: VerdictShape
    selection: SelectionShape | None
    robustness: RobustnessShape
    evidence: list[EvidenceShape]
    coverage: CoverageShape
