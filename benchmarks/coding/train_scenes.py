"""Train the encoder that ships, third round: sentences with every act between their actors.

    pip install -e '.[read]'    # and what train_encoder.py names
    python benchmarks/coding/train_scenes.py rounds.pt

Goes on from the state that train_encoder.py wrote. Every ordered pair of actors of each scene
(training/scenes.py) is read, so that the network learns which of five actors did what to whom, and
the channel beside the event. Scenes that share five words with the gold are left out. Only the
upper layers learn; what is below them is computed once. About ten minutes on one idle core. Writes
src/saidanddone/reading/encoder.onnx (weights of one byte) and encoder.json (its word pieces).
"""

from __future__ import annotations

import argparse
import copy
import csv
import random
import re
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as nnf
from network import MODES, Network, Pair, begin, padded, reader, vocabulary
from torch import Tensor, nn
from train import HERE, kept_back, training_rows
from train_encoder import (
    AVERAGED,
    COMMON,
    LAYERS,
    MODE_WEIGHT,
    OUT,
    SIZE,
    SMOOTH,
    batches,
    minilm,
    pairs_of,
    ship,
)

from saidanddone import codes
from saidanddone.reading.coder import find_act
from saidanddone.reading.coding import find_span
from saidanddone.reading.encoder import KINDS, NONE
from saidanddone.reading.events import BY_FORCE, plover_of, read_code
from saidanddone.reading.parser import parse_all
from saidanddone.reading.training import five_word_runs, scenes

HEIGHT = 2
"""Layers that stay as they are: with three the development gold's figures were a little lower."""

EPOCHS, RATE, HEAD_RATE, WARM = 4, 1e-4, 4e-4, 0.1

OTHERS, TURNED = 2_500, 312
"""Sentences of the first rounds that are read again, so that they are not forgotten; and of those
with the actors exchanged."""

ABOUT = {"018": ("SUPPORT", "051"), "019": ("SUPPORT", "051"), "013": ("SUPPORT", "051"),
         "012": ("REJECT", "120"), "016": ("REJECT", "120")}  # fmt: skip
"""Statements that count but are no event of PLOVER's, and the kind whose channel and sign they
have."""

Row = dict[str, Any]


def kind_of(code: str) -> int | None:
    """The place in KINDS of a code or vote; None for what enters no share."""
    if code in ABOUT:
        return KINDS.index(ABOUT[code])
    if code in ("V+", "V-"):
        return KINDS.index(("SUPPORT", "050") if code == "V+" else ("SANCTION", "161"))
    channel, valence = read_code(code)
    rows = codes.table().filter(codes.table()["code"] == code)
    event = "ASSAULT" if code.startswith(BY_FORCE) else rows["plover"].item()
    event = "REQUEST" if code.startswith("02") else event
    if not event or not valence:
        return None
    mine = [at for at, (name, _) in enumerate(KINDS[:-1]) if name == event]
    fits = [at for at in mine if read_code(KINDS[at][1]) == (channel, valence)]
    return (fits or mine)[0]


def scene_rows() -> list[Row]:
    """Every ordered pair of every scene that shares no five words with the gold."""
    with (HERE / "gold" / "sentences.csv").open(encoding="utf-8", newline="") as opened:
        gold = {run for row in csv.DictReader(opened) for run in five_word_runs(row["sentence"])}
    rows = []
    for scene in scenes():
        if gold & set(five_word_runs(scene.sentence)):
            continue
        for source, target, acts in scene.pairs():
            done = [act for act in acts if act.mode == "did"]
            kinds = {kind for act in done if (kind := kind_of(act.code)) is not None}
            if done and not kinds:
                continue
            rows.append(
                {
                    "sentence": scene.sentence,
                    "from": source,
                    "to": target,
                    "mode": "did" if done or not acts else acts[0].mode,
                    "kinds": sorted(kinds) or [len(KINDS) - 1],
                    "each": len(kinds) > 1,
                    "weight": 1.0,
                }
            )
    return rows


