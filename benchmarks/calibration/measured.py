"""The product's answers about a simulated world, by the path that a question takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from calibration.worlds import MONTHS, Channel, Floats, World
from saidanddone.measure.choices import Choices
from saidanddone.measure.comparison import Comparison, Side, compare
from saidanddone.measure.evidence import Evidence, evidence, in_both, span_of
from saidanddone.measure.fits import Fits, fit_all
from saidanddone.measure.quadrature import integrate
from saidanddone.measure.shrinkage import Shrunk, fit_mixture, unshrunk

FIRST = date(2010, 1, 1)


@dataclass
class Measured:
    """Fits of a world, and the evidence of its pairs in its own order."""

    fits: Fits
    words: Evidence
    deeds: Evidence
    pair: Floats

    def comparison(self, at: int, against: str = "world") -> Comparison:
        """Words against deeds of one row."""
        sides = [
            Side(float(own.k[at]), float(own.n[at]), float(own.phi[at]), norm)
            for own, channel in ((self.words, "said"), (self.deeds, "done"))
            if (norm := getattr(self.fits.channels[channel], against))
        ]
        return compare(sides[0], sides[1], self.fits.slope(against))

    def shrunk(self) -> Shrunk:
        """All gaps shrunk once, as the ranking does."""
        found = []
        for own, channel in ((self.words, "said"), (self.deeds, "done")):
            norm = self.fits.channels[channel].world
            assert norm
            post = integrate(own.k / own.phi, own.n / own.phi, norm.at(own.n), norm.tau)
            found.append(unshrunk(post.mean(), post.variance(), np.full(len(own.n), norm.tau)))
        (words, e_words), (deeds, e_deeds) = found
        gaps, errors = deeds - words, np.sqrt(e_words**2 + e_deeds**2)
        return fit_mixture(gaps, errors).shrink(gaps, errors)


def measure(world: World) -> Measured:
    """Count a world's acts by pair and month, and fit what a census is fitted with."""
    counted = pl.concat([_counted(world.words, "said"), _counted(world.deeds, "done")])
    last = date(FIRST.year + MONTHS // 12 - 1, 12, 31)
    span = span_of(FIRST, last, "day")
    fits = fit_all(counted, span, Choices(), ("said", "done"))
    own = [
        evidence(counted, name, span, blocks=fits.blocks, shrinkage=fits.channels[name].shrinkage)[
            0
        ]
        for name in ("said", "done")
    ]
    words, deeds = in_both(*own)
    return Measured(fits, words, deeds, np.array([int(name[1:]) for name in words.source]))


def _counted(channel: Channel, name: str) -> pl.DataFrame:
    """Columns of counted acts, one row a pair, month and sign."""
    k, n = channel.k, channel.n
    rows = []
    for sign, table in ((1, k), (-1, n - k)):
        pair, month = np.nonzero(table)
        rows.append(
            pl.DataFrame(
                {
                    "source": [f"S{i:06d}" for i in pair],
                    "target": ["T"] * len(pair),
                    "date": [date(FIRST.year + int(m) // 12, int(m) % 12 + 1, 1) for m in month],
                    "precision": ["day"] * len(pair),
                    "channel": [name] * len(pair),
                    "valence": pl.Series([sign] * len(pair), dtype=pl.Int8),
                    "acts": table[pair, month].astype(np.int64),
                    "reports": table[pair, month].astype(np.int64),
                }
            )
        )
    return pl.concat(rows)
