"""The norms of ICEWS as figures, to be read beside the counts of a selection."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from saidanddone.measure.odds import expit


@dataclass(frozen=True, slots=True)
class IcewsNorm:
    """One channel's world norm in logits, without dispersion, and the events it was fitted on."""

    channel: str
    alpha: float
    beta: float
    tau: float
    mean_log_n: float
    pairs: int
    fitted_on: str

    @property
    def expected(self) -> float:
        """Expected cooperative share of a pair of average volume."""
        return float(expit(self.alpha))


@cache
def icews_norms() -> dict[str, IcewsNorm]:
    """Norms by channel, as benchmarks/icews_norms.py printed them."""
    text = files("saidanddone.measure").joinpath("icews_norms.csv").read_text("utf-8")
    return {
        row["channel"]: IcewsNorm(
            channel=row["channel"],
            alpha=float(row["alpha"]),
            beta=float(row["beta"]),
            tau=float(row["tau"]),
            mean_log_n=float(row["mean_log_n"]),
            pairs=int(row["pairs"]),
            fitted_on=row["fitted_on"],
        )
        for row in csv.DictReader(text.splitlines())
    }
