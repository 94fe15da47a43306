"""Pages: a document's bytes and the text that is kept of it, in blocks with their offsets."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from saidanddone.errors import BadFile
from saidanddone.model import FuzzyDate

BlockKind = Literal["title", "body", "caption", "quote"]
PageKind = Literal["html", "text", "pdf"]

BETWEEN_BLOCKS = "\n\n"
"""Stands between two blocks of a page's text and inside none of them."""


@dataclass(frozen=True, slots=True)
class Block:
    """A title, heading, paragraph, caption or quotation: page.text[start:end]."""

    start: int
    end: int
    kind: BlockKind


@dataclass(frozen=True, slots=True)
class Passage:
    """A block before it has a place: its text, on one line, and its kind."""

    text: str
    kind: BlockKind


@dataclass(frozen=True, slots=True)
class Article:
    """What a page says once navigation, related links and footers are left out.

    seen is all the text that the page shows, where no article was found in it.
    """

    passages: tuple[Passage, ...]
    title: str | None = None
    author: str | None = None
    published: FuzzyDate | None = None
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A document as it was read.

    address is the path or the http address, sha256 the hash of raw, raw the bytes as they came.
    text is what was kept; all offsets refer to it and blocks cover it but for the empty lines
    between them. Captions are in it as caption blocks; navigation, links and footers are not.
    language is an ISO 639-1 code, None where the text is too short to tell.
    """

    address: str
    sha256: str
    raw: bytes
    kind: PageKind
    title: str | None
    author: str | None
    published: FuzzyDate | None
    language: str | None
    text: str
    blocks: tuple[Block, ...]

    def text_of(self, block: Block) -> str:
        """Return the text of one of the page's blocks."""
        return self.text[block.start : block.end]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A document that could not be read, and the sentence that says why."""

    address: str
    error: BadFile


def set_out(passages: Iterable[Passage]) -> tuple[str, tuple[Block, ...]]:
    """Return the text of passages, an empty line between each two, and their blocks.

    >>> set_out([Passage("Talks", "title"), Passage("They met.", "body")])[1]
    (Block(start=0, end=5, kind='title'), Block(start=7, end=16, kind='body'))
    """
    texts: list[str] = []
    blocks: list[Block] = []
    start = 0
    for passage in passages:
        texts.append(passage.text)
        blocks.append(Block(start, start + len(passage.text), passage.kind))
        start += len(passage.text) + len(BETWEEN_BLOCKS)
    return BETWEEN_BLOCKS.join(texts), tuple(blocks)


def page_of(
    address: str, raw: bytes, kind: PageKind, article: Article, language: str | None
) -> Page:
    """Return the page that an article makes, with the hash of its bytes."""
    text, blocks = set_out(article.passages)
    return Page(
        address=address,
        sha256=hashlib.sha256(raw).hexdigest(),
        raw=raw,
        kind=kind,
        title=article.title,
        author=article.author,
        published=article.published,
        language=language,
        text=text,
        blocks=blocks,
    )
