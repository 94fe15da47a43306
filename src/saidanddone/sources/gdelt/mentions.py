"""Mentions: which outlets reported an event, from GDELT 2.0's files of mentions (16 columns).

An outlet that prints what another printed is no second witness. GDELT gives every document's length
and tone: documents that agree in both, to the last digit, are one text. Of 1,983 genuine mentions
some events have six outlets and one text, an agency's in six local papers.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from saidanddone.errors import BadFile
from saidanddone.model import Column
from saidanddone.sources.delimited import quoted_rows
from saidanddone.sources.folder import files_in
from saidanddone.sources.gdelt.blocks import BLOCK_BYTES, blocks
from saidanddone.sources.gdelt.inflate import inflate
from saidanddone.sources.gdelt.layouts import MENTIONS
from saidanddone.sources.gdelt.split import split

FILE_NAMES = ("*.mentions.csv.zip", "*.mentions.csv")

MENTION_COLUMNS: tuple[Column, ...] = (
    Column("id", "Int64", "GLOBALEVENTID of the event"),
    Column("outlet", "String", "who published the document, in lower case"),
    Column("document", "String", "the document's address"),
    Column("length", "Int64", "characters of the document's text; null if not told"),
    Column("tone", "Float64", "GDELT's tone of the document; null if not told"),
    Column("first", "Datetime", "when the mention was seen first, UTC"),
    Column("last", "Datetime", "when it was seen last, UTC"),
)
"""Columns of mentions: one row for each event, outlet and document."""

MOST_UNREADABLE = 0.05
"""A file of which more cannot be read is refused, as in the archive (house.md)."""

UNREADABLE = "no event, source or time"
"""Why a row of mentions is set aside that has the right number of fields."""

WRONG_WIDTH = f"not {MENTIONS.width} fields"
"""Why a row of mentions is set aside that has not."""

_WANTED = (
    "GLOBALEVENTID",
    "MentionTimeDate",
    "MentionSourceName",
    "MentionIdentifier",
    "MentionDocLen",
    "MentionDocTone",
)
_DIGITS = 18
"""A number of so many digits is an Int64."""

_KEYS = ["id", "outlet", "document", "length", "tone"]


@dataclass(frozen=True, slots=True)
class MentionsFile:
    """What a file of mentions holds: table has MENTION_COLUMNS; rows that cannot be read are set
    aside, by reason. rows = kept + set aside."""

    table: pl.DataFrame
    rows: int
    aside: dict[str, int]

    @property
    def set_aside(self) -> int:
        """Rows that cannot be read."""
        return sum(self.aside.values())


def is_number(id_: str) -> bool:
    """Say whether an act's id can be an event's number.

    >>> is_number("613248690"), is_number("x7"), is_number("9" * 30)
    (True, False, False)
    """
    return id_.isdecimal() and len(id_) <= _DIGITS


def find_mentions(path: Path) -> list[Path]:
    """Return a file as it is, of a folder its files of mentions; raises BadFile."""
    return files_in(path, FILE_NAMES)


def read_mentions(path: Path) -> MentionsFile:
    """Read a file of mentions, zipped or not; a headed sample with commas too.

    Raises BadFile, also where more than 5% of its rows cannot be read.
    """
    tables: list[pl.DataFrame] = []
    rows = misfit = unreadable = 0
    for table, misfits in _tables(path):
        time = pl.col("MentionTimeDate").str.to_datetime("%Y%m%d%H%M%S", strict=False)
        readable = table.select(
            pl.col("GLOBALEVENTID").cast(pl.Int64, strict=False).alias("id"),
            pl.col("MentionSourceName").str.to_lowercase().alias("outlet"),
            pl.col("MentionIdentifier").alias("document"),
            pl.col("MentionDocLen").cast(pl.Int64, strict=False).alias("length"),
            pl.col("MentionDocTone").cast(pl.Float64, strict=False).alias("tone"),
            time.alias("first"),
            time.alias("last"),
        ).drop_nulls(["id", "outlet", "first"])
        rows += table.height + misfits
        misfit += misfits
        unreadable += table.height - readable.height
        tables.append(once_each(readable))
    if misfit + unreadable > MOST_UNREADABLE * rows:
        raise BadFile(
            f"{misfit + unreadable} of the {rows} rows of '{path.name}' cannot be read",
            "GDELT 2.0 mentions",
            "fetch the file again",
        )
    aside = {WRONG_WIDTH: misfit, UNREADABLE: unreadable}
    return MentionsFile(
        once_each(pl.concat(tables)), rows, {reason: n for reason, n in aside.items() if n}
    )


def once_each(mentions: pl.DataFrame) -> pl.DataFrame:
    """Name every document once for an event and outlet, by id and outlet (MENTION_COLUMNS)."""
    times = [pl.col("first").min(), pl.col("last").max()]
    return mentions.group_by(_KEYS).agg(times).sort(_KEYS)


def count_outlets(mentions: pl.DataFrame, by: str = "id") -> pl.DataFrame:
    """Count who reported each event, or what else the column by tells apart.

    mentions has MENTION_COLUMNS and by. Returns by, outlets (distinct names), independent,
    mentions (distinct documents), first and last, sorted by by. Outlets are independent of one
    another unless they printed a text in common, also by way of a third: each such group counts
    once. Documents are one text if they agree in length and tone, and both are told.
    """
    counted = mentions.group_by(by).agg(
        pl.col("outlet").n_unique().cast(pl.Int64).alias("outlets"),
        pl.struct("outlet", "document").n_unique().cast(pl.Int64).alias("mentions"),
        pl.col("first").min(),
        pl.col("last").max(),
    )
    groups = _groups(mentions.select(by, "outlet", "length", "tone"), by)
    return counted.join(groups, on=by).select(
        by, "outlets", "independent", "mentions", "first", "last"
    ).sort(by)  # fmt: skip


def _groups(mentions: pl.DataFrame, by: str) -> pl.DataFrame:
    """Count the outlets of each event that no common text connects: columns by and independent."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    told = pl.col("length").is_not_null() & pl.col("tone").is_not_null()
    numbers = mentions.select(
        (pl.struct(by, "outlet").rank("dense") - 1).cast(pl.Int64).alias("outlet"),
        pl.when(told)
        .then(pl.struct(by, "length", "tone"))
        .rank("dense")
        .cast(pl.Int64)
        .alias("text"),
    )
    # Nodes are the outlets of each event, after them its texts.
    outlet = numbers["outlet"].to_numpy()
    texts = numbers.drop_nulls()
    first = outlet.max(initial=-1) + 1
    ends = texts["outlet"].to_numpy(), texts["text"].to_numpy() - 1 + first
    size = int(ends[1].max(initial=first - 1)) + 1
    edges = coo_array((np.ones(texts.height, dtype=np.int8), ends), shape=(size, size))
    _, group = connected_components(edges, directed=False)
    own = mentions.select(by).with_columns(pl.Series("group", group[outlet]))
    return own.group_by(by).agg(pl.col("group").n_unique().cast(pl.Int64).alias("independent"))


