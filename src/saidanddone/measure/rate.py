"""How many acts of a channel a pair's volume predicts.

Signed acts are nearly all cooperative, so their share says little; their number is set against
what the pair's other acts predict (method.md, section 1): log E[acts] = level + growth
log(1 + other acts), by Poisson quasi-likelihood over all pairs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from saidanddone.measure.odds import Floats


@dataclass(frozen=True, slots=True)
class Rate:
    """The fitted line: level and growth on the log scale."""

    level: float
    growth: float

    def expected(self, others: float) -> float:
        """Acts expected of a pair with so many other acts."""
        return float(np.exp(self.level + self.growth * np.log1p(others)))


def fit_rate(acts: Floats, others: Floats) -> Rate:
    """Fit acts on other acts, both of shape (pairs,), by iteratively reweighted least squares."""
    design = np.column_stack([np.ones_like(others), np.log1p(others)])
    line = np.array([np.log(acts.sum() + 0.5) - np.log(others.sum() + 1.0), 1.0])
    for _ in range(100):
        mean = np.exp(np.clip(design @ line, -30.0, 30.0))
        weighted = design * mean[:, None]
        curvature = weighted.T @ design + 1e-9 * np.eye(2)
        step = np.linalg.solve(curvature, design.T @ (acts - mean))
        # Shortened as a whole: each part cut by itself would no longer point uphill.
        step /= max(1.0, float(np.abs(step).max()))
        line = line + step
        if np.abs(step).max() < 1e-9:
            break
    return Rate(float(line[0]), float(line[1]))
