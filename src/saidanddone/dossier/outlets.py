"""Who reported an act, where the archive holds the dataset's mentions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from saidanddone.archive import Store
from saidanddone.model import EvidenceItem


def with_outlets(
    store: Store, dataset: str, told: Sequence[tuple[EvidenceItem, Sequence[str]]]
) -> tuple[EvidenceItem, ...]:
    """Say in each act's text how many outlets reported it, out of the ids of its reports.

    An act of which no mention is known stays as it is.
    """
    from saidanddone.sources.gdelt import count_outlets, is_number

    rows = [(int(id_), at) for at, (_, ids) in enumerate(told) for id_ in ids if is_number(id_)]
    mentions = store.mentions(dataset, {str(id_) for id_, _ in rows}) if rows else None
    items = [item for item, _ in told]
    if mentions is None or mentions.is_empty():
        return tuple(items)
    acts = pl.DataFrame(rows, schema={"id": pl.Int64, "act": pl.Int64}, orient="row")
    counted = count_outlets(mentions.join(acts, on="id"), by="act")
    for row in counted.iter_rows(named=True):
        item = items[row["act"]]
        by = reported_by(row["outlets"], row["independent"])
        items[row["act"]] = replace(item, text=f"{item.text} ({by})")
    return tuple(items)


def reported_by(outlets: int, independent: int) -> str:
    """Say how many outlets reported an act.

    >>> reported_by(1, 1), reported_by(4, 4), reported_by(6, 1)
    ('reported by 1 outlet', 'reported by 4 outlets', 'reported by 6 outlets, 1 independent')
    """
    found = f"reported by {outlets:,} outlet{'s' if outlets != 1 else ''}"
    return found if outlets == independent else f"{found}, {independent:,} independent"
