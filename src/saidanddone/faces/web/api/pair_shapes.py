"""Shapes of the API's tables about pairs."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from saidanddone.faces.web.api.shapes import DatasetName, Party, Shape, Span


class Page(Shape):
    """Where a page stands among all; the Link header leads to the others."""

    total: int
    page: int
    size: int


class PairRow(Shape):
    """A pair with its acts; what is null was not measured."""

    source: str
    target: str
    acts: int
    words_n: int = Field(description="words with a sign")
    words_cooperative: int
    deeds_n: int = Field(description="deeds with a sign")
    deeds_cooperative: int
    gap: float | None
    se: float | None
    gap_shrunk: float | None
    lfsr: float | None = Field(description="probability that the sign of gap_shrunk is wrong")


class PairsShape(Page):
    """A page of pairs."""

    items: list[PairRow]


class ActRow(Shape):
    """An act of a pair: reports of one act on a day stand as one."""

    key: str
    date: str
    day: str
    channel: str
    valence: int
    mode: str
    counted: bool
    code: str | None
    what: str | None
    topic: str | None
    text: str
    reference: str
    url: str | None
    document: str | None
    start: int | None
    end: int | None
    reports: int
    weight: float | None


class ActsShape(Page):
    """A page of acts, latest first."""

    items: list[ActRow]


class PointShape(Shape):
    """A period of one channel."""

    period: str
    channel: str
    cooperative: int
    conflictual: int
    n: int
    share: float | None
    smoothed: float | None
    low50: float | None
    high50: float | None
    low90: float | None
    high90: float | None


class NamedActShape(Shape):
    """An act beside a change."""

    date: str
    code: str | None
    valence: int
    text: str
    reference: str | None


class ChangeShape(Shape):
    """A change of the share of cooperative acts."""

    channel: str
    at: str
    since: str
    until: str
    before: float
    after: float
    acts_before: list[NamedActShape]
    acts_after: list[NamedActShape]


class BreakShape(Shape):
    """A day on which the dataset itself began to count otherwise."""

    date: str
    what: str


class SeriesShape(Shape):
    """A pair through time, as `saidanddone series --json` prints it."""

    source: Party
    target: Party
    window: Span
    dataset: DatasetName
    by: Literal["month", "quarter", "year"]
    series: list[PointShape]
    changes: list[ChangeShape]
    breaks: list[BreakShape]
    notes: list[str]


class VolumeRow(Shape):
    """A period of one channel, against all that the dataset reported then."""

    period: str
    channel: str
    acts: int
    all_acts: int | None
    per_10000: float | None
    missing: bool


class VolumeShape(Shape):
    """The volume of a pair through time."""

    items: list[VolumeRow]


class CitationsShape(Shape):
    """How to cite a pair's page."""

    bibtex: str
    ris: str
    csl: str
