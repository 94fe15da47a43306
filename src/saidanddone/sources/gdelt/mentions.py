"""Mentions: which outlets reported an event, from GDELT 2.0's files of mentions (16 columns)."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from saidanddone.errors import BadFile
from saidanddone.sources.delimited import quoted_rows
from saidanddone.sources.folder import files_in
from saidanddone.sources.gdelt.blocks import BLOCK_BYTES, blocks
from saidanddone.sources.gdelt.inflate import inflate
from saidanddone.sources.gdelt.layouts import MENTIONS
from saidanddone.sources.gdelt.split import split

FILE_NAMES = ("*.mentions.csv.zip", "*.mentions.csv")

MOST_UNREADABLE = 0.05
"""A file of which more cannot be read is refused, as in the archive (house.md)."""

_WANTED = ("GLOBALEVENTID", "MentionTimeDate", "MentionSourceName", "MentionIdentifier")


def outlets(paths: Path | Sequence[Path]) -> pl.DataFrame:
    """Count the outlets that mention each event, over files or the mentions files of folders.

    Returns id (GLOBALEVENTID), outlets (distinct names of sources), mentions (distinct documents),
    first and last (Datetime, UTC), sorted by id. An outlet's name is compared in lower case; two
    outlets that print the same agency's report are two. Rows without id, source or time do not
    count. A headed sample with commas is read too. Raises BadFile, also where more than 5% of a
    file's rows cannot be read.
    """
    given = [paths] if isinstance(paths, Path) else paths
    files = [file for path in given for file in files_in(path, FILE_NAMES)]
    keys = ["id", "outlet", "document"]
    times = [pl.col("first").min(), pl.col("last").max()]
    seen = pl.concat([pl.concat(list(_file(file))) for file in files])
    return (
        seen.group_by(keys)
        .agg(times)
        .group_by("id")
        .agg(
            pl.col("outlet").n_unique().cast(pl.Int64).alias("outlets"),
            pl.len().cast(pl.Int64).alias("mentions"),
            *times,
        )
        .sort("id")
    )


def _file(path: Path) -> Iterator[pl.DataFrame]:
    """Yield id, outlet, document, first and last for what is mentioned in each block."""
    rows = unreadable = 0
    for table, misfits in _tables(path):
        readable = table.select(
            pl.col("GLOBALEVENTID").alias("id"),
            pl.col("MentionSourceName").str.to_lowercase().alias("outlet"),
            pl.col("MentionIdentifier").alias("document"),
            pl.col("MentionTimeDate").str.to_datetime("%Y%m%d%H%M%S", strict=False).alias("time"),
        ).drop_nulls(["id", "outlet", "time"])
        rows += table.height + misfits
        unreadable += table.height - readable.height + misfits
        yield readable.group_by("id", "outlet", "document").agg(
            pl.col("time").min().alias("first"), pl.col("time").max().alias("last")
        )
    if unreadable > MOST_UNREADABLE * rows:
        raise BadFile(
            f"{unreadable} of the {rows} rows of '{path.name}' cannot be read",
            "GDELT 2.0 mentions",
            "fetch the file again",
        )


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
