"""Norm 'peers': is it unusual for this source, and toward this target?

theta ~ N(alpha + beta (log n - mean log n) + a_source + b_target, tau^2), a ~ N(0, sigma_a^2),
b ~ N(0, sigma_b^2), k | theta ~ Binomial(n, expit theta), over the pairs with n > 0 (method.md,
section 3). theta is integrated out exactly (adaptive Gauss-Hermite); the crossed effects by
Laplace's method, as Breslow and Clayton (1993) and Pinheiro and Bates (1995) do; the variances by
EM (Dempster, Laird and Rubin 1977), hastened by squared extrapolation (Varadhan and Roland 2008).
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any

import numpy as np

from saidanddone.measure.crossing import FIXED, Crossing, level_of, positions, spread_of
from saidanddone.measure.evidence import Evidence
from saidanddone.measure.norm import LOG_TAU_RANGE, Norm
from saidanddone.measure.odds import Floats
from saidanddone.measure.quadrature import integrate

NODES = 21
"""Nodes a pair while fitting: on the yearly counts every figure is that of 61 nodes to 1e-4."""

CLOSE = 1e-4
"""The fit ends when no standard deviation moves by more than this part in a step."""

MOST_STEPS = 200


@dataclass(frozen=True, slots=True)
class PairNorm(Norm):
    """The norm of one pair from all the others: what its source and its target add to the world's.

    alpha holds all of it, tau also what the others leave open of the level.
    """

    world_alpha: float
    source_effect: tuple[float, float]
    target_effect: tuple[float, float]
    own_tau: float


@dataclass(frozen=True, slots=True)
class Peers:
    """A fitted norm 'peers' of one channel, in logits.

    effects: alpha, beta, then a of every source and b of every target, in the order of sources and
    targets. covariance: theirs, shape (2 + sources + targets) squared. tau, sigma_source and
    sigma_target are standard deviations. pairs is those with acts.
    """

    effects: Floats
    covariance: Floats
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    tau: float
    sigma_source: float
    sigma_target: float
    mean_log_n: float
    pairs: int

    def levels(self, pairs: Evidence) -> tuple[Floats, Floats]:
        """Expected logits of each pair from all other pairs, and their variance.

        One Newton step takes a pair's own evidence out of the effects again (Cook 1977). A source
        or target without acts has the effect 0 and the variance of all.
        """
        source, rest_source = positions(pairs.source, self.sources, FIXED, self.sigma_source)
        target, rest_target = positions(
            pairs.target, self.targets, FIXED + len(self.sources), self.sigma_target
        )
        volume = np.log(np.maximum(pairs.n, 1.0)) - self.mean_log_n
        # Who is not known stands at a last place of zeros.
        effects = np.append(self.effects, 0.0)
        covariance = np.pad(self.covariance, (0, 1))
        level = level_of(effects, source, target, volume)
        variance = spread_of(covariance, source, target, volume)
        score, weight, _ = _pieces(pairs.k / pairs.phi, pairs.n / pairs.phi, level, self.tau)
        # The pair cannot hold all that is known of its level; rounding must not make it seem so.
        left = np.maximum(1.0 - weight * variance, 1e-6)
        widened = variance / left
        return level - widened * score, widened + rest_source + rest_target

    def norms(self, pairs: Evidence) -> list[PairNorm]:
        """The norm of each pair from all the others.

        What the others leave open of the level widens it: its tau is sqrt(tau^2 + variance).
        """
        beta = float(self.effects[1])
        level, variance = self.levels(pairs)
        alpha = level - beta * (np.log(np.maximum(pairs.n, 1.0)) - self.mean_log_n)
        tau = np.sqrt(self.tau**2 + variance)
        others = self.pairs - (pairs.n > 0)
        return [
            PairNorm(
                float(alpha[i]),
                beta,
                float(tau[i]),
                self.mean_log_n,
                int(others[i]),
                np.nan,
                world_alpha=float(self.effects[0]),
                source_effect=self.effect("source", str(pairs.source[i])),
                target_effect=self.effect("target", str(pairs.target[i])),
                own_tau=self.tau,
            )
            for i in range(len(pairs.n))
        ]

    def to_dict(self) -> dict[str, Any]:
        """As plain values, for a cache; the covariance as text of half its bytes."""
        half = self.covariance[np.tril_indices(len(self.effects))]
        return {
            "effects": self.effects.tolist(),
            "covariance": base64.b64encode(half.astype("<f4").tobytes()).decode("ascii"),
            "sources": self.sources,
            "targets": self.targets,
            "tau": self.tau,
            "sigma_source": self.sigma_source,
            "sigma_target": self.sigma_target,
            "mean_log_n": self.mean_log_n,
            "pairs": self.pairs,
        }

    @classmethod
    def from_dict(cls, stored: dict[str, Any]) -> Peers:
        """The inverse of to_dict, to single precision in the covariance."""
        effects = np.array(stored["effects"], dtype=float)
        half = np.frombuffer(base64.b64decode(stored["covariance"]), dtype="<f4").astype(float)
        covariance = np.zeros((len(effects), len(effects)))
        covariance[np.tril_indices(len(effects))] = half
        covariance = covariance + np.tril(covariance, -1).T
        rest = {name: stored[name] for name in ("tau", "sigma_source", "sigma_target")}
        return cls(
            effects=effects,
            covariance=covariance,
            sources=tuple(stored["sources"]),
            targets=tuple(stored["targets"]),
            mean_log_n=stored["mean_log_n"],
            pairs=stored["pairs"],
            **rest,
        )

    def effect(self, side: str, name: str) -> tuple[float, float]:
        """a of a source or b of a target and its standard error; side is 'source' or 'target'."""
        names = self.sources if side == "source" else self.targets
        if name not in names:
            return 0.0, self.sigma_source if side == "source" else self.sigma_target
        at = FIXED + names.index(name) + (len(self.sources) if side == "target" else 0)
        return float(self.effects[at]), float(np.sqrt(self.covariance[at, at]))


def fit_peers(channel: Evidence) -> Peers:
    """Fit the norm 'peers' on all pairs with acts; raises ValueError where there are none."""
    used = channel.rows(channel.n > 0)
    if not len(used.n):
        raise ValueError("no pair has acts")
    design = Crossing.of(used)
    k, n = used.k / used.phi, used.n / used.phi
    # Start where a world norm would: half of the spread in the pairs, a quarter on either side.
    at = np.log(np.array([1.0, 0.7, 0.7]))
    effects = np.zeros(design.size)
    share = (k.sum() + 0.5) / (n.sum() + 1.0)
    effects[0] = np.log(share / (1.0 - share))

    def step(at: Floats, effects: Floats) -> tuple[Floats, Floats, Floats]:
        return _step(design, k, n, np.exp(at), effects)

    for _ in range(MOST_STEPS):
        first, effects, _ = step(at, effects)
        second, effects, _ = step(first, effects)
        moved, bend = first - at, (second - first) - (first - at)
        if np.abs(second - first).max() < CLOSE:
            at = second
            break
        length = float(np.linalg.norm(bend))
        ahead = -float(np.linalg.norm(moved)) / length if length > 0 else -1.0
        # Never less than a plain step, and never so far that a variance collapses at one go.
        ahead = min(-1.0, max(ahead, -20.0))
        far = at - 2 * ahead * moved + ahead**2 * bend
        at = np.clip(np.where(np.abs(far - second) < 1.0, far, second), *LOG_TAU_RANGE)
    tau, sigma_source, sigma_target = np.exp(at)
    _, effects, covariance = step(at, effects)
    return Peers(
        effects=effects,
        covariance=covariance,
        sources=design.sources,
        targets=design.targets,
        tau=float(tau),
        sigma_source=float(sigma_source),
        sigma_target=float(sigma_target),
        mean_log_n=design.mean_log_n,
        pairs=len(used.n),
    )


def _pieces(k: Floats, n: Floats, level: Floats, tau: float) -> tuple[Floats, Floats, Floats]:
    """Score, weight and E[(theta - level)^2] of each pair.

    The score is the first derivative of the log marginal likelihood by the level, E[u] / tau with
    u = (theta - level) / tau; the weight is minus the second, (1 - Var[u]) / tau^2 (Louis 1982).
    """
    mean, square = integrate(k, n, level, tau, NODES).moments(2)
    weight = np.maximum((1.0 - (square - mean**2) / tau**2) / tau**2, 0.0)
    return mean / tau**2, weight, square


def _step(
    design: Crossing, k: Floats, n: Floats, deviations: Floats, effects: Floats
) -> tuple[Floats, Floats, Floats]:
    """The mode of the effects under these deviations, then one EM step of their logs.

    Returns the logs of the new deviations, the effects and their covariance.
    """
    tau, sigma_source, sigma_target = deviations
    prior = np.zeros(design.size)
    ends = FIXED + len(design.sources)
    prior[FIXED:ends], prior[ends:] = sigma_source**-2, sigma_target**-2
    for _ in range(50):
        score, weight, square = _pieces(
            k, n, level_of(effects, design.source, design.target, design.volume), tau
        )
        information = design.crossed(weight)
        information[np.diag_indices(design.size)] += prior
        move = np.linalg.solve(information, design.gathered(score) - prior * effects)
        effects = effects + np.clip(move, -1.0, 1.0)
        if np.abs(move).max() < 1e-3:
            break
    covariance: Floats = np.linalg.inv(information).astype(np.float64)
    # Doubt about the level moves E[theta - level] by tau^2 times the weight.
    spread = spread_of(covariance, design.source, design.target, design.volume)
    square = square + (tau**2 * weight) ** 2 * spread
    own = effects**2 + np.diag(covariance)
    new = np.array([square.mean(), own[FIXED:ends].mean(), own[ends:].mean()])
    return np.clip(0.5 * np.log(new), *LOG_TAU_RANGE), effects, covariance
