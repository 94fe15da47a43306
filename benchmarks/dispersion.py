"""Print how well the dispersion of some years foretells that of later ones.

    python benchmarks/dispersion.py [FILE]

FILE is icews_dyad_year_2002_2014.parquet (default ../shared/data/icews). Each pair's phi of
2002-2007 is shrunk to the median of all pairs, to one fitted centre for all, and to the centre at
the pair's volume as measure/dispersion.py does; each foretells the pair's own phi of 2008-2014.
Printed are the root mean square and the mean of the error: the later log phi, freed of its bias
and floored at 0, less the log of the phi foretold (a positive mean: foretold too small). Scored are
the pairs with enough degrees of freedom in both halves (MIN_DF in the first, 3 in the second), then
those of them with more than 500 acts in the first half.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from saidanddone.measure.dispersion import (
    MIN_DF,
    OwnPhi,
    Series,
    Shrinkage,
    own_phi,
    shrinkage,
)
from saidanddone.measure.odds import Floats

DEFAULT = Path(__file__).parents[2] / "shared/data/icews/icews_dyad_year_2002_2014.parquet"
CHANNELS = {"words": ("verbCoop", "verbConf"), "deeds": ("matlCoop", "matlConf")}
EARLIER, LATER = (2002, 2007), (2008, 2014)
MANY_ACTS = 500
LATER_DF = 3.0


def own(counts: pl.DataFrame, columns: tuple[str, str], years: tuple[int, int]) -> OwnPhi:
    """Each pair's own phi in a channel and some years."""
    table = counts.filter(pl.col("year").is_between(*years))
    k = table[columns[0]].to_numpy().astype(float)
    n = k + table[columns[1]].to_numpy()
    period = (table["year"] - years[0]).to_numpy().astype(np.int64)
    pairs = int(counts["pair"].max()) + 1  # type: ignore[arg-type]
    return own_phi(Series(of_pair(table), period, k, n, pairs, years[1] - years[0] + 1))


def volume(counts: pl.DataFrame, columns: tuple[str, str], years: tuple[int, int]) -> Floats:
    """Each pair's acts in a channel and some years."""
    table = counts.filter(pl.col("year").is_between(*years))
    n = (table[columns[0]] + table[columns[1]]).to_numpy().astype(float)
    pairs = int(counts["pair"].max()) + 1  # type: ignore[arg-type]
    return np.bincount(of_pair(table), n, pairs).astype(float)


def of_pair(table: pl.DataFrame) -> NDArray[np.int64]:
    return table["pair"].to_numpy().astype(np.int64)


def main(file: Path) -> None:
    counts = pl.read_parquet(file)
    pairs = counts.select("i", "j").unique(maintain_order=True).with_row_index("pair")
    counts = counts.join(pairs, on=["i", "j"])
    print(
        "channel,centre,pairs,rmse,bias,pairs_many_acts,rmse_many_acts,bias_many_acts,level,growth"
    )
    for channel, columns in CHANNELS.items():
        earlier, later = (own(counts, columns, years) for years in (EARLIER, LATER))
        n = volume(counts, columns, EARLIER)
        scored = (earlier.df >= MIN_DF) & (later.df >= LATER_DF)
        many = scored & (n > MANY_ACTS)
        target = np.maximum(0.0, later.log_with_variance()[0])
        # Equal volumes leave the fit no slope: one centre for all.
        one = shrinkage(earlier, np.ones_like(n))
        middle = float(np.median(earlier.log_with_variance()[0][earlier.df >= MIN_DF]))
        centres = {
            "median": Shrinkage(middle, 0.0, one.variance),
            "one fitted": one,
            "at the volume": shrinkage(earlier, n),
        }
        for centre, fitted in centres.items():
            error = target - np.log(fitted.shrink(earlier, n))
            figures = [
                f"{scored.sum()},{np.sqrt((error[scored] ** 2).mean()):.3f},"
                f"{error[scored].mean():.3f}",
                f"{many.sum()},{np.sqrt((error[many] ** 2).mean()):.3f},{error[many].mean():.3f}",
            ]
            print(f"{channel},{centre},{','.join(figures)},{fitted.level:.3f},{fitted.growth:.3f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT)
