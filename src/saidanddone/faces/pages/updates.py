"""The page of updates: what changed with the last data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from saidanddone.faces.pages import addresses
from saidanddone.faces.pages.environment import render

if TYPE_CHECKING:
    import polars as pl

    from saidanddone.faces.pages.site import Site


@dataclass(frozen=True, slots=True)
class Update:
    """Something that changed: a pair, in words, as of a day of the data (never of the clock)."""

    day: date
    source: str
    target: str
    title: str
    summary: str


def updates(site: Site, entries: Sequence[Update] = (), latest: pl.DataFrame | None = None) -> str:
    """Render the updates, at addresses.UPDATES: changes, and the latest acts of all pairs.

    latest has the columns of Atlas.latest().
    """
    return render(
        "updates.html",
        site,
        addresses.UPDATES,
        entries=entries,
        latest=[] if latest is None else list(latest.iter_rows(named=True)),
    )
