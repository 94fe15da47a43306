"""Read: from paths and addresses to the acts that their documents report."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from saidanddone.reading.act import ReportedAct
from saidanddone.reading.mentions import Memory, find_mentions
from saidanddone.reading.notes import Note, office_notes
from saidanddone.reading.page import Page, Refusal
from saidanddone.reading.pages import open_pages
from saidanddone.reading.parser import parse_all
from saidanddone.reading.sentence_acts import acts_in

CODED = frozenset({"body", "quote"})
"""Blocks whose sentences are coded; titles repeat the text, captions are read for notes only."""

Progress = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Report:
    """What one document reports: its acts in the order of the text, and notes for the reader."""

    page: Page
    acts: tuple[ReportedAct, ...]
    notes: tuple[Note, ...]


def read(
    places: Sequence[str], *, progress: Progress | None = None, allow_private: bool = False
) -> Iterator[Report | Refusal]:
    """Yield what each document reports, or why it could not be read; one is held at a time.

    places: files, folders, lists of addresses, addresses. progress is called with a document's
    address and how many were done before. Raises MissingExtra without the extra `read`.
    """
    for page in open_pages(places, progress=progress, allow_private=allow_private):
        yield page if isinstance(page, Refusal) else read_page(page)


def read_page(page: Page) -> Report:
    """Read the acts and notes of one page."""
    published = page.published.first if page.published else None
    memory = Memory()
    acts: list[ReportedAct] = []
    notes: list[Note] = []
    blocks = list(page.blocks)
    texts = [page.text[block.start : block.end] for block in blocks]
    for block, doc in zip(blocks, parse_all(texts), strict=True):
        if block.kind in CODED:
            acts += [
                ReportedAct.of(act, page.address, page.text, block.start)
                for act in acts_in(doc, published=published, memory=memory)
            ]
        mentions = find_mentions(doc, published=published)
        notes += office_notes(mentions, page.text, page.address, block.start, published)
    return Report(page, tuple(acts), tuple(notes))