def with_kinds(rows: list[Row]) -> list[Row]:
    """Sentences of the first rounds with the kinds that each may be: one where the rules know."""
    both = {name for name, _ in KINDS if [event for event, _ in KINDS].count(name) > 1}
    unsure = [row for row in rows if row["plover"] in both]
    known: dict[str, str] = {}
    for row, doc in zip(unsure, parse_all(row["sentence"] for row in unsure), strict=True):
        source = find_span(doc, row["source"])
        vote = find_act(doc, source, find_span(doc, row["target"], avoid=source), nearby=True)
        if vote is not None and plover_of(vote) == row["plover"]:
            known[row["id"]] = vote.code
    made = []
    for row in rows:
        mine = [at for at, (event, _) in enumerate(KINDS) if event == row["plover"]]
        kind = kind_of(known[row["id"]]) if row["id"] in known else None
        made.append({**row, "kinds": [kind] if kind in mine else mine, "each": False})
    return made


class Renaming:
    """Other states in the place of those that a sentence names: by name, adjective and capital."""

    def __init__(self) -> None:
        folder = files("saidanddone.reading.training") / "templates"
        self.states = tomllib.loads((folder / "actors.toml").read_text("utf-8"))["states"]
        self.place = {form: (n, k) for n, s in enumerate(self.states) for k, form in enumerate(s)}
        names = "|".join(sorted(map(re.escape, self.place), key=len, reverse=True))
        self.pattern = re.compile(rf"(?<!\w)({names})(?!\w)")

    def __call__(self, row: Row, chance: random.Random) -> Row:
        """The row with other states; its spans move along."""
        drawn: dict[int, int] = {}
        made, at, moved = "", 0, []
        for found in self.pattern.finditer(row["sentence"]):
            state, form = self.place[found[1]]
            if state not in drawn:
                free = [n for n in range(len(self.states)) if n not in drawn.values()]
                drawn[state] = chance.choice(free)
            made += row["sentence"][at : found.start()] + self.states[drawn[state]][form]
            at = found.end()
            moved.append((at, len(made) - at))
        made += row["sentence"][at:]

        def shift(place: int) -> int:
            return place + next((by for end, by in reversed(moved) if end <= place), 0)

        spans = {side: tuple(map(shift, row[side])) for side in ("from", "to")}
        return {**row, "sentence": made, **spans}


def under(net: Network, cut: list[list[int]]) -> list[Tensor]:
    """The states under the layers that learn, of each row of pieces."""
    found = [torch.empty(0)] * len(cut)
    order = sorted(range(len(cut)), key=lambda at: len(cut[at]))
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        for start in range(0, len(order), SIZE):
            part = order[start : start + SIZE]
            ids, mask = padded([cut[at] for at in part])
            for at, states in zip(part, net.below(ids, mask, HEIGHT), strict=True):
                found[at] = states[: len(cut[at])].to(torch.bfloat16).clone()
    return found


