"""Parts: the Parquet files of an archive, written once, never changed."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import polars as pl

from saidanddone.archive.cells import pair_of
from saidanddone.archive.manifest import Kind, Part
from saidanddone.archive.tally import TALLY_COLUMNS
from saidanddone.errors import BadChoice, CannotWrite, DamagedArchive
from saidanddone.model import ACT_COLUMNS, Column

EVENT_COLUMNS: tuple[Column, ...] = (
    *ACT_COLUMNS,
    Column("dataset", "String", "name of the dataset"),
    Column("file", "String", "SHA-256 of the input file"),
)
"""Columns of the events: those of an act, and where it came from."""

ROWS_IN_A_GROUP = 16_384
"""Of 3 million acts in 36 months, one pair takes 1.7 to 2 times as long to find in groups of 2,048
or 4,096 rows, and its events 1.5 times as long in groups of 32,768."""

CELLS_IN_A_GROUP = 2 * ROWS_IN_A_GROUP
"""Cells are read by the hundred thousand: with LZ4, in groups of this size, a pair's 1.5 million
take three quarters of the time that they take as events are written, for a fifth more bytes."""

STAGING = "staging"
_NAME = r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}"
PARQUET_FOLDERS = ("events", "tally", STAGING)


def schema(columns: Iterable[Column]) -> dict[str, pl.DataType]:
    """Return the Polars types of columns.

    >>> schema(ACT_COLUMNS)["valence"]
    Int8
    """
    return {column.name: getattr(pl, column.type)() for column in columns}


ACT_SCHEMA = schema(ACT_COLUMNS)
EVENT_SCHEMA = schema(EVENT_COLUMNS)
CELL_SCHEMA = schema(TALLY_COLUMNS)


def require_name(dataset: str) -> None:
    """Raise BadChoice for a name that no dataset can have: it names folders on every system."""
    if not re.fullmatch(_NAME, dataset):
        raise BadChoice(
            f"'{dataset}' cannot be the name of a dataset",
            "up to 64 letters, digits, dots, hyphens and underscores, a letter or digit first",
            "choose another name with --dataset",
        )


def path_of(kind: Kind, dataset: str, period: str, run: int, serial: int = 0) -> str:
    """Name a part by the run that it belongs to and, from the second on, its place in it.

    >>> path_of("by-pair", "icews", "all", 3)
    'tally/by-pair/icews/all-000003.parquet'
    >>> path_of("events", "icews", "2018-01", 3, 1)
    'events/icews/2018-01/000003-1.parquet'
    """
    name = f"{run:06d}-{serial}" if serial else f"{run:06d}"
    if kind == "events":
        return f"events/{dataset}/{period}/{name}.parquet"
    return f"tally/{kind}/{dataset}/{period}-{name}.parquet"


def write(
    root: Path,
    kind: Kind,
    dataset: str,
    period: str,
    table: pl.DataFrame,
    *,
    run: int,
    serial: int = 0,
) -> Part:
    """Write a sorted table with at least one row as a new part, down to the disk.

    Its folders are made, but not yet synced: see :func:`sync_folders`. Raises CannotWrite.
    """
    relative = path_of(kind, dataset, period, run, serial)
    path = root / relative
    with writing_to(root):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_parquet(path, table, cells=kind != "events")
        size, sha256 = path.stat().st_size, hash_of(path)
    rows, reports, first, last = measure(table)
    return Part(
        path=relative,
        kind=kind,
        dataset=dataset,
        period=period,
        file=None,
        rows=rows,
        reports=reports,
        first=first,
        last=last,
        bytes=size,
        sha256=sha256,
        run=run,
        low=pair_of(table, 0),
        high=pair_of(table, -1),
    )


def by_period(listed: Iterable[Part]) -> dict[str, list[Part]]:
    """Return the parts of each period, in order of their pairs."""
    found: dict[str, list[Part]] = {}
    for part in sorted(listed, key=lambda part: (part.period, part.low)):
        found.setdefault(part.period, []).append(part)
    return found


def sync_folders(root: Path, written: Iterable[Part]) -> None:
    """Write the lists of files of all folders of new parts down to the disk."""
    with writing_to(root):
        folders = {folder for part in written for folder in Path(part.path).parents}
        for folder in sorted(folders, reverse=True):
            sync(root / folder)


def write_parquet(path: Path, table: pl.DataFrame, *, cells: bool = False) -> None:
    """Write a table to a new file and down to the disk."""
    with path.open("xb") as file:
        if cells:
            table.write_parquet(file, row_group_size=CELLS_IN_A_GROUP, compression="lz4")
        else:
            # Level 1 saves a quarter of what it takes to write events, for a tenth more bytes.
            table.write_parquet(file, row_group_size=ROWS_IN_A_GROUP, compression_level=1)
        file.flush()
        os.fsync(file.fileno())


def verify(root: Path, part: Part) -> None:
    """Raise DamagedArchive unless a part is as it was written, byte for byte."""
    with reading(root):
        if hash_of(root / part.path) != part.sha256:
            raise damaged(root, f"the bytes of {part.path} are not those that were written")


def scan(root: Path, listed: Sequence[Part], schema: dict[str, pl.DataType]) -> pl.LazyFrame:
    """Scan parts; columns that an earlier version did not write are null."""
    if not listed:
        return pl.LazyFrame(schema=schema)
    paths = [root / part.path for part in listed]
    return pl.scan_parquet(paths, schema=schema, glob=False, missing_columns="insert")


def measure(table: pl.DataFrame) -> tuple[int, int, str, str]:
    """Return a table's rows, its reports, and its first and last day."""
    first, last = table["date"].min(), table["date"].max()
    if "precision" in table.columns and (table["precision"] != "day").any():
        # The last days of three rows, not of all.
        ends = table.group_by("precision").agg(pl.col("date").max())
        last = ends.select(last_day().max()).item()
    return table.height, int(table["reports"].sum()), str(first), str(last)


