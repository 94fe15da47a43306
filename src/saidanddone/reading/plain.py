"""Plain text: saved pages, wire copy and Markdown become articles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from saidanddone.reading.page import Article
from saidanddone.reading.prose import Hint, Line, article_of

_WRAP_WIDTH = range(45, 101)
"""Characters: where programs break lines (64 to 80 as a rule)."""
_FULL_LINE = 0.6
"""Of the width: a shorter line ends its paragraph, for the next word would have fitted."""

_BULLET = re.compile(r"(?:[*+•‣▪–-]|\(?\d{1,2}[.)])\s+(?=\S)")
_LONGEST_WORD = 60
_HYPHEN = re.compile(r"(\w+(?:-\w+)*)-$")
_FENCE = re.compile(r"^(```|~~~).*?^\1[^\n]*$", re.M | re.S)
_MARKUP = (
    (re.compile(r"!\[[^\]\n]{0,300}\]\([^)\n]{0,500}\)"), ""),
    (re.compile(r"\[([^\]\n]{1,300})\]\([^)\n]{0,500}\)"), r"\1"),
    (re.compile(r"(?<!\w)(\*\*|__|\*|_|`)(?=\S)([^*_`\n]{1,500}?)(?<=\S)\1(?!\w)"), r"\2"),
)


def read_plain(text: str, *, markdown: bool = False) -> Article:
    """Return the article of a plain text; without passages where it holds no sentence.

    Lines broken at a fixed width are joined. With markdown, headings, quotations and links are
    read as such and code is left out.
    """
    if markdown:
        text = _FENCE.sub("", text)
        for pattern, kept in _MARKUP:
            text = pattern.sub(kept, text)
    raw = text.split("\n")
    indent = min((len(line) - len(line.lstrip()) for line in raw if line.strip()), default=0)
    raw = [line[indent:] for line in raw]
    width = _width(raw)
    if width is not None:
        raw = mend_hyphens(raw)
    return article_of(list(paragraphs(raw, width)))


def _width(raw: list[str]) -> int | None:
    """Return the width at which a text's lines were broken, None where each is a paragraph."""
    lengths = sorted(len(line.rstrip()) for line in raw if line.strip())
    if not lengths:
        return None
    width = lengths[int(0.95 * (len(lengths) - 1))]
    inner = [len(line.rstrip()) for line, after in pairwise(raw) if line.strip() and after.strip()]
    full = sum(length >= _FULL_LINE * width for length in inner)
    broken = lengths[-1] <= _WRAP_WIDTH[-1] + 20 and width in _WRAP_WIDTH
    # Sentences one a line end as sentences; broken lines mostly do not.
    open_ends = sum(
        not line.rstrip().endswith((".", "!", "?", '"', "”"))
        for line, after in pairwise(raw)
        if after.strip() and len(line.rstrip()) >= _FULL_LINE * width
    )
    return width if broken and 2 * full >= len(inner) > 0 and 2 * open_ends > full else None


def paragraphs(raw: list[str], width: int | None) -> Iterator[Line]:
    """Yield paragraphs with what their first characters say of them.

    width is that at which lines were broken, None where each line is a paragraph.
    """
    held: list[str] = []
    hint: Hint | None = None
    for line in [*raw, ""]:
        text = " ".join(line.split())
        mark, body = _marked(text)
        indented = line[:1].isspace() and hint != "item"
        starts = indented or mark != ("quote" if hint == "quote" else None)
        if held and (not text or width is None or starts):
            yield Line(_joined(held), hint)
            held = []
        if not text:
            continue
        if not held:
            hint = mark
        held.append(body)
        if mark == "heading" or (width is not None and len(line.rstrip()) < _FULL_LINE * width):
            yield Line(_joined(held), hint)
            held = []


def _marked(text: str) -> tuple[Hint | None, str]:
    heading = re.match(r"#{1,6}\s+", text)
    if heading:
        return "heading", text[heading.end() :].rstrip("# ")
    if text.startswith((">", "> ")) and len(text) > 1:
        return "quote", text.lstrip("> ")
    bullet = _BULLET.match(text)
    return ("item", text[bullet.end() :]) if bullet else (None, text)


def _joined(held: list[str]) -> str:
    """Join broken lines; a hyphen that is left at a line's end belongs to its word."""
    return "".join(
        line if line[-2:-1].isalnum() and line.endswith("-") else f"{line} " for line in held
    ).rstrip()


def mend_hyphens(raw: list[str]) -> list[str]:
    """Return lines with words that were broken at a line's end made whole again.

    The hyphen stays where the text has the word with it elsewhere and never without it.

    >>> mend_hyphens(["They spoke of experimen-", "tation and non-proliferation, of non-",
    ...               "proliferation."])
    ['They spoke of experimentation', 'and non-proliferation, of non-proliferation.', '']
    """
    known = set(re.findall(r"[\w-]+", " ".join(raw).casefold()))
    mended = list(raw)
    for i in range(len(mended) - 1):
        line = mended[i].rstrip()
        broken = _HYPHEN.search(line, max(len(line) - _LONGEST_WORD, 0))
        rest = re.match(r"\s*([a-z]+(?:-[a-z]+)*)(\S*)\s*", mended[i + 1])
        if not broken or not rest:
            continue
        plain = broken[1] + rest[1]
        hyphened = f"{broken[1]}-{rest[1]}"
        keep = hyphened.casefold() in known and plain.casefold() not in known
        word = (hyphened if keep else plain) + rest[2]
        mended[i] = line[: broken.start()] + word
        mended[i + 1] = mended[i + 1][rest.end() :]
    return mended