def outlets(paths: Path | Sequence[Path]) -> pl.DataFrame:
    """Count the outlets that mention each event, over files or the mentions files of folders.

    Returns what count_outlets does, with id (GLOBALEVENTID). Rows without id, source or time do
    not count. Raises BadFile, also where more than 5% of a file's rows cannot be read.
    """
    given = [paths] if isinstance(paths, Path) else paths
    files = [file for path in given for file in find_mentions(path)]
    return count_outlets(once_each(pl.concat([read_mentions(file).table for file in files])))


def _tables(path: Path) -> Iterator[tuple[pl.DataFrame, int]]:
    """Yield the wanted columns as text, and how many rows do not have 16 columns."""
    if _headed_by_commas(path):
        names = [name.lower() for name in _WANTED]
        for rows in quoted_rows(path, names, ","):
            yield (
                rows.frame.select(names).rename(dict(zip(names, _WANTED, strict=True))),
                (rows.aside.height),
            )
        return
    for block in blocks(path, BLOCK_BYTES, {MENTIONS.width: MENTIONS}):
        lines = split(block.text, MENTIONS, block.first_line)
        table = pl.DataFrame(schema=dict.fromkeys(_WANTED, pl.String))
        text = bytes(lines.text)
        if text:
            table = pl.read_csv(
                io.BytesIO(text),
                has_header=False,
                columns=[MENTIONS.place(name) for name in _WANTED],
                new_columns=list(MENTIONS.columns),
                separator="\t",
                quote_char=None,
                infer_schema=False,
                encoding="utf8" if text.isascii() else "utf8-lossy",
            ).select(_WANTED)
        yield table, lines.aside.height


def _headed_by_commas(path: Path) -> bool:
    first = next(inflate(path, 1 << 12), b"").partition(b"\n")[0].lower()
    return first.startswith(b"globaleventid,") and first.count(b",") + 1 == MENTIONS.width
