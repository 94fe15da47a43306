"""Print whether the event study's p-values are uniform where nothing happens.

    python benchmarks/event_study.py [RUNS]

Words and deeds know nothing of the triggers: single acts, or bursts of a dozen alike. Printed are
the Kolmogorov-Smirnov p against the uniform distribution, and the shares of p below .05 and .1.
"""

from __future__ import annotations

import sys

import numpy as np
from scipy.stats import kstest

from saidanddone.measure.event_study import Days, study

DAYS, TRIGGERS, WINDOW = 1500, 8, 60
SEED = 2018


def quiet(rng: np.random.Generator, *, bursts: bool) -> Days:
    """Acts of one channel: half an act a day, or now and then twelve alike."""
    n = rng.poisson(0.5, DAYS).astype(float)
    k = rng.binomial(n.astype(int), 0.6).astype(float)
    size = np.where(rng.random(DAYS) < 0.05, 12.0, 1.0) if bursts else np.ones(DAYS)
    return Days(k * size, n * size)


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    for bursts in (False, True):
        rng = np.random.default_rng(SEED)
        found: dict[str, list[float]] = {}
        for _ in range(runs):
            days = rng.choice(DAYS, TRIGGERS, replace=False)
            sides = [quiet(rng, bursts=bursts) for _ in range(2)]
            for name, effect in study(sides[0], sides[1], days, WINDOW, WINDOW).items():
                found.setdefault(name, []).append(effect.p)
        for name, p in found.items():
            below = np.array(p)
            print(
                f"{'bursts' if bursts else 'single acts'}, {name}: KS p "
                f"{kstest(below, 'uniform').pvalue:.3f}, below .05: {(below <= 0.05).mean():.3f}, "
                f"below .1: {(below <= 0.1).mean():.3f} of {runs}"
            )


if __name__ == "__main__":
    main()
