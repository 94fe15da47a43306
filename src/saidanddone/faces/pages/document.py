"""The page of a document: its text with the sentences marked that tell an act."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from saidanddone.faces.pages import addresses
from saidanddone.faces.pages.environment import render

if TYPE_CHECKING:
    from saidanddone.faces.pages.site import Site


@dataclass(frozen=True, slots=True)
class SentenceAct:
    """An act that a sentence tells: where the sentence stands in the text, and the act."""

    start: int
    end: int
    date: str | None
    source: str
    target: str
    channel: str
    valence: int
    what: str
    counted: bool = True


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it was read.

    sha256: content hash, its name. title, published, publisher: as known, empty where not.
    reference: how to cite it; url: where it was found. text: what all offsets refer to. acts: those
    read in it. whole: false where only the sentences of the acts may be shown, as the text may be
    under copyright.
    """

    sha256: str
    text: str
    acts: tuple[SentenceAct, ...]
    title: str = ""
    published: str = ""
    publisher: str = ""
    reference: str = ""
    url: str | None = None
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text: plain, or a sentence with its acts, anchored at its start.

    ends is true where a paragraph ends behind it; cut where text was left out before it.
    """

    text: str
    start: int
    acts: tuple[SentenceAct, ...] = ()


def document(site: Site, document: Document) -> str:
    """Render a document, at addresses.document(sha256); sentences of acts have ids `s<start>`."""
    return render(
        "document.html",
        site,
        addresses.document(document.sha256),
        document=document,
        paragraphs=paragraphs(document),
        counted_acts=sum(act.counted for act in document.acts),
    )


def paragraphs(document: Document) -> list[list[Piece]]:
    """The text in paragraphs of pieces; of a document not shown whole one paragraph a sentence."""
    pieces = list(_pieces(document))
    if not document.whole:
        return [[piece] for piece in pieces if piece.acts]
    found: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece.acts:
            found[-1].append(piece)
            continue
        first, *others = piece.text.split("\n")
        found[-1].append(Piece(first, piece.start))
        found.extend([Piece(line, piece.start)] for line in others)
    return [kept for one in found if (kept := [p for p in one if p.text.strip() or p.acts])]


def _pieces(document: Document) -> Iterator[Piece]:
    """The text cut at the sentences of acts; overlapping sentences are one piece."""
    spans: list[tuple[int, int, list[SentenceAct]]] = []
    length = len(document.text)
    for act in sorted(document.acts, key=lambda act: (act.start, act.end)):
        start, end = max(0, act.start), min(act.end, length)
        if start >= end:
            continue
        if spans and start < spans[-1][1]:
            first, last, acts = spans[-1]
            spans[-1] = (first, max(last, end), [*acts, act])
        else:
            spans.append((start, end, [act]))
    at = 0
    for start, end, acts in spans:
        yield Piece(document.text[at:start], at)
        yield Piece(document.text[start:end], start, tuple(acts))
        at = end
    yield Piece(document.text[at:], at)
