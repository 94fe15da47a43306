"""The feed: the latest acts of all pairs, each with a name that lasts."""

from __future__ import annotations

from saidanddone.faces.pages.environment import name_of
from saidanddone.faces.site.feed import feed, identity
from saidanddone.faces.web.holdings import Moment

ATOM = "application/atom+xml; charset=utf-8"

ENTRIES = 50
"""Acts in the feed: those of the page of updates."""


def latest_acts(now: Moment) -> bytes:
    """Return an Atom feed; ids and days are those of the data, so that nothing is told twice."""
    dataset = now.atlas.dataset.name
    entries = [
        {
            "id": identity(dataset, row["key"]),
            "day": row["day"].isoformat(),
            "source": row["source"],
            "target": row["target"],
            "title": f"{name_of(row['source'])} toward {name_of(row['target'])}, {row['date']}",
            "summary": row["text"] or row["what"] or "",
        }
        for row in now.atlas.latest(ENTRIES).iter_rows(named=True)
    ]
    return feed(now.site, entries, dataset)
