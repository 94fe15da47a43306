"""The smaller learned reader: logistic regression over words, path and the rules' vote.

Trained on sentences made for this project (benchmarks/coding/train.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Regression:
    """events: names of the classes. index: position of each feature. table: shape (features + 1,
    events), the last row the intercept."""

    events: tuple[str, ...]
    index: dict[str, int]
    table: NDArray[np.float32]

    def probabilities(self, found: list[str]) -> NDArray[np.float64]:
        """Probability of each event."""
        rows = [self.index[name] for name in found if name in self.index]
        # Each sentence's features have length one, as in training.
        scale = 1.0 / np.sqrt(max(1, len(rows)))
        scores = self.table[rows].sum(axis=0, dtype=np.float64) * scale + self.table[-1]
        scores -= scores.max()
        odds = np.exp(scores)
        return np.asarray(odds / odds.sum())


@cache
def regression() -> Regression | None:
    """Read the weights that ship; None where there are none."""
    file = files("saidanddone.reading").joinpath("ranker.npz")
    if not file.is_file():
        return None
    with file.open("rb") as opened, np.load(opened) as stored:
        names = bytes(stored["features"]).decode().split("\n")
        return Regression(
            events=tuple(bytes(stored["events"]).decode().split("\n")),
            index={name: at for at, name in enumerate(names)},
            table=stored["table"].astype(np.float32) * stored["scale"].astype(np.float32),
        )
