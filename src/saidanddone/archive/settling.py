"""Settling: after an ingest every month is one run again, with panels of months and years."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

import polars as pl

from saidanddone.archive import parts, runs
from saidanddone.archive.change import Change, commit
from saidanddone.archive.manifest import Manifest, Part
from saidanddone.archive.numbered_panel import panel_of
from saidanddone.archive.panel import SCHEMA, by_year
from saidanddone.archive.run import as_table
from saidanddone.archive.writer import PANEL_CELLS, PANEL_ROWS, PanelWriter, Writer
from saidanddone.sources.source import Dataset

MONTHS_IN_A_COMMIT = 12
"""A commit takes as long as writing a month; of twelve months it hardly shows."""


def settle(root: Path, manifest: Manifest, dataset: Dataset) -> None:
    """Merge the runs of every month and write the panels that are missing.

    Where all is settled this is one question to the manifest. Raises CannotWrite, DamagedArchive.
    """
    unsettled = list(_unsettled(manifest, dataset.name))
    for start in range(0, len(unsettled), MONTHS_IN_A_COMMIT):
        with Writer(root, manifest, dataset.name) as writer:
            for period, listed in unsettled[start : start + MONTHS_IN_A_COMMIT]:
                _settle_month(root, writer, period, listed)
            writer.close()
        commit(root, Change(dataset, [], writer.added, writer.replaced))
        parts.remove(root, (root / part.path for part in writer.replaced))
    _settle_years(root, manifest, dataset)


def _settle_years(root: Path, manifest: Manifest, dataset: Dataset) -> None:
    """Write the panels of years that are missing, out of those of their months."""
    panels = parts.by_period(manifest.parts(dataset.name, "panel"))
    years = groupby(manifest.parts(dataset.name, "by-month"), key=lambda part: part.period[:4])
    with Writer(root, manifest, dataset.name) as writer:
        for year, found in years:
            months = list(found)
            if year in panels or sum(part.rows for part in months) < PANEL_CELLS:
                continue
            with parts.reading(root):
                panel = PanelWriter(writer, year)
                for table in year_of(root, months, panels):
                    panel.add(table)
                panel.close()
        writer.close()
    if writer.added:
        commit(root, Change(dataset, [], writer.added, writer.replaced))


def year_of(
    root: Path, months: Sequence[Part], panels: Mapping[str, Sequence[Part]]
) -> Iterator[pl.DataFrame]:
    """Add the panels of a year's months up; of months that have none, their cells are counted."""
    counted = []
    for month, listed in groupby(months, key=lambda part: part.period):
        if month not in panels:
            counted += [panel_of(stretch) for stretch in runs.merge(root, list(listed), [])]
    known = sorted({part.period for part in months} & panels.keys())
    there = [part for month in known for part in panels[month]]
    # Stretch by stretch, as cells are merged: a year of months is more than a month of cells.
    years = runs.merge(
        root,
        there,
        counted,
        combine=lambda held: by_year(pl.concat(held)),
        schema=SCHEMA,
        rows_in_a_part=PANEL_ROWS,
    )
    return map(as_table, years)


def _unsettled(manifest: Manifest, dataset: str) -> Iterator[tuple[str, list[Part]]]:
    with_panel = {part.period for part in manifest.parts(dataset, "panel")}
    months = groupby(manifest.parts(dataset, "by-month"), key=lambda part: part.period)
    for period, found in months:
        listed = list(found)
        wants_panel = sum(part.rows for part in listed) >= PANEL_CELLS
        if len(runs.runs_of(listed)) > 1 or (wants_panel and period not in with_panel):
            yield period, listed


def _settle_month(root: Path, writer: Writer, period: str, listed: Sequence[Part]) -> None:
    panel = PanelWriter(writer, period)
    if len(runs.runs_of(listed)) > 1:
        writer.put_settled(period, listed, panel.counting(runs.merge(root, listed, [])))
    else:  # the parts of one run are cut between pairs: each is read alone
        for part in sorted(listed, key=lambda part: part.low):
            for stretch in runs.merge(root, [part], []):
                panel.count(stretch)
    panel.close(PANEL_CELLS)
