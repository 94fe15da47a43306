"""Weigh what the encoder sees between actors that no rule links: prints the weights of seen.py.

    pip install scikit-learn; python benchmarks/coding/weigh_pairs.py

On the development half of the gold alone. A candidate is right when source, target, channel and
valence are. Printed: precision and recall of the whole reader at several thresholds, with weights
fitted on the sentences of the other folds; then the weights of all.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping
from datetime import date

import numpy as np
from end_to_end import GOLD, Act

from saidanddone.reading import sentence_acts
from saidanddone.reading.coding import UNREPORTED
from saidanddone.reading.parser import parse_all
from saidanddone.reading.seen import WEIGHTS

FOLDS, PENALTY = 8, 0.1
"""Inverse of the L2 penalty, over facts of unit variance: few weights, few sentences."""

THRESHOLDS = (0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6)


class Recorder:
    """Stands in for the likelihood: everything is seen, with a number for its confidence."""

    def __init__(self) -> None:
        self.facts: list[Mapping[str, float]] = []

    def __call__(self, of: Mapping[str, float]) -> float:
        self.facts.append(of)
        return 1.0 + len(self.facts)


def main() -> None:
    from sklearn.linear_model import LogisticRegression

    with (GOLD / "sentences.csv").open(encoding="utf-8", newline="") as opened:
        rows = [row for row in csv.DictReader(opened) if row["half"] == "development"]
    gold: dict[str, set[Act]] = defaultdict(set)
    with (GOLD / "acts.csv").open(encoding="utf-8", newline="") as opened:
        for row in csv.DictReader(opened):
            if row["mode"] not in UNREPORTED:
                act = (row["source"], row["target"], row["channel"], int(row["valence"]))
                gold[row["sentence"]].add(act)
    recorder = Recorder()
    sentence_acts.likelihood = recorder  # type: ignore[assignment]
    names = sorted(WEIGHTS)
    facts, right, which = [], [], []
    by_rule: list[tuple[int, int, int]] = []
    for number, (row, doc) in enumerate(
        zip(rows, parse_all(row["sentence"] for row in rows), strict=True)
    ):
        found: set[Act] = set()
        for act in sentence_acts.acts_in(doc, published=date.fromisoformat(row["published"])):
            if not act.source or not act.target or act.coding.mode in UNREPORTED:
                continue
            key = (act.source, act.target, act.coding.channel, act.coding.valence)
            if act.coding.confidence <= 1.0:
                found.add(key)
                continue
            of = recorder.facts[int(act.coding.confidence) - 2]
            facts.append([of[name] for name in names])
            right.append(key in gold[row["id"]])
            which.append(number)
        mine = gold[row["id"]]
        by_rule.append((len(found & mine), len(found - mine), len(mine)))
    table, answers, of_row = np.array(facts), np.array(right), np.array(which)
    spread = table.std(axis=0)
    middle = np.where(spread > 0, table.mean(axis=0), 0.0)
    spread = np.where(spread > 0, spread, 1.0)
    fold = np.random.default_rng(0).integers(0, FOLDS, len(rows))[of_row]
    scaled = (table - middle) / spread
    likely = np.zeros(len(table))
    for held in range(FOLDS):
        model = LogisticRegression(C=PENALTY, fit_intercept=True, max_iter=500)
        model.fit(scaled[fold != held], answers[fold != held])
        likely[fold == held] = model.predict_proba(scaled[fold == held])[:, 1]
    ruled, wrong, total = (sum(column) for column in zip(*by_rule, strict=True))
    print(f"{len(table)} candidates, {answers.sum()} right; rules alone {ruled}, wrong {wrong}")
    for threshold in THRESHOLDS:
        taken = likely >= threshold
        more = int(answers[taken].sum())
        precision = (ruled + more) / (ruled + wrong + int(taken.sum()))
        recall = (ruled + more) / total
        print(
            f"at {threshold}: {taken.sum()} more, {more} right; precision {precision:.3f}, "
            f"recall {recall:.3f}, harmonic mean {2 / (1 / precision + 1 / recall):.3f}"
        )
    model = LogisticRegression(C=PENALTY, fit_intercept=True, max_iter=500).fit(scaled, answers)
    weights = dict(zip(names, model.coef_[0] / spread, strict=True))
    weights["constant"] += float(model.intercept_[0] - (model.coef_[0] * middle / spread).sum())
    print({name: round(float(value), 3) for name, value in weights.items()})


if __name__ == "__main__":
    main()
