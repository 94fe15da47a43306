"""Worlds of pairs whose truth is known: simulators that know nothing of the product's measures.

A world has pairs with words and deeds by month. theta is a pair's log-odds of a cooperative act in
a channel, norm what the world expects of such a pair; warmth is theta - norm. Some worlds are what
the model assumes, others are not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Rng = np.random.Generator

MONTHS = 48
WORDS = {"level": 2.8, "slope": -0.10, "sd": 1.4}
DEEDS = {"level": -0.7, "slope": -0.15, "sd": 1.4}
"""Norms and spreads about those of ICEWS."""


@dataclass(frozen=True)
class Channel:
    """One channel: k of n acts by pair and month, shape (pairs, MONTHS); true theta and norm."""

    k: NDArray[np.int64]
    n: NDArray[np.int64]
    theta: Floats
    norm: Floats

    @property
    def warmth(self) -> Floats:
        """theta - norm of each pair."""
        return self.theta - self.norm


@dataclass(frozen=True)
class World:
    """Words and deeds of the same pairs."""

    words: Channel
    deeds: Channel

    @property
    def gap(self) -> Floats:
        """True gap of each pair."""
        return self.deeds.warmth - self.words.warmth


def expit(x: Floats) -> Floats:
    return 1.0 / (1.0 + np.exp(-x))


def volumes(rng: Rng, pairs: int, low: float = 5, high: float = 5000) -> Floats:
    """Expected acts of each pair, log-uniform."""
    return np.exp(rng.uniform(np.log(low), np.log(high), pairs))


def single(rng: Rng, expected: Floats, share: Floats) -> tuple[NDArray[np.int64], ...]:
    """Acts that come one by one, evenly through the months."""
    n = rng.poisson(np.repeat(expected[:, None] / MONTHS, MONTHS, axis=1))
    return rng.binomial(n, share[:, None]), n


def bursts(
    rng: Rng, expected: Floats, share: Floats, size: float = 4.0
) -> tuple[NDArray[np.int64], ...]:
    """Acts that come in bursts of one sign: their number is geometric with this mean."""
    number = rng.poisson(np.repeat(expected[:, None] / MONTHS / size, MONTHS, axis=1))
    good = rng.binomial(number, share[:, None])
    # A sum of so many geometric sizes: that many, and a negative binomial beyond.
    sizes = [
        part + np.where(part > 0, rng.negative_binomial(np.maximum(part, 1), 1.0 / size), 0)
        for part in (good, number - good)
    ]
    return sizes[0], sizes[0] + sizes[1]


Acts = Callable[[Rng, Floats, Floats], tuple[NDArray[np.int64], ...]]


def channel(
    rng: Rng, about: dict[str, float], expected: Floats, warmth: Floats, acts: Acts = single
) -> Channel:
    """A channel as the model assumes it: a norm that is straight in log volume."""
    log = np.log(expected)
    norm = about["level"] + about["slope"] * (log - log.mean())
    theta = norm + warmth
    k, n = acts(rng, expected, expit(theta))
    return Channel(k, n, theta, norm)


def assumed(rng: Rng, pairs: int, acts: Acts = single, correlation: float = 0.0) -> World:
    """Normal warmths, independent or correlated between the channels."""
    z = rng.normal(size=(2, pairs))
    z[1] = correlation * z[0] + np.sqrt(1 - correlation**2) * z[1]
    sides = [
        channel(rng, about, volumes(rng, pairs), about["sd"] * own, acts)
        for about, own in ((WORDS, z[0]), (DEEDS, z[1]))
    ]
    return World(*sides)


def equal(rng: Rng, pairs: int, sd: float, acts: Acts = single) -> World:
    """A null world: every pair's deeds are exactly as warm as its words."""
    z = rng.normal(0, sd, pairs)
    return World(
        channel(rng, WORDS, volumes(rng, pairs), z, acts),
        channel(rng, DEEDS, volumes(rng, pairs), z, acts),
    )


def beta(rng: Rng, pairs: int) -> World:
    """Shares from beta distributions, J-shaped for words; norms are their mean log-odds."""
    sides = []
    for a, b in ((4.0, 0.7), (0.8, 1.6)):
        share = np.clip(rng.beta(a, b, pairs), 1e-4, 1 - 1e-4)
        theta = np.log(share / (1 - share))
        k, n = single(rng, volumes(rng, pairs), share)
        sides.append(Channel(k, n, theta, np.full(pairs, theta.mean())))
    return World(*sides)


def bent(rng: Rng, pairs: int) -> World:
    """Norms that bend with volume: a parabola in the log, not a line."""
    sides = []
    for about in (WORDS, DEEDS):
        expected = volumes(rng, pairs)
        log = np.log(expected) - np.log(expected).mean()
        norm = about["level"] + about["slope"] * log - 0.12 * (log**2 - (log**2).mean())
        theta = norm + rng.normal(0, about["sd"], pairs)
        sides.append(Channel(*single(rng, expected, expit(theta)), theta, norm))
    return World(*sides)


def heavy(rng: Rng, pairs: int) -> World:
    """Warmths with heavy tails: t with three degrees of freedom, of the same spread."""
    sides = [
        channel(
            rng,
            about,
            volumes(rng, pairs),
            rng.standard_t(3, pairs) * about["sd"] / np.sqrt(3.0),
        )
        for about in (WORDS, DEEDS)
    ]
    return World(*sides)


def drifting(rng: Rng, pairs: int) -> World:
    """Shares that move through time, about the pair's own; acts one by one."""
    sides = []
    for about in (WORDS, DEEDS):
        expected = volumes(rng, pairs)
        log = np.log(expected)
        norm = about["level"] + about["slope"] * (log - log.mean())
        theta = norm + rng.normal(0, about["sd"], pairs)
        walk = np.cumsum(rng.normal(0, 0.15, (pairs, MONTHS)), axis=1)
        walk = walk - walk.mean(axis=1, keepdims=True)
        n = rng.poisson(np.repeat(expected[:, None] / MONTHS, MONTHS, axis=1))
        k = rng.binomial(n, expit(theta[:, None] + walk))
        sides.append(Channel(k, n, theta, norm))
    return World(*sides)


def signal(rng: Rng, pairs: int, asked: int, acts_each: int, level: float) -> World:
    """A world as assumed whose first pairs have words 1 colder and deeds 1 warmer than the norm.

    They have acts_each acts in either channel. level is that of the words' norm.
    """
    sides = []
    for about, shift in (({**WORDS, "level": level}, -1.0), (DEEDS, 1.0)):
        expected = volumes(rng, pairs)
        expected[:asked] = acts_each
        log = np.log(expected)
        norm = about["level"] + about["slope"] * (log - log.mean())
        warmth = rng.normal(0, about["sd"], pairs)
        warmth[:asked] = shift
        theta = norm + warmth
        k, n = single(rng, expected, expit(theta))
        # Exactly so many acts: the months are drawn, the number is not.
        share = expit(theta[:asked])
        n[:asked] = rng.multinomial(acts_each, np.full(MONTHS, 1 / MONTHS), size=asked)
        k[:asked] = rng.binomial(n[:asked], share[:, None])
        sides.append(Channel(k, n, theta, norm))
    return World(*sides)
