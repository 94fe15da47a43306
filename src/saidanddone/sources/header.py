"""Headers: which columns a file has, which it lacks, and what separates them."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from saidanddone.errors import BadFile

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
"""The delimiters that tables come with, and their names in a sentence."""

_MOST_COLUMNS_NAMED = 30
"""How many of a file's columns an error names; more would hide the sentence."""


def sniff(header: str, wanted: Sequence[str]) -> str:
    """Return the delimiter under which a header holds most of the wanted columns.

    >>> sniff("date;source;target", ["source", "target"])
    ';'
    """
    return max(
        DELIMITERS,
        key=lambda mark: (
            len(set(wanted) & set(_split(header, mark, quoted=True))),
            header.count(mark),
        ),
    )


def _split(line: str, separator: str, *, quoted: bool) -> list[str]:
    fields = next(csv.reader([line], delimiter=separator), []) if quoted else line.split(separator)
    return [field.strip() for field in fields]


def read_header(
    path: Path, line: str, wanted: Sequence[str], separator: str, *, quoted: bool
) -> list[str]:
    """Return a header's column names; raises BadFile if a wanted one is missing or twice there."""
    header = _split(line, separator, quoted=quoted)
    twice = sorted({name for name in header if header.count(name) > 1})
    if set(wanted) <= set(header) and twice:
        raise BadFile(
            f"'{path.name}' has the column '{twice[0]}' twice",
            "columns with distinct names",
            "rename one of them",
        )
    suspect = sniff(line, wanted)
    other = suspect if suspect != separator and line.count(suspect) else None
    require_columns(path, wanted, header, separator, other)
    return header


def require_columns(
    path: Path,
    wanted: Sequence[str],
    found: Sequence[str],
    separator: str | None = None,
    suspect: str | None = None,
) -> None:
    """Refuse a file that lacks columns, naming those it lacks and has; raises BadFile."""
    lacking = [name for name in wanted if name not in found]
    if not lacking:
        return
    names = ", ".join(name[:40] for name in found[:_MOST_COLUMNS_NAMED])
    more = f" and {len(found) - _MOST_COLUMNS_NAMED} more" * (len(found) > _MOST_COLUMNS_NAMED)
    do = "check that the file is of this format"
    if separator and suspect:
        do = (
            f"it looks separated by {DELIMITERS[suspect]}, not {DELIMITERS[separator]}:"
            " save it again or set the delimiter"
        )
    raise BadFile(
        f"'{path.name}' lacks the column{'s' * (len(lacking) > 1)} {', '.join(lacking)}"
        f" (found: {names}{more})",
        f"a header with {', '.join(wanted)}",
        do,
    )
