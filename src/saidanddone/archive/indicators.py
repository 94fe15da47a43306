"""Indicators in an archive: beside the events, in tables of their own, listed in the manifest.

One Parquet file an input file, under indicators/; a file that the manifest does not list is no part
of the archive. The manifest's table is made when the first indicators come: earlier versions read
such an archive as before, without them.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import polars as pl

from saidanddone.archive import parts, schema
from saidanddone.archive.database import connect, sqlite_errors
from saidanddone.archive.lock import locked
from saidanddone.archive.manifest import NAME as MANIFEST
from saidanddone.archive.report import FileReport
from saidanddone.errors import BadFile
from saidanddone.sources.indicators import INDICATOR_COLUMNS, IndicatorTable, Measure

FOLDER = "indicators"
SCHEMA = parts.schema(INDICATOR_COLUMNS)
KEY = ["source", "target", "year", "measure"]

_TABLE = """
CREATE TABLE IF NOT EXISTS indicators (
    dataset TEXT NOT NULL, sha256 TEXT NOT NULL, name TEXT NOT NULL, shape TEXT NOT NULL,
    rows INTEGER NOT NULL, kept INTEGER NOT NULL, set_aside INTEGER NOT NULL,
    filtered INTEGER NOT NULL, reasons TEXT NOT NULL, measures TEXT NOT NULL,
    path TEXT NOT NULL, bytes INTEGER NOT NULL, part_sha256 TEXT NOT NULL,
    PRIMARY KEY (dataset, sha256), CHECK (rows = kept + set_aside + filtered)
)
"""


@dataclass(frozen=True, slots=True)
class HeldIndicators:
    """A file of indicators that the archive holds: its dataset, measures and part."""

    dataset: str
    sha256: str
    name: str
    measures: tuple[Measure, ...]
    path: str
    bytes: int
    part_sha256: str


def held(root: Path) -> tuple[HeldIndicators, ...]:
    """Return what an archive holds, by dataset and file; raises DamagedArchive."""
    with sqlite_errors(root), closing(connect(root / MANIFEST)) as connection:
        if not _has_table(connection):
            return ()
        rows = connection.execute(
            "SELECT dataset, sha256, name, measures, path, bytes, part_sha256 FROM indicators"
            " ORDER BY dataset, sha256"
        ).fetchall()
    return tuple(
        HeldIndicators(
            dataset, sha256, name, tuple(Measure(**m) for m in json.loads(measures)), *part
        )
        for dataset, sha256, name, measures, *part in rows
    )


def scan(root: Path, which: HeldIndicators) -> pl.LazyFrame:
    """Scan the values of a file (INDICATOR_COLUMNS), by measure, year, source and target."""
    return pl.scan_parquet(root / which.path, schema=SCHEMA, glob=False)


def measures(root: Path) -> list[tuple[str, Measure, pl.LazyFrame]]:
    """Return every measure with its dataset and its values (INDICATOR_COLUMNS), not read yet.

    A measure that several files of a dataset gave covers the years of them all.
    """
    found: dict[tuple[str, str], tuple[Measure, list[pl.LazyFrame]]] = {}
    for one in held(root):
        for measure in one.measures:
            values = scan(root, one).filter(pl.col("measure") == measure.name)
            before, others = found.get((one.dataset, measure.name), (measure, []))
            whole = replace(
                measure,
                since=min(measure.since, before.since),
                until=max(measure.until, before.until),
            )
            found[one.dataset, measure.name] = whole, [*others, values]
    return [
        (dataset, measure, pl.concat(values)) for (dataset, _), (measure, values) in found.items()
    ]


def add(root: Path, path: Path, sha256: str, found: IndicatorTable) -> FileReport:
    """Make a file's indicators part of an archive: whole or not at all, and once.

    Raises BadFile where the dataset has another value for the same pair, year and measure, or
    describes a measure otherwise; CannotWrite, BusyArchive.
    """
    parts.require_name(found.dataset)
    with locked(root):
        schema.migrate(root, MANIFEST)
        listed = [one for one in held(root) if one.dataset == found.dataset]
        if any(one.sha256 == sha256 for one in listed):
            return FileReport(path, sha256, "already there", 0, 0, 0, 0, {})
        for one in listed:
            _fits(root, path, one, found)
        relative = f"{FOLDER}/{found.dataset}/{sha256[:16]}.parquet"
        part = root / relative
        with parts.writing_to(root):
            part.parent.mkdir(parents=True, exist_ok=True)
            part.unlink(missing_ok=True)  # left by an ingest that was killed
            ordered = found.table.sort("measure", "year", "source", "target")
            parts.write_parquet(part, ordered.cast(SCHEMA))  # type: ignore[arg-type]
            for folder in part.relative_to(root).parents:
                parts.sync(root / folder)
            size, part_sha256 = part.stat().st_size, parts.hash_of(part)
        record: dict[str, Any] = {
            "dataset": found.dataset,
            "sha256": sha256,
            "name": path.name,
            "shape": found.shape,
            "rows": found.rows,
            "kept": found.kept,
            "set_aside": found.set_aside,
            "filtered": found.filtered,
            "reasons": json.dumps(found.reasons),
            "measures": json.dumps([asdict(m) for m in found.measures], ensure_ascii=False),
            "path": relative,
            "bytes": size,
            "part_sha256": part_sha256,
        }
        with sqlite_errors(root, writing=True), closing(connect(root / MANIFEST)) as connection:
            connection.execute("PRAGMA synchronous = EXTRA")
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(_TABLE)
            marks = ", ".join("?" * len(record))
            connection.execute(
                f"INSERT INTO indicators ({', '.join(record)}) VALUES ({marks})",
                list(record.values()),
            )
            connection.execute("COMMIT")
    return FileReport(
        path, sha256, "ingested", found.rows, found.kept, found.set_aside, found.filtered,
        found.reasons,
    )  # fmt: skip


def faults(root: Path) -> Iterator[tuple[str, str]]:
    """Yield where and what of every part of indicators that is not as it was written."""
    for one in held(root):
        path = root / one.path
        if not path.is_file():
            yield one.path, "it is missing"
        elif path.stat().st_size != one.bytes or parts.hash_of(path) != one.part_sha256:
            yield one.path, "its bytes are not those that were written"


def _fits(root: Path, path: Path, one: HeldIndicators, found: IndicatorTable) -> None:
    """Refuse a file that says of a held measure what another file has said already."""
    meant = {m.name: (m.unit, m.directed, m.direction, m.absent, m.adds) for m in one.measures}
    do = "give it a dataset of its own with --dataset"
    for measure in found.measures:
        same = (
            measure.unit, measure.directed, measure.direction, measure.absent, measure.adds
        )  # fmt: skip
        if meant.get(measure.name, same) != same:
            raise BadFile(
                f"'{path}' describes '{measure.name}' otherwise than '{one.name}' did",
                f"the same unit and meaning within the dataset '{one.dataset}'",
                do,
            )
    with parts.reading(root):
        both = scan(root, one).join(found.table.lazy(), on=KEY, how="semi").head(1).collect()
    if both.height:
        row = both.row(0, named=True)
        raise BadFile(
            f"'{path}' has values that '{one.name}' gave already ({row['measure']} of "
            f"{row['source']} and {row['target']} in {row['year']})",
            f"each value once in the dataset '{one.dataset}'",
            do,
        )


def _has_table(connection: sqlite3.Connection) -> bool:
    found = connection.execute(
        "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'indicators'"
    )
    return found.fetchone() is not None
