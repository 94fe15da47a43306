"""Read: from pages to the acts that they report; pages are parsed together, none stops the rest."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from saidanddone.errors import BadFile, MissingExtra
from saidanddone.reading.act import ReportedAct
from saidanddone.reading.arithmetic import quick
from saidanddone.reading.mentions import Memory, find_mentions, found_mentions
from saidanddone.reading.notes import Note, office_notes
from saidanddone.reading.page import Page, Refusal
from saidanddone.reading.parser import BATCH, pipeline, plain
from saidanddone.reading.pieces import Piece, Pieces
from saidanddone.reading.seen import Look, beside
from saidanddone.reading.sentence_acts import MOST_WORDS, Asked, ask

CODED = frozenset({"body", "quote"})
"""Blocks whose sentences are coded; titles repeat the text. Of captions only those are that say
what was done to whom; the others show, and are read for notes."""

TOGETHER = 100_000
"""Characters: pages are parsed together until they hold so many, about 5 batches. The parser
forgets the words of these pages before the next, so that its memory does not grow."""


@dataclass(frozen=True, slots=True)
class Report:
    """What one document reports: its acts in the order of the text, and notes for the reader.

    sentences counts those read, left_out those that were not: longer than MOST_WORDS words.
    """

    page: Page
    acts: tuple[ReportedAct, ...]
    notes: tuple[Note, ...]
    sentences: int = 0
    left_out: int = 0


def read_page(page: Page) -> Report:
    """Read the acts and notes of one page."""
    (report,) = _read([page])
    return report


def read_pages(pages: Iterator[Page] | Sequence[Page]) -> Iterator[Report | Refusal]:
    """Read pages, parsed together where they are short; each gives a report or a refusal."""
    together: list[Page] = []
    size = 0
    for page in pages:
        together.append(page)
        size += len(page.text)
        if size >= TOGETHER:
            yield from _read_or_refuse(together)
            together, size = [], 0
    yield from _read_or_refuse(together)


def _read_or_refuse(pages: list[Page]) -> Iterator[Report | Refusal]:
    try:
        reports = list(_read(pages))
    except MissingExtra:
        raise
    except Exception as error:
        # Whatever the parser or a rule tripped over stands in one of the pages.
        if len(pages) == 1:
            yield Refusal(pages[0].address, _tripped(pages[0].address, error))
            return
        for page in pages:
            yield from _read_or_refuse([page])
    else:
        yield from reports


def _tripped(address: str, error: Exception) -> BadFile:
    what = f"{type(error).__name__} {' '.join(str(error).split())[:100]}".strip()
    return BadFile(
        f"the reader failed at '{address}' ({what})",
        "a page that it can read",
        "leave it out, and report this with the page as a bug",
    )


def _read(pages: Sequence[Page]) -> Iterator[Report]:
    """Read pages as one stream of pieces through the parser; one batch of them is held."""
    readings = [_Reading(page) for page in pages]
    stream = ((plain(piece.text), (one, piece)) for one in readings for piece in one.pieces)
    parser = pipeline()
    # The learned reader reads one batch beside the parser, which parses the next.
    waiting: deque[tuple[_Reading, Piece, Asked]] = deque()
    with quick(parser), parser.memory_zone(), beside() as look:
        for doc, (one, piece) in parser.pipe(stream, as_tuples=True, batch_size=BATCH):
            waiting.append((one, piece, one.ask(doc, piece, look)))
            if len(waiting) > BATCH:
                earlier, told, asked = waiting.popleft()
                earlier.take(told, asked)
        for earlier, told, asked in waiting:
            earlier.take(told, asked)
        yield from [one.report() for one in readings]


class _Reading:
    """A page while it is read."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pieces = Pieces(page)
        self.published = page.published.first if page.published else None
        self.memory = Memory()
        self.acts: list[ReportedAct] = []
        self.notes: list[Note] = []
        self.sentences = 0
        self.long = 0

    def ask(self, doc: Any, piece: Piece, look: Look) -> Asked:
        """Read one parsed piece but for what the learned reader has to say of it."""
        kind = piece.block.kind
        asked = Asked(self.memory.timeline)
        if kind in CODED:
            lengths = [len(sentence) for sentence in doc.sents]
            self.sentences += len(lengths)
            self.long += sum(length > MOST_WORDS for length in lengths)
            asked = ask(doc, published=self.published, memory=self.memory, look=look)
        elif kind == "caption":
            asked = ask(doc, published=self.published, caption=True, look=look)
        mentions = found_mentions(doc)
        if mentions is None:
            mentions = find_mentions(doc, published=self.published)
        self.notes += office_notes(
            mentions, self.page.text, self.page.address, piece.start, self.published
        )
        return asked

    def take(self, piece: Piece, asked: Asked) -> None:
        """Take the acts of a piece; pieces have to come in order."""
        page = self.page
        self.acts += [
            ReportedAct.of(act, page.address, page.text, piece.start) for act in asked.acts()
        ]

    def report(self) -> Report:
        """What the page reports, once all its pieces were added."""
        left_out = self.pieces.left_out + self.long
        acts, notes = tuple(self.acts), tuple(self.notes)
        return Report(self.page, acts, notes, self.sentences - self.long, left_out)
