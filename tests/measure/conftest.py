"""Simulators, hand-made cells and the published ICEWS counts; nothing here comes from measure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from numpy.typing import NDArray

Floats = NDArray[np.float64]

ICEWS = (
    Path(__file__).parents[2].parent
    / "shared"
    / "data"
    / "icews"
    / "icews_dyad_year_2002_2014.parquet"
)

CELLS = {
    "source": pl.String,
    "target": pl.String,
    "government": pl.Boolean,
    "date": pl.Date,
    "precision": pl.String,
    "code": pl.String,
    "channel": pl.String,
    "valence": pl.Int8,
    "reports": pl.Int64,
}

COUNTED = {
    "source": pl.String,
    "target": pl.String,
    "date": pl.Date,
    "precision": pl.String,
    "channel": pl.String,
    "valence": pl.Int8,
    "acts": pl.Int64,
    "reports": pl.Int64,
}


def cell(
    code: str | None, channel: str, valence: int, reports: int = 1, **changes: Any
) -> dict[str, Any]:
    """One cell of the tally, of Russia toward North Korea on a day unless said otherwise."""
    given = {
        "source": "RUS",
        "target": "PRK",
        "government": True,
        "date": date(2018, 3, 1),
        "precision": "day",
        "code": code,
        "channel": channel,
        "valence": valence,
        "reports": reports,
    }
    return given | changes


def cells(rows: Iterable[dict[str, Any]]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=CELLS)


def acts(rows: Iterable[tuple[str, str, date, str, int, int]]) -> pl.DataFrame:
    """Counted acts dated to the day: (source, target, date, channel, valence, acts)."""
    full = [(s, t, d, "day", channel, v, a, a) for s, t, d, channel, v, a in rows]
    return pl.DataFrame(full, schema=COUNTED, orient="row")


def drawn_acts(
    generator: np.random.Generator,
    pairs: int,
    periods: Iterable[date],
    logits: dict[str, Floats],
    mean: float = 6.0,
) -> pl.DataFrame:
    """Counted acts of many pairs: Poisson numbers a period, binomial at each pair's logit."""
    rows = []
    for channel, theta in logits.items():
        for day in periods:
            n = generator.poisson(mean, pairs)
            k = generator.binomial(n, 1 / (1 + np.exp(-theta)))
            for pair in range(pairs):
                names = (f"S{pair % 20:02}", f"T{pair:04}")
                if k[pair]:
                    rows.append((*names, day, channel, 1, int(k[pair])))
                if n[pair] > k[pair]:
                    rows.append((*names, day, channel, -1, int(n[pair] - k[pair])))
    return acts(rows)


def months(number: int, first: int = 2010) -> list[date]:
    return [date(first + at // 12, at % 12 + 1, 1) for at in range(number)]


def days(number: int, first: date = date(2018, 1, 1)) -> list[date]:
    return [first + timedelta(days=at) for at in range(number)]


@dataclass(frozen=True)
class Totals:
    """Cooperative and all acts of every ICEWS pair, all years pooled."""

    pairs: list[tuple[str, str]]
    k: Floats
    n: Floats

    def at(self, source: str, target: str) -> int:
        return self.pairs.index((source, target))


@pytest.fixture(scope="session")
def icews() -> dict[str, Totals]:
    """Published yearly counts of ICEWS 2002-2014; skipped where they are absent."""
    if not ICEWS.is_file():
        pytest.skip("../shared/data/icews/icews_dyad_year_2002_2014.parquet is missing")
    columns = ["verbCoop", "verbConf", "matlCoop", "matlConf"]
    table = pl.read_parquet(ICEWS).group_by("i", "j").agg(pl.col(columns).sum()).sort("i", "j")
    pairs = list(zip(table["i"].to_list(), table["j"].to_list(), strict=True))

    def totals(cooperative: str, conflictual: str) -> Totals:
        k = table[cooperative].to_numpy().astype(float)
        return Totals(pairs, k, k + table[conflictual].to_numpy())

    return {"words": totals(*columns[:2]), "deeds": totals(*columns[2:])}
