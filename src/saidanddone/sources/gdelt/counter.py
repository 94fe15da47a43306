"""The counter: how a block of rows becomes cells, by the quickest means at hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from saidanddone.sources.gdelt.layouts import Layout
from saidanddone.sources.gdelt.pure import count_rows
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


def number_whole(file: Bytes) -> NumberedBatch | None:
    """Count the bytes of a file into numbers of the lexicon; None as :func:`count_whole`."""
    from saidanddone.sources import scanner

    return scanner.number_whole(file) if scanner.available() else None
