"""The counter: how a block of rows becomes cells, by the quickest means at hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from saidanddone.sources.gdelt.layouts import Layout
from saidanddone.sources.gdelt.pure import count_rows, number_text
from saidanddone.sources.numbers import Bytes, NumberedBatch
from saidanddone.sources.source import CountedBatch

Counter = Callable[[bytes, Layout, int], CountedBatch]
"""Counts a block of whole lines; the third argument is the number of the first."""


def counter() -> Counter:
    """Return the quickest counter that there is: the compiled one where it was built."""
    from saidanddone.sources import scanner  # it knows this room, so it is asked late

    return scanner.count_rows if scanner.available() else count_rows


def count_whole(path: Path) -> CountedBatch | None:
    """Count a file at once, where the compiled counter takes it; None: by its blocks instead."""
    from saidanddone.sources import scanner

    return scanner.count_whole(path) if scanner.available() else None


def number_whole(file: Bytes, *, acts: bool = False) -> NumberedBatch | None:
    """Count the bytes of a file into numbers of the lexicon; None as :func:`count_whole`."""
    from saidanddone.sources import scanner

    if scanner.available():
        return scanner.number_whole(file, acts=acts)
    if acts:  # they are read block by block
        return None
    found = scanner.plain_text(file)
    return number_text(*found) if found else None
