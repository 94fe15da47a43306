"""Print how far the second, blind labels of 200 gold sentences agree with the first.

    python benchmarks/coding/agreement.py

An item is a directed pair of actors in a sentence that either reader gives an act. Cohen's kappa is
printed for what both give it: nothing, or an act with its channel and valence; its event; its mode.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

GOLD = Path(__file__).parent / "gold"
Row = dict[str, str]
Labels = dict[tuple[str, str, str], list[Row]]


def kappa(pairs: Sequence[tuple[str, str]]) -> float:
    """Cohen's kappa of two readers' labels."""
    total = len(pairs)
    agreed = sum(a == b for a, b in pairs) / total
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(first[label] * second[label] for label in first) / total**2
    return (agreed - chance) / (1 - chance)


def labels(file: str, only: set[str] | None = None) -> tuple[Labels, set[str]]:
    """Rows by sentence and directed pair, and the sentences that the file covers."""
    found: Labels = defaultdict(list)
    sentences = set()
    with (GOLD / file).open(encoding="utf-8", newline="") as opened:
        for row in csv.DictReader(opened):
            if only is None or row["sentence"] in only:
                sentences.add(row["sentence"])
                if row["source"]:
                    found[row["sentence"], row["source"], row["target"]].append(row)
    return found, sentences


def main() -> None:
    second, sentences = labels("second.csv")
    first, _ = labels("acts.csv", sentences)
    items = sorted({*first, *second})
    both = [item for item in items if item in first and item in second]
    print(f"{len(sentences)} sentences, {len(items)} directed pairs, {len(both)} in both")
    what: dict[str, Callable[[Row], str]] = {
        "channel and valence": lambda row: f"{row['channel']} {row['valence']}",
        "event": lambda row: row["plover"],
        "mode": lambda row: row["mode"],
    }
    for name, of in what.items():
        given = [(_main(first, i, of), _main(second, i, of)) for i in both]
        agreed = sum(a == b for a, b in given) / len(given)
        print(f"{name}: kappa {kappa(given):.3f}, the same in {agreed:.1%} (pairs in both)")
    found = 2 * len(both) / (sum(i in first for i in items) + sum(i in second for i in items))
    print(f"pairs that both find: F1 {found:.3f}")


def _main(table: Labels, item: tuple[str, str, str], of: Callable[[Row], str]) -> str:
    """The label of a pair; of several acts the first by name, the same rule for both."""
    return sorted(of(row) for row in table[item])[0]


if __name__ == "__main__":
    main()
