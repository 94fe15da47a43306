"""Print whether the method keeps its word in worlds whose truth is known.

    cd benchmarks && python -m calibration [PAIRS]

PAIRS: of each world (default 3,000; the manual's table has 10,000 for coverage). In brackets the
Monte Carlo error. misses below: the truth lies below the 90% interval.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import numpy as np

from calibration import worlds
from calibration.measured import measure

SEED = 2018


def share(hits: Sequence[bool]) -> str:
    p = float(np.mean(hits))
    return f"{p:.3f} ({np.sqrt(max(p * (1 - p), 1e-9) / len(hits)):.3f})"


def decided(world: worlds.World) -> str:
    found = measure(world)
    directions = []
    for at in range(len(found.pair)):
        comparison = found.comparison(at)
        own = comparison.direction()
        # As an answer: what the volume term alone reverses is not decided.
        if own and found.comparison(at, "plain").gap.mean() * comparison.gap.mean() < 0:
            own = None
        directions.append(own is not None)
    return share(directions)


def coverage(world: worlds.World, most: int) -> tuple[str, str, str]:
    found = measure(world)
    truth = world.gap[found.pair.astype(int)]
    below, above = [], []
    for at in range(min(most, len(truth))):
        low, high = found.comparison(at).gap.interval90()
        below.append(bool(truth[at] < low))
        above.append(bool(truth[at] > high))
    inside = [not (a or b) for a, b in zip(below, above, strict=True)]
    return share(inside), share(below), share(above)


def false_signs(world: worlds.World) -> str:
    found = measure(world)
    truth, shrunk = world.gap[found.pair.astype(int)], found.shrunk()
    parts = []
    for level in (0.05, 0.1):
        chosen = shrunk.false_sign <= level
        wrong = np.sign(shrunk.mean[chosen]) * truth[chosen] <= 0
        stated = shrunk.false_sign[chosen].mean() if chosen.any() else float("nan")
        parts.append(f"{chosen.sum()} at {level}: stated {stated:.3f}, wrong {share(wrong)}")
    return "; ".join(parts)


def power(rng: np.random.Generator, pairs: int, acts: int, level: float) -> str:
    asked = max(20, pairs // 20)  # more would move the norm itself
    found = measure(worlds.signal(rng, pairs, asked, acts, level))
    rows = [at for at in range(len(found.pair)) if found.pair[at] < asked]
    compared = [found.comparison(at) for at in rows]
    return (
        f"direction {share([c.direction() == 'warmer' for c in compared])}, corner "
        f"{share([c.corner() == 'quiet partner' for c in compared])}"
    )


def main() -> None:
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 3000
    rng = np.random.default_rng(SEED)
    print(f"{pairs} pairs a world, {worlds.MONTHS} months, 5 to 5,000 acts a channel")
    for name, world in (
        ("all pairs alike", worlds.equal(rng, pairs, 0.0)),
        ("equal warmth, sd 0.5", worlds.equal(rng, pairs, 0.5)),
        ("equal warmth, sd 1", worlds.equal(rng, pairs, 1.0)),
        ("equal warmth, sd 0.5, bursts", worlds.equal(rng, pairs, 0.5, worlds.bursts)),
    ):
        print(f"null world, {name}: decided {decided(world)}", flush=True)
    every = (
        ("as assumed", worlds.assumed(rng, pairs)),
        ("channels correlated .5", worlds.assumed(rng, pairs, correlation=0.5)),
        ("bursts", worlds.assumed(rng, pairs, worlds.bursts)),
        ("beta shares", worlds.beta(rng, pairs)),
        ("norms that bend with volume", worlds.bent(rng, pairs)),
        ("heavy tails", worlds.heavy(rng, pairs)),
        ("shares that drift", worlds.drifting(rng, pairs)),
    )
    for name, world in every:
        inside, below, above = coverage(world, pairs)
        print(f"coverage, {name}: {inside}, misses below {below}, above {above}", flush=True)
    for name, world in every:
        print(f"false signs, {name}: {false_signs(world)}", flush=True)
    for level in (1.5, 2.8):
        for acts in (40, 100, 200):
            found = power(rng, pairs, acts, level)
            print(f"power at {acts} acts a channel, words about {level}: {found}", flush=True)


if __name__ == "__main__":
    main()
