"""The report of an ingest: what became of every file, and the sums."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from saidanddone.errors import BadInput


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of a file; reasons tells why rows were set aside or filtered."""

    path: Path
    sha256: str | None
    status: Literal["ingested", "already there", "refused"]
    rows: int
    kept: int
    set_aside: int
    filtered: int
    reasons: dict[str, int]
    error: str | None = None

    @classmethod
    def refused(cls, path: Path, sha256: str | None, error: BadInput) -> FileReport:
        """Return the report of a file of which nothing was kept."""
        return cls(path, sha256, "refused", 0, 0, 0, 0, {}, str(error))


@dataclass(frozen=True, slots=True)
class Ingest:
    """What became of all files; the totals are those of the files ingested now."""

    files: tuple[FileReport, ...]

    def having(self, status: str) -> list[FileReport]:
        """Return the files that are ingested, already there or refused."""
        return [file for file in self.files if file.status == status]

    @property
    def rows(self) -> int:
        """Rows read."""
        return sum(file.rows for file in self.having("ingested"))

    @property
    def kept(self) -> int:
        """Rows kept."""
        return sum(file.kept for file in self.having("ingested"))

    @property
    def set_aside(self) -> int:
        """Rows that could not be read."""
        return sum(file.set_aside for file in self.having("ingested"))

    @property
    def filtered(self) -> int:
        """Rows that are no act between two states."""
        return sum(file.filtered for file in self.having("ingested"))