def last_day() -> pl.Expr:
    """Return the last day of the columns date and precision."""
    span = pl.col("precision").replace_strict({"day": "1d", "month": "1mo", "year": "1y"})
    return pl.col("date").dt.offset_by(span).dt.offset_by("-1d")


def hash_of(path: Path) -> str:
    """Return the SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync(folder: Path) -> None:
    """Write a folder's list of files down to the disk, where the system can."""
    with suppress(PermissionError):  # Windows opens no folders, and needs no sync of them
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def unlisted(root: Path, listed: Iterable[Part]) -> list[Path]:
    """Return the Parquet files that the manifest does not list: what a killed ingest left."""
    known = {root / part.path for part in listed}
    found = (path for name in PARQUET_FOLDERS for path in (root / name).rglob("*.parquet"))
    return sorted(path for path in found if path not in known)


def remove(root: Path, paths: Iterable[Path]) -> None:
    """Delete files and the folders that become empty; one that cannot be deleted stays."""
    for path in paths:
        with suppress(OSError):
            path.unlink(missing_ok=True)
            for folder in path.parents:
                if folder == root:
                    break
                folder.rmdir()


def damaged(root: Path, what: str) -> DamagedArchive:
    """Return the error for a part that is not as it was written."""
    return DamagedArchive(
        f"the archive '{root}' has a part that cannot be read ({what})",
        "every part as it was written",
        f"name what is wrong with: saidanddone check --archive {root}",
    )


@contextmanager
def reading(root: Path) -> Iterator[None]:
    """Turn the errors of a missing or broken part into DamagedArchive."""
    try:
        yield
    except (OSError, pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
        raise damaged(root, str(error).partition("\n")[0]) from error


@contextmanager
def writing_to(root: Path) -> Iterator[None]:
    """Turn the errors of a full or closed disk into CannotWrite."""
    try:
        yield
    except (OSError, pl.exceptions.PolarsError) as error:
        raise CannotWrite(
            f"the archive '{root}' cannot be written ({error})",
            "a folder that can be written, with room on the disk",
            "make room or choose another folder and ingest again: what is there counts once",
        ) from error
