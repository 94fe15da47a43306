"""One pair's warmth in one channel as a whole distribution, so that tails are exact.

scipy is imported where it works: a selection's answer never needs it, and its import is slow.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from saidanddone.measure.norm import Norm
from saidanddone.measure.odds import Floats
from saidanddone.measure.quadrature import log_likelihood, modes
from saidanddone.model import Estimate

POINTS = 4001
"""Points of the grid. Means and tails then agree with scipy.integrate.quad to 1e-8."""

DROP = 40.0
"""The grid ends where the log density has fallen by this much: e^-40 is 4e-18."""

NEAR = 0.2
"""Standard errors about a normal quantile between which the true one is looked for first."""


@dataclass(frozen=True, slots=True)
class Posterior:
    """The distribution of a pair's warmth z = theta - norm, in logits.

    grid, density and below have shape (POINTS,): values of z, evenly apart, the density there and
    the probability of a smaller z.
    """

    grid: Floats
    density: Floats
    below: Floats

    def mean(self) -> float:
        """The warmth z."""
        return float(np.trapezoid(self.grid * self.density, self.grid))

    def variance(self) -> float:
        """Var[theta | k, n]."""
        spread = (self.grid - self.mean()) ** 2
        return float(np.trapezoid(spread * self.density, self.grid))

    def probability_below(self, z: Floats | float) -> Floats:
        """P(warmth < z) for any shape of z."""
        # The density is the slope of the probability, so cubic Hermite pieces waste nothing; the
        # grid is even, so that the piece of a value is found by division.
        first, step = self.grid[0], (self.grid[-1] - self.grid[0]) / (len(self.grid) - 1)
        place = np.clip((np.asarray(z, dtype=float) - first) / step, 0.0, len(self.grid) - 1.0)
        left = np.minimum(place.astype(np.int64), len(self.grid) - 2)
        t, right = place - left, left + 1
        rest = 1.0 - t
        found = rest**2 * ((1.0 + 2.0 * t) * self.below[left] + t * step * self.density[left])
        found += t**2 * ((3.0 - 2.0 * t) * self.below[right] - rest * step * self.density[right])
        return np.asarray(np.clip(found, 0.0, 1.0))

    def quantile(self, probability: float) -> float:
        """The z below which the warmth lies with this probability."""
        from scipy.optimize import brentq

        return float(
            brentq(
                lambda z: float(self.probability_below(z)) - probability,
                self.grid[0],
                self.grid[-1],
                xtol=1e-10,
            )
        )


def warmth(norm: Norm, k: float, n: float, phi: float = 1.0) -> Posterior:
    """The warmth of a pair with k cooperative of n acts and dispersion phi >= 1.

    A pair without acts has the norm's own distribution: mean 0 and variance tau^2.
    """
    from scipy.integrate import cumulative_simpson

    mu = float(norm.at(n))
    evidence_k, evidence_n = k / phi, n / phi
    mode, scale = modes(np.array([evidence_k]), np.array([evidence_n]), np.array([mu]), norm.tau)

    def log_density(theta: Floats) -> Floats:
        prior = -0.5 * ((theta - mu) / norm.tau) ** 2
        return log_likelihood(theta, np.asarray(evidence_k), np.asarray(evidence_n)) + prior

    top = log_density(mode)[0]

    def edge(direction: float) -> float:
        reach = scale[0]
        while top - log_density(mode + direction * reach)[0] < DROP:
            reach *= 1.25
        return float(mode[0] + direction * reach)

    theta = np.linspace(edge(-1.0), edge(1.0), POINTS)
    density = np.exp(log_density(theta) - top)
    below = cumulative_simpson(density, x=theta, initial=0.0)
    return Posterior(theta - mu, density / below[-1], below / below[-1])


@dataclass(frozen=True, slots=True)
class Difference:
    """The distribution of deeds - slope * words, with words and deeds independent."""

    words: Posterior
    deeds: Posterior
    slope: float

    def estimate(self) -> Estimate:
        """Mean, standard error, central 90% interval and the probability of a positive value."""
        return Estimate(self.mean(), self.se(), self.interval90(), self.probability_above(0.0))

    def mean(self) -> float:
        """Expected difference in logits."""
        return self.deeds.mean() - self.slope * self.words.mean()

    def se(self) -> float:
        """Posterior standard deviation in logits."""
        return float(np.sqrt(self.deeds.variance() + self.slope**2 * self.words.variance()))

    def probability_above(self, value: float) -> float:
        """P(deeds - slope * words > value), by quadrature over the words."""
        words = self.words
        above = 1.0 - self.deeds.probability_below(value + self.slope * words.grid)
        return float(np.clip(np.trapezoid(words.density * above, words.grid), 0.0, 1.0))

    def interval90(self) -> tuple[float, float]:
        """The central interval that holds the difference with probability 0.9."""
        return self._quantile(0.05), self._quantile(0.95)

    def _quantile(self, probability: float) -> float:
        """The difference below which the true one lies with this probability."""
        from scipy.optimize import brentq
        from scipy.special import ndtri

        def off(value: float) -> float:
            return 1.0 - self.probability_above(value) - probability

        corners = self.slope * self.words.grid[[0, -1]]
        low = float(self.deeds.grid[0] - corners.max())
        high = float(self.deeds.grid[-1] - corners.min())
        # Most distributions are near normal: where the normal quantile is near, the way is short.
        middle, near = self.mean() + float(ndtri(probability)) * self.se(), NEAR * self.se()
        close = max(low, middle - near), min(high, middle + near)
        if close[0] < close[1] and off(close[0]) < 0.0 < off(close[1]):
            low, high = close
        return float(brentq(off, low, high, xtol=1e-8))
