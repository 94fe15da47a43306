"""What a specification curve holds: every combination of choices, and what it answers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl

from saidanddone.model import Actor, Window


@dataclass(frozen=True, slots=True)
class Specification:
    """One combination of choices and what it answers.

    levels: where it stands on each axis (measure.specifications.AXES). estimate, se and the 90%
    band low to high: the gap in logits, None where it has no norm. words, deeds: acts with a sign
    (sums of weights where they are weighted).
    """

    levels: dict[str, str]
    estimate: float | None
    se: float | None
    low: float | None
    high: float | None
    direction: str | None
    words: float
    deeds: float


@dataclass(frozen=True)
class Curve:
    """A question under every combination of the choices; baseline is the one as asked.

    explained: the share of the variance of the estimates that each axis explains by itself, for
    the axes that vary. notes: what could not be varied, and why.
    """

    source: Actor
    target: Actor
    window: Window
    baseline: Specification
    specifications: tuple[Specification, ...]
    explained: dict[str, float]
    notes: tuple[str, ...]

    @cached_property
    def known(self) -> list[Specification]:
        """The specifications that have an estimate, by its size."""
        found = [s for s in self.specifications if s.estimate is not None]
        return sorted(found, key=lambda s: (s.estimate or 0.0, tuple(s.levels.values())))

    @property
    def same_direction(self) -> int:
        """How many estimates have the sign of the baseline's."""
        base = self.baseline.estimate or 0.0
        return sum((s.estimate or 0.0) * base > 0 for s in self.known)

    @property
    def decided(self) -> dict[str, int]:
        """How many specifications decide warmer, and how many colder."""
        count = Counter(s.direction for s in self.specifications)
        return {"warmer": count["warmer"], "colder": count["colder"]}

    @property
    def most_important(self) -> str | None:
        """The axis that explains most of the variance; None where the estimates are alike."""
        most = max(self.explained, key=lambda axis: self.explained[axis], default=None)
        return most if most and self.explained[most] > 0 else None

    @property
    def median(self) -> float | None:
        """The median estimate."""
        return float(np.median([s.estimate or 0.0 for s in self.known])) if self.known else None

    @property
    def table(self) -> pl.DataFrame:
        """One row a specification, by estimate; those without one last."""
        rows = [_row(s) for s in (*self.known, *self._unknown())]
        numbers = dict.fromkeys(("estimate", "se", "low90", "high90"), pl.Float64)
        return pl.DataFrame(rows, schema_overrides={**numbers, "direction": pl.String})

    def _unknown(self) -> list[Specification]:
        return [s for s in self.specifications if s.estimate is None]

    def by_level(self) -> list[dict[str, Any]]:
        """For each axis that varies and each of its levels: how its specifications come out.

        Keys: axis, level, specifications, median, same_direction, decided.
        """
        rows = []
        base = self.baseline.estimate or 0.0
        for axis in self.explained:
            for name in dict.fromkeys(s.levels[axis] for s in self.specifications):
                own = [s for s in self.known if s.levels[axis] == name]
                estimates = [s.estimate or 0.0 for s in own]
                rows.append(
                    {
                        "axis": axis,
                        "level": name,
                        "specifications": len(own),
                        "median": float(np.median(estimates)) if estimates else None,
                        "same_direction": sum(e * base > 0 for e in estimates),
                        "decided": sum(s.direction is not None for s in own),
                    }
                )
        return rows

    def to_dict(self) -> dict[str, Any]:
        """The curve as `curve --json` prints it."""
        return {
            "source": {"id": self.source.id, "name": self.source.name},
            "target": {"id": self.target.id, "name": self.target.name},
            "window": {
                "since": self.window.since.isoformat() if self.window.since else None,
                "until": self.window.until.isoformat() if self.window.until else None,
            },
            "baseline": _row(self.baseline),
            "summary": {
                "specifications": len(self.specifications),
                "measured": len(self.known),
                "same_direction": self.same_direction,
                "decided": self.decided,
                "median": self.median,
                "lowest": self.known[0].estimate if self.known else None,
                "highest": self.known[-1].estimate if self.known else None,
                "most_important": self.most_important,
            },
            "explained": self.explained,
            "levels": self.by_level(),
            "specifications": [_row(s) for s in (*self.known, *self._unknown())],
            "notes": list(self.notes),
        }


def _row(found: Specification) -> dict[str, Any]:
    return {
        **found.levels,
        "estimate": found.estimate,
        "se": found.se,
        "low90": found.low,
        "high90": found.high,
        "direction": found.direction,
        "words": found.words,
        "deeds": found.deeds,
    }
