"""Calibrate and examine the change points.

    python benchmarks/change_points.py penalties [RUNS]    the table measure/change_points.csv
    python benchmarks/change_points.py power [RUNS]        false alarms, and a shift of one logit
    python benchmarks/change_points.py cost [PAIRS]        all pairs of ten years by month

penalties: for series without a change, the penalty at which 5% show one; the largest over the
rates and shares below is kept, so that no kind of series has more false alarms. power: shares of
runs with a false alarm, and of runs in which a shift of 1 logit after 30 of 60 months, at 20 acts
a month, is found within two months, by starting share. cost: processor seconds and memory to smooth
words and deeds of so many pairs and to find their changes.
"""

from __future__ import annotations

import sys
import time

import numpy as np
from memory import peak

from saidanddone.dossier.series import FEWEST
from saidanddone.measure.change_points import changes, penalty_for, segment
from saidanddone.measure.odds import Floats, expit, logit
from saidanddone.measure.smoothing import smooth
from saidanddone.measure.through_time import restlessness

PERIODS = (4, 6, 12, 24, 60, 120, 240, 552)
RATES = (1.0, 5.0, 20.0)
SHARES = (0.5, 0.8, 0.95)
SEED = 20181


def least_penalty(k: Floats, n: Floats) -> Floats:
    """The least penalty at which each series shows no change, by bisection."""
    sums_k, sums_n = (np.pad(np.cumsum(part, axis=1), ((0, 0), (1, 0))) for part in (k, n))
    low, high = np.zeros(len(k)), np.full(len(k), 40.0)
    for _ in range(10):
        middle = (low + high) / 2
        alarm = np.array([len(starts) > 1 for starts in segment(sums_k, sums_n, middle)])
        low, high = np.where(alarm, middle, low), np.where(alarm, high, middle)
    return high


def series(
    rng: np.random.Generator, runs: int, rate: float, shares: Floats
) -> tuple[Floats, Floats]:
    """Counts of independent acts, shape (runs, periods); shares has one share a period."""
    n = rng.poisson(rate, (runs, len(shares)))
    return rng.binomial(n, shares).astype(float), n.astype(float)


def penalties(runs: int) -> None:
    rng = np.random.default_rng(SEED)
    print("periods,penalty")
    for periods in PERIODS:
        some = max(200, runs // max(1, periods // 60))
        found = [
            np.quantile(least_penalty(*series(rng, some, rate, np.full(periods, share))), 0.95)
            for rate in RATES
            for share in SHARES
        ]
        print(f"{periods},{max(found):.2f}", flush=True)


def power(runs: int) -> None:
    rng = np.random.default_rng(SEED + 1)
    months, shift, rate = 60, 30, 20.0
    print(f"penalty at {months} months: {float(penalty_for(months)):.2f}")
    for share in (0.5, 0.7, 0.9, 0.97):
        k, n = series(rng, runs, rate, np.full(months, share))
        false = np.mean([bool(found) for found in changes(k, n)])
        print(f"no change, share {share:.2f}: {false:.3f} of {runs} runs show one")
    for start in (0.05, 0.1, 0.2, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95):
        for way in (1.0, -1.0):
            shares = np.full(months, start)
            shares[shift:] = expit(logit(start) + way)
            found = changes(*series(rng, runs, rate, shares))
            near = np.mean([any(abs(c.at - shift) <= 2 for c in f) for f in found])
            any_change = np.mean([bool(f) for f in found])
            held = [c.low <= shift <= c.high for f in found for c in f if abs(c.at - shift) <= 6]
            print(
                f"{start:.2f} to {shares[-1]:.2f}: found {any_change:.3f}, within two months "
                f"{near:.3f}, interval holds it {np.mean(held) if held else float('nan'):.3f}"
            )


def cost(pairs: int) -> None:
    rng = np.random.default_rng(SEED + 2)
    # Volumes as uneven as those of pairs of states: most have an act or two in ten years.
    rate = np.exp(rng.normal(-2.5, 2.0, (pairs, 1)))
    n = rng.poisson(rate, (pairs, 120)).astype(float)
    k = rng.binomial(n.astype(int), expit(rng.normal(0.5, 1.5, (pairs, 1)))).astype(float)
    some = (n > 0).sum(axis=1) >= FEWEST
    began = time.process_time()
    for _ in ("words", "deeds"):
        smooth(k[some], n[some])
    smoothed = time.process_time() - began
    for _ in ("words", "deeds"):
        changes(k[some], n[some], restlessness(k[some], n[some]))
    whole = time.process_time() - began
    held = peak()
    print(
        f"{some.sum():,} of {pairs:,} pairs with acts in {FEWEST} months, 120 months, words and "
        f"deeds; processor time: smoothing {smoothed:.1f} s, changes {whole - smoothed:.1f} s; "
        f"peak {held:.0f} MiB"
    )


def main() -> None:
    what = sys.argv[1] if len(sys.argv) > 1 else "power"
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    {"penalties": penalties, "power": power, "cost": cost}[what](runs)


if __name__ == "__main__":
    main()
