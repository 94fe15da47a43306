"""What an answer is: the typed object behind `ask --json` (house.md)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from saidanddone.model.actors import Actor
from saidanddone.model.dates import Window


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number in logits with its standard error and central 90% interval."""

    estimate: float
    se: float
    interval90: tuple[float, float]
    probability_positive: float


@dataclass(frozen=True, slots=True)
class ChannelAnswer:
    """What a pair's acts in one channel come to.

    n counts the acts with a sign (cooperative and conflictual); reports the reports behind all
    acts. share and expected lie between 0 and 1; warmth and se are in logits; the rates are acts
    of any sign a month. why_null says why warmth is null.
    """

    cooperative: int
    conflictual: int
    neutral: int
    n: int
    reports: int
    share: float | None
    expected: float | None
    dispersion: float | None
    warmth: float | None
    se: float | None
    rate_per_month: float | None
    expected_rate: float | None
    why_null: str | None


@dataclass(frozen=True, slots=True)
class NormAnswer:
    """The norm that a channel was measured against: logits, and the pairs it was fitted on."""

    alpha: float
    beta: float
    tau: float
    mean_log_n: float
    pairs: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """The sentence, and what is decided; decided is true exactly when direction is not null."""

    sentence: str
    direction: Literal["warmer", "colder"] | None
    corner: str | None
    decided: bool


@dataclass(frozen=True, slots=True)
class SelectionAnswer:
    """For a selection: acts in it, shares of cooperative words and deeds, their difference."""

    acts: int
    share_words: float | None
    share_deeds: float | None
    difference: float | None
    interval90: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Robustness:
    """How many sets of choices were tried, agree with the answer's sign, and decide."""

    specifications: int
    same_direction: int
    decided: int
    most_sensitive_to: str | None


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """An act that carries the answer, or speaks against it.

    weight is the change of the gap (logits; for a selection of the difference of shares) when the
    acts of its date, channel and valence are left out: positive ones pull the deeds warmer than
    the words.
    """

    date: str
    code: str | None
    channel: str
    valence: int
    weight: float
    text: str
    id: str | None
    reference: str


@dataclass(frozen=True, slots=True)
class CoverageAnswer:
    """What the answer rests on: files, months, rows that could not be read, what is missing."""

    files: int
    rows: int
    kept: int
    set_aside: int
    filtered: int
    first: str | None
    last: str | None
    months: int
    months_missing: tuple[str, ...]
    predecessors: tuple[str, ...]
    other_datasets: tuple[str, ...]
    missing: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question: the object that `ask --json` prints (house.md)."""

    source: Actor
    target: Actor
    window: Window
    dataset: tuple[str, Literal["census", "selection"]]
    against: str
    reading: str
    count: str
    actors: str
    channels: dict[str, ChannelAnswer | None]
    norm: dict[str, NormAnswer | None]
    gap: Estimate | None
    surprise: Estimate | None
    corners: dict[str, float] | None
    verdict: Verdict
    selection: SelectionAnswer | None
    robustness: Robustness
    evidence: tuple[EvidenceItem, ...]
    coverage: CoverageAnswer
