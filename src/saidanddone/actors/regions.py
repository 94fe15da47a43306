"""Regions of the world: where a state lies, by the United Nations' scheme M49."""

from __future__ import annotations

from functools import cache

from saidanddone.actors.names import key
from saidanddone.actors.tables import rows
from saidanddone.errors import BadChoice


@cache
def regions() -> dict[str, frozenset[str]]:
    """Ids of the states of every region and subregion, by its name.

    >>> sorted(regions()["Central Asia"])
    ['KAZ', 'KGZ', 'TJK', 'TKM', 'UZB']
    """
    found: dict[str, set[str]] = {}
    for row in rows("regions.csv"):
        for name in (row["region"], row["subregion"]):
            found.setdefault(name, set()).add(row["id"])
    return {name: frozenset(ids) for name, ids in found.items()}


def region(name: str) -> frozenset[str]:
    """Ids of the states of one region; raises BadChoice for a name that none bears."""
    for known, ids in regions().items():
        if key(known) == key(name):
            return ids
    raise BadChoice(
        f"'{name}' is no region",
        f"one of {', '.join(sorted(regions()))}",
        "choose one of them for --region",
    )
