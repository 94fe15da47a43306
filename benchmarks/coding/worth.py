"""Print what the rules are worth, and what should weigh how much, on text they were not mended on.

    python benchmarks/coding/worth.py

First the findings of the rules on the scenes kept back (scenes_kept_back.csv): of how many the
channel and sign, or the event too, are an act of that pair. Then the weights of reading/seen.py on
the training sentences kept back: macro-F1 of pairs that are told to have an act, as plv.py counts.
"""

from __future__ import annotations

from collections import defaultdict

from examples import Example
from kept_back import told_scenes
from plv import QUAD_OF, ROOTS, macro_f1, root
from train import kept_back, training_rows

from saidanddone.reading import seen
from saidanddone.reading.coder import find_act
from saidanddone.reading.coding import find_span, findings_of
from saidanddone.reading.encoder import KINDS, Scene
from saidanddone.reading.events import plover_of, read_code
from saidanddone.reading.finding import SURE
from saidanddone.reading.parser import parse_all
from saidanddone.reading.ranker import regressed

WEIGHTS = ((0.0, 0.0, 0.0), (0.0, 0.0, 0.5), (0.2, 0.1, 0.0), (0.2, 0.1, 0.5), (0.4, 0.2, 0.5))
"""LINKED_WEIGHT, NEAR_WEIGHT and OTHER_WEIGHT of seen.py."""


def rules(told: list[Example]) -> None:
    """Count the findings of linked predicates by kind of rule."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for one in told:
        for pair, found in one.linked:
            if found.mode not in SURE or pair not in one.pairs:
                continue
            acts = [KINDS[kind] for kind in one.pairs[pair].kinds if KINDS[kind][1]]
            kind = "phrase" if seen.PHRASE in found.rule else "other"
            for name in ("all", kind):
                counts[name][0] += 1
                counts[name][1] += read_code(found.code) in {read_code(code) for _, code in acts}
                counts[name][2] += plover_of(found) in {event for event, _ in acts}
    for name, (many, cells, events) in counts.items():
        print(
            f"rules, {name}: {many} findings, channel and sign right {cells / many:.2f}, "
            f"event right {events / many:.2f}"
        )


def weights() -> None:
    """Print macro-F1 over roots and quad classes for each choice of weights."""
    rows = [row for row in training_rows() if kept_back(row) and row["plover"] != "NONE"]
    gold, read = [], []
    for row, doc in zip(rows, parse_all(row["sentence"] for row in rows), strict=True):
        source = find_span(doc, row["source"])
        target = find_span(doc, row["target"], avoid=source)
        if source is None or target is None:
            continue
        vote = find_act(doc, source, target, nearby=True)
        spans = tuple(((span.start_char, span.end_char),) for span in (source, target))
        table = seen.see(Scene(doc.text, spans), findings_of(doc, source, target, vote))
        if table is None:
            raise SystemExit("the encoder is not installed: pip install 'saidanddone[read]'")
        gold.append(root(row["plover"]))
        read.append((table[0, 1], vote, regressed(doc, source, target, vote)))
    for chosen in WEIGHTS:
        seen.LINKED_WEIGHT, seen.NEAR_WEIGHT, seen.OTHER_WEIGHT = chosen
        found = [root(seen.likeliest(*one).plover) for one in read]
        own, theirs = ([QUAD_OF[name] for name in names] for names in (gold, found))
        print(
            f"weights {chosen}: roots {macro_f1(gold, found, ROOTS):.3f}, "
            f"quad {macro_f1(own, theirs, (1, 2, 3, 4)):.3f} of {len(gold)} sentences"
        )


def main() -> None:
    rules(told_scenes())
    weights()


if __name__ == "__main__":
    main()
