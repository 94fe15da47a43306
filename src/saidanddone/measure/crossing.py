"""Crossed effects: every pair has those of its source and of its target, beside alpha and beta."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from saidanddone.measure.evidence import Evidence
from saidanddone.measure.odds import Floats

FIXED = 2
"""alpha and beta stand before the effects in every vector."""


@dataclass(frozen=True, slots=True)
class Crossing:
    """Which effects enter which pair: positions of its source and target, and its volume."""

    sources: tuple[str, ...]
    targets: tuple[str, ...]
    source: NDArray[np.int64]
    target: NDArray[np.int64]
    volume: Floats
    mean_log_n: float

    @classmethod
    def of(cls, pairs: Evidence) -> Crossing:
        """The crossing of pairs that all have acts."""
        sources, source = np.unique(pairs.source, return_inverse=True)
        targets, target = np.unique(pairs.target, return_inverse=True)
        log_n = np.log(np.maximum(pairs.n, 1.0))
        return cls(
            tuple(map(str, sources)),
            tuple(map(str, targets)),
            FIXED + source,
            FIXED + len(sources) + target,
            log_n - log_n.mean(),
            float(log_n.mean()),
        )

    @property
    def size(self) -> int:
        """How many effects there are."""
        return FIXED + len(self.sources) + len(self.targets)

    def gathered(self, score: Floats) -> Floats:
        """Sums of the pairs' scores for every effect."""
        sums = np.bincount(self.source, score, self.size) + np.bincount(
            self.target, score, self.size
        )
        sums[0], sums[1] = score.sum(), score @ self.volume
        return np.asarray(sums)

    def crossed(self, weight: Floats) -> Floats:
        """Sums of the pairs' weights for every two effects: X'WX."""
        size = self.size
        table = np.bincount(self.source * size + self.target, weight, size * size)
        matrix = table.reshape(size, size)
        matrix = matrix + matrix.T
        diagonal = np.arange(FIXED, size)
        own = np.bincount(self.source, weight, size) + np.bincount(self.target, weight, size)
        matrix[diagonal, diagonal] = own[FIXED:]
        by_volume = weight * self.volume
        leaning = np.bincount(self.source, by_volume, size) + np.bincount(
            self.target, by_volume, size
        )
        matrix[0, FIXED:] = matrix[FIXED:, 0] = own[FIXED:]
        matrix[1, FIXED:] = matrix[FIXED:, 1] = leaning[FIXED:]
        matrix[0, 0], matrix[1, 1] = weight.sum(), by_volume @ self.volume
        matrix[0, 1] = matrix[1, 0] = by_volume.sum()
        return np.asarray(matrix)


def level_of(
    effects: Floats, source: NDArray[np.int64], target: NDArray[np.int64], volume: Floats
) -> Floats:
    """Expected logits of every pair."""
    return np.asarray(effects[0] + effects[1] * volume + effects[source] + effects[target])


def spread_of(
    covariance: Floats, source: NDArray[np.int64], target: NDArray[np.int64], volume: Floats
) -> Floats:
    """Variance of every pair's level."""
    s, t, v = source, target, volume
    own = np.diag(covariance)
    return np.asarray(
        own[0] + v**2 * own[1] + own[s] + own[t]
        + 2 * (covariance[0, s] + covariance[0, t] + covariance[s, t])
        + 2 * v * (covariance[0, 1] + covariance[1, s] + covariance[1, t])
    )  # fmt: skip


def positions(
    names: NDArray[np.str_], known: tuple[str, ...], before: int, sigma: float
) -> tuple[NDArray[np.int64], Floats]:
    """Places of the names among the effects, -1 where there is none, and the variance then."""
    places = {name: before + at for at, name in enumerate(known)}
    found = np.array([places.get(str(name), -1) for name in names], dtype=np.int64)
    return found, np.where(found < 0, sigma**2, 0.0)
