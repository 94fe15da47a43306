"""Acts that only the encoder sees: pairs of actors that no rule links in a sentence.

Every ordered pair of a sentence is read by the encoder. How likely it is an act is weighed from
its own score and from those of its rivals: a sentence in which A does something to B says mostly
nothing of A and C. Without the encoder nothing is seen.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from saidanddone.reading.coder import find_act
from saidanddone.reading.coding import Coding
from saidanddone.reading.encoder import KINDS, Pair
from saidanddone.reading.events import MODES, QUADS, plover_of, read_code
from saidanddone.reading.finding import SURE
from saidanddone.reading.ranker import kinds_of

Ends = tuple[str, str]

WEIGHTS = {
    "constant": -3.22, "score": 0.18, "returned": 0.05, "mutual": -0.03, "mutually returned": 0.25,
    "actors": 0.10, "before others of the source": 0.17, "before others of the target": 0.09,
    "of one kind": 1.44,
}  # fmt: skip
"""Of a logistic regression on the gold's development half (benchmarks/coding/weigh_pairs.py)."""

ENOUGH = 0.6
"""Likelihood from which a candidate is an act: at .5 there are more acts, and fewer are right."""

NEAR = 0.3
"""What a predicate that stands near adds to the encoder's probability of its kind: on the gold's
development half 160 of 266 acts then have the right channel and sign, without it 147."""

MUTUAL = frozenset({1, 3})
"""Places in KINDS of what two do together: talks and visits, agreements."""

AWAY = frozenset(
    {"to", "against", "on", "in", "at", "into", "toward", "towards", "over", "for", "about"}
    | {"near", "onto", "upon", "inside", "around", "outside"}
)
"""Prepositions under which an actor is where an act goes or happens."""

LEAST, MOST_ACTORS = -4.0, 6
"""The score where there is no rival; actors of a sentence that are told apart."""


class Candidate(NamedTuple):
    """Two actors of a sentence: their ids, the pair as the encoder reads it, and what it saw."""

    ends: Ends
    pair: Pair
    seen: NDArray[np.float64]

    @property
    def score(self) -> float:
        """Log odds that there is an act."""
        return _odds(1.0 - float(self.seen[-1]))


def _odds(probability: float) -> float:
    held = min(max(probability, 0.001), 0.999)
    return math.log(held / (1.0 - held))


def undergoes(span: Any) -> bool:
    """Whether a mention stands where something is done to it: 'sent X', 'against X', 'in X'.

    It is then read as no source: on the gold's development half one act in 237 is lost, and a
    quarter of the pairs need not be read.
    """
    token = span.root
    while token.dep_ in ("conj", "appos"):
        token = token.head
    if token.dep_ in ("dobj", "dative"):
        return True
    return bool(token.dep_ == "pobj" and token.head.lower_ in AWAY)


def read_pairs(pairs: Sequence[tuple[Ends, Pair]]) -> dict[Ends, Candidate]:
    """What the encoder saw of each two actors, in the order given; empty without the encoder."""
    found = kinds_of([pair for _, pair in pairs]) if pairs else None
    if found is None:
        return {}
    return {
        ends: Candidate(ends, pair, row) for (ends, pair), row in zip(pairs, found, strict=True)
    }


def facts(one: Candidate, read: Mapping[Ends, Candidate]) -> dict[str, float]:
    """What speaks for a candidate, given all that were read in its sentence: names of WEIGHTS."""
    source, target = one.ends
    back = read.get((target, source))
    returned = back.score if back is not None else LEAST
    kind = int(one.seen[:-1].argmax())
    rivals = [other for other in read.values() if other.ends != one.ends]
    actors = len({end for ends in read for end in ends})
    same_source = max((r.score for r in rivals if r.ends[0] == source), default=LEAST)
    same_target = max((r.score for r in rivals if r.ends[1] == target), default=LEAST)
    return {
        "constant": 1.0,
        "score": one.score,
        "returned": 0.0 if kind in MUTUAL else returned,
        "mutual": float(kind in MUTUAL),
        "mutually returned": returned if kind in MUTUAL else 0.0,
        "actors": float(min(actors, MOST_ACTORS)),
        "before others of the source": one.score - same_source,
        "before others of the target": one.score - same_target,
        "of one kind": float(one.seen[kind]) / max(1e-6, 1.0 - float(one.seen[-1])),
    }


def likelihood(of: Mapping[str, float]) -> float:
    """Probability that a candidate is an act, by its facts."""
    return 1.0 / (1.0 + math.exp(-sum(WEIGHTS[name] * value for name, value in of.items())))


def coded(
    doc: Any, source: Any, target: Any, seen: NDArray[np.float64], confidence: float
) -> tuple[Coding, int]:
    """The coding of what was seen, and its predicate's token.

    A predicate that stands near the pair helps to tell the kind, and names the code where it is of
    that kind.
    """
    near = find_act(doc, source, target, nearby=True)
    event = plover_of(near) if near is not None and near.mode in SURE else None
    weights = seen[:-1] / max(1e-6, 1.0 - float(seen[-1]))
    cells: dict[tuple[str, int], float] = {}
    for at, (name, code) in enumerate(KINDS[:-1]):
        if near is not None and name == event and read_code(code) == read_code(near.code):
            weights[at] += NEAR
        cells[read_code(code)] = cells.get(read_code(code), 0.0) + float(weights[at])
    cell = max(cells, key=lambda each: cells[each])
    of_cell = [at for at, (_, code) in enumerate(KINDS[:-1]) if read_code(code) == cell]
    kind, cameo = KINDS[max(of_cell, key=lambda at: float(weights[at]))]
    mode = MODES.get(kind, "did")
    if near is not None and event == kind and read_code(near.code) == cell:
        cameo, mode = near.code, near.mode
    coding = Coding(kind, cameo, QUADS[kind], *cell, mode, confidence)
    return coding, near.predicate if near is not None else source.root.head.i
