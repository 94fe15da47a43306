"""The check: an archive is whole, or this names what is not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Literal

import polars as pl

from saidanddone.archive import parts, tally
from saidanddone.archive.lock import locked
from saidanddone.archive.manifest import NAME, Kind, Manifest, Part
from saidanddone.errors import CannotWrite

_RESTORE = "restore it from a copy, or ingest its files into a new archive"
_Found = dict[str, list[Part]]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be, at a path in the archive; a note does no harm."""

    severity: Literal["fault", "note"]
    where: str
    what: str
    do: str


def check(root: Path) -> list[Finding]:
    """Prove an archive whole: an empty list, or what is wrong with it.

    Every part is there with its bytes and rows, every file's rows balance, and both layouts of the
    tally are what the events give when they are counted again, month by month. No ingest can run
    meanwhile; raises BusyArchive, and NewerArchive or DamagedArchive if the manifest is unreadable.
    """
    try:
        with locked(root):
            return list(_findings(root))
    except CannotWrite:  # on a read-only disk nobody writes
        return list(_findings(root))


def _findings(root: Path) -> Iterator[Finding]:
    with Manifest.opened(root) as manifest:
        wrong = manifest.faults()
        files = manifest.files()
        listed = manifest.parts()
        datasets = manifest.datasets()
    yield from (Finding("fault", NAME, fault, _RESTORE) for fault in wrong)
    damaged: set[str] = set()
    for part in listed:
        fault = _fault(root, part)
        if fault is not None:
            damaged.add(part.path)
            origin = [
                f.name for f in files if part.file in {f.id, None} and f.dataset == part.dataset
            ]
            named = f"{_RESTORE} ({', '.join(origin[:3])}{', ...' if origin[3:] else ''})"
            yield Finding("fault", part.path, fault, named)
    for file in files:
        rows = sum(part.rows for part in listed if part.file == file.id)
        if rows != file.acts:
            what = f"{file.name} gave {file.acts} acts and the archive lists {rows} of them"
            yield Finding("fault", NAME, what, _RESTORE)
    for path in parts.unlisted(root, listed):
        where = path.relative_to(root).as_posix()
        do = "nothing: the next ingest removes it"
        yield Finding("note", where, "left by an ingest that was interrupted; never read", do)
    for dataset in datasets:
        yield from _recount(root, dataset, listed, damaged)


def _fault(root: Path, part: Part) -> str | None:
    """Say what is wrong with a part's file."""
    path = root / part.path
    try:
        size = path.stat().st_size
        if size != part.bytes:
            return f"it has {size} bytes and was written with {part.bytes}"
        if parts.hash_of(path) != part.sha256:
            return "its bytes are not those that were written"
        columns = ["date", "precision", "reports"]
        found = parts.measure(pl.read_parquet(path, columns=columns, glob=False))
    except FileNotFoundError:
        return "it is missing"
    except (OSError, pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
        return f"it cannot be read ({str(error).splitlines()[0]})"
    if found != (part.rows, part.reports, part.first, part.last):
        return "it holds other rows, reports or days than the manifest says"
    return None


def _recount(root: Path, dataset: str, listed: list[Part], damaged: set[str]) -> Iterator[Finding]:
    """Count a dataset's events again and compare both layouts, year by year and month by month."""
    periods: dict[Kind, _Found] = {"events": {}, "by-month": {}, "by-pair": {}}
    for part in listed:
        if part.dataset == dataset:
            periods[part.kind].setdefault(part.period, []).append(part)
    events, by_month, by_pair = periods["events"], periods["by-month"], periods["by-pair"]
    years = {period[:4] for found in periods.values() for period in found}
    months = sorted(events.keys() | by_month.keys())
    for year, in_year in groupby(sorted(months + sorted(years)), key=lambda period: period[:4]):
        counted: list[pl.DataFrame] | None = []
        for month in in_year:
            if month == year:
                continue
            sound = [part for part in events.get(month, []) if part.path not in damaged]
            if len(sound) < len(events.get(month, [])):
                counted = None  # its damage has been named
                continue
            cells = tally.count(_table(root, sound, parts.EVENT_SCHEMA))
            yield from _compare(
                root, cells, by_month.get(month, []), month, where=dataset, damaged=damaged
            )
            if counted is not None:
                counted.append(cells)
        if counted is not None:
            empty = pl.DataFrame(schema=parts.CELL_SCHEMA)
            cells = tally.merge(pl.concat([empty, *counted]))
            yield from _compare(
                root, cells, by_pair.get(year, []), year, where=dataset, damaged=damaged
            )


def _compare(
    root: Path,
    cells: pl.DataFrame,
    found: list[Part],
    period: str,
    *,
    where: str,
    damaged: set[str],
) -> Iterator[Finding]:
    if any(part.path in damaged for part in found):
        return  # its damage has been named
    if not tally.ordered(_table(root, found, parts.CELL_SCHEMA)).equals(cells):
        what = f"the tally of {period} is not what the events of {where} give"
        yield Finding("fault", found[0].path if found else NAME, what, _RESTORE)


def _table(root: Path, listed: list[Part], schema: dict[str, pl.DataType]) -> pl.DataFrame:
    empty = pl.DataFrame(schema=schema)
    tables = [pl.read_parquet(root / part.path, glob=False) for part in listed]
    return pl.concat([empty, *tables])
