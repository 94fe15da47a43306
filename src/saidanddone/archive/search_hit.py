"""A hit: an act or a passage that matched, with the words that did marked."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

AROUND = 160
"""Characters shown on either side of the first match: about two lines."""

_OPEN, _CLOSE = "\x02", "\x03"  # no indexed text holds control characters

_FIELDS = (
    "kind, dataset, source, target, date, channel, valence, mode, code, reference, document,"
    " first, last, title"
)


@dataclass(frozen=True, slots=True)
class Hit:
    """An act or a passage of a document that matched.

    snippet: stretches of its text, each with whether it matched. source, target, dataset, channel,
    valence, mode, code: of an act, else None. date is cut to its precision. document: content hash
    of a document that the archive keeps, start and end where the sentence (of a passage: the first
    match and the passage's end) lies in its text.
    """

    kind: str
    title: str | None
    snippet: tuple[tuple[str, bool], ...]
    date: str | None
    dataset: str | None
    source: str | None
    target: str | None
    channel: str | None
    valence: int | None
    mode: str | None
    code: str | None
    reference: str | None
    document: str | None
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class Found:
    """How many matched, and one page of them: the best first, then the latest."""

    total: int
    hits: tuple[Hit, ...]


def read(connection: sqlite3.Connection, expression: str, id_: int) -> Hit:
    """Read one hit of an expression by its number."""
    # Marked one by one: beside the ranking every match would be marked, not only those shown.
    marked, *fields = connection.execute(
        f"SELECT highlight(found, 0, '{_OPEN}', '{_CLOSE}'), {_FIELDS} FROM found JOIN items"
        " ON items.id = found.rowid WHERE found MATCH ? AND found.rowid = ?",
        [expression, id_],
    ).fetchone()
    kind, dataset, source, target, when, channel, valence, mode, code, *rest = fields
    reference, document, first, last, title = rest
    snippet, at = _snippet(marked)
    if kind == "document" and first is not None:
        first += at
    return Hit(
        kind, title, snippet, when, dataset, source, target, channel, valence, mode, code,
        reference, document, first, last,
    )  # fmt: skip


def _snippet(marked: str) -> tuple[tuple[tuple[str, bool], ...], int]:
    """Cut the surroundings of the first match into stretches, and say where the match begins.

    >>> _snippet("They \\x02met\\x03.")
    ((('They ', False), ('met', True), ('.', False)), 5)
    """
    stretches: list[tuple[str, bool]] = []
    for number, part in enumerate(marked.split(_OPEN)):
        matching, _, after = part.partition(_CLOSE) if number else ("", "", part)
        stretches += [(matching, True), (after, False)]
    at = len(stretches[1][0]) if len(stretches) > 2 else 0  # what stands before the first match
    low, high = max(0, at - AROUND), at + 2 * AROUND
    found: list[tuple[str, bool]] = []
    position = 0
    for text, match in stretches:
        begin, end = max(low - position, 0), min(high - position, len(text))
        if begin < end:
            found.append((text[begin:end], match))
        position += len(text)
    if low and found:
        found[0] = ("…" + found[0][0], found[0][1])
    if position > high and found:
        found.append(("…", False))
    return tuple(found), at