def learn(
    net: Network, rows: list[list[Row]], cut: list[list[list[int]]], chance: random.Random
) -> Network:
    """Train the layers above; rows and pieces of each epoch in turn. Gives the mean weights."""
    net.eval()
    states = [under(net, each) for each in cut]
    for name, value in net.named_parameters():
        low = name.startswith("layers.") and int(name.split(".")[1]) < HEIGHT
        value.requires_grad = not low and name.startswith(("layers", "dense", "event", "mode"))
    learning = [(n, v) for n, v in net.named_parameters() if v.requires_grad]
    heads = [v for n, v in learning if not n.startswith("layers")]
    layers = [v for n, v in learning if n.startswith("layers")]
    made = torch.optim.AdamW(
        [{"params": heads, "lr": HEAD_RATE}, {"params": layers, "lr": RATE}],
        weight_decay=0.01,
        betas=(0.9, 0.98),
    )
    mean, step, total = copy.deepcopy(net), 0, EPOCHS * (len(rows[0]) // SIZE + 1)
    for epoch in range(EPOCHS):
        net.train()
        use, pieces, held = (each[epoch % len(rows)] for each in (rows, cut, states))
        for part in batches(pieces, chance):
            step += 1
            pace = min(1.0, step / (total * WARM)) * max(0.02, 1.0 - step / total)
            for group, rate in zip(made.param_groups, (HEAD_RATE, RATE), strict=True):
                group["lr"] = rate * pace
            ids, mask = padded([pieces[at] for at in part])
            below = torch.zeros(*ids.shape, held[0].shape[1])
            for row, at in enumerate(part):
                below[row, : len(pieces[at])] = held[at].float()
            with torch.autocast("cpu", torch.bfloat16):
                scores = net.above(net.drop(below), ids, mask, HEIGHT)
            loss = _loss(*scores, [use[at] for at in part])
            made.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(heads + layers, 1.0)
            made.step()
            with torch.no_grad():
                keep = min(AVERAGED, step / (step + 10))
                for kept, now in zip(mean.parameters(), net.parameters(), strict=True):
                    if now.requires_grad:
                        kept.lerp_(now, 1.0 - keep)
        print(f"epoch {epoch + 1}: loss of the last batch {float(loss.detach()):.3f}")
    return mean.eval()


def _loss(kinds: Tensor, modes: Tensor, rows: list[Row]) -> Tensor:
    likely = kinds.float().log_softmax(-1)
    losses = []
    for scores, row in zip(likely, rows, strict=True):
        mine = scores[row["kinds"]]
        told = mine.mean() if row["each"] else mine.logsumexp(0)
        losses.append(-(1.0 - SMOOTH) * told - SMOOTH * scores.mean())
    right = torch.tensor([MODES.index(row["mode"]) for row in rows])
    loss = torch.stack(losses)
    loss = loss + MODE_WEIGHT * nnf.cross_entropy(modes.float(), right, reduction="none")
    return (loss * torch.tensor([row["weight"] for row in rows])).mean()


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("state", type=Path)
    asked.add_argument("--out", type=Path, default=OUT)
    asked.add_argument("--seed", type=int, default=0)
    asked.add_argument("--threads", type=int, default=1)
    given = asked.parse_args()
    torch.manual_seed(given.seed)
    torch.set_num_threads(given.threads)
    chance = random.Random(given.seed)
    told = scene_rows()
    first = [row for row in training_rows() if not kept_back(row)]
    texts = [row["sentence"] for row in first if not row["id"].startswith("pairs-")]
    kept, tokenizer = vocabulary(minilm(), texts + [row["sentence"] for row in told], COMMON)
    net = begin(minilm(), kept, LAYERS, tokenizer)
    # Word vectors are MiniLM's own; there are more of them now.
    state = {n: v for n, v in torch.load(given.state).items() if n != "word.weight"}
    net.load_state_dict(state, strict=False)
    net.tell_kinds()
    pairs, turned = pairs_of(with_kinds(first))
    none = [at for at, (event, _) in enumerate(KINDS) if event == NONE]
    turned = [{**row, "kinds": none} for row in turned]
    written = [row for row in pairs if not row["id"].startswith("grammar")]
    others = chance.sample(written, OTHERS) + chance.sample(turned, TURNED)
    other_names = Renaming()
    rows = [told + others, [other_names(row, chance) for row in told] + others]
    cutter = reader(tokenizer)
    cut = [
        [cutter.pieces(Pair(row["sentence"], row["from"], row["to"])) for row in each]
        for each in rows
    ]
    net = learn(net, rows, cut, chance)
    given.out.mkdir(parents=True, exist_ok=True)
    ship(net, tokenizer, given.out)
    size = sum((given.out / name).stat().st_size for name in ("encoder.onnx", "encoder.json"))
    print(f"{len(told)} pairs, {len(kept)} pieces, {size / 2**20:.1f} MB")


if __name__ == "__main__":
    main()
