"""Print precision and recall of directed acts, from sentence to act, on the project's own gold and
on sentences of blind/, which are plainer.

    python benchmarks/coding/end_to_end.py

An act is right when source, target, channel and valence are; negated and supposed acts must not be
found. 'said against done' is the share of acts found between the right actors whose channel is the
right one of the two.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from saidanddone.reading.coding import UNREPORTED
from saidanddone.reading.parser import parse_all
from saidanddone.reading.sentence_acts import acts_in

GOLD = Path(__file__).parent / "gold"
BLIND = Path(__file__).parent / "blind"
PARTS = {
    "development": GOLD,
    "held-out": GOLD,
    "first": BLIND,
    "second": BLIND,
    "third": BLIND,
    "fourth": BLIND,
    "fifth": BLIND,
}
"""The parts of the two folders, by the name of their column half."""

Act = tuple[str, str, str, int]


@dataclass(frozen=True)
class Score:
    """Counts of acts found rightly, found wrongly and missed; said and done told apart."""

    right: int
    wrong: int
    missed: int
    told_apart: int
    compared: int

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)

    @property
    def said_against_done(self) -> float:
        return self.told_apart / max(1, self.compared)


def score(half: str) -> Score:
    """Score one of PARTS."""
    folder = PARTS[half]
    with (folder / "sentences.csv").open(encoding="utf-8", newline="") as opened:
        sentences = [row for row in csv.DictReader(opened) if row["half"] == half]
    gold: dict[str, set[Act]] = defaultdict(set)
    with (folder / "acts.csv").open(encoding="utf-8", newline="") as opened:
        for row in csv.DictReader(opened):
            if row["mode"] not in UNREPORTED:
                act = (row["source"], row["target"], row["channel"], int(row["valence"]))
                gold[row["sentence"]].add(act)
    right = wrong = missed = told_apart = compared = 0
    docs = parse_all(row["sentence"] for row in sentences)
    for row, doc in zip(sentences, docs, strict=True):
        found: set[Act] = {
            (act.source, act.target, act.coding.channel, act.coding.valence)
            for act in acts_in(doc, published=date.fromisoformat(row["published"]))
            if act.source and act.target and act.coding.mode not in UNREPORTED
        }
        expected = gold[row["id"]]
        right += len(found & expected)
        wrong += len(found - expected)
        missed += len(expected - found)
        for one in found:
            for other in expected:
                if one[:2] == other[:2] and {one[2], other[2]} <= {"said", "done"}:
                    compared += 1
                    told_apart += one[2] == other[2]
    return Score(right, wrong, missed, told_apart, compared)


def main() -> None:
    for half in PARTS:
        found = score(half)
        print(
            f"{half}: precision {found.precision:.3f}, recall {found.recall:.3f}, "
            f"said against done {found.said_against_done:.3f} of {found.compared}"
        )


if __name__ == "__main__":
    main()
