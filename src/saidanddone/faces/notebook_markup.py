"""Pieces of HTML for a notebook: tables, pictures, links; without scripts, in its own colours."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Sequence
from html import escape

ADDRESS = re.compile(r"https?://[^\s<>\"'\]]+")
"""An address within a reference; nothing else becomes a link."""

ROW = "border-bottom:1px solid rgba(128,128,128,.4);padding:.15em .8em .15em 0;vertical-align:top"

SHORT = 24
"""Characters up to which a cell stays on one line: dates, figures, intervals."""

ABOUT = re.compile(r"<title[^>]*>(.*?)</title><desc[^>]*>(.*?)</desc>", re.DOTALL)
"""A drawing's own words; they are escaped already."""


def picture(svg: str) -> str:
    """A drawing as a picture that carries its own style, and says in words what it shows."""
    data = b64encode(svg.encode()).decode("ascii")
    words = ABOUT.search(svg)
    alt = f"{words[1]}. {words[2]}".replace('"', "&quot;") if words else ""
    style = "max-width:100%;width:45em;height:auto"
    return f'<img src="data:image/svg+xml;base64,{data}" alt="{alt}" style="{style}">'


def linked(text: str) -> str:
    """Escaped text in which addresses of the web, and nothing else, are links.

    >>> linked("no javascript:alert(1), <b>")
    'no javascript:alert(1), &lt;b&gt;'
    """
    parts, end = [], 0
    for found in ADDRESS.finditer(text):
        address = escape(found[0])
        parts.append(escape(text[end : found.start()]))
        parts.append(f'<a href="{address}" rel="noopener noreferrer nofollow">{address}</a>')
        end = found.end()
    return "".join([*parts, escape(text[end:])])


def heading(text: str) -> str:
    """A heading that stands in no outline: a notebook has its own."""
    return f"<p><b>{escape(text)}</b></p>"


def bullets(lines: Iterable[str]) -> str:
    """A list of lines that are HTML already."""
    return "<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table; its cells are HTML already. The last column's words stand left, figures right."""
    left = {
        at
        for at in range(len(head))
        for row in rows
        if at == 0 or not row[at][:1] or row[at][:1] not in "+-−–0123456789"
    }

    def cell(tag: str, at: int, inside: str) -> str:
        align = "left" if at in left else "right"
        scope = ' scope="col"' if tag == "th" else ""
        broken = "" if len(inside) > SHORT else ";white-space:nowrap"
        return f'<{tag}{scope} style="text-align:{align};{ROW}{broken}">{inside}</{tag}>'

    # A column without a name has no header that a reader could be told.
    cells = "".join(cell("th" if name else "td", i, escape(name)) for i, name in enumerate(head))
    body = "".join(
        "<tr>" + "".join(cell("td", at, inside) for at, inside in enumerate(row)) + "</tr>"
        for row in rows
    )
    return (
        '<table style="border-collapse:collapse">'
        f"<thead><tr>{cells}</tr></thead><tbody>{body}</tbody></table>"
    )
