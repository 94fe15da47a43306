"""PDF: the pages' lines become paragraphs, without what is printed on every page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from saidanddone.errors import BadFile, MissingExtra
from saidanddone.model import FuzzyDate
from saidanddone.reading import byline
from saidanddone.reading.decoding import STRIPPED
from saidanddone.reading.page import Article, Passage
from saidanddone.reading.plain import mend_hyphens, paragraphs
from saidanddone.reading.prose import article_of

_PASSWORD_ERROR = 4
"""FPDF_ERR_PASSWORD of pdfium's fpdfview.h."""
_FEWEST_LETTERS = 20
"""In a whole document: fewer are stamps and page numbers on pictures of pages."""
_EDGE_LINES = 2
"""Running heads and feet take up to two lines at either edge of a page."""
_MOST_PAGES = 0.4
"""Of the pages: left and right pages bear different heads, and first pages of parts none."""
_FEWEST_PAGES = 3
_GAP = 1.4
"""Of the usual distance of two lines, a page's lower quartile: more parts two paragraphs."""
_PAGE_NUMBER = re.compile(r"\W*(?:page )?#\W*(?:of #)?\W*")
_BROKEN_WORD = "\ufffe\x02"
"""What pdfium gives for a hyphen at a line's end, in place of the line's end."""
_BREAK = re.compile(rf"\r?\n|[{_BROKEN_WORD}]")
_NO_TITLE = re.compile(
    r"microsoft \w+ - .*|untitled.*|.*\.(?:docx?|indd|qxd|tex|pdf|rtf|wpd)", re.I
)


def read_pdf(raw: bytes, name: str) -> Article:
    """Return the article of a PDF document; raises BadFile, MissingExtra.

    title, author and date are the document's own; where it states none, those of its first lines.
    name stands in errors: damaged, protected by a password, or without text.
    """
    pages, about = _opened(raw, name)
    if sum(char.isalpha() for page in pages for line in page for char in line) < _FEWEST_LETTERS:
        raise BadFile(
            f"'{name}' holds pictures of pages and no text, and needs OCR",
            "a PDF with text",
            "run OCR on it first, or give its text as .txt",
        )
    lines = mend_hyphens(_joined(_without_running_lines(pages)))
    lengths = sorted(len(line) for line in lines if line)
    article = article_of(list(paragraphs(lines, lengths[int(0.9 * (len(lengths) - 1))])))
    title = about.get("Title", "").strip()
    title = "" if _NO_TITLE.fullmatch(title) else title
    passages = article.passages
    if title and passages and passages[0].kind != "title":
        passages = (Passage(" ".join(title.split()), "title"), *passages)
    return Article(
        passages,
        title=title or article.title,
        author=about.get("Author", "").strip() or article.author,
        published=article.published or _date(about.get("CreationDate", "")),
    )


def _opened(raw: bytes, name: str) -> tuple[list[list[str]], dict[str, str]]:
    """Return the lines of each page, an empty one between paragraphs, and the metadata."""
    try:
        import pypdfium2
    except ImportError as error:
        raise MissingExtra(
            "reading PDF needs what is not installed",
            "the extra 'read'",
            "run: pip install 'saidanddone[read]'",
        ) from error
    try:
        document = pypdfium2.PdfDocument(raw)
        try:
            return [_lines(page) for page in document], document.get_metadata_dict()
        finally:
            document.close()
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD_ERROR or "password" in str(error).lower():
            raise BadFile(
                f"'{name}' is protected by a password",
                "a PDF that opens without one",
                "save a copy without the password",
            ) from None
        raise BadFile(
            f"'{name}' is damaged or no PDF", "a whole PDF file", "fetch the file again"
        ) from None


def _lines(page: Any) -> list[str]:
    text_page = page.get_textpage()
    try:
        text = text_page.get_text_range()
        breaks = list(_BREAK.finditer(text))
        starts = [0, *(found.end() for found in breaks)]
        raw = _BREAK.split(text)
        # Places can be told only where each character of the text is one of the page.
        placed = len(text) == text_page.count_chars()
        tops = [
            text_page.get_charbox(start, loose=True)[3] if placed and line.strip() else None
            for start, line in zip(starts, raw, strict=True)
        ]
    finally:
        text_page.close()
        page.close()
    gaps = [
        above - below
        for above, below in pairwise(tops)
        if above is not None and below is not None and above > below
    ]
    usual = sorted(gaps)[len(gaps) // 4] if gaps else 0.0
    lines: list[str] = []
    for i, line in enumerate(raw):
        above, below = (tops[i - 1], tops[i]) if i else (None, None)
        if above is not None and below is not None and above - below > _GAP * usual > 0:
            lines.append("")
        hyphen = "-" if i < len(breaks) and breaks[i][0] in _BROKEN_WORD else ""
        lines.append(" ".join(line.translate(STRIPPED).split()) + hyphen)
    return lines


def _without_running_lines(pages: Sequence[list[str]]) -> list[list[str]]:
    """Drop the lines that stand, page numbers aside, at the edge of many pages."""
    edges = [_edges(page) for page in pages]
    counts = Counter(
        shape
        for page, edge in zip(pages, edges, strict=True)
        for shape in {_shape(page[i]) for i in edge}
    )
    fewest = max(_FEWEST_PAGES, _MOST_PAGES * len(pages))
    kept: list[list[str]] = []
    for page, edge in zip(pages, edges, strict=True):
        running = {
            i
            for i in edge
            if counts[_shape(page[i])] >= fewest or _PAGE_NUMBER.fullmatch(_shape(page[i]))
        }
        kept.append([line for i, line in enumerate(page) if i not in running])
    return kept


def _edges(page: Sequence[str]) -> set[int]:
    filled = [i for i, line in enumerate(page) if line]
    return {*filled[:_EDGE_LINES], *filled[-_EDGE_LINES:]}


def _shape(line: str) -> str:
    return re.sub(r"\d+", "#", line.casefold())


def _joined(pages: Sequence[list[str]]) -> list[str]:
    """Put pages after each other; a sentence may run on from one to the next."""
    lines: list[str] = []
    for page in pages:
        filled = [i for i, line in enumerate(page) if line]
        if filled:
            if lines and re.search(r"[.!?][\"'”’)]*$", lines[-1]):
                lines.append("")
            lines.extend(page[filled[0] : filled[-1] + 1])
    return lines


def _date(written: str) -> FuzzyDate | None:
    """Return the day of a PDF date, D:YYYYMMDDHHmmSS."""
    found = re.match(r"(?:D:)?(\d{4})(\d{2})(\d{2})", written)
    return byline.latest_sensible(byline.date_in("-".join(found.groups()))) if found else None
