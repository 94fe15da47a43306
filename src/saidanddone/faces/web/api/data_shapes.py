"""Shapes of the API's answers about what the data hold, and of what was wrong."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from saidanddone.faces.web.api.pair_shapes import BreakShape, Page
from saidanddone.faces.web.api.shapes import Shape


class SnippetPart(Shape):
    """A stretch of a text."""

    text: str
    match: bool


class HitShape(Shape):
    """An act or a passage of a document."""

    kind: Literal["act", "document"]
    title: str | None
    snippet: list[SnippetPart]
    date: str | None
    dataset: str | None
    source: str | None
    target: str | None
    channel: str | None
    valence: int | None
    mode: str | None
    code: str | None
    reference: str | None
    document: str | None = Field(description="content hash of a document that the archive keeps")
    start: int | None
    end: int | None


class HitsShape(Page):
    """A page of hits, the best first."""

    items: list[HitShape]


class DatasetShape(Shape):
    """A dataset of the archive."""

    name: str
    kind: Literal["census", "selection"]
    grain: Literal["day", "year"]
    title: str
    citation: str
    missing: list[str]
    breaks: list[BreakShape]
    generation: str = Field(description="content hash: changes exactly when the content does")
    shown: bool = Field(description="whether the pages rest on it")


class DatasetsShape(Shape):
    """The datasets of the archive."""

    items: list[DatasetShape]


class GapShape(Shape):
    """A file that was expected and never came."""

    name: str
    since: str
    until: str
    reason: str


class DatasetCoverage(Shape):
    """What a dataset holds for a window."""

    files: int
    rows: int
    kept: int
    set_aside: int
    filtered: int
    first: str | None
    last: str | None
    gaps: list[GapShape]


class CandidateShape(Shape):
    """A way on: a name and where it leads, relative to the site's root."""

    name: str
    address: str


class Problem(Shape):
    """What was wrong, in one sentence (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    candidates: list[CandidateShape] = Field(default_factory=list)
