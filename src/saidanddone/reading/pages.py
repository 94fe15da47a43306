"""Pages: whatever paths name becomes pages, one by one; a bad one never stops the rest."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from saidanddone.errors import BadFile
from saidanddone.reading import opening, web
from saidanddone.reading.decoding import decode
from saidanddone.reading.html import read_html
from saidanddone.reading.language import ENGLISH, language_name, language_of
from saidanddone.reading.page import Page, Refusal, page_of
from saidanddone.reading.pdf import read_pdf
from saidanddone.reading.plain import read_plain

Progress = Callable[[str, int], None]
"""Is called with a document's address and how many were done before it."""


MOST_TEXT_BYTES = 16 * 1024 * 1024
"""Of a page other than PDF: three times the Bible, and some ten minutes of parsing."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A document's bytes as they came, with the media type and charset that a server stated."""

    address: str
    raw: bytes
    media_type: str | None = None
    charset: str | None = None

    @property
    def sha256(self) -> str:
        """The hash by which the document is known."""
        return hashlib.sha256(self.raw).hexdigest()

    def page(self) -> Page:
        """The page that the bytes hold; raises BadFile, MissingExtra."""
        return read_page(self.address, self.raw, media_type=self.media_type, charset=self.charset)


def open_pages(
    paths: Sequence[str], *, progress: Progress | None = None, allow_private: bool = False
) -> Iterator[Page | Refusal]:
    """Yield a page or a refusal for every document that paths name, in order.

    A path is a file, a folder, a text file that lists http addresses one a line, or an address.
    One document is held at a time. allow_private lets through addresses of this machine and its
    network. Raises MissingExtra where HTML, PDF or addresses are given without the extra 'read'.
    """
    for done, document in enumerate(opening.documents(paths)):
        if isinstance(document, Refusal):
            yield document
            continue
        if progress is not None:
            progress(document, done)
        try:
            yield open_document(document, allow_private=allow_private).page()
        except BadFile as error:
            yield Refusal(document, error)


def open_document(address: str, *, allow_private: bool = False) -> Opened:
    """Return the bytes of a file or of what an address leads to; raises BadFile, MissingExtra."""
    if web.is_address(address):
        fetched = web.fetch(address, allow_private=allow_private)
        return Opened(address, fetched.raw, fetched.media_type, fetched.charset)
    return Opened(address, opening.load(address))


def read_page(
    address: str, raw: bytes, *, media_type: str | None = None, charset: str | None = None
) -> Page:
    """Return the page that bytes hold; raises BadFile, MissingExtra.

    media_type and charset are those that a server stated. Refused: empty, binary and undecodable
    bytes, pages without a sentence, and pages in another language than English.
    """
    if not raw.strip():
        raise BadFile(f"'{address}' is empty", "a page with text", "fetch or save it again")
    kind = opening.kind_of(address, raw, media_type)
    most = web.MAX_BYTES if kind == "pdf" else MOST_TEXT_BYTES
    if len(raw) > most:
        raise web.too_large(address, most)
    if kind == "pdf":
        article = read_pdf(raw, address)
    else:
        text = decode(raw, address, charset)
        if kind == "html":
            article = read_html(text, address)
        else:
            markdown = Path(address).suffix.lower() in (".md", ".markdown")
            article = read_plain(text, markdown=markdown or media_type == "text/markdown")
    kept = "\n".join(item.text for item in article.passages if item.kind in ("body", "quote"))
    if not kept:
        # Sentences in other scripts end as no English one does.
        _english_or_none(address, article.seen)
        raise BadFile(
            f"'{address}' holds no sentence of an article",
            "a page with running text",
            "name the article's own page, or save its text as .txt",
        )
    language = _english_or_none(address, kept)
    return page_of(address, raw, kind, article, language)


def _english_or_none(address: str, text: str) -> str | None:
    language = language_of(text)
    if language not in (None, ENGLISH):
        seems = (
            "in no language known here" if language == "und" else f"in {language_name(language)}"
        )
        raise BadFile(
            f"'{address}' seems to be {seems}",
            "a page in English (only English is coded)",
            "give an English version",
        )
    return language
