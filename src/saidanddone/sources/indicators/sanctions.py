"""Sanction cases, turned into cases in force by sender, target and year.

Sender and target may be lists ("Russia, Belarus") of names that hold commas themselves ("Egypt,
Arab Rep."): the longest known name goes first. A case is in force from its first to its last year,
both included. An organisation's case is the organisation's, not its members'.
"""

from __future__ import annotations

from collections import Counter
from itertools import product

import polars as pl

from saidanddone import actors
from saidanddone.sources.indicators.indicator import NO_YEAR, IndicatorTable, Measure
from saidanddone.sources.source import SAME_STATE, SOURCE_UNKNOWN, TARGET_UNKNOWN

COLUMNS = ("sanctioned_state", "sanctioning_state", "begin", "end")
KINDS = ("trade", "arms", "military", "financial", "travel", "other")
NAME = "sanctions in force"

NAMES_JOINED = 3
"""Pieces between commas that one name may have: 'Yemen, People's Dem. Rep., South' has three."""


def read(rows: pl.DataFrame, dataset: str | None) -> IndicatorTable:
    """Read rows (text) of cases: a pair without a row has none in force."""
    names = [*rows["sanctioning_state"].to_list(), *rows["sanctioned_state"].to_list()]
    known = _known({name for name in names if name})
    reasons: Counter[str] = Counter()
    cases: list[tuple[str, str, int, str]] = []
    aside = filtered = 0
    for row in rows.iter_rows(named=True):
        begin, end = _year(row["begin"]), _year(row["end"])
        senders = _split(row["sanctioning_state"] or "", known)
        targets = _split(row["sanctioned_state"] or "", known)
        pairs = [(a, b) for a, b in product(senders, targets) if a != b]
        if begin is None or end is None or end < begin:
            aside += 1
            reasons[NO_YEAR] += 1
        elif not pairs:
            filtered += 1
            reasons[
                SOURCE_UNKNOWN if not senders else TARGET_UNKNOWN if not targets else SAME_STATE
            ] += 1
        else:
            kinds = [kind for kind in KINDS if str(row.get(kind) or "0").strip() not in ("0", "NA")]
            measures = [NAME, *(f"{NAME}: {kind}" for kind in kinds)]
            years = range(begin, end + 1)
            cases += [(a, b, y, m) for (a, b), y, m in product(pairs, years, measures)]
    table = (
        pl.DataFrame(
            cases,
            schema={
                "source": pl.String, "target": pl.String, "year": pl.Int32, "measure": pl.String,
            },
            orient="row",
        )
        .group_by("source", "target", "year", "measure")
        .agg(pl.len().cast(pl.Float64).alias("value"))
    )  # fmt: skip
    since, until = (int(table["year"].min() or 0), int(table["year"].max() or 0))  # type: ignore[arg-type]
    found = sorted(set(table["measure"]))
    # Kinds tell what the whole already says: only the whole is held against the deeds.
    measures_found = tuple(
        Measure(name, "cases", direction=-1 if name == NAME else 0, absent="zero",
                since=since, until=until)
        for name in found
    )  # fmt: skip
    name = dataset or "sanctions"
    return IndicatorTable(
        "sanctions", name, table, measures_found, rows.height, aside, filtered, dict(reasons)
    )


def _year(text: str | None) -> int | None:
    return int(text) if text and text.strip().isdigit() and len(text.strip()) == 4 else None


def _pieces(text: str) -> list[str]:
    return [piece.strip() for piece in text.split(",") if piece.strip()]


def _candidates(pieces: list[str]) -> list[tuple[int, int, str]]:
    """Stretches of pieces as (first, length, name), a name with a comma also turned around."""
    found = []
    for first in range(len(pieces)):
        for length in range(1, min(NAMES_JOINED, len(pieces) - first) + 1):
            part = pieces[first : first + length]
            found.append((first, length, ", ".join(part)))
            if length == 2:
                found.append((first, length, " ".join(reversed(part))))
    return found


def _known(texts: set[str]) -> dict[str, str]:
    """Ids of all names that the texts may hold."""
    names = {name for text in texts for _, _, name in _candidates(_pieces(text))}
    column = pl.Series("name", sorted(names), dtype=pl.String)
    ids = actors.find(column)
    return {name: id for name, id in zip(column, ids, strict=True) if id is not None}


def _split(text: str, known: dict[str, str]) -> list[str]:
    """The ids in a list of names, in order, each once."""
    pieces = _pieces(text)
    at: dict[int, list[tuple[int, str]]] = {}
    for first, length, name in _candidates(pieces):
        if name in known:
            at.setdefault(first, []).append((length, known[name]))
    found: list[str] = []
    place = 0
    while place < len(pieces):
        length, actor = max(at.get(place, [(1, "")]), key=lambda item: item[0])
        if actor and actor not in found:
            found.append(actor)
        place += length
    return found
