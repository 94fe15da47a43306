"""The network of the learned reader in PyTorch: trained and shipped by train_encoder.py.

BERT's architecture as MiniLM has it reads a sentence whose actors are all marked; each ordered pair
of actors then asks the words of the sentence once more, and its event is told.
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import NamedTuple

import torch
import torch.nn.functional as nnf
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor, nn

from saidanddone.reading.encoder import KINDS, LONGEST, OWNERS
from saidanddone.reading.hints import HINTS

MODES = ("did", "pledged", "threatened", "ended", "negated", "hypothetical")
"""A second thing to learn, which tells a denied act from none at all; it does not ship."""

WIDTH, HEADS, INNER, POSITIONS = 384, 12, 1536, LONGEST
ASKING = 768
"""Width inside the layer in which pairs ask the words."""

MARKS = ("[unused0]", "[unused1]")
DROPOUT = 0.1
"""Of the embeddings and of what stands above MiniLM's layers; in these it doubles the time, and
hidden words and changed names do the same service."""

FAR = -1e4
"""Added to the attention that padding would get: far below any score, and finite in 16 bits."""


class Batch(NamedTuple):
    """Sentences as the network takes them, padded to one length and number.

    ids, owners: (sentences, pieces). mask: where there are pieces. places: (sentences, actors, 2,
    pieces) weights. pairs: (2, sentences, pairs), places of source and target among the actors.
    hints: (sentences, pairs, 2 HINTS), those of the pair and of the pair turned.
    """

    ids: Tensor
    mask: Tensor
    owners: Tensor
    places: Tensor
    pairs: Tensor
    hints: Tensor


class Layer(nn.Module):
    """What is asked looks at the words: at its own for a layer of BERT's, else at others."""

    def __init__(self, inner: int, dropout: float) -> None:
        super().__init__()
        self.asked = nn.Linear(WIDTH, WIDTH)
        self.offered = nn.Linear(WIDTH, 2 * WIDTH)
        self.told = nn.Linear(WIDTH, WIDTH)
        self.wide = nn.Linear(WIDTH, inner)
        self.back = nn.Linear(inner, WIDTH)
        self.first = nn.LayerNorm(WIDTH, eps=1e-12)
        self.second = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(dropout)

    def forward(self, asking: Tensor, words: Tensor, bias: Tensor) -> Tensor:
        rows, many, _ = asking.shape
        asked = self.asked(asking).view(rows, many, HEADS, -1).transpose(1, 2)
        offered = self.offered(words).view(rows, words.shape[1], 2, HEADS, -1)
        keys, content = offered.permute(2, 0, 3, 1, 4)
        weight = asked @ keys.transpose(-1, -2) / math.sqrt(WIDTH // HEADS) + bias
        mixed = (weight.softmax(-1) @ content).transpose(1, 2).reshape(rows, many, WIDTH)
        asking = self.first(asking + self.drop(self.told(mixed)))
        return self.second(asking + self.drop(self.back(nnf.gelu(self.wide(asking)))))


class Network(nn.Module):
    """Scores of the kinds, then of the modes, of ordered pairs of each sentence's actors."""

    def __init__(self, words: int, layers: int, opening: int) -> None:
        super().__init__()
        self.opening = opening
        self.word = nn.Embedding(words, WIDTH)
        self.position = nn.Embedding(POSITIONS, WIDTH)
        self.marked = nn.Parameter(torch.zeros(len(MARKS), WIDTH))
        self.owner = nn.Parameter(torch.randn(OWNERS, WIDTH) * 0.02)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(DROPOUT)
        self.layers = nn.ModuleList(Layer(INNER, 0.0) for _ in range(layers))
        self.source = nn.Linear(2 * WIDTH, WIDTH)
        self.target = nn.Linear(2 * WIDTH, WIDTH)
        self.hinted = nn.Linear(2 * HINTS, WIDTH, bias=False)
        self.paired = nn.LayerNorm(WIDTH)
        self.ask = Layer(ASKING, DROPOUT)
        self.dense = nn.Linear(3 * WIDTH, WIDTH)
        self.kind = nn.Linear(WIDTH, len(KINDS))
        self.mode = nn.Linear(WIDTH, len(MODES))

    def words(self, ids: Tensor, owners: Tensor, bias: Tensor) -> Tensor:
        """The states of the words of sentences: shape (sentences, pieces, WIDTH)."""
        at = ids - self.opening
        is_mark = (at >= 0) & (at < len(MARKS))
        states = torch.where(
            is_mark[..., None], self.marked[at.clamp(0, len(MARKS) - 1)], self.word(ids)
        )
        owned = torch.cat([torch.zeros_like(self.owner[:1]), self.owner])[owners]
        states = states + owned + self.position.weight[: ids.shape[1]]
        states = self.drop(self.norm(states))
        for layer in self.layers:
            states = layer(states, states, bias)
        return states

    def forward(self, batch: Batch) -> tuple[Tensor, Tensor]:
        """Shape (sentences, pairs, kinds), and so for the modes."""
        bias = (1.0 - batch.mask[:, None, None, :]) * FAR
        words = self.words(batch.ids, batch.owners, bias)
        places = batch.places.flatten(1, 2).to(words.dtype)
        actors = (places @ words).unflatten(1, (-1, 2)).flatten(2)
        row = torch.arange(len(batch.ids))[:, None]
        source = self.source(actors)[row, batch.pairs[0]]
        target = self.target(actors)[row, batch.pairs[1]]
        return self.judged(source, target, batch.hints, words, bias)

    def judged(
        self, source: Tensor, target: Tensor, hints: Tensor, words: Tensor, bias: Tensor
    ) -> tuple[Tensor, Tensor]:
        asking = self.ask(self.paired(source + target + self.hinted(hints)), words, bias)
        whole = words[:, :1].expand(-1, asking.shape[1], -1)
        together = torch.cat([asking, source * target, whole], -1)
        hidden = self.drop(nnf.gelu(self.dense(self.drop(together))))
        return self.kind(hidden), self.mode(hidden)


class Shipped(nn.Module):
    """The network as it ships: one sentence, the kinds of every ordered pair of its actors."""

    def __init__(self, net: Network) -> None:
        super().__init__()
        self.net = net
        net.word.weight.data[net.opening : net.opening + len(MARKS)] = net.marked.data
        self.owner = nn.Parameter(torch.cat([torch.zeros(1, WIDTH), net.owner.data]))

    def forward(self, ids: Tensor, owners: Tensor, places: Tensor, hints: Tensor) -> Tensor:
        net = self.net
        states = net.word(ids) + self.owner[owners] + net.position.weight[: ids.shape[1]]
        words, bias = net.norm(states), torch.zeros(1, 1, 1, 1)
        for layer in net.layers:
            words = layer(words, words, bias)
        actors = (places.flatten(0, 1) @ words[0]).reshape(-1, 2 * WIDTH)
        many = actors.shape[0]
        shape = (many, many, WIDTH)
        source = net.source(actors)[:, None, :].expand(shape).reshape(1, many * many, WIDTH)
        target = net.target(actors)[None, :, :].expand(shape).reshape(1, many * many, WIDTH)
        both = torch.cat([hints, hints.transpose(0, 1)], -1).reshape(1, many * many, 2 * HINTS)
        kinds = net.judged(source, target, both, words, bias)[0]
        return kinds.reshape(many, many, len(KINDS))


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
    opening = tokenizer.token_to_id(MARKS[0])
    net = Network(len(kept), len(layers), opening)
    words = stored["embeddings.word_embeddings.weight"][kept]
    kind = stored["embeddings.token_type_embeddings.weight"][0]
    net.word.weight.data = words.clone()
    net.position.weight.data = stored["embeddings.position_embeddings.weight"][:POSITIONS] + kind
    net.marked.data = words[opening : opening + len(MARKS)].clone()
    _take(net.norm, stored, "embeddings.LayerNorm")
    for layer, number in zip(net.layers, layers, strict=True):
        name = f"encoder.layer.{number}."
        for part, names in (("asked", ["query"]), ("offered", ["key", "value"])):
            own = getattr(layer, part)
            parts = [f"{name}attention.self.{each}" for each in names]
            own.weight.data = torch.cat([stored[f"{each}.weight"] for each in parts])
            own.bias.data = torch.cat([stored[f"{each}.bias"] for each in parts])
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
