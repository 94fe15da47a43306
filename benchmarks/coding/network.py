"""The network of the learned reader in PyTorch, and its word pieces: read by train_encoder.py.

BERT's architecture as MiniLM has it; source and target are marked by four pieces of the vocabulary
that no text contains, and the states at the two opening marks with that of the sentence are read.
"""

from __future__ import annotations

import json
import math
from pathlib import Path

import torch
import torch.nn.functional as nnf
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor, nn

from saidanddone.reading.encoder import EVENTS, KINDS, Encoder, Pair

MODES = ("did", "pledged", "threatened", "ended", "negated", "hypothetical")
"""A second thing to learn, which tells a denied act from none at all; it does not ship."""

WIDTH, HEADS, INNER, POSITIONS = 384, 12, 1536, 128
MARKS = ("[unused0]", "[unused1]", "[unused2]", "[unused3]")
DROPOUT = 0.1
FAR = -1e4
"""Added to the attention that padding would get: far below any score, and finite in 16 bits."""


class Layer(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.seen = nn.Linear(WIDTH, 3 * WIDTH)
        self.told = nn.Linear(WIDTH, WIDTH)
        self.wide = nn.Linear(WIDTH, INNER)
        self.back = nn.Linear(INNER, WIDTH)
        self.first = nn.LayerNorm(WIDTH, eps=1e-12)
        self.second = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(DROPOUT)

    def forward(self, states: Tensor, bias: Tensor) -> Tensor:
        rows, length, _ = states.shape
        split = self.seen(states).view(rows, length, 3, HEADS, WIDTH // HEADS)
        asked, offered, content = split.permute(2, 0, 3, 1, 4)
        weight = asked @ offered.transpose(-1, -2) / math.sqrt(WIDTH // HEADS) + bias
        mixed = (weight.softmax(-1) @ content).transpose(1, 2).reshape(rows, length, WIDTH)
        states = self.first(states + self.drop(self.told(mixed)))
        return self.second(states + self.drop(self.back(nnf.gelu(self.wide(states)))))


class Network(nn.Module):
    """Scores of the events, then of the modes, for each row of word pieces."""

    def __init__(self, words: int, layers: int, marks: tuple[int, int]) -> None:
        super().__init__()
        self.word = nn.Embedding(words, WIDTH)
        self.position = nn.Embedding(POSITIONS, WIDTH)
        self.marked = nn.Parameter(torch.zeros(len(MARKS), WIDTH))
        self.marks = marks
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(DROPOUT)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        self.dense = nn.Linear(3 * WIDTH, WIDTH)
        self.event = nn.Linear(WIDTH, len(EVENTS))
        self.mode = nn.Linear(WIDTH, len(MODES))

    def embedded(self, ids: Tensor) -> Tensor:
        at = ids - self.marks[0]
        is_mark = (at >= 0) & (at < len(MARKS))
        words = torch.where(
            is_mark[..., None], self.marked[at.clamp(0, len(MARKS) - 1)], self.word(ids)
        )
        return words + self.position.weight[: ids.shape[1]]

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        return self.read(self.embedded(ids), ids, mask)

    def read(self, embedded: Tensor, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        return self.above(self.drop(self.norm(embedded)), ids, mask, 0)

    def below(self, ids: Tensor, mask: Tensor, height: int) -> Tensor:
        """The states under a layer."""
        states = self.norm(self.embedded(ids))
        bias = (1.0 - mask[:, None, None, :]).to(states.dtype) * FAR
        for layer in self.layers[:height]:
            states = layer(states, bias)
        return states

    def above(
        self, states: Tensor, ids: Tensor, mask: Tensor, height: int
    ) -> tuple[Tensor, Tensor]:
        """What the layers from one on make of the states under it."""
        bias = (1.0 - mask[:, None, None, :]).to(states.dtype) * FAR
        for layer in self.layers[height:]:
            states = layer(states, bias)
        seen = [states[:, 0]]
        for mark in self.marks:
            here = (ids == mark).to(states.dtype)
            seen.append((here[:, None, :] @ states)[:, 0] / here.sum(1, keepdim=True).clamp(min=1))
        hidden = self.drop(nnf.gelu(self.dense(self.drop(torch.cat(seen, -1)))))
        return self.event(hidden), self.mode(hidden)

    def tell_kinds(self) -> None:
        """From here on score KINDS: at first each like its event."""
        events = self.event
        self.event = nn.Linear(WIDTH, len(KINDS))
        places = [EVENTS.index(event) for event, _ in KINDS]
        self.event.weight.data = events.weight.data[places].clone()
        self.event.bias.data = events.bias.data[places].clone()


def vocabulary(folder: Path, texts: list[str], common: int) -> tuple[list[int], Tokenizer]:
    """Which of MiniLM's pieces are kept, and a tokenizer of them alone.

    Kept: the special ones, single characters, those before `common` (the list goes by frequency)
    and all of the training sentences. What is cut falls into smaller pieces.
    """
    described = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
    described.update(truncation=None, padding=None, post_processor=None)
    words = described["model"]["vocab"]
    whole = Tokenizer.from_str(json.dumps(described))
    used = {at for text in texts for at in whole.encode(text, add_special_tokens=False).ids}
    special = {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *MARKS}
    kept = [
        at
        for word, at in sorted(words.items(), key=lambda pair: pair[1])
        if word in special
        or at in used
        or (word.isascii() and not word.startswith("[") and at < common)
        or (word.isascii() and len(word.removeprefix("##")) == 1)
    ]
    number = {old: new for new, old in enumerate(kept)}
    described["model"]["vocab"] = {w: number[at] for w, at in words.items() if at in number}
    described["added_tokens"] = [
        {**token, "id": number[token["id"]]}
        for token in described["added_tokens"]
        if token["id"] in number
    ]
    return kept, Tokenizer.from_str(json.dumps(described))


def begin(folder: Path, kept: list[int], layers: list[int], tokenizer: Tokenizer) -> Network:
    """A network with MiniLM's weights in some of its layers; its word vectors stay as they are."""
    stored = {
        name.removeprefix("bert."): value
        for name, value in load_file(folder / "model.safetensors").items()
    }
    marks = [tokenizer.token_to_id(mark) for mark in MARKS]
    net = Network(len(kept), len(layers), (marks[0], marks[2]))
    words = stored["embeddings.word_embeddings.weight"][kept]
    kind = stored["embeddings.token_type_embeddings.weight"][0]
    net.word.weight.data = words
    net.position.weight.data = stored["embeddings.position_embeddings.weight"][:POSITIONS] + kind
    net.marked.data = words[marks].clone()
    _take(net.norm, stored, "embeddings.LayerNorm")
    for layer, number in zip(net.layers, layers, strict=True):
        name = f"encoder.layer.{number}."
        parts = [f"{name}attention.self.{part}" for part in ("query", "key", "value")]
        layer.seen.weight.data = torch.cat([stored[f"{part}.weight"] for part in parts])
        layer.seen.bias.data = torch.cat([stored[f"{part}.bias"] for part in parts])
        _take(layer.told, stored, f"{name}attention.output.dense")
        _take(layer.first, stored, f"{name}attention.output.LayerNorm")
        _take(layer.wide, stored, f"{name}intermediate.dense")
        _take(layer.back, stored, f"{name}output.dense")
        _take(layer.second, stored, f"{name}output.LayerNorm")
    net.word.weight.requires_grad = net.position.weight.requires_grad = False
    return net


def _take(part: nn.Module, stored: dict[str, Tensor], name: str) -> None:
    part.weight.data = stored[f"{name}.weight"]
    part.bias.data = stored[f"{name}.bias"]


def reader(tokenizer: Tokenizer) -> Encoder:
    """What cuts a sentence into marked pieces, as when it is read; without a network."""
    number = tokenizer.token_to_id
    return Encoder(
        network=None,
        tokenizer=tokenizer,
        begin=number("[CLS]"),
        end=number("[SEP]"),
        source=(number(MARKS[0]), number(MARKS[1])),
        target=(number(MARKS[2]), number(MARKS[3])),
    )


def padded(rows: list[list[int]]) -> tuple[Tensor, Tensor]:
    """Rows of pieces as one table, and where it is filled."""
    ids = torch.zeros(len(rows), max(map(len, rows)), dtype=torch.long)
    mask = torch.zeros(ids.shape)
    for at, row in enumerate(rows):
        ids[at, : len(row)] = torch.tensor(row)
        mask[at, : len(row)] = 1.0
    return ids, mask


__all__ = ["MODES", "Network", "Pair", "begin", "padded", "reader", "vocabulary"]
