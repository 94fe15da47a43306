"""What a source is: a reader that turns the bytes of a file into acts, batch by batch."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, Protocol, runtime_checkable

import polars as pl

BATCH_ROWS = 100_000
"""Rows in a batch: about 40 MB as strings, and few enough batches that their cost does not show."""

CONTENT_CHARACTERS = 200
"""How much of a row that was set aside is kept: enough to recognise it by."""

ASIDE_SCHEMA: dict[str, pl.DataType] = {
    "line": pl.Int64(),
    "reason": pl.String(),
    "content": pl.String(),
}

SOURCE_UNKNOWN = "source is no state or organisation known"
TARGET_UNKNOWN = "target is no state or organisation known"
SAME_STATE = "same state on both sides"
ALL_ZERO = "all four counts are zero"


@dataclass(frozen=True, slots=True)
class Dataset:
    """What a dataset is, as the archive records it.

    grain is "year" for published counts. roles says that the source gives sectors or roles, so
    that its government acts can be told apart. missing names what the source cannot give. breaks
    are the days on which the dataset itself began to count otherwise, each with what changed.
    """

    name: str
    kind: Literal["census", "selection"]
    grain: Literal["day", "year"]
    roles: bool
    title: str
    citation: str
    missing: tuple[str, ...]
    breaks: tuple[tuple[date, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """A stretch of a file; rows read = kept + aside.height + sum(filtered.values()).

    acts has exactly model.ACT_COLUMNS. kept counts input rows: one row of counts can give up to
    four acts. aside has the columns line (Int64), reason and content (String): rows that cannot
    be read. filtered counts, by reason, rows that are readable but no act between two states.
    """

    acts: pl.DataFrame
    kept: int
    aside: pl.DataFrame
    filtered: dict[str, int]


@dataclass(frozen=True, slots=True)
class CountedBatch:
    """A stretch of a file counted at once; rows read = kept + aside.height + filtered rows.

    cells has exactly model.CELL_COLUMNS, each cell once. acts is how many acts they count; aside
    and filtered are those of a Batch.
    """

    cells: pl.DataFrame
    kept: int
    acts: int
    aside: pl.DataFrame
    filtered: dict[str, int]


class Source(Protocol):
    """A reader of one format."""

    format: str

    @property
    def dataset(self) -> Dataset:
        """What the dataset is; for a case known once find or read has seen its case.toml."""
        ...

    @property
    def fingerprint(self) -> str:
        """A hash of format and settings: two mappings of one file have different ones."""
        ...

    def find(self, path: Path) -> list[Path]:
        """Return the files to read: a file as it is, of a folder those that bear the names.

        Raises BadFile if there is none.
        """
        ...

    def read(self, path: Path) -> Iterator[Batch]:
        """Yield the file's batches; raises BadFile, also after batches were yielded."""
        ...


@runtime_checkable
class CountingSource(Source, Protocol):
    """A reader that can also count a file straight into cells, faster than through its acts."""

    def count(self, path: Path) -> Iterator[CountedBatch]:
        """Yield the cells of the file's batches: those that its acts would be counted into."""
        ...


def fingerprint(format_name: str, settings: object) -> str:
    """Hash a format and its settings; the order of keys does not matter.

    >>> fingerprint("table", {"a": 1, "b": 2}) == fingerprint("table", {"b": 2, "a": 1})
    True
    """
    canonical = json.dumps([format_name, settings], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()[:16]
