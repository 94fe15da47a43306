"""Print the coder's figures on the development sentences of the published PLV benchmark.

    python benchmarks/coding/plv.py [FILE]

FILE is plv_train.tsv (default ../shared/data/coding/plv_train.tsv); nothing that ships was trained
on it. A fixed 60% of its sentences may be read to mend the rules; the other 40% are the report.
CONCEDE and RETREAT count as YIELD there. Printed: macro-F1 over the fifteen roots and the four quad
classes: for the rules alone and the coder, both told that the pair has an act, and for the coder as
`code` is called without being told (strict); then the confusions of the report half.
"""

from __future__ import annotations

import csv
import hashlib
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from saidanddone.reading.coder import find_act
from saidanddone.reading.coding import code_parsed, find_span
from saidanddone.reading.events import QUADS, plover_of
from saidanddone.reading.parser import parse_all, plain

DEFAULT = Path(__file__).parents[3] / "shared" / "data" / "coding" / "plv_train.tsv"
ROOTS = (
    "AGREE", "CONSULT", "SUPPORT", "YIELD", "COOPERATE", "AID", "REQUEST", "ACCUSE", "REJECT",
    "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
QUAD_OF = {**QUADS, "YIELD": 2}


def macro_f1(gold: Sequence[Any], found: Sequence[Any], labels: Sequence[Any]) -> float:
    """Mean over labels of the harmonic mean of precision and recall."""
    scores = []
    for label in labels:
        both = sum(g == label == f for g, f in zip(gold, found, strict=True))
        either = sum(g == label for g in gold) + sum(f == label for f in found)
        scores.append(2 * both / either if either else 0.0)
    return sum(scores) / len(scores)


def is_report(sentence: str) -> bool:
    """Whether a sentence belongs to the 40% that are only reported."""
    return int(hashlib.sha256(sentence.encode()).hexdigest(), 16) % 10 >= 6


def root(event: str | None) -> str:
    """A PLOVER event as the benchmark names it; empty for none."""
    return "YIELD" if event in ("CONCEDE", "RETREAT") else event or ""


def main(file: Path) -> None:
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened, delimiter="\t", quoting=csv.QUOTE_NONE))
    gold: dict[bool, list[str]] = {False: [], True: []}
    found: dict[tuple[bool, str], list[str]] = {}
    for row, doc in zip(rows, parse_all(row["sentence"] for row in rows), strict=True):
        report = is_report(row["sentence"])
        gold[report].append(row["gold_root"])
        source = find_span(doc, plain(row["source"]))
        target = find_span(doc, plain(row["target"]), avoid=source)
        vote = find_act(doc, source, target, nearby=True) if source is not None else None
        coding = code_parsed(doc, source, target, known=True) if source is not None else None
        strict = code_parsed(doc, source, target) if source is not None else None
        rules = root(plover_of(vote) if vote else None)
        found.setdefault((report, "rules"), []).append(rules)
        found.setdefault((report, "coder"), []).append(root(coding.plover if coding else None))
        found.setdefault((report, "strict"), []).append(root(strict.plover if strict else None))
    for report in (False, True):
        for who in ("rules", "coder", "strict"):
            answers = found[report, who]
            quads = [QUAD_OF[label] for label in gold[report]]
            theirs = [QUAD_OF.get(label, 0) for label in answers]
            print(
                f"{'report' if report else 'read'} half, {who}: {len(answers)} sentences, "
                f"root {macro_f1(gold[report], answers, ROOTS):.3f}, "
                f"quad {macro_f1(quads, theirs, (1, 2, 3, 4)):.3f}"
            )
    confusions = Counter(
        (g, f or "nothing") for g, f in zip(gold[True], found[True, "coder"], strict=True) if g != f
    )
    print("report half, gold read as something else by the coder:")
    for (right, wrong), count in confusions.most_common(20):
        print(f"  {right:10} as {wrong:10} {count}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT)
