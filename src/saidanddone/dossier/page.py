"""The page of a pair: everything that a reader sees of one question, held in one typed object."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from saidanddone.archive import Gap
from saidanddone.dossier.dossier import Dossier
from saidanddone.dossier.series import Series
from saidanddone.dossier.triggers import Trigger
from saidanddone.model import Actor, Column

TIMELINE_COLUMNS: tuple[Column, ...] = (
    Column("key", "String", "names the act within its dataset; the same in every build"),
    Column("date", "String", "the act's date, cut to its precision: 2018-03-05, 2018-03, 2018"),
    Column("day", "Date", "the first day of it"),
    Column("channel", "String", "said, signed, done; verbal, material for published counts"),
    Column("valence", "Int8", "+1 cooperative, -1 conflictual, 0 neutral"),
    Column("mode", "String", "did, pledged, threatened, ended, negated, hypothetical"),
    Column("counted", "Boolean", "false for what was denied, only supposed or not asked for"),
    Column("code", "String", "CAMEO code or vote code; null for counts"),
    Column("what", "String", "the code's name; null for counts"),
    Column("topic", "String", "id of its topic (topics.csv); null where it has none"),
    Column("text", "String", "what the dataset says of the act, or the sentence of the document"),
    Column("reference", "String", "where a reader can look it up"),
    Column("url", "String", "the address within the reference; null where there is none"),
    Column("document", "String", "content hash of the document that the archive keeps; null: none"),
    Column("start", "Int64", "where the sentence begins in the document's text; null: not known"),
    Column("end", "Int64", "where it ends"),
    Column("reports", "Int64", "reports behind the act"),
    Column("weight", "Float64", "its pull on the gap (logits); null where it is none of the heavy"),
)
"""Columns of the timeline, one row an act: reports of one act on a day stand as one row. Latest
first, then by key."""

PLANE_COLUMNS: tuple[Column, ...] = (
    Column("source", "String", "id of the source"),
    Column("target", "String", "id of the target"),
    Column("words", "Float64", "warmth of the words, in logits"),
    Column("deeds", "Float64", "warmth of the deeds, in logits"),
    Column("acts", "Int64", "acts with a sign, words and deeds together"),
)
"""Columns of the plane: every pair of states with acts in both channels."""

VOLUME_COLUMNS: tuple[Column, ...] = (
    Column("period", "Date", "first day of the month or year"),
    Column("channel", "String", "the channels of the series"),
    Column("acts", "Int64", "acts of the pair of any sign"),
    Column("all_acts", "Int64", "acts of all pairs in that channel and period"),
    Column("per_10000", "Float64", "acts of the pair for 10,000 acts of all; null without any"),
    Column("missing", "Boolean", "files of the period never came, or it holds no act of any pair"),
)
"""Columns of the volume: whether more acts are more acts or only more reports."""


@dataclass(frozen=True, slots=True)
class Related:
    """Another pair worth reading beside this one; why says how it is related, in words.

    gap is the pair's own gap in logits where it was measured, else None; acts its acts with a sign.
    """

    source: Actor
    target: Actor
    why: str
    gap: float | None
    acts: int


@dataclass(frozen=True, slots=True)
class TopicShare:
    """A topic of the pair: its acts, by sign."""

    topic: str
    title: str
    cooperative: int
    conflictual: int
    neutral: int


@dataclass(frozen=True, slots=True)
class Citations:
    """How to cite the page, in three formats that reference managers read."""

    bibtex: str
    ris: str
    csl: str


@dataclass(frozen=True, slots=True)
class PairPage:
    """What the page of a pair shows; the faces render it and compute nothing.

    timeline, plane and volume have the columns named above; plane is None for a selection, which
    has no norm to place pairs by. against: what speaks against the verdict, in sentences.
    triggers: days of the shipped lists that concern one of the two states. updated: the day of the
    last act that the dataset holds; None for an empty one.
    """

    dossier: Dossier
    series: Series
    against: tuple[str, ...]
    triggers: tuple[Trigger, ...]
    plane: pl.DataFrame | None
    volume: pl.DataFrame
    gaps: tuple[Gap, ...]
    timeline: pl.DataFrame
    topics: tuple[TopicShare, ...]
    related: tuple[Related, ...]
    methods: str
    citations: Citations
    updated: date | None
