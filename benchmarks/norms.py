"""Print how well each norm foretells pairs of later years that it has not seen.

    python benchmarks/norms.py [ARCHIVE]

ARCHIVE holds the yearly counts 2002-2014 (saidanddone ingest counts ...). Norms are fitted on
2002-2008; each pair's acts of 2009-2014 are scored by their log marginal likelihood under the norm
that the other pairs gave, per pair, with binomial constants left out: only differences mean
anything. 'better in' is the share of pairs that the norm foretells better than world does.
"""

from __future__ import annotations

import sys

import numpy as np

from saidanddone.archive import Archive
from saidanddone.dossier.norms import World
from saidanddone.dossier.question import choices_for, merged_into
from saidanddone.measure.evidence import Evidence, evidence, span_of
from saidanddone.measure.norm import Norm, fit
from saidanddone.measure.peers import fit_peers
from saidanddone.measure.quadrature import integrate
from saidanddone.measure.self_norm import self_norms
from saidanddone.model import Window


def counts(archive: Archive, since: str, until: str, channel: str) -> Evidence:
    """Evidence of one channel in a window, without dispersion."""
    (dataset,) = archive.datasets()
    window = Window.parse(since, until)
    covered = archive.coverage(dataset.name, window)
    assert covered.first and covered.last
    span = span_of(covered.first, covered.last, dataset.grain)
    merged = merged_into([], predecessors=True)
    world = World(archive, dataset, window, merged, span, lambda _: None)
    return evidence(world.counted(choices_for(dataset)), channel, span, blocks=False)[0]


def score(norms: list[Norm], later: Evidence) -> np.ndarray:  # type: ignore[type-arg]
    """Log marginal likelihood of each pair's later acts."""
    level = np.array([float(norm.at(n)) for norm, n in zip(norms, later.n, strict=True)])
    tau = np.array([norm.tau for norm in norms])
    return integrate(later.k, later.n, level, tau).log_marginal


def main() -> None:
    archive = Archive.open(sys.argv[1] if len(sys.argv) > 1 else "archive")
    for channel in ("verbal", "material"):
        early = counts(archive, "2002", "2008", channel)
        later = counts(archive, "2009", "2014", channel)
        later = later.rows(later.n > 0)
        world, plain = fit(early.k, early.n), fit(early.k, early.n, volume=False)
        peers = fit_peers(early)
        # The pair's own early acts are taken out of its norm, as in an answer.
        own = {(s, t): at for at, (s, t) in enumerate(zip(early.source, early.target, strict=True))}
        at = np.array([own.get(p, -1) for p in zip(later.source, later.target, strict=True)])
        k, n = (np.where(at >= 0, part[at], 0.0) for part in (early.k, early.n))
        asked = Evidence(later.source, later.target, k, n, np.ones(len(k)))
        norms = {
            "world": [world] * len(k),
            "plain": [plain] * len(k),
            "peers": list(peers.norms(asked)),
            "self": self_norms(world, early, asked),
        }
        base = score(norms["world"], later)
        for name, found in norms.items():
            gain = score(found, later) - base
            error = gain.std() / np.sqrt(len(gain))
            print(
                f"{channel:8} {name:6} {gain.sum():+9.1f} in all, {gain.mean():+.4f} a pair "
                f"(s.e. {error:.4f}), better in {(gain > 0).mean():.3f} of {len(gain):,}"
            )


if __name__ == "__main__":
    main()
