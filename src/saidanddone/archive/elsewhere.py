"""Files counted elsewhere: what an engine beside this process brings back of a stretch of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import polars as pl

from saidanddone.archive.intake import Account
from saidanddone.errors import BadChoice, BadFile, BadInput
from saidanddone.sources.source import CountingSource, Source

STRETCH_BYTES = 2**30
"""Bytes of files that are counted and land together: at 74 bytes an event (zips of
benchmarks/engines.py) 14 million events, of which a tenth to a sixth as many cells come back."""

STRETCH_FILES = 4_096
"""As many as in a group: see group.GROUP_FILES."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: its account and the digest of its cells, or why it is refused."""

    account: Account | None = None
    digest: int = 0
    refused: tuple[str, str, str] = ("", "", "")

    @property
    def why(self) -> BadFile:
        """The error that refuses the file."""
        return BadFile(*self.refused)


@dataclass(frozen=True, slots=True)
class Brought:
    """What files brought: an outcome for each by its place, and the cells of all, added up."""

    outcomes: dict[int, Outcome]
    cells: pl.DataFrame


class FileCounter(Protocol):
    """Counts files on an engine of its own."""

    def identify(self, files: Sequence[Path]) -> list[str | BadInput]:
        """Return each file's SHA-256, or why it cannot be read."""
        ...

    def count(self, source: Source, files: Sequence[tuple[Path, str]]) -> Brought:
        """Count files, given with their SHA-256; a file brings all of its cells or none."""
        ...


def countable(source: Source, keep: str) -> None:
    """Raise BadChoice unless files of a source can be counted elsewhere."""
    if not isinstance(source, CountingSource):
        raise BadChoice(
            f"files of the format {source.format} are not counted on Spark",
            "gdelt, whose files are counted one by one",
            "leave --engine out",
        )
    if keep != "tally":
        raise BadChoice(
            "events are not kept on Spark, which counts acts and drops them",
            "--keep tally",
            "add it, or leave --engine out",
        )


def stretches(files: Sequence[Path]) -> Iterator[list[Path]]:
    """Cut files into stretches that are counted at once, in order."""
    held: list[Path] = []
    size = 0
    for file in files:
        own = file.stat().st_size if file.exists() else 0
        if held and (size + own > STRETCH_BYTES or len(held) == STRETCH_FILES):
            yield held
            held, size = [], 0
        held.append(file)
        size += own
    if held:
        yield held
