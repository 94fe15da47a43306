"""Prose: which lines of a page are its article, judged by form and place, never by content.

A line that ends as sentences end is body; a short line without a full stop is a heading, a caption
or a link. The article runs from the title to the last body line before the page's tail.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from saidanddone.model import FuzzyDate
from saidanddone.reading import byline, furniture
from saidanddone.reading.page import Article, BlockKind, Passage

Hint = Literal["heading", "caption", "quote", "item", "paragraph"]
_Form = Literal["body", "weak", "short", "date", "byline", "furniture"]

_ENDS = re.compile(r"[.!?…][\"'”’»)\]*]*(?:\[\d+\])*$")
_WITHIN = re.compile(r"[.!?][\"'”’)]*\s+[\"'“‘(]?[A-Z]")
_CAPTION_CUE = re.compile(
    r"[,(] ?(?:far |top |bottom )?(?:left|right|cent(?:er|re)|above|below|[lr])[,)]"
    r"|\((?:AP|AFP|EPA|Reuters|Getty|File|Photo|Image)\b|\b(?:photo|image|picture|credit)s?:"
    r"|\b(?:file photo|reuters/|getty images|ap photo)",
    re.I,
)

BODY_WORDS = 8
"""A line of 8 words that ends with a full stop is a sentence; shorter ones may be labels."""
_LONG_WORDS = 25
"""No heading is as long: such a line is body even where its full stop is missing."""
_SOLID_WORDS = 30
"""A paragraph; after a tail has begun only such a one shows that the article goes on."""
_CAPTION_WORDS = range(3, 15)
_CUED_CAPTION_WORDS = 40
_TITLE_WORDS = range(2, 26)
_LIST_LINES = 4
"""Short lines in a row: two pictures, each with text and alternative text, make at most four,
and a row of related links is rarely shorter."""
_MENU_LINES = 5
"""Title, deck and captions stand before the first sentence; more lines are those of a menu."""
_TAIL_LINES = 5
_LINK_LINES = 12
"""More lines than these that are no body, and what follows belongs to the footer."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line or paragraph of a page, with what its markup says of it."""

    text: str
    hint: Hint | None = None


def words_in(text: str) -> int:
    """Count the words that hold a letter."""
    return sum(any(map(str.isalpha, word)) for word in text.split())


def ends_sentence(text: str) -> bool:
    """Whether a text ends as sentences end, closing quotes and note marks aside.

    >>> ends_sentence('He asked: "Why?"'), ends_sentence("A statue of the king")
    (True, False)
    """
    return bool(_ENDS.search(text[-40:].rstrip()))


def article_of(lines: Sequence[Line]) -> Article:
    """Return the article among a page's lines; without passages where there is none."""
    lines = [line for line in lines if line.text]
    forms = [_form(line) for line in lines]
    _drop_lists(lines, forms)
    _drop_tail(lines, forms)
    if "body" not in forms:
        return _short_article(lines, forms)
    first = forms.index("body")
    title = _title(lines, forms, first)
    if title == first:
        forms[title] = "short"
    author, signed = _author(lines, forms, title, first)
    passages: list[Passage] = []
    if title is not None:
        passages.append(Passage(lines[title].text, "title"))
    start = _start(forms, title, first)
    last = max((i for i, form in enumerate(forms) if form in ("body", "weak")), default=-1)
    for i in range(start, last + 1):
        kind = _kind(lines[i], forms[i]) if i not in (title, signed) else None
        if kind is not None:
            passages.append(Passage(lines[i].text, kind))
    return Article(
        tuple(passages),
        title=lines[title].text if title is not None else None,
        author=author,
        published=_published(lines, first),
    )


def _form(line: Line) -> _Form:
    text, words = line.text, words_in(line.text)
    if line.hint in ("heading", "caption"):
        return "furniture" if furniture.is_furniture(text) else "short"
    if furniture.is_furniture(text):
        return "furniture"
    if byline.posted_in(text):
        return "date"
    if byline.author_in(text):
        return "byline"
    if words <= _CUED_CAPTION_WORDS and _CAPTION_CUE.search(text) and not _WITHIN.search(text):
        return "short"
    if ends_sentence(text):
        return "body" if words >= BODY_WORDS else "weak" if words >= 2 else "short"
    fewest = {"item": 4, "quote": 4, "paragraph": _CAPTION_WORDS[-1] + 1}
    if words >= fewest.get(line.hint or "", _LONG_WORDS):
        return "body"
    if text.endswith(":") and words >= 4:
        return "weak"
    return "short"


def _is_solid(text: str) -> bool:
    words = words_in(text)
    return words >= _SOLID_WORDS or (words >= 20 and bool(_WITHIN.search(text)))


def _drop_lists(lines: Sequence[Line], forms: list[_Form]) -> None:
    """Turn rows of short lines after the first body line into furniture."""
    first = forms.index("body") if "body" in forms else len(forms)
    begin = first
    for i in range(first, len(forms) + 1):
        if i < len(forms) and forms[i] == "short" and lines[i].hint in (None, "paragraph"):
            continue
        if i - begin >= _LIST_LINES:
            forms[begin:i] = ["furniture"] * (i - begin)
        begin = i + 1


