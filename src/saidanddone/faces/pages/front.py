"""The home page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from saidanddone.dossier.movers import CHANCE_ALONE
from saidanddone.faces.pages import addresses
from saidanddone.faces.pages.environment import render

if TYPE_CHECKING:
    import polars as pl

    from saidanddone.dossier import Movers, RankedPair, TopicPage
    from saidanddone.faces.pages.site import Site
    from saidanddone.faces.pages.updates import Update

SHOWN = 10
"""Rows of each list on the home page; the lists' own pages hold more."""


def home(
    site: Site,
    *,
    pairs: pl.DataFrame,
    ranked: Sequence[RankedPair] = (),
    movers: Movers | None = None,
    topics: Sequence[TopicPage] = (),
    latest: pl.DataFrame | None = None,
    changed: Sequence[Update] = (),
) -> str:
    """Render the home page, at addresses.HOME.

    pairs: Atlas.pairs(); of it and of every other list the first SHOWN rows are shown. ranked:
    Atlas.ranking(). movers: Atlas.movers(), or what moved since the last build. latest:
    Atlas.latest(). changed: what changed since the last build. What is empty is left out.
    """
    busiest = [
        row
        for row in pairs.head(SHOWN * 5).iter_rows(named=True)
        if site.has(addresses.pair(row["source"], row["target"]))
    ]
    return render(
        "home.html",
        site,
        addresses.HOME,
        pairs=pairs.height,
        busiest=busiest[:SHOWN],
        ranked=list(ranked)[:SHOWN],
        movers=movers,
        chance_alone=movers is not None and CHANCE_ALONE in movers.notes,
        moved=list(movers.rows)[:SHOWN] if movers else [],
        changed=list(changed)[:SHOWN],
        topics=topics,
        latest=[] if latest is None else list(latest.head(SHOWN).iter_rows(named=True)),
    )
