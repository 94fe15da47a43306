"""How much more a share varies than counting error says: phi of a pair and channel.

Acts come in bursts. phi is the variance of a pair's sum of cooperative acts under a moving-block
bootstrap over time (Kuensch 1989), divided by the binomial variance n p (1 - p). For a sum that
variance has a closed form, so nothing is drawn: with e_t = k_t - p n_t and sums S_j of L
consecutive e_t, it is T / L times the mean of (S_j - mean S)^2. Each phi is then shrunk, on the
log scale, to the channel's median at the pair's volume, the more the less its own series tells.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from saidanddone.measure.odds import Floats

Period = Literal["week", "month", "year"]

SHORT_WINDOW_DAYS = 731
"""Under two years the blocks are of weeks (method.md, section 4)."""

MIN_YEARS = 5
"""Yearly counts need at least this many years (method.md, section 4)."""

MIN_DF = 1.5
"""A pair's own phi informs the channel's centre from these degrees of freedom on: below, the
logarithm of its error has no useful variance."""

MIN_INFORMED = 10
"""A line through fewer pairs than this would be drawn by two or three of them."""

MIN_PHI = 0.05
"""A phi of 0 (equal shares in every period) has no logarithm; phi is floored at 1 in the end."""

MIN_VARIANCE = 0.01
"""Pairs never share one phi exactly; keeps the weights of a fit finite."""

CHUNK = 2000
"""Pairs worked on at once: bounds memory at CHUNK * periods * 8 bytes a table."""


def period_for(first_day: np.datetime64, last_day: np.datetime64, grain: str) -> Period | None:
    """The block's unit for a span of data; None where dispersion cannot be told."""
    if grain == "year":
        years = int(str(last_day)[:4]) - int(str(first_day)[:4]) + 1
        return "year" if years >= MIN_YEARS else None
    days = int((last_day - first_day) / np.timedelta64(1, "D")) + 1
    return "week" if days < SHORT_WINDOW_DAYS else "month"


@dataclass(frozen=True, slots=True)
class Series:
    """Acts of many pairs in one channel by period, only where there are any.

    pair, period: indexes from 0, of shape (entries,); k, n: cooperative and all signed-valence
    acts there. pairs and periods are the numbers of both.
    """

    pair: NDArray[np.int64]
    period: NDArray[np.int64]
    k: Floats
    n: Floats
    pairs: int
    periods: int


@dataclass(frozen=True, slots=True)
class OwnPhi:
    """What each pair's own series says: phi, and degrees of freedom (0: nothing)."""

    phi: Floats
    df: Floats

    def log_with_variance(self) -> tuple[Floats, Floats]:
        """log phi freed of its bias, and its sampling variance, as of log(chi^2 / df)."""
        from scipy.special import digamma, polygamma

        half = np.maximum(self.df, 0.5) / 2
        bias = digamma(half) - np.log(half)
        return np.log(np.maximum(self.phi, MIN_PHI)) - bias, np.asarray(polygamma(1, half))


@dataclass(frozen=True, slots=True)
class Shrinkage:
    """Where a channel's phi are shrunk to: log phi ~ N(level + growth log n, variance).

    Busy pairs have longer bursts, so the centre is the channel's median at the pair's own volume.
    Against one median for all, phi of 2002-07 so shrunk foretells phi of 2008-14 with a smaller
    error (0.99 against 1.10 for words, 0.90 against 1.00 for deeds, root mean square of the log)
    and, for pairs with more than 500 acts, without its bias (0.02 against 0.59 and 0.04 against
    1.06): benchmarks/dispersion.py.
    """

    level: float
    growth: float
    variance: float

    def centre(self, n: Floats) -> Floats:
        """log of the median phi of pairs with n acts."""
        return np.asarray(self.level + self.growth * np.log(np.maximum(n, 1.0)))

    def shrink(self, own: OwnPhi, n: Floats) -> Floats:
        """Shrunk phi of each pair, at least 1: evidence is never worth more than its count."""
        log_phi, noise = own.log_with_variance()
        centre = self.centre(n)
        weight = np.where(own.df > 0, self.variance / (self.variance + noise), 0.0)
        return np.asarray(np.maximum(1.0, np.exp(centre + weight * (log_phi - centre))))


