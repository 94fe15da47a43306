"""Blocks: what a report is made of, whatever it is written in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of plain text."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of plain sentences."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of plain texts; the first columns (words) hold text, the others numbers."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: int = 1


@dataclass(frozen=True, slots=True)
class ToldAct:
    """An act as it is told: when, what kind, its weight, the text, and where to look it up.

    url is an http or https address within the reference, or None.
    """

    date: str
    kind: str
    weight: str
    text: str
    reference: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Acts:
    """A list of acts."""

    items: tuple[ToldAct, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing: its name for a file, the SVG, and what it shows in words."""

    name: str
    svg: str
    alt: str


@dataclass(frozen=True, slots=True)
class Code:
    """Text that stands as it is, such as BibTeX."""

    text: str


Block = Paragraph | Bullets | Table | Acts | Figure | Code


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report: the question, the verdict, a line about the data, the sections.

    updated is the ISO day of the last act, None for an empty dataset.
    """

    question: str
    verdict: str
    about: str
    sections: tuple[Section, ...]
    updated: str | None
