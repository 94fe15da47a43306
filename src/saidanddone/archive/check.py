"""The check: an archive is whole, or this names what is not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import polars as pl

from saidanddone.archive import indicators, parts, recount
from saidanddone.archive.cells import pair_of
from saidanddone.archive.lock import locked
from saidanddone.archive.manifest import NAME, InputFile, Manifest, Part
from saidanddone.errors import CannotWrite

RESTORE = "restore it from a copy, or ingest its files into a new archive"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be, at a path in the archive; a note does no harm."""

    severity: Literal["fault", "note"]
    where: str
    what: str
    do: str


def check(root: Path) -> list[Finding]:
    """Prove an archive whole: an empty list, or what is wrong with it.

    Every part is there with its bytes, rows and order, every file's rows balance, and all layouts
    of the tally are what the events give when they are counted again, month by month; of files
    whose events are not kept, what their cells' digests in the manifest add up to. No ingest can
    run meanwhile; raises BusyArchive, and NewerArchive or DamagedArchive if the manifest is
    unreadable.
    """
    try:
        with locked(root):
            return list(_findings(root))
    except CannotWrite:  # on a read-only disk nobody writes
        return list(_findings(root))


def _findings(root: Path) -> Iterator[Finding]:
    from saidanddone.archive import mentions

    with Manifest.opened(root) as manifest:
        wrong = manifest.faults()
        files = manifest.files()
        listed = manifest.parts()
        datasets = manifest.datasets()
    yield from (Finding("fault", NAME, fault, RESTORE) for fault in wrong)
    damaged: set[str] = set()
    for part in listed:
        fault = _fault(root, part)
        if fault is not None:
            damaged.add(part.path)
            yield Finding("fault", part.path, fault, f"{RESTORE} ({_origin(part, files)})")
    for where, what in [*indicators.faults(root), *mentions.faults(root)]:
        yield Finding("fault", where, what, RESTORE)
    for path in [*parts.unlisted(root, listed), *mentions.unlisted(root)]:
        where = path.relative_to(root).as_posix()
        do = "nothing: the next ingest removes it"
        yield Finding("note", where, "left by an ingest that was interrupted; never read", do)
    for dataset in datasets:
        of_it = [part for part in listed if part.dataset == dataset]
        its_files = [file for file in files if file.dataset == dataset]
        for where, what in recount.wrong(root, dataset, its_files, of_it, damaged):
            yield Finding("fault", where, what, RESTORE)


def _origin(part: Part, files: Sequence[InputFile]) -> str:
    names = [f.name for f in files if f.dataset == part.dataset and part.file in {f.id, None}]
    return f"{', '.join(names[:3])}{', ...' if names[3:] else ''}"


def _fault(root: Path, part: Part) -> str | None:
    """Say what is wrong with a part's file."""
    path = root / part.path
    try:
        size = path.stat().st_size
        if size != part.bytes:
            return f"it has {size} bytes and was written with {part.bytes}"
        if parts.hash_of(path) != part.sha256:
            return "its bytes are not those that were written"
        columns = ["source", "target", "date", "reports"]
        columns += [] if part.kind == "panel" else ["precision"]
        table = pl.read_parquet(path, columns=columns, glob=False)
        found = parts.measure(table)
    except FileNotFoundError:
        return "it is missing"
    except (OSError, pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
        return f"it cannot be read ({str(error).splitlines()[0]})"
    if found != (part.rows, part.reports, part.first, part.last):
        return "it holds other rows, reports or days than the manifest says"
    if part.low:
        pairs = table.select(pl.struct("source", "target").alias("pair"))["pair"]
        if not pairs.is_sorted() or (part.low, part.high) != (
            pair_of(table, 0),
            pair_of(table, -1),
        ):
            return "its pairs are not in order, or not those that the manifest says"
    return None
