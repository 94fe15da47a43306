"""Pages of states: one with its pairs, and the list of all pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from saidanddone.faces.pages import addresses
from saidanddone.faces.pages.environment import name_of, render

if TYPE_CHECKING:
    from saidanddone.faces.pages.site import Site
    from saidanddone.model import Actor


def state(site: Site, actor: Actor, pairs: pl.DataFrame, latest: pl.DataFrame | None = None) -> str:
    """Render the page of one actor, at addresses.state(id).

    pairs: rows of Atlas.pairs() that have the actor as source or target. latest: its latest acts,
    with the columns of Atlas.latest(); None: not shown.
    """
    rows = list(pairs.iter_rows(named=True))
    return render(
        "state.html",
        site,
        addresses.state(actor.id),
        actor=actor,
        toward=[row for row in rows if row["source"] == actor.id],
        by=[row for row in rows if row["target"] == actor.id],
        latest=[] if latest is None else list(latest.iter_rows(named=True)),
    )


def pairs(site: Site, pairs: pl.DataFrame) -> str:
    """Render the list of all pairs by source, at addresses.PAIRS, from Atlas.pairs().

    On a static site only pairs whose pages exist are listed. Without scripts the ask box of a
    static site leads here.
    """
    by_source: dict[str, list[tuple[str, str, int]]] = {}
    for row in pairs.select("source", "target", "acts").iter_rows():
        if site.has(addresses.pair(row[0], row[1])):
            by_source.setdefault(row[0], []).append((name_of(row[1]), row[1], row[2]))
    sources = sorted((name_of(id_), id_, sorted(targets)) for id_, targets in by_source.items())
    return render("pairs.html", site, addresses.PAIRS, sources=sources)