def _drop_tail(lines: Sequence[Line], forms: list[_Form]) -> None:
    """Turn what follows the article into furniture.

    After an advertisement or links within the article any sentence goes on with it; after a line
    that signs off (the date, an address, a notice) only a paragraph that follows at once does.
    """
    begin: int | None = None
    signed_off = seen = False
    others = 0
    for i, line in enumerate(lines):
        if seen and furniture.ends_article(line.text):
            begin = i if begin is None else begin
            break
        if forms[i] in ("body", "weak") and begin is not None:
            if _goes_on(line.text, forms[i], others, signed_off):
                begin, signed_off = None, False
        elif forms[i] == "body":
            seen = True
        elif seen and forms[i] in ("furniture", "date"):
            signed_off = signed_off or forms[i] == "date" or furniture.signs_off(line.text)
            begin, others = (i, 1) if begin is None else (begin, others + 1)
        elif begin is not None:
            others += 1
    if begin is not None:
        for i in range(begin, len(forms)):
            if forms[i] in ("body", "weak", "short"):
                forms[i] = "furniture"


def _goes_on(text: str, form: _Form, others: int, signed_off: bool) -> bool:
    if signed_off:
        return others <= _TAIL_LINES and _is_solid(text)
    return others <= _LINK_LINES and form == "body" and text[-1] not in "?!"


def _title(lines: Sequence[Line], forms: Sequence[_Form], first: int) -> int | None:
    """Return the index of the first line before the body that reads as a heading."""
    candidates = [
        i
        for i in range(first)
        if (forms[i] == "short" or (forms[i] == "weak" and not lines[i].text.endswith(".")))
        and lines[i].hint in (None, "heading", "paragraph")
        and words_in(lines[i].text) in _TITLE_WORDS
    ]
    headings = [i for i in candidates if lines[i].hint == "heading"]
    long = [i for i in candidates if words_in(lines[i].text) >= 4 or lines[i].text[-1] in "?!"]
    # Shorter lines may be the menu's or the author's: of these the one that is no name counts.
    short = [i for i in candidates if not byline.is_name(lines[i].text)] or candidates
    if headings:
        return headings[0]
    for found in (long, short):
        if len(found) > _MENU_LINES:
            # Below a menu of whole lines the title is the nearest one above the byline.
            signed = [i for i in range(first) if forms[i] in ("byline", "date")]
            above = [i for i in found if signed and found[0] < i < signed[-1]]
            return above[-1] if above else found[-1]
        if found:
            return found[0]
    text = lines[first].text
    asks = text[-1] in "?!" and words_in(text) <= 20 and not _WITHIN.search(text)
    return first if asks and "body" in forms[first + 1 :] else None


def _author(
    lines: Sequence[Line], forms: Sequence[_Form], title: int | None, first: int
) -> tuple[str | None, int | None]:
    """Return the author and the index of the line that is nothing but the name."""
    for i in range(first):
        if forms[i] == "byline":
            return byline.author_in(lines[i].text), None
    if title is None or title >= first:
        return None, None
    for i in range(title + 1, min(title + 3, first)):
        if forms[i] == "short" and byline.is_name(lines[i].text):
            return lines[i].text, i
    return None, None


def _start(forms: Sequence[_Form], title: int | None, first: int) -> int:
    """Return the index of the article's first line: after the title, or where sentences begin."""
    if title is not None:
        return title + 1
    while first and forms[first - 1] == "weak":
        first -= 1
    return first


def _kind(line: Line, form: _Form) -> BlockKind | None:
    words = words_in(line.text)
    if form in ("body", "weak"):
        return "quote" if line.hint == "quote" else "body"
    if form != "short":
        return None
    if line.hint == "heading":
        return "title"
    cued = words <= _CUED_CAPTION_WORDS and _CAPTION_CUE.search(line.text)
    return "caption" if line.hint == "caption" or cued or words in _CAPTION_WORDS else None


def _short_article(lines: Sequence[Line], forms: Sequence[_Form]) -> Article:
    """Return short sentences, or a few lines without any furniture, as they are."""
    chosen = [i for i, form in enumerate(forms) if form == "weak"]
    if not chosen and len(lines) <= _LIST_LINES:
        chosen = [i for i, form in enumerate(forms) if form == "short"]
        chosen = [i for i in chosen if words_in(lines[i].text) >= 3]
    return Article(
        tuple(Passage(lines[i].text, "body") for i in chosen),
        published=_published(lines, len(lines)),
        seen="" if chosen else "\n".join(line.text for line in lines),
    )


def _published(lines: Sequence[Line], first: int) -> FuzzyDate | None:
    """Return the date of publication: stated as such, else alone on a line, else a dateline's."""
    bare: list[FuzzyDate] = []
    updated: list[FuzzyDate] = []
    for i, line in enumerate(lines):
        dated = byline.latest_sensible(byline.posted_in(line.text))
        if dated is None:
            continue
        if byline.is_update(line.text):
            updated.append(dated)
        elif byline.is_posted(line.text):
            return dated
        elif i < first:
            bare.append(dated)
    lead = byline.dateline_in(lines[first].text) if first < len(lines) else None
    return next((dated for dated in (*bare, lead, *updated) if dated is not None), None)