def block_length(periods: int) -> int:
    """Length of a block in periods: the cube root of their number (Kuensch 1989).

    >>> block_length(13), block_length(156)
    (2, 5)
    """
    return max(1, round(float(np.cbrt(periods))))


def own_phi(series: Series) -> OwnPhi:
    """phi of every pair from its own series alone; 0 degrees of freedom where k is 0 or n."""
    phi = np.ones(series.pairs)
    df = np.zeros(series.pairs)
    order = np.argsort(series.pair, kind="stable")
    pair, period = series.pair[order], series.period[order]
    k, n = series.k[order], series.n[order]
    for start in range(0, series.pairs, CHUNK):
        stop = min(start + CHUNK, series.pairs)
        here = slice(*np.searchsorted(pair, [start, stop]))
        shape = (stop - start, series.periods)
        dense_k, dense_n = np.zeros(shape), np.zeros(shape)
        at = (pair[here] - start, period[here])
        np.add.at(dense_k, at, k[here])
        np.add.at(dense_n, at, n[here])
        phi[start:stop], df[start:stop] = _of_dense(dense_k, dense_n)
    return OwnPhi(phi, df)


def _of_dense(k: Floats, n: Floats) -> tuple[Floats, Floats]:
    """phi and degrees of freedom from tables of shape (pairs, periods)."""
    periods = k.shape[1]
    length = block_length(periods)
    total_k, total_n = k.sum(axis=1), n.sum(axis=1)
    mixed = (total_k > 0) & (total_k < total_n)
    p = np.divide(total_k, total_n, out=np.full(len(total_n), 0.5), where=mixed)
    e = k - p[:, None] * n
    running = np.concatenate([np.zeros((len(e), 1)), e.cumsum(axis=1)], axis=1)
    sums = running[:, length:] - running[:, :-length]
    # 1 / (1 - L/T): residuals from a fitted share vary too little by that factor.
    unbiased = 1.0 / max(1.0 - length / periods, 1.0 / periods)
    variance = periods / length * sums.var(axis=1) * unbiased
    phi = np.divide(variance, total_n * p * (1 - p), out=np.ones(len(e)), where=mixed)
    # Periods that carry the acts (Kish 1965): a single burst counts as one, however long T is.
    spread = np.divide(total_n**2, (n**2).sum(axis=1), out=np.zeros(len(e)), where=total_n > 0)
    # Overlapping blocks are worth 3/2 as many separate ones (Kuensch 1989).
    df = np.where(mixed, np.maximum(1.5 * spread / length - 1.0, 0.0), 0.0)
    return phi, df


def shrinkage(own: OwnPhi, n: Floats) -> Shrinkage | None:
    """Fit where phi are shrunk to, over the pairs whose own series tell something.

    Weighted least squares of log phi on log n; the true spread about the line by the method of
    moments (Paule and Mandel 1982). None with fewer than MIN_INFORMED such pairs: then nobody
    knows how acts cluster, and counting error alone must not decide.
    """
    informed = own.df >= MIN_DF
    if informed.sum() < MIN_INFORMED:
        return None
    log_phi, noise = (values[informed] for values in own.log_with_variance())
    log_n = np.log(np.maximum(n[informed], 1.0))
    design = np.column_stack([np.ones_like(log_n), log_n])
    if np.ptp(log_n) == 0:
        design = design[:, :1]
    variance = 0.5
    for _ in range(200):
        weight = 1.0 / (variance + noise)
        weighted = design * weight[:, None]
        line = np.linalg.solve(weighted.T @ design, weighted.T @ log_phi)
        rest = log_phi - design @ line
        found = float((weight**2 * (rest**2 - noise)).sum() / (weight**2).sum())
        moved, variance = abs(found - variance), max(found, MIN_VARIANCE)
        if moved < 1e-9:
            break
    growth = float(line[1]) if len(line) > 1 else 0.0
    return Shrinkage(float(line[0]), growth, variance)
