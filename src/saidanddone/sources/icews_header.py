"""The header of an ICEWS file: the twenty columns, however a year's files write and order them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from saidanddone.errors import BadFile
from saidanddone.sources.header import read_header
from saidanddone.sources.lines import blocks

COLUMNS = (
    "Event ID",
    "Event Date",
    "Source Name",
    "Source Sectors",
    "Source Country",
    "Event Text",
    "CAMEO Code",
    "Intensity",
    "Target Name",
    "Target Sectors",
    "Target Country",
    "Story ID",
    "Sentence Number",
    "Publisher",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
)
"""The columns of the archive (doi:10.7910/DVN/28075), as its yearly files write them."""

ALSO_KNOWN = ("Year", "Yearmonth", "Source File")
"""Columns that the R package icews adds when it stores the archive's files; they are not read."""

_HEADER_BYTES = 1 << 16
"""A header has about 250 bytes; a first line longer than this block is no header."""


class IcewsHeader(NamedTuple):
    """The name under which a file has each of COLUMNS; quoted: its fields stand in quotes."""

    names: dict[str, str]
    quoted: bool


def icews_header(path: Path) -> IcewsHeader:
    """Match a file's header to COLUMNS by name; raises BadFile.

    Capitals, blanks, dots and underscores do not count ('event_id', 'Event.ID'), nor does the
    order. A column that is lacking, there twice, or unknown is refused by its name.
    """
    line = next(blocks(path, _HEADER_BYTES)).partition(b"\n")[0].decode()
    quoted = line.startswith('"')
    fields = [field.strip().strip('"') if quoted else field.strip() for field in line.split("\t")]
    found: dict[str, str] = {}
    for field in fields:
        if found.setdefault(_normal(field), field) != field or fields.count(field) > 1:
            raise BadFile(
                f"'{path.name}' has the column '{field}' twice",
                "each column of an ICEWS file once",
                "remove one of them",
            )
    if any(_normal(column) not in found for column in COLUMNS):
        known = {_normal(column): column for column in COLUMNS}
        as_ours = "\t".join(known.get(_normal(field), field) for field in fields)
        read_header(path, as_ours, COLUMNS, "\t", quoted=False)
    unknown = [found[name] for name in found if name not in _KNOWN]
    if unknown:
        raise BadFile(
            f"'{path.name}' has the unknown column{'s' * (len(unknown) > 1)} {', '.join(unknown)}",
            f"the columns {', '.join(COLUMNS)}",
            "remove the others, or read the file as a table with a mapping",
        )
    return IcewsHeader({column: found[_normal(column)] for column in COLUMNS}, quoted)


def _normal(name: str) -> str:
    """Return a column's name without what differs between files.

    >>> _normal("Event.ID") == _normal("event_id") == _normal("Event ID")
    True
    """
    return re.sub(r"[\s._-]+", "", name).lower()


_KNOWN = {_normal(column) for column in COLUMNS + ALSO_KNOWN}
