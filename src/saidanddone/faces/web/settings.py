"""What a web application is told: which data, under which name, for whom, with how much room."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

MEGABYTE = 2**20


@dataclass(frozen=True, slots=True)
class Settings:
    """What `serve` was told.

    archive: a folder, or None for the case that ships. dataset: which of several. title, about,
    contact: of the site, plain text. hosts: names under which it answers, without ports; empty:
    any. cache_bytes: room for finished answers. computing: answers that are made at once; waiting:
    how many more may wait for their turn, before others are told to come back.
    """

    archive: Path | None = None
    dataset: str | None = None
    title: str = "Said & Done"
    about: str = ""
    contact: str = ""
    hosts: tuple[str, ...] = ()
    # A busy pair's page takes 170 kB and its compressed form 28: some 330 of them.
    cache_bytes: int = 64 * MEGABYTE
    # Table work uses all cores by itself; a second lets a quick page pass a slow ranking.
    computing: int = 2
    # At about 0.3 s each and two at once, the last of them waits some ten seconds.
    waiting: int = 64
