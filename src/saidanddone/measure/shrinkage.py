"""Shrinking many estimates at once, and how likely each has the wrong sign (Stephens 2017).

Each estimate is its truth plus a normal error of known size. The truths have one distribution that
is unimodal about zero: a mixture of normals of many widths and of exactly zero, whose shares are
fitted to the estimates: a concave problem, which steps of EM begin and quadratic programming ends
(Kim et al. 2020, A fast algorithm for maximum likelihood estimation of mixture proportions). As
Stephens does, zero begins with nine more observations than the others, so that what can be nothing
is held for nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from saidanddone.measure.odds import Floats

NULL_WEIGHT = 10.0
"""Dirichlet weight of exactly zero, all others having 1 (Stephens 2017, section 2.5)."""

STEPS = np.sqrt(2.0)
"""Widths of the mixture grow by this factor (Stephens 2017): finer ones change nothing."""

ROUNDS, CLIMBS, STILL = 50, 500, 1e-12
"""Steps of EM, then at most so many of the other kind, until the mean log likelihood moves by less
than STILL. EM alone is still on its way after thousands of steps."""

NOTHING = 6
"""Decimals of a shrunk estimate that are told from nothing."""

LEAST = 1e-12
"""The smallest share: with it no estimate is impossible on the way."""


@dataclass(frozen=True, slots=True)
class Shrunk:
    """Estimates after shrinking; arrays of one shape.

    mean and sd: of the truth given the estimate. false_sign: the local false sign rate, the
    probability that the sign of the mean is wrong, between 0 and 1. z: estimates in units of their
    errors.
    """

    mean: Floats
    sd: Floats
    false_sign: Floats
    z: Floats

    def order(self) -> list[int]:
        """Positions by the size of the mean; where shrinking leaves nothing, the surest first."""
        size = np.round(np.abs(self.mean), NOTHING)
        return [int(at) for at in np.lexsort((-np.abs(self.z), -size))]


@dataclass(frozen=True, slots=True)
class Mixture:
    """The distribution of the truths: normals about zero with these widths and shares.

    The first width is 0: exactly nothing.
    """

    widths: Floats
    shares: Floats

    def shrink(self, estimates: Floats, errors: Floats) -> Shrunk:
        """Shrink estimates with known standard errors; an infinite error leaves the prior."""
        from scipy.special import ndtr

        known = np.isfinite(errors)
        estimate = np.where(known, estimates, 0.0)[:, None]
        weight = _responsibility(estimate[:, 0], np.where(known, errors, 1e9), self)
        noise = np.where(known, errors, 1e9)[:, None] ** 2
        part = self.widths**2 / (self.widths**2 + noise)
        mean, variance = part * estimate, part * noise
        spread = np.sqrt(np.where(variance > 0, variance, 1.0))
        below = np.where(variance > 0, ndtr(-mean / spread), 0.0)
        above = np.where(variance > 0, 1.0 - below, 0.0)
        average = (weight * mean).sum(axis=1)
        square = (weight * (variance + mean**2)).sum(axis=1)
        positive, negative = (weight * above).sum(axis=1), (weight * below).sum(axis=1)
        wrong = 1.0 - np.maximum(positive, negative)
        return Shrunk(
            mean=average,
            sd=np.sqrt(np.maximum(square - average**2, 0.0)),
            false_sign=np.clip(wrong, 0.0, 1.0),
            z=np.where(known, estimates, 0.0) / np.where(known, errors, 1.0),
        )


def fit_mixture(estimates: Floats, errors: Floats) -> Mixture:
    """Fit the distribution of the truths; estimates with an infinite error tell nothing."""
    known = np.isfinite(errors)
    estimates, errors = estimates[known], errors[known]
    if not len(estimates):
        return Mixture(np.array([0.0, 1.0]), np.array([0.5, 0.5]))
    smallest = float(errors.min()) / 10.0
    largest = 2.0 * float(np.sqrt(np.maximum(estimates**2 - errors**2, 0.0).max()))
    largest = max(largest, 8.0 * smallest)
    count = int(np.ceil(np.log(largest / smallest) / np.log(STEPS))) + 1
    widths = np.concatenate([[0.0], smallest * STEPS ** np.arange(count)])
    likelihood = _likelihood(estimates, errors, widths)
    shares = np.full(len(widths), 1.0 / len(widths))
    for _ in range(ROUNDS):
        weight = likelihood * shares
        shares = (weight / weight.sum(axis=1, keepdims=True)).sum(axis=0)
        shares[0] += NULL_WEIGHT - 1.0
        shares = shares / shares.sum()
    return Mixture(widths, _climbed(likelihood, shares))


def _climbed(likelihood: Floats, shares: Floats) -> Floats:
    """The shares of the greatest posterior, from near it."""
    from scipy.optimize import minimize

    rows, more = len(likelihood), NULL_WEIGHT - 1.0

    def loss(shares: Floats) -> tuple[float, Floats]:
        mixed = likelihood @ shares
        slope = (1.0 / mixed) @ likelihood
        slope[0] += more / shares[0]
        return -float(np.log(mixed).sum() + more * np.log(shares[0])) / rows, -slope / rows

    found = minimize(
        loss,
        shares,
        jac=True,
        method="SLSQP",
        bounds=[(LEAST, 1.0)] * len(shares),
        constraints={
            "type": "eq",
            "fun": lambda shares: shares.sum() - 1.0,
            "jac": lambda shares: np.ones((1, len(shares))),
        },
        options={"maxiter": CLIMBS, "ftol": STILL},
    )
    climbed = np.clip(found.x, LEAST, 1.0)
    climbed = climbed / climbed.sum()
    return np.asarray(climbed if loss(climbed)[0] <= loss(shares)[0] else shares)


def _likelihood(estimates: Floats, errors: Floats, widths: Floats) -> Floats:
    """Of each estimate under each width, shape (estimates, widths); the greatest of each is 1."""
    total = widths**2 + errors[:, None] ** 2
    log = -0.5 * (np.log(total) + estimates[:, None] ** 2 / total)
    return np.asarray(np.exp(log - log.max(axis=1, keepdims=True)))


def _responsibility(estimates: Floats, errors: Floats, mixture: Mixture) -> Floats:
    """Probability of each width for each estimate, shape (estimates, widths)."""
    weight = _likelihood(estimates, errors, mixture.widths) * mixture.shares
    return np.asarray(weight / weight.sum(axis=1, keepdims=True))


def unshrunk(mean: Floats, variance: Floats, tau: Floats) -> tuple[Floats, Floats]:
    """What the acts alone say of a warmth: estimate and standard error without the norm's prior.

    mean and variance are the posterior's, tau the prior's standard deviation about 0. The normal
    likelihood that would turn such a prior into such a posterior: precisions subtract. Empirical
    logits are not used, since one friendly word would be a cold estimate where words are friendly.
    Where the acts say nothing the error is infinite.
    """
    precision = 1.0 / variance - 1.0 / tau**2
    tells = precision > 1e-6 / tau**2
    safe = np.where(tells, precision, 1.0)
    estimate = np.where(tells, mean / variance / safe, 0.0)
    return estimate, np.where(tells, 1.0 / np.sqrt(safe), np.inf)
