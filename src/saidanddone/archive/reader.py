"""The reader: which parts answer a question, and what they say together."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from itertools import product
from pathlib import Path

import narwhals as nw
import polars as pl

from saidanddone.archive import parts, tally
from saidanddone.archive.cells import combine, woven
from saidanddone.archive.coverage import cut
from saidanddone.archive.manifest import Manifest, Part
from saidanddone.model import Window

MOST_SPANS = 100
"""Spans of pairs that the manifest is asked for; of more most parts hold one anyway."""

PAIRS_APART = 16
"""Pairs that are put together one by one: a state and its predecessors toward another with its."""

PARTS_APART = 64
"""Parts that are read one by one, to see whether there is anything to add up between them."""


def months(window: Window) -> tuple[str, str]:
    """Return the first and last month (YYYY-MM) of a window, '' where it is open."""
    since, until = (day.isoformat()[:7] if day else "" for day in (window.since, window.until))
    return since, until


def cell_parts(
    manifest: Manifest,
    dataset: str,
    window: Window,
    sources: Collection[str] | None,
    targets: Collection[str] | None,
) -> list[Part]:
    """Return the parts of the tally that answer: by pair where the sources are known."""
    if sources is None:
        return manifest.parts(dataset, "by-month", *months(window))
    if not sources:
        return []
    found = manifest.parts(dataset, "by-pair", pairs=_spans(sources, targets))
    since, until = str(window.since or date.min), str(window.until or date.max)
    return [part for part in found if since <= part.last and part.first <= until]


def event_parts(
    manifest: Manifest,
    dataset: str,
    window: Window,
    sources: Collection[str] | None,
    targets: Collection[str] | None,
) -> list[Part]:
    """Return the parts of events that answer."""
    spans = [] if sources is None else _spans(sources, targets)
    return manifest.parts(dataset, "events", *months(window), pairs=spans)


def panel_parts(manifest: Manifest, dataset: str, window: Window, *, years: bool) -> list[Part]:
    """Return panels of the years (if wanted) and months of a window, and cells of the others."""
    since, until = months(window)
    inside = manifest.parts(dataset, "by-month", since, until)
    partly = cut(window)
    derived = parts.by_period(manifest.parts(dataset, "panel"))
    found: dict[str, list[Part]] = {}
    rest: list[Part] = []
    for part in inside:
        year = part.period[:4]
        whole = since <= f"{year}-01" and (not until or f"{year}-12" <= until)
        # Where a window cuts one of its months, or its end, a year is not whole.
        whole &= not any(month.startswith(year) for month in partly)
        at = year if years and whole and year in derived else part.period
        if at in derived and part.period not in partly:
            found[at] = derived[at]
        else:
            rest.append(part)
    return [*(part for panel in found.values() for part in panel), *rest]


def _spans(sources: Collection[str], targets: Collection[str] | None) -> list[tuple[str, str]]:
    if targets is None or len(sources) * len(targets) > MOST_SPANS:
        # '!' comes right after the blank of a pair's name.
        spans = [(f"{source} ", f"{source}!") for source in sources]
    else:
        spans = [(name, name) for name in (f"{s} {t}" for s, t in _pairs(sources, targets))]
    return spans if len(spans) <= MOST_SPANS else [(min(spans)[0], max(spans)[1])]


def _pairs(sources: Collection[str], targets: Collection[str]) -> list[tuple[str, str]]:
    return list(product(sorted(set(sources)), sorted(set(targets))))


def cells(
    root: Path,
    found: list[Part],
    window: Window,
    sources: Collection[str] | None,
    targets: Collection[str] | None,
    *,
    dates: Collection[date] | None = None,
) -> pl.DataFrame:
    """Read and select cells, sorted, each once."""
    conditions = tally.inside(window)
    if dates is not None:
        conditions.append(nw.col("date").is_in(sorted(dates)))
    if sources is None or len(found) > PARTS_APART:
        conditions += tally.between(sources, targets)
        scanned = parts.scan(root, found, parts.CELL_SCHEMA)
        return tally.merge(tally.select(scanned, conditions).collect())
    actors = _actors(sources, targets)
    scans = [parts.scan(root, [part], parts.CELL_SCHEMA).filter(actors) for part in found]
    tables = [pl.DataFrame(schema=parts.CELL_SCHEMA), *pl.collect_all(scans)]
    return tally.select(_together(tables, sources, targets), conditions)


def _actors(sources: Collection[str], targets: Collection[str] | None) -> list[pl.Expr]:
    """Say which rows are between actors, as tally.between does, but once for all parts.

    That is made anew for every table that it is asked of, which took half of the time of a pair.
    """
    found = []
    for name, ids in (("source", sources), ("target", targets)):
        column = pl.col(name)
        if ids is not None and len(ids) == 1:
            found.append(column == next(iter(ids)))
        elif ids:
            found += [column >= min(ids), column <= max(ids), column.is_in(sorted(ids))]
        elif ids is not None:
            found.append(pl.lit(value=False))
    return found


def _together(
    tables: list[pl.DataFrame], sources: Collection[str], targets: Collection[str] | None
) -> pl.DataFrame:
    """Put what several parts gave together, a few pairs one by one."""
    if targets is None or not 0 < len(sources) * len(targets) <= PAIRS_APART:
        return combine(tables)
    pairs = _pairs(sources, targets)
    if len(pairs) == 1:
        return woven(tables)
    of_pair = [(pl.col("source") == s) & (pl.col("target") == t) for s, t in pairs]
    return pl.concat(woven([table.filter(pair) for table in tables]) for pair in of_pair)


def as_acts(cells: pl.DataFrame, acts: pl.DataFrame, dataset: str) -> pl.DataFrame:
    """Return what cells hold beyond acts as rows of acts (EVENT_COLUMNS), one for a cell."""
    told = tally.count(acts).with_columns(-pl.col("reports"))
    rest = tally.merge(pl.concat([cells, told])).filter(pl.col("reports") > 0)
    reports = pl.col("reports")
    said = pl.format(
        "{} report{}", reports, pl.when(reports == 1).then(pl.lit("")).otherwise(pl.lit("s"))
    )
    known = rest.with_columns(
        pl.lit("did").alias("mode"), pl.lit(dataset).alias("dataset"), said.alias("text")
    )
    return known.select(
        pl.col(name) if name in known.columns else pl.lit(None, type_).alias(name)
        for name, type_ in parts.EVENT_SCHEMA.items()
    )
