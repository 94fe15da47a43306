"""Pieces: a page's blocks as the parser is given them, long ones cut after sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from saidanddone.reading.page import Block, Page
from saidanddone.reading.sentence_acts import MOST_WORDS

MOST_CHARACTERS = 5_000
"""Of a piece. Paragraphs of articles have a few hundred; 64 pieces of this length take the parser
about 0.3 GB."""

_SENTENCE_END = re.compile(r"[.!?\u2026][\"'\u201d\u2019)\]]*\s+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a block: text stands at start of the page's text."""

    block: Block
    start: int
    text: str


@dataclass(slots=True)
class Pieces:
    """The pieces of a page in order; left_out counts sentences that are too long to be coded."""

    page: Page
    left_out: int = 0

    def __iter__(self) -> Iterator[Piece]:
        for block in self.page.blocks:
            if block.end - block.start <= MOST_CHARACTERS:
                yield Piece(block, block.start, self.page.text_of(block))
            else:
                yield from self._cut(block)

    def _cut(self, block: Block) -> Iterator[Piece]:
        """Cut a block after sentences; what has no end within MOST_WORDS words is left out."""
        text = self.page.text_of(block)
        start = end = 0
        for stop in (*(found.end() for found in _SENTENCE_END.finditer(text)), len(text)):
            long = stop - end > MOST_CHARACTERS or text.count(" ", end, stop) >= MOST_WORDS
            if start < end and (long or stop - start > MOST_CHARACTERS):
                yield Piece(block, block.start + start, text[start:end])
                start = end
            if long:
                self.left_out += block.kind in ("body", "quote")
                start = stop
            end = stop
        if start < end:
            yield Piece(block, block.start + start, text[start:end])
