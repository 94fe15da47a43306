"""What movers are: pairs with their gaps in two windows."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from saidanddone.model import Actor, EvidenceItem, Window

Z90 = 1.6448536269514722
"""The normal quantile of a central 90% interval."""


@dataclass(frozen=True, slots=True)
class MovedPair:
    """A pair's gap in two windows, in logits.

    before, after: gaps out of the acts alone, unshrunk, each under its own window's norm, with
    their standard errors. change: after less before, se its standard error. shrunk: the change
    after all changes were shrunk once, lfsr the probability that its sign is wrong. words, deeds:
    k and n before, k and n after. moved_by: the side that moved more, 'words' or 'deeds'. acts: its
    acts that pull the way of the change, heaviest first, of each window; empty beyond the first
    rows.
    """

    rank: int
    source: Actor
    target: Actor
    before: tuple[float, float]
    after: tuple[float, float]
    change: float
    se: float
    shrunk: float
    lfsr: float
    words: tuple[float, float, float, float]
    deeds: tuple[float, float, float, float]
    moved_by: str
    acts_before: tuple[EvidenceItem, ...]
    acts_after: tuple[EvidenceItem, ...]

    @property
    def interval90(self) -> tuple[float, float]:
        """The 90% interval of the change, before shrinking."""
        return self.change - Z90 * self.se, self.change + Z90 * self.se

    def to_dict(self) -> dict[str, Any]:
        """The row as `movers --json` prints it."""

        def counts(four: tuple[float, float, float, float]) -> dict[str, Any]:
            before, after = four[:2], four[2:]
            return {
                name: {"cooperative": k, "n": n}
                for name, (k, n) in (("before", before), ("after", after))
            }

        return {
            "rank": self.rank,
            "source": {"id": self.source.id, "name": self.source.name},
            "target": {"id": self.target.id, "name": self.target.name},
            "before": {"gap": self.before[0], "se": self.before[1]},
            "after": {"gap": self.after[0], "se": self.after[1]},
            "change": self.change,
            "se": self.se,
            "interval90": list(self.interval90),
            "shrunk": self.shrunk,
            "lfsr": self.lfsr,
            "words": counts(self.words),
            "deeds": counts(self.deeds),
            "moved_by": self.moved_by,
            "acts_before": [asdict(item) for item in self.acts_before],
            "acts_after": [asdict(item) for item in self.acts_after],
        }


@dataclass(frozen=True, slots=True)
class Movers:
    """The pairs that moved most, first the largest; pairs is how many could be compared."""

    dataset: str
    before: Window
    after: Window
    pairs: int
    rows: tuple[MovedPair, ...]
    notes: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """The object that `movers --json` prints."""
        return {
            "dataset": self.dataset,
            "before": {"since": str(self.before.since), "until": str(self.before.until)},
            "after": {"since": str(self.after.since), "until": str(self.after.until)},
            "pairs": self.pairs,
            "movers": [row.to_dict() for row in self.rows],
            "notes": list(self.notes),
        }
