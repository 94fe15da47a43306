"""The panel of one month out of cells that came as numbers: what panel.py does with text."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl
from numpy.typing import NDArray

from saidanddone import codes
from saidanddone.archive import panel as text_panel
from saidanddone.archive import renumbered
from saidanddone.archive.keys import Places
from saidanddone.archive.panel import SCHEMA
from saidanddone.archive.run import Run, Stretch, as_table

CELLS_AT_ONCE = 2**17
"""Cells that are counted at a time, cut between pairs: a megabyte for each array of them."""

_DAY_BITS, _KIND_BITS = 5, 12
_DAYS, _KINDS = (np.int64((1 << bits) - 1) for bits in (_DAY_BITS, _KIND_BITS))


def panel_of(stretch: Stretch) -> pl.DataFrame:
    """Count the cells of one month of some pairs, by numbers where they are, or can be, such."""
    run = stretch if isinstance(stretch, Run) else renumbered.run_of(stretch)
    if run is None:
        return text_panel.panel(as_table(stretch))
    return panel(run)


def panel(run: Run) -> pl.DataFrame:
    """Count the cells of a run that holds one month alone into a panel with PANEL_COLUMNS, sorted.

    It is what panel.panel gives for these cells as a table.
    """
    kind, sort, sorts = _kinds(run.codes)
    if not run.height:
        return pl.DataFrame(schema=SCHEMA)
    tables = [_of_pairs(run, start, end, kind, sort) for start, end in _stretches(run)]
    found = [np.concatenate(columns) for columns in zip(*tables, strict=True)]
    keys, acts, reports, of_government, its_reports = found
    pairs, which = np.divmod(keys, len(sorts))
    said = sorts[which]
    source, target = run.actors_of(pairs)
    month = pl.Series([run.first_month]).dt.truncate("1mo")
    columns = {
        "source": source,
        "target": target,
        "date": month.new_from_index(0, len(keys)),
        "channel": said["channel"],
        "valence": said["valence"],
        "acts": acts,
        "reports": reports,
        "government_acts": of_government,
        "government_reports": its_reports,
    }
    return pl.DataFrame(columns, schema=SCHEMA)


def _stretches(run: Run) -> Iterator[tuple[int, int]]:
    start = 0
    while start < run.height:
        end = run.end_of_pair(min(start + CELLS_AT_ONCE, run.height) - 1)
        yield start, end
        start = end


def _kinds(table: pl.DataFrame) -> tuple[Places, Places, pl.DataFrame]:
    """Number what codes stand for: root, channel and valence; channel and valence in their order.

    Returns both numbers for every code, and the table of the second.
    """
    roots = codes.table().select("code", "root")
    known = table.join(roots, on="code", how="left", maintain_order="left").with_columns(
        pl.col("root").fill_null("")
    )
    sorts = known.select("channel", "valence").unique().sort("channel", "valence")
    numbers = known.join(
        sorts.with_row_index("sort"),
        on=["channel", "valence"],
        how="left",
        maintain_order="left",
        nulls_equal=True,
    )
    kind = numbers.select(pl.struct("root", "sort").rank("dense")).to_series()
    places = kind.to_numpy().astype(np.int64), numbers["sort"].to_numpy().astype(np.int64)
    return *places, sorts


def _of_pairs(
    run: Run, start: int, end: int, kind: Places, sort: Places
) -> tuple[NDArray[np.int64], ...]:
    """Count the cells from start to before end, which are all of some pairs.

    Returns pair and sort as one number, in order, and for each the panel's four columns.
    """
    size = int(sort.max()) + 1
    pair, day, government, code, reports = run.columns(start, end)
    of_kind = np.empty(len(sort) + 1, dtype=np.int64)
    of_kind[kind] = sort
    key = pair * size + sort[code]
    order = np.argsort(key, kind="stable")
    sorted_ = key[order]
    starts = np.flatnonzero(np.concatenate(([True], sorted_[1:] != sorted_[:-1])))
    keys = sorted_[starts]
    # An act is a day, root, channel and valence of a pair.
    act = (pair << _DAY_BITS | day - day.min()) << _KIND_BITS | kind[code]

    def acts(of: Places) -> Places:
        distinct = np.sort(of)  # quicker than numpy.unique, which makes a table of what it met
        if len(distinct):
            distinct = distinct[np.concatenate(([True], distinct[1:] != distinct[:-1]))]
        of_pair = distinct >> _KIND_BITS + _DAY_BITS
        found = np.searchsorted(keys, of_pair * size + of_kind[distinct & _KINDS])
        return np.bincount(found, minlength=len(keys)).astype(np.int64)

    ordered = reports[order]
    return (
        keys,
        acts(act),
        np.add.reduceat(ordered, starts),
        acts(act[government == 1]),
        np.add.reduceat(ordered * government[order], starts),
    )
