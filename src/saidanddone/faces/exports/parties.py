"""Parties: how each state and organisation is called in GDELT, in ICEWS and by its ISO code."""

from __future__ import annotations

from functools import cache

import polars as pl

from saidanddone.actors.tables import entries

PARTS_OF_STATES = ("BAG", "WSB", "GZS")
"""CAMEO's codes for Baghdad, the West Bank and Gaza lead to a state and do not name it."""


@cache
def parties() -> pl.DataFrame:
    """Return every actor: id, name, kind, iso2, country, group (CAMEO's codes), icews.

    country is null for organisations, group for states; both where CAMEO has no code.
    """
    rows = []
    for id_, entry in entries().items():
        codes = entry.codes
        state = entry.actor.kind != "organization"
        own = [code for code in codes.get("cameo", ()) if code not in PARTS_OF_STATES]
        rows.append(
            {
                "id": id_,
                "name": entry.actor.name,
                "kind": entry.actor.kind,
                "iso2": next(iter(codes.get("iso2", ())), None) if state else None,
                "country": next(iter(own), id_) if state else None,
                "group": None if state else next(iter(own), None),
                "icews": next(iter(codes.get("icews", ())), entry.actor.name) if state else None,
            }
        )
    columns = ("id", "name", "kind", "iso2", "country", "group", "icews")
    return pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String))
