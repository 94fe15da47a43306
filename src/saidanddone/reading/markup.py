"""Markup: an HTML tree, and the paragraphs that it shows in their order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from saidanddone.errors import BadFile, MissingExtra
from saidanddone.reading.prose import Hint, Line, ends_sentence

_SKIPPED = re.compile(
    r"head|script|style|noscript|template|nav|form|button|select|option|textarea|"
    r"svg|math|iframe|object|canvas|audio|video|dialog|menu"
)
_INLINE = re.compile(
    r"a|abbr|acronym|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|img|ins|"
    r"kbd|label|mark|q|s|samp|small|span|strike|strong|sub|sup|time|tt|u|var|"
    r"wbr|nobr|blink|ruby"
)
_HINTS: dict[str, Hint] = {
    **{f"h{level}": "heading" for level in range(1, 7)},
    "figcaption": "caption",
    "caption": "caption",
    "blockquote": "quote",
    "li": "item",
}
_CAPTION_CLASS = re.compile(r"(?:^|[\s_-])(?:caption|cutline|wp-caption-text)(?:$|[\s_-])", re.I)
_STRENGTH: dict[Hint | None, int] = {None: 0, "item": 1, "heading": 2, "quote": 3, "caption": 4}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the page's own tree; parent tells which ones stand together."""

    line: Line
    tag: str
    parent: int


def parse(text: str, name: str) -> Any:
    """Return the tree of a page, None where it is empty; raises BadFile, MissingExtra."""
    try:
        from lxml import etree, html
    except ImportError as error:
        raise no_extra() from error
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        tree = html.document_fromstring(text.encode(), parser=parser)
    except etree.ParserError:
        return None
    limits = [e.message for e in parser.error_log if e.type_name == "ERR_RESOURCE_LIMIT"]
    if limits:
        # The parser gives up at a depth of 256 tags or at 10 MB of text without a tag.
        deep = any("depth" in message for message in limits)
        raise BadFile(
            f"the tags of '{name}' are nested without end (deeper than 256)"
            if deep
            else f"'{name}' holds more than 10 MB without a tag",
            "a page as browsers show it",
            "save its text as .txt",
        )
    return tree


def paragraphs(tree: Any) -> Iterator[Paragraph]:
    """Yield what stands between two block-level tags, or between two sentences of <br>."""
    from lxml import etree

    words: list[str] = []
    hints: list[Hint | None] = [None]
    tag, parent = "body", 0

    def flush() -> Iterator[Paragraph]:
        for part in "".join(words).split("\n\n"):
            text = " ".join(part.split())
            if text:
                hint = max(hints, key=lambda hint: _STRENGTH[hint])
                yield Paragraph(Line(text, hint), tag, parent)
        words.clear()

    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        name = element.tag if isinstance(element.tag, str) else ""
        skipped = bool(_SKIPPED.fullmatch(name)) or not name
        block = not _INLINE.fullmatch(name) and name != "br"
        if block:
            yield from flush()
        if event == "start":
            if skipped:
                walk.skip_subtree()
                continue
            if block:
                hints.append(_hint(name, element.get("class")))
                tag, parent = name, id(element.getparent())
            if name == "br":
                words.append(_break(words))
            elif element.text:
                words.append(element.text.replace("\n", " "))
        else:
            if block and not skipped:
                hints.pop()
            if element.tail and element is not tree:
                words.append(element.tail.replace("\n", " "))
    yield from flush()


def _hint(name: str, classes: str | None) -> Hint | None:
    if classes and _CAPTION_CLASS.search(classes):
        return "caption"
    return _HINTS.get(name)


def _break(words: list[str]) -> str:
    """Two <br>, or one after a sentence, end a paragraph; one within it is a space."""
    before = "".join(words[-3:]).rstrip(" \t")
    return "\n\n" if before.endswith("\n") or ends_sentence(before) else " \n"


def no_extra() -> MissingExtra:
    """Return the error that names the extra."""
    return MissingExtra(
        "reading HTML needs what is not installed",
        "the extra 'read'",
        "run: pip install 'saidanddone[read]'",
    )
