"""The learned reader: which event a sentence reports of one actor toward another, or none.

A small transformer (MiniLM, fewer layers and words, weights of one byte) that was taught on the
sentences of training/ alone. Source and target are marked in the text. Without onnxruntime,
tokenizers or the file of weights the rules and the re-ranker serve alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

NONE = "NONE"

EVENTS = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "RETREAT", "COOPERATE", "AID", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", NONE,
)  # fmt: skip
"""PLOVER's events and that there is none."""

KINDS = (
    ("AGREE", "030"), ("CONSULT", "040"), ("SUPPORT", "051"), ("SUPPORT", "050"),
    ("CONCEDE", "080"), ("RETREAT", "087"), ("COOPERATE", "060"), ("AID", "070"),
    ("REQUEST", "020"), ("REQUEST", "100"), ("ACCUSE", "112"), ("REJECT", "120"),
    ("REJECT", "125"), ("THREATEN", "130"), ("PROTEST", "140"), ("SANCTION", "160"),
    ("SANCTION", "161"), ("MOBILIZE", "154"), ("COERCE", "170"), ("ASSAULT", "190"), (NONE, ""),
)  # fmt: skip
"""The classes in the order of the network's outputs (benchmarks/coding/train_encoder.py): an event
with the code that stands for it. Four events have two: support that is said or signed, appeals and
demands, refusals and sanctions that are words or acts, or a diplomatic step."""

_EVENT_OF = np.array([[float(kind[0] == event) for event in EVENTS] for kind in KINDS])

LONGEST = 96
"""Word pieces that are read: those around the two actors. Training had the same limit."""

BATCH = 16
"""Pairs read at once, of alike length: more gain nothing on one thread."""


class Pair(NamedTuple):
    """A sentence and the characters of source and target in it; target may be absent."""

    text: str
    source: tuple[int, int]
    target: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Encoder:
    """The network and its tokenizer. begin, end, source, target: the pieces that mark."""

    network: Any
    tokenizer: Any
    begin: int
    end: int
    source: tuple[int, int]
    target: tuple[int, int]

    def probabilities(self, pairs: Sequence[Pair]) -> NDArray[np.float64]:
        """Shape (pairs, events): probability of each of EVENTS."""
        return np.asarray(self.kinds(pairs) @ _EVENT_OF)

    def kinds(self, pairs: Sequence[Pair]) -> NDArray[np.float64]:
        """Shape (pairs, kinds): probability of each of KINDS."""
        pieces = [self.pieces(pair) for pair in pairs]
        answer = np.zeros((len(pairs), len(KINDS)))
        order = sorted(range(len(pairs)), key=lambda at: len(pieces[at]))
        for start in range(0, len(order), BATCH):
            rows = order[start : start + BATCH]
            width = max(len(pieces[at]) for at in rows)
            ids = np.zeros((len(rows), width), dtype=np.int64)
            mask = np.zeros((len(rows), width), dtype=np.float32)
            for row, at in enumerate(rows):
                ids[row, : len(pieces[at])] = pieces[at]
                mask[row, : len(pieces[at])] = 1.0
            (scores,) = self.network.run(None, {"ids": ids, "mask": mask})
            odds = np.exp(scores - scores.max(axis=1, keepdims=True))
            answer[rows] = odds / odds.sum(axis=1, keepdims=True)
        return answer

    def pieces(self, pair: Pair) -> list[int]:
        """Word pieces of a sentence with both actors marked, cut to what is around them."""
        encoded = self.tokenizer.encode(pair.text, add_special_tokens=False)
        marks: list[tuple[int, int, int]] = []
        for span, (opening, closing) in ((pair.source, self.source), (pair.target, self.target)):
            if span is None:
                continue
            inside = [
                at for at, (a, b) in enumerate(encoded.offsets) if a < span[1] and b > span[0]
            ]
            if inside:
                marks += [(inside[0], 0, opening), (inside[-1] + 1, -1, closing)]
        marks.sort()
        found: list[int] = []
        at = 0
        places: list[int] = []
        for place, _, mark in marks:
            found += encoded.ids[at:place]
            places.append(len(found))
            found.append(mark)
            at = place
        found += encoded.ids[at:]
        return [self.begin, *_around(found, places), self.end]


def _around(pieces: list[int], marks: list[int]) -> list[int]:
    room = LONGEST - 2
    if len(pieces) <= room:
        return pieces
    first, last = (min(marks), max(marks) + 1) if marks else (0, 0)
    if last - first > room:
        return pieces[first : first + room // 2] + pieces[last - room // 2 : last]
    start = min(max(0, first - (room - (last - first)) // 2), len(pieces) - room)
    return pieces[start : start + room]


@cache
def encoder() -> Encoder | None:
    """Load the network once, for one thread; None where it cannot be had."""
    folder = files("saidanddone.reading")
    weights, words = folder.joinpath("encoder.onnx"), folder.joinpath("encoder.json")
    if not (weights.is_file() and words.is_file()):
        return None
    try:
        import onnxruntime
        from tokenizers import Tokenizer
    except ImportError:
        return None
    options = onnxruntime.SessionOptions()
    # Documents are shared among processes: threads of one network would only get in their way.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    network = onnxruntime.InferenceSession(
        weights.read_bytes(), options, providers=["CPUExecutionProvider"]
    )
    tokenizer = Tokenizer.from_str(words.read_text(encoding="utf-8"))

    number = tokenizer.get_vocab()
    return Encoder(
        network=network,
        tokenizer=tokenizer,
        begin=number["[CLS]"],
        end=number["[SEP]"],
        source=(number["[unused0]"], number["[unused1]"]),
        target=(number["[unused2]"], number["[unused3]"]),
    )
