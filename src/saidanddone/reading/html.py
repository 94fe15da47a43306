"""HTML: trafilatura says which paragraphs are the article; the page itself gives their words.

trafilatura drops inline elements such as <time>, and with them the dates of sentences, and it
drops captions. So every paragraph is taken from the page's own tree, in its order, and kept where
trafilatura's text holds most of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from saidanddone.errors import BadDate
from saidanddone.model import FuzzyDate
from saidanddone.reading import byline, furniture
from saidanddone.reading.markup import Paragraph, no_extra, paragraphs, parse
from saidanddone.reading.page import Article, Passage
from saidanddone.reading.prose import Line, article_of, ends_sentence

MOST_ELEMENTS = 20_000
"""trafilatura's time grows with the square of a page's elements: 1.3 s at 20,000 paragraphs and
165 s at 200,000 here. Larger pages are judged by the form of their lines, as plain text is."""

_SHINGLE = 4
"""Words: runs of four are rarely shared by two paragraphs by chance."""
_MOST_OF_IT = 0.5
"""Of a paragraph's runs; a date that trafilatura dropped from it breaks up to four of them."""


@dataclass(frozen=True, slots=True)
class _Choice:
    """What trafilatura makes of a page."""

    text: str = ""
    title: str | None = None
    author: str | None = None
    date: str | None = None


def read_html(text: str, name: str) -> Article:
    """Return the article of an HTML page; without passages where it holds no sentence.

    name stands in errors. Raises BadFile for tags nested deeper than 256, MissingExtra.
    """
    tree = parse(text, name)
    if tree is None:
        return Article(())
    found = list(paragraphs(tree))
    lines = [paragraph.line for paragraph in found]
    few = sum(1 for _ in tree.iter()) <= MOST_ELEMENTS
    choice = _choice(tree) if few else _Choice()
    by_form = article_of(lines)
    passages = _chosen(found, choice.text)
    body = sum(len(passage.text) for passage in passages if passage.kind in ("body", "quote"))
    if not body:
        passages = list(by_form.passages)
    title = _clean(choice.title) or by_form.title
    if title and passages:
        passages = [item for item in passages if not _same(item.text, title)]
        passages.insert(0, Passage(title, "title"))
    if not any(passage.kind in ("body", "quote") for passage in passages):
        passages = []
    seen = "" if passages else "\n".join(line.text for line in lines)
    return Article(
        tuple(passages),
        title=title,
        author=_clean(choice.author) or by_form.author,
        published=_date(choice.date) or by_form.published,
        seen=seen,
    )


def _choice(tree: Any) -> _Choice:
    """Ask trafilatura for the article's text, title, author and date."""
    try:
        import trafilatura
        from trafilatura.metadata import extract_metadata
    except ImportError as error:
        raise no_extra() from error
    # A date found anywhere in the text may be the subject's; only stated ones are taken.
    dates = {"extensive_search": False, "original_date": True}
    found: Any = trafilatura.bare_extraction(
        tree, include_comments=False, with_metadata=True, date_extraction_params=dates
    )
    if found is None:
        found = extract_metadata(tree, date_config=dates)
    return _Choice(found.text or "", found.title, found.author, found.date)


def _chosen(paragraphs: list[Paragraph], text: str) -> list[Passage]:
    """Return the paragraphs that a text holds most of, with captions and what was lost between.

    What trafilatura takes for the article is judged by form once more: it lets signs-off, bylines
    and advertisements through where the page has no markup for them.
    """
    runs = set(_runs(_words(text)))
    whole = {" ".join(_words(line)) for line in text.splitlines()}
    held = [_is_held(paragraph.line.text, runs, whole) for paragraph in paragraphs]
    if not any(held):
        return []
    first, last = held.index(True), len(held) - 1 - held[::-1].index(True)
    together = {
        paragraph.parent
        for paragraph, kept in zip(paragraphs, held, strict=True)
        if kept and paragraph.tag == "p"
    }
    lines: list[Line] = []
    for i in range(first, last + 1):
        tag, parent, line = paragraphs[i].tag, paragraphs[i].parent, paragraphs[i].line
        lost = tag == "p" and parent in together and ends_sentence(line.text)
        marks = line.hint == "caption" or furniture.is_furniture(line.text)
        if held[i] or lost or marks or byline.posted_in(line.text):
            lines.append(Line(line.text, line.hint or "paragraph"))
    return list(article_of(lines).passages)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _runs(words: list[str]) -> list[str]:
    return [" ".join(words[i : i + _SHINGLE]) for i in range(len(words) - _SHINGLE + 1)]


def _is_held(text: str, runs: set[str], whole: set[str]) -> bool:
    words = _words(text)
    own = _runs(words)
    if " ".join(words) in whole:
        return True
    return bool(own) and sum(run in runs for run in own) >= _MOST_OF_IT * len(own)


def _same(one: str, other: str) -> bool:
    return _words(one) == _words(other)


def _clean(text: str | None) -> str | None:
    return " ".join(text.split()) or None if text else None


def _date(text: str | None) -> FuzzyDate | None:
    try:
        return byline.latest_sensible(FuzzyDate.parse(text[:10])) if text else None
    except BadDate:
        return None
