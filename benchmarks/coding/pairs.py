"""Print how often `code()` is right on pairs that somebody else labelled (blind/pairs.csv).

    python benchmarks/coding/pairs.py

An answer is right when channel and sign are those of the label, and None where there is no act; in
the second column the PLOVER event has to be the labelled one, too.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

from saidanddone.reading.coding import Coding, code

PAIRS = Path(__file__).parent / "blind" / "pairs.csv"


def rows() -> list[dict[str, str]]:
    """Read the pairs: kind, source, target, plover, channel, valence, open and sentence."""
    with PAIRS.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def right(row: dict[str, str], coding: Coding | None, *, event: bool) -> bool:
    """Say whether a coding is what the row has; an event may be one of several."""
    if coding is None or not row["plover"]:
        return coding is None and not row["plover"]
    same = (coding.channel, str(coding.valence)) == (row["channel"], row["valence"])
    return same and (not event or coding.plover in row["plover"].split("/"))


def main() -> None:
    asked: Counter[str] = Counter()
    signs: Counter[str] = Counter()
    events: Counter[str] = Counter()
    for row in rows():
        coding = code(row["sentence"], source=row["source"], target=row["target"])
        for kind in (row["kind"], "all"):
            asked[kind] += 1
            signs[kind] += right(row, coding, event=False)
            events[kind] += right(row, coding, event=True)
    for kind, number in asked.items():
        print(f"{kind}: {signs[kind]} of {number} by channel and sign, {events[kind]} by event too")


if __name__ == "__main__":
    main()
