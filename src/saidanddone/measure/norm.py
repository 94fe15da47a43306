"""The norm: what share of cooperative acts a pair of this volume would be expected to have.

World norm (method.md, section 3): over the pairs with n > 0,
theta ~ N(alpha + beta (log n - mean log n), tau^2) and k | theta ~ Binomial(n, expit theta),
fitted by marginal maximum likelihood. The plain norm leaves beta out.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from saidanddone.measure.odds import Floats, expit, logit
from saidanddone.measure.quadrature import Integral, integrate

MIN_PAIRS = 200
"""A norm needs at least this many pairs with acts (method.md, section 2)."""

LOG_TAU_RANGE = (np.log(0.02), np.log(20.0))
"""Where shares are all alike tau runs to 0; below 0.02 logits nothing that is printed changes."""


@dataclass(frozen=True, slots=True)
class Norm:
    """A fitted norm of one channel: alpha, beta and tau in logits; pairs is those with n > 0."""

    alpha: float
    beta: float
    tau: float
    mean_log_n: float
    pairs: int
    log_likelihood: float

    def at(self, n: Floats | float) -> Floats:
        """The norm in logits for pairs with n acts; a pair without acts is taken at n = 1.

        >>> float(Norm(1.0, -0.5, 1.0, 0.0, 500, 0.0).at(np.e).round(6))
        0.5
        """
        volume = np.log(np.maximum(np.asarray(n, dtype=float), 1.0)) - self.mean_log_n
        return np.asarray(self.alpha + self.beta * volume)

    def expected(self, n: float) -> float:
        """The expected cooperative share of a pair with n acts, between 0 and 1."""
        return float(expit(self.at(n)))

    def to_dict(self) -> dict[str, Any]:
        """The norm as plain numbers."""
        return asdict(self)


def fit(k: Floats, n: Floats, phi: Floats | None = None, *, volume: bool = True) -> Norm:
    """Fit a norm by marginal maximum likelihood.

    k, n: cooperative and all signed-valence acts of each pair, shape (pairs,); pairs with n = 0
    are left out. phi: dispersion of each pair (1 where None); the evidence is k/phi of n/phi.
    volume: with the term beta (world) or without (plain). Raises ValueError where no pair has acts.

    Newton's method on (alpha, beta, log tau); score and curvature by Louis (1982): the complete
    data's, averaged over the posterior, less the variance of the score.
    """
    used = n > 0
    if not used.any():
        raise ValueError("no pair has acts")
    k, n = k[used].astype(float), n[used].astype(float)
    phi = np.ones_like(n) if phi is None else phi[used]
    # As Norm.at takes it: weighted acts can come to less than one.
    log_n = np.log(np.maximum(n, 1.0))
    volumes = log_n - log_n.mean()
    # Pairs with the same evidence have the same integral: it is computed once and counted.
    table = np.column_stack([k / phi, n / phi, volumes])
    distinct, count = np.unique(table, axis=0, return_counts=True)
    evidence_k, evidence_n, v = distinct.T
    weight = count.astype(float)
    free = 3 if volume and np.ptp(v) > 0 else 2

    share = (k.sum() + 0.5) / (n.sum() + 1.0)
    at = np.array([logit(share), 0.0, 0.0])

    def evaluate(at: Floats) -> tuple[float, Floats, Floats]:
        return _louis(evidence_k, evidence_n, v, weight, at)

    value, score, hessian = evaluate(at)
    order = [0, 2, 1][:free]
    for _ in range(200):
        step = _ascent(score[order], hessian[np.ix_(order, order)])
        # Nothing to climb is a step of zero: one act each says nothing of the spread.
        step *= 1.5 / max(1.5, float(np.abs(step).max()))
        for _ in range(30):
            trial = at.copy()
            trial[order] += step
            trial[2] = np.clip(trial[2], *LOG_TAU_RANGE)
            trial_value, trial_score, trial_hessian = evaluate(trial)
            if trial_value >= value - 1e-9 * abs(value):
                break
            step = step / 2
        moved = float(np.abs(trial - at).max())
        at, value, score, hessian = trial, trial_value, trial_score, trial_hessian
        if moved < 1e-9:
            break
    return Norm(
        alpha=float(at[0]),
        beta=float(at[1]),
        tau=float(np.exp(at[2])),
        mean_log_n=float(log_n.mean()),
        pairs=int(used.sum()),
        log_likelihood=value,
    )


def _ascent(score: Floats, hessian: Floats) -> Floats:
    """The Newton step, with curvature turned downhill where the likelihood is not yet concave."""
    values, vectors = np.linalg.eigh(hessian)
    curvature = np.maximum(np.abs(values), 1e-8)
    return np.asarray(vectors @ ((vectors.T @ score) / curvature))


def _louis(
    k: Floats, n: Floats, v: Floats, count: Floats, at: Floats
) -> tuple[float, Floats, Floats]:
    """Marginal log-likelihood, its score and its Hessian in (alpha, beta, log tau)."""
    alpha, beta, tau = at[0], at[1], float(np.exp(at[2]))
    posterior = integrate(k, n, alpha + beta * v, tau)
    m1, m2, m3, m4 = (m / tau**p for p, m in enumerate(posterior.moments(4), start=1))
    # The complete data's score is (u, v u, tau (u^2 - 1)) / tau with u = (theta - mu) / tau.
    score_mean = m1 / tau
    score_square = m2 / tau**2
    scale_mean = m2 - 1.0
    score = np.array([count @ score_mean, count @ (v * score_mean), count @ scale_mean])
    location = score_square - score_mean**2 - 1.0 / tau**2
    cross = (m3 - m1) / tau - score_mean * scale_mean - 2.0 * m1 / tau
    scale = (m4 - 2 * m2 + 1.0) - scale_mean**2 - 2.0 * m2
    hessian = np.empty((3, 3))
    hessian[0, 0] = count @ location
    hessian[0, 1] = hessian[1, 0] = count @ (v * location)
    hessian[1, 1] = count @ (v**2 * location)
    hessian[0, 2] = hessian[2, 0] = count @ cross
    hessian[1, 2] = hessian[2, 1] = count @ (v * cross)
    hessian[2, 2] = count @ scale
    return float(count @ posterior.log_marginal), score, hessian


def posterior(norm: Norm, k: Floats, n: Floats, phi: Floats | float = 1.0) -> Integral:
    """Posteriors of many pairs under one norm; their mean is the warmth z in logits."""
    k, n = np.asarray(k, dtype=float), np.asarray(n, dtype=float)
    return integrate(k / phi, n / phi, norm.at(n), norm.tau)
