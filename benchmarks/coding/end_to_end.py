"""Print precision and recall of directed acts, from sentence to act, on the project's own gold and
on sentences of blind/, which are plainer.

    python benchmarks/coding/end_to_end.py

An act is right when source, target, channel and valence are; negated and supposed acts must not be
found. 'said against done' is the share of acts, said or done and found between actors that said or
did something, whose channel is one of those that the two have. 'beside every act' compares what is
found with each act of the two: where A said and did something to B, and both are found, two of
four are alike.
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
    """Acts found rightly, found wrongly and missed; said told from done, once and of all pairs."""

    right: int
    wrong: int
    missed: int
    told_apart: int
    compared: int
    alike: int
    crossed: int

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)

    @property
    def said_against_done(self) -> float:
        return self.told_apart / max(1, self.compared)

    @property
    def beside_every_act(self) -> float:
        return self.alike / max(1, self.crossed)


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
    right = wrong = missed = told_apart = compared = alike = crossed = 0
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
            if one[2] not in ("said", "done"):
                continue
            theirs = [act[2] for act in expected if act[:2] == one[:2]]
            channels = [channel for channel in theirs if channel in ("said", "done")]
            compared += bool(channels)
            told_apart += one[2] in channels
            alike += channels.count(one[2])
            crossed += len(channels)
    return Score(right, wrong, missed, told_apart, compared, alike, crossed)


def main() -> None:
    for half in PARTS:
        found = score(half)
        print(
            f"{half}: precision {found.precision:.3f}, recall {found.recall:.3f}, "
            f"said against done {found.said_against_done:.3f} of {found.compared} "
            f"(beside every act {found.beside_every_act:.3f} of {found.crossed})"
        )


if __name__ == "__main__":
    main()
