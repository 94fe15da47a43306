"""Print precision and recall of directed acts on scenes that nothing was taught or mended on.

    python benchmarks/coding/kept_back.py

scenes_kept_back.csv holds 372, 174, 176 and 174 scenes of four waves, of the same writers as
the training's. All actors are given, so that this is the reading of pairs alone: channel and
valence of every ordered pair, at several thresholds.
"""

from __future__ import annotations

import csv
from itertools import pairwise, permutations
from pathlib import Path

from examples import Example, example_of, with_findings

from saidanddone.reading.encoder import KINDS
from saidanddone.reading.events import read_code
from saidanddone.reading.seen import cells, see
from saidanddone.reading.training.scenes import read_scene

FILE = Path(__file__).parent / "scenes_kept_back.csv"
WAVES = (372, 546, 722)
"""Where the waves end: the second was written to be harder, the third and the fourth in the manner
of the development half of the gold, which their writers knew."""

THRESHOLDS = (0.4, 0.5, 0.6, 0.7, 0.8)


def told_scenes() -> list[Example]:
    """The scenes with what the rules find in them."""
    with FILE.open(encoding="utf-8", newline="") as opened:
        scenes = [read_scene(r["id"], r["sentence"], r["acts"]) for r in csv.DictReader(opened)]
    return with_findings([example_of(scene) for scene in scenes])


def main() -> None:
    told = told_scenes()
    waves = zip(
        ("first", "second", "third", "fourth"), pairwise((0, *WAVES, len(told))), strict=True
    )
    for name, (start, end) in waves:
        report(f"{name} wave", told[start:end])


def report(name: str, told: list[Example]) -> None:
    """Print what is found in scenes at each threshold."""
    found: list[tuple[float, bool]] = []
    total = 0
    for one in told:
        seen = see(one.scene, one.linked)
        if seen is None:
            raise SystemExit("the encoder is not installed: pip install 'saidanddone[read]'")
        for pair in permutations(range(len(one.scene.actors)), 2):
            if pair not in one.pairs:
                continue
            gold = {read_code(KINDS[k][1]) for k in one.pairs[pair].kinds if KINDS[k][1]}
            total += len(gold)
            found += [(likely, cell in gold) for cell, likely in cells(seen[pair]).items()]
    pairs = sum(len(one.pairs) for one in told)
    print(f"{name}: {len(told)} scenes, {pairs} pairs, {total} acts")
    for least in THRESHOLDS:
        taken = [right for likely, right in found if likely >= least]
        right = sum(taken)
        print(f"at {least}: precision {right / len(taken):.3f}, recall {right / total:.3f}")


if __name__ == "__main__":
    main()
