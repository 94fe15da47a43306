"""The learned reader: what each actor of a sentence does to each other one, or nothing.

A small transformer (MiniLM with fewer words, weights of one byte) that was taught on the sentences
of training/ alone. All actors are marked in the text, the sentence is read once, and each ordered
pair of actors then looks at its words again. Without onnxruntime, tokenizers or the file of weights
the rules and the re-ranker serve alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import permutations
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

NONE = "NONE"

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

LONGEST = 128
"""Word pieces that are read at once; of a longer sentence each pair with what is around it."""

OWNERS = 8
"""Actors that are told apart by number; any more share the last one's."""

Span = tuple[int, int]


class Scene(NamedTuple):
    """A sentence and its actors: of each the characters of its mentions."""

    text: str
    actors: tuple[tuple[Span, ...], ...]


class Pieces(NamedTuple):
    """Word pieces of a sentence with its actors marked.

    ids: a number each. owners: the actor, from 1, whose name a piece is part of; 0 for the rest.
    places: of each actor where its opening marks are, and the pieces of its names.
    """

    ids: list[int]
    owners: list[int]
    places: list[tuple[list[int], list[int]]]


@dataclass(frozen=True, slots=True)
class Encoder:
    """The network and its tokenizer. begin, end, opening, closing: the pieces that mark."""

    network: Any
    tokenizer: Any
    begin: int
    end: int
    opening: int
    closing: int

    def kinds(self, scene: Scene, hints: NDArray[np.float32]) -> NDArray[np.float64]:
        """Shape (actors, actors, kinds): of each actor toward each, probability of KINDS.

        hints: shape (actors, actors, hints), what the rules found (hints.py).
        """
        pieces = self.pieces(scene)
        if len(pieces.ids) > LONGEST:
            if len(scene.actors) > 2:
                return self._pair_by_pair(scene, hints)
            pieces = around(pieces)
        (scores,) = self.network.run(None, {**arrays(pieces), "hints": hints})
        odds = np.exp(scores - scores.max(axis=-1, keepdims=True))
        found = np.asarray(odds / odds.sum(axis=-1, keepdims=True), dtype=np.float64)
        own = np.arange(len(scene.actors))
        found[own, own] = _NOTHING
        return found

    def _pair_by_pair(self, scene: Scene, hints: NDArray[np.float32]) -> NDArray[np.float64]:
        many = len(scene.actors)
        found = np.tile(_NOTHING, (many, many, 1))
        for one, other in permutations(range(many), 2):
            alone = Scene(scene.text, (scene.actors[one], scene.actors[other]))
            both = np.ix_((one, other), (one, other))
            found[one, other] = self.kinds(alone, hints[both])[0, 1]
        return found

    def pieces(self, scene: Scene) -> Pieces:
        """Word pieces of a sentence with each mention of each actor marked; of any length."""
        encoded = self.tokenizer.encode(scene.text, add_special_tokens=False)
        marks: list[tuple[int, int, int, int]] = []
        for number, spans in enumerate(scene.actors):
            for start, end in spans:
                inside = [at for at, (a, b) in enumerate(encoded.offsets) if a < end and b > start]
                if inside:
                    marks.append((inside[0], 1, self.opening, number))
                    marks.append((inside[-1] + 1, 0, self.closing, number))
        marks.sort()
        ids, owners = [self.begin], [0]
        places: list[tuple[list[int], list[int]]] = [([], []) for _ in scene.actors]
        opened: list[int] = []
        at = 0
        for place, opens, mark, number in [*marks, (len(encoded.ids), 0, self.end, -1)]:
            for piece in encoded.ids[at:place]:
                for one in opened:
                    places[one][1].append(len(ids))
                ids.append(piece)
                owners.append(min(opened[0] + 1, OWNERS) if opened else 0)
            at = max(at, place)
            if opens:
                places[number][0].append(len(ids))
                opened.append(number)
            elif number in opened:
                opened.remove(number)
            ids.append(mark)
            owners.append(min(number + 1, OWNERS))
        return Pieces(ids, owners, places)


_NOTHING = np.array([float(event == NONE) for event, _ in KINDS])


def arrays(pieces: Pieces) -> dict[str, NDArray[Any]]:
    """What the network takes in: ids and owners (1, pieces), places (actors, 2, pieces)."""
    weights = np.zeros((len(pieces.places), 2, len(pieces.ids)), dtype=np.float32)
    for actor, both in enumerate(pieces.places):
        for row, at in enumerate(both):
            weights[actor, row, at] = 1.0 / max(1, len(at))
    return {
        "ids": np.array([pieces.ids], dtype=np.int64),
        "owners": np.array([pieces.owners], dtype=np.int64),
        "places": weights,
    }


def around(pieces: Pieces) -> Pieces:
    """The pieces around two actors, LONGEST at most: where they stand closest to one another."""
    room = LONGEST - 2
    one, other = (opened or [1] for opened, _ in pieces.places)
    first, last = min(
        ((min(a, b), max(a, b)) for a in one for b in other), key=lambda pair: pair[1] - pair[0]
    )
    last = min(last + 4, len(pieces.ids) - 2)
    if last - first >= room:
        kept = [*range(first, first + room // 2), *range(last + 1 - room // 2, last + 1)]
    else:
        start = max(1, first - (room - (last - first)) // 2)
        start = max(1, min(start, len(pieces.ids) - 1 - room))
        kept = list(range(start, start + room))
    kept = [0, *kept, len(pieces.ids) - 1]
    moved = {old: new for new, old in enumerate(kept)}
    places = [
        tuple([moved[at] for at in each if at in moved] for each in both) for both in pieces.places
    ]
    return Pieces(
        [pieces.ids[at] for at in kept],
        [pieces.owners[at] for at in kept],
        [(opened, named) for opened, named in places],
    )


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
    return reader_of(Tokenizer.from_str(words.read_text(encoding="utf-8")), network)


def reader_of(tokenizer: Any, network: Any = None) -> Encoder:
    """What cuts sentences into marked pieces and, with a network, reads them."""
    number = tokenizer.get_vocab()
    return Encoder(
        network=network,
        tokenizer=tokenizer,
        begin=number["[CLS]"],
        end=number["[SEP]"],
        opening=number["[unused0]"],
        closing=number["[unused1]"],
    )
