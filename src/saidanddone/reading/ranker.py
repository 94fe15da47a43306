"""The learned re-ranker: which event the words of a sentence speak for, and how surely.

Multinomial logistic regression over the features of features.py, the rules' vote among them,
trained on sentences made for this project (training/). Without its weights the rules alone serve.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from saidanddone.reading.events import plover_of
from saidanddone.reading.features import features
from saidanddone.reading.finding import Finding

NONE = "NONE"

RULES_ALONE = 0.6
"""Confidence of the rules where no weights are at hand."""

RULES_WEIGHT = 0.6
"""What the rules' vote adds to a probability: on PLV's read half 0.2 and 0.4 gave less."""


@dataclass(frozen=True, slots=True)
class Weights:
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
def weights() -> Weights | None:
    """Read the weights that ship; None where there are none."""
    file = files("saidanddone.reading").joinpath("ranker.npz")
    if not file.is_file():
        return None
    with file.open("rb") as opened, np.load(opened) as stored:
        names = bytes(stored["features"]).decode().split("\n")
        return Weights(
            events=tuple(bytes(stored["events"]).decode().split("\n")),
            index={name: at for at, name in enumerate(names)},
            table=stored["table"].astype(np.float32) * stored["scale"].astype(np.float32),
        )


def ranked(
    doc: Any, source: Any, target: Any | None, vote: Finding | None
) -> tuple[str | None, float]:
    """The event and its confidence; None where the rules found no act.

    The rules' event stands unless the words speak much more for another. Confidence is the mean of
    the model's probability and the rules' weight, so that agreement counts. The model never takes
    a finding away: trained on few short sentences, it holds 'A met B on Monday' for no act.
    """
    event = plover_of(vote) if vote else None
    learned = weights()
    if learned is None or event is None:
        return event, RULES_ALONE if event else 0.0
    found = features(doc, source, target, vote, event)
    probable = dict(zip(learned.events, map(float, learned.probabilities(found)), strict=True))
    probable.pop(NONE, None)
    probable[event] = probable.get(event, 0.0) + RULES_WEIGHT
    best = max(probable, key=lambda name: probable[name])
    return best, probable[best] / (1.0 + RULES_WEIGHT)
