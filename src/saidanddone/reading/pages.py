"""Pages: whatever paths name becomes pages, one by one; a bad one never stops the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
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
            yield _page(document, allow_private)
        except BadFile as error:
            yield Refusal(document, error)


def _page(address: str, allow_private: bool) -> Page:
    if web.is_address(address):
        fetched = web.fetch(address, allow_private=allow_private)
        return read_page(
            address, fetched.raw, media_type=fetched.media_type, charset=fetched.charset
        )
    return read_page(address, opening.load(address))


def read_page(
    address: str, raw: bytes, *, media_type: str | None = None, charset: str | None = None
) -> Page:
    """Return the page that bytes hold; raises BadFile, MissingExtra.

    media_type and charset are those that a server stated. Refused: empty, binary and undecodable
    bytes, pages without a sentence, and pages in another language than English.
    """
    if not raw.strip():
        raise BadFile(f"'{address}' is empty", "a page with text", "fetch or save it again")
    if len(raw) > web.MAX_BYTES:
        raise web.too_large(address)
    kind = opening.kind_of(address, raw, media_type)
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
