"""Arithmetic: the parser's matrix products by NumPy's library, which is faster than spaCy's own.

spaCy multiplies with BLIS. NumPy's OpenBLAS takes a third of its time for matrices of the parser's
sizes and parsing three tenths less (benchmarks/reading.py); no token of 300 paragraphs was parsed
otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any


@contextmanager
def quick(pipeline: Any) -> Iterator[None]:
    """Let a pipeline calculate so as long as the context is open; on a processor only.

    One thread is used: matrices are small, and several threads mostly wait for one another.
    """
    from thinc.api import NumpyOps

    numbers = NumpyOps(use_blis=False)
    models: list[Any] = [getattr(part, "model", None) for _, part in pipeline.pipeline]
    nodes = [node for model in models if hasattr(model, "walk") for node in model.walk()]
    before = [node.ops for node in nodes]
    if not all(type(ops) is NumpyOps for ops in before):
        yield
        return
    with _threads().limit(limits=1, user_api="blas"):
        try:
            for node in nodes:
                node.ops = numbers
            yield
        finally:
            for node, ops in zip(nodes, before, strict=True):
                node.ops = ops


@cache
def _threads() -> Any:
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()
