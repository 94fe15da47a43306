"""The recount: what a dataset's events and files give, against every layout of its tally."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from saidanddone.archive import digest, parts, runs, tally
from saidanddone.archive.manifest import NAME, InputFile, Kind, Part
from saidanddone.archive.panel import SCHEMA, by_year, panel
from saidanddone.archive.run import as_table

Wrong = tuple[str, str]
"""Where, and what is wrong there."""

_Digests = dict[str, int]
"""Digests of cells by month (YYYY-MM)."""

_MONTH = pl.col("date").dt.strftime("%Y-%m")
_COUNTED = [*(name for name in tally.KEYS), "reports", "mode", "file"]


def wrong(
    root: Path,
    dataset: str,
    files: Sequence[InputFile],
    listed: Sequence[Part],
    damaged: set[str],
) -> Iterator[Wrong]:
    """Yield what does not agree; parts whose damage was named are left out, and what hangs on them.

    In memory is at most a part, and a month's digests.
    """
    kinds: dict[Kind, list[Part]] = {"events": [], "by-month": [], "by-pair": [], "panel": []}
    for part in listed:
        kinds[part.kind].append(part)
    broken = {kind: [p for p in found if p.path in damaged] for kind, found in kinds.items()}
    sound = {kind: [p for p in found if p.path not in damaged] for kind, found in kinds.items()}
    rows: Counter[str] = Counter()
    events = _of_events(root, sound["events"], rows)
    by_month = _of_cells(root, sound["by-month"])
    by_pair = _of_cells(root, sound["by-pair"])
    if not broken["events"]:
        yield from _lost_events(files, rows)
    unsure = {part.period for part in broken["events"] + broken["by-month"]}
    bare = [file for file in files if file.keep == "tally"]
    told = f"what the events of {dataset} give"
    if not bare:
        for month in sorted(_differing(events, by_month) - unsure):
            where = next((p.path for p in kinds["by-month"] if p.period == month), NAME)
            yield where, f"the tally of {month} is not {told}"
    elif not broken["events"] and not broken["by-month"]:
        expected = digest.total([*events.values(), *(file.digest for file in bare)])
        if expected != digest.total(by_month.values()):
            yield NAME, f"the tally by month is not {told} with the files that have none"
    if not broken["by-pair"]:
        truth = by_month if bare else events
        months = sorted(_differing(truth, by_pair) - unsure)
        if months:
            told = f"that by month of {dataset}" if bare else told
            named = ", ".join(months[:3]) + (", ..." if months[3:] else "")
            where = kinds["by-pair"][0].path if kinds["by-pair"] else NAME
            yield where, f"the tally by pair is not {told} (in {named})"
    yield from _wrong_panels(root, sound, unsure, {part.period for part in broken["panel"]})


def _differing(some: _Digests, others: _Digests) -> set[str]:
    return {month for month in some.keys() | others.keys() if some.get(month) != others.get(month)}


def _of_events(root: Path, events: Sequence[Part], rows: Counter[str]) -> _Digests:
    found: _Digests = {}
    for part in events:
        table = parts.scan(root, [part], parts.EVENT_SCHEMA).select(_COUNTED).collect()
        rows.update(dict(table.group_by("file").len().iter_rows()))
        _add(found, digest.by(tally.count(table), _MONTH))
    return found


def _of_cells(root: Path, cells: Sequence[Part]) -> _Digests:
    found: _Digests = {}
    for part in cells:
        _add(found, digest.by(parts.scan(root, [part], parts.CELL_SCHEMA).collect(), _MONTH))
    return found


def _add(found: _Digests, more: dict[object, int]) -> None:
    for month, number in more.items():
        found[str(month)] = digest.total([found.get(str(month), 0), number])


def _lost_events(files: Sequence[InputFile], rows: Counter[str]) -> Iterator[Wrong]:
    for file in files:
        kept = file.acts if file.keep == "events" else 0
        if rows[file.sha256] != kept:
            held = rows[file.sha256]
            yield NAME, f"{file.name} gave {kept} acts and the archive lists {held} of them"


def _wrong_panels(
    root: Path, sound: dict[Kind, list[Part]], unsure: set[str], broken: set[str]
) -> Iterator[Wrong]:
    for period, written in parts.by_period(sound["panel"]).items():
        if period in broken or any(month.startswith(period) for month in unsure):
            continue
        months = [part for part in sound["by-month"] if part.period.startswith(period)]
        cells = runs.merge(root, months, []) if months else []
        counted = [panel(as_table(stretch)) for stretch in cells]
        if len(period) == 4 and counted:
            counted = [by_year(pl.concat(counted))]
        held = parts.scan(root, written, SCHEMA).collect()
        if not counted or not pl.concat(counted).equals(held):
            yield written[0].path, f"the panel of {period} is not what its cells give"
