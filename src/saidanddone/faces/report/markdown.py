"""A report in Markdown; no text of an act becomes markup, a link or HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from saidanddone.dossier.citation_references import one_line
from saidanddone.faces.report.blocks import (
    Acts,
    Block,
    Bullets,
    Code,
    Figure,
    Paragraph,
    Report,
    Table,
    ToldAct,
)

_MARKS = re.compile(r"([\\`*_\[\]<>&|~$^!])")
_LINE_START = re.compile(r"^([#+=\-])|^(\d+)([.)])")
_SCHEME = re.compile(r":(?=//)|(?<=mailto):|(?<=\bwww)\.", re.IGNORECASE)
_MENTION = re.compile(r"@(?=\w)")
_JOINER = "\u2060"
"""Joins words and has no width: what stands after @ is no link then, and reads the same."""


def markdown(report: Report, images: Mapping[str, str] | None = None) -> str:
    """Write a report in Markdown (CommonMark with tables).

    images names the files of drawings by the figure's name; a figure without one is told in words.
    """
    lines = [
        f"# {escaped(report.question)}",
        f"**{escaped(report.verdict)}**",
        escaped(report.about, opening=True),
    ]
    for section in report.sections:
        lines.append(f"## {escaped(section.title)}")
        for block in section.blocks:
            lines.extend(_block(block, images or {}))
    return "\n\n".join(lines) + "\n"


def escaped(text: str, *, opening: bool = False) -> str:
    r"""Write a text so that Markdown prints it as it is, in one line.

    opening: the text opens a block, where a mark may begin a heading or a list.

    >>> print(escaped("# <b>*x*</b> [a](http://b)", opening=True))
    \# \<b\>\*x\*\</b\> \[a\](http\://b)
    """
    safe = _MARKS.sub(r"\\\1", one_line(text))
    safe = _SCHEME.sub(lambda found: f"\\{found[0]}", safe)
    safe = _MENTION.sub(f"@{_JOINER}", safe)
    if not opening:
        return safe
    return _LINE_START.sub(lambda m: f"\\{m[1]}" if m[1] else f"{m[2]}\\{m[3]}", safe)


def _block(block: Block, images: Mapping[str, str]) -> Iterator[str]:
    match block:
        case Paragraph():
            yield escaped(block.text, opening=True)
        case Bullets():
            yield "\n".join(f"- {escaped(item, opening=True)}" for item in block.items)
        case Table():
            yield _table(block)
        case Acts():
            yield "\n".join(_act(act) for act in block.items)
        case Figure():
            if block.name in images:
                yield f"![{escaped(block.alt)}](<{images[block.name]}>)"
            else:
                yield escaped(block.alt, opening=True)
        case Code():
            runs = [len(run) for run in re.findall(r"`+", block.text)]
            fence = "`" * max(3, *(length + 1 for length in runs), 3)
            yield f"{fence}\n{block.text.rstrip()}\n{fence}"


def _table(table: Table) -> str:
    rules = ["---" if i < table.words else "---:" for i in range(len(table.head))]
    rows = [[escaped(cell) for cell in row] for row in (table.head, *table.rows)]
    rows.insert(1, rules)
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _act(act: ToldAct) -> str:
    weight = f", weight {escaped(act.weight)}" if act.weight else ""
    head = f"- **{escaped(act.date)}** {escaped(act.kind)}{weight}: {escaped(act.text)}"
    reference = escaped(act.reference)
    if act.url:
        before, _, after = one_line(act.reference).partition(act.url)
        reference = f"{escaped(before.rstrip(' <'))} <{act.url}> {escaped(after.lstrip('> '))}"
    return f"{head} ({' '.join(reference.split())})" if reference else head
