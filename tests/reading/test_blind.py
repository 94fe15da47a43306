"""Sentences that others labelled (benchmarks/coding/blind): what was answered rightly stays so.

A sentence is right when exactly its acts are found: source, target, channel and valence. `open`
marks those that are answered otherwise than their writer did, of whom one in six doubted himself.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date
from functools import cache
from pathlib import Path

import pytest

pytest.importorskip("spacy", reason="the extra 'read' is not installed")
pytest.importorskip("onnxruntime", reason="the extra 'read' is not installed")
pytest.importorskip("tokenizers", reason="the extra 'read' is not installed")

from saidanddone.reading.coding import UNREPORTED, code
from saidanddone.reading.parser import parse_all
from saidanddone.reading.sentence_acts import acts_in

BLIND = Path(__file__).parents[2] / "benchmarks" / "coding" / "blind"
FEWEST_RIGHT = {("first", "second"): 0.75, ("fourth", "fifth"): 0.45}

Act = tuple[str, str, str, int]


def _rows(file: str) -> list[dict[str, str]]:
    with (BLIND / file).open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


@cache
def _wrong() -> tuple[set[str], set[str]]:
    """Sentences of the parts that were read that are answered wrongly, and the open ones."""
    labelled: dict[str, set[Act]] = defaultdict(set)
    for row in _rows("acts.csv"):
        act = (row["source"], row["target"], row["channel"], int(row["valence"]))
        labelled[row["sentence"]].add(act)
    asked = [row for row in _rows("sentences.csv") if row["half"] != "third"]
    wrong = set()
    for row, doc in zip(asked, parse_all(row["sentence"] for row in asked), strict=True):
        found = {
            (act.source, act.target, act.coding.channel, act.coding.valence)
            for act in acts_in(doc, published=date.fromisoformat(row["published"]))
            if act.source and act.target and act.coding.mode not in UNREPORTED
        }
        if found != labelled[row["id"]]:
            wrong.add(row["id"])
    return wrong, {row["id"] for row in asked if row["open"]}


def test_what_was_right_is_right() -> None:
    wrong, open_ = _wrong()
    assert wrong - open_ == set()


def test_open_sentences_are_those_that_are_answered_otherwise() -> None:
    wrong, open_ = _wrong()
    assert open_ - wrong == set()


@pytest.mark.parametrize("halves", FEWEST_RIGHT)
def test_most_are_right(halves: tuple[str, ...]) -> None:
    asked = [row for row in _rows("sentences.csv") if row["half"] in halves]
    right = [row for row in asked if not row["open"]]
    assert len(right) >= FEWEST_RIGHT[halves] * len(asked)


def test_pairs_that_were_right_are_right() -> None:
    for row in _rows("pairs.csv"):
        coding = code(row["sentence"], source=row["source"], target=row["target"])
        events = row["plover"].split("/") if row["plover"] else [None]
        told = (coding.channel, str(coding.valence)) if coding else ("", "")
        right = told == (row["channel"], row["valence"])
        right = right and (coding.plover if coding else None) in events
        assert right == (not row["open"]), row["sentence"]


def test_labels_belong_to_sentences_and_stand_once() -> None:
    sentences = [row["id"] for row in _rows("sentences.csv")]
    acts = [tuple(row.values()) for row in _rows("acts.csv")]
    assert len(set(sentences)) == len(sentences)
    assert len(set(acts)) == len(acts)
    assert {row["sentence"] for row in _rows("acts.csv")} <= set(sentences)
