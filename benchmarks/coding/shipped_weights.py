"""The weights of the encoder that ships, read back from its file to go on learning from them."""

from __future__ import annotations

from pathlib import Path

import onnx
import torch
from network import MARKS
from onnx import numpy_helper
from torch import Tensor


def weights(file: Path, opening: int) -> dict[str, Tensor]:
    """Weights by their names in Network, those of one byte as the numbers that they stand for.

    opening: number of the piece that is the first of MARKS. Left out are the other word vectors,
    which are MiniLM's own, and the second task, which does not ship.
    """
    graph = onnx.load(file).graph
    held = {
        one.name: torch.from_numpy(numpy_helper.to_array(one).copy()) for one in graph.initializer
    }
    found = {
        name.removeprefix("net."): value
        for name, value in held.items()
        if name.startswith("net.") and name.endswith((".bias", ".weight"))
    }
    takes = {name: node for node in reversed(graph.node) for name in node.input}
    words = _numbers(held, "net.word.weight_quantized")
    found["marked"] = words[opening : opening + len(MARKS)]
    for node in graph.node:
        if node.op_type == "GatherND":
            # A piece that belongs to nobody has a row of nothing before the actors'.
            found["owner"] = held[node.input[0]][1:]
        if node.op_type == "MatMulInteger" and node.input[1] in held:
            name = _bias(node.output[0], takes).removeprefix("net.").removesuffix("bias")
            # What the rules found has no bias of its own: a norm follows it.
            name = "hinted." if name == "paired." else name
            found[f"{name}weight"] = _numbers(held, node.input[1]).T.contiguous()
    return found


def _numbers(held: dict[str, Tensor], name: str) -> Tensor:
    """The numbers that the bytes of a matrix stand for."""
    scale, zero = (held[name.removesuffix("quantized") + end] for end in ("scale", "zero_point"))
    return (held[name].float() - zero.float()) * scale


def _bias(product: str, takes: dict[str, onnx.NodeProto]) -> str:
    """The name of the first bias behind a product."""
    while True:
        node = takes[product]
        for name in node.input:
            if name.endswith(".bias"):
                return str(name)
        product = node.output[0]
