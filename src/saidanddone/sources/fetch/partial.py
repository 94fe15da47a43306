"""Partial files: what a broken download left, and whether the next one may go on from there."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from saidanddone.errors import CannotWrite


@dataclass(frozen=True, slots=True)
class Partial:
    """NAME.part beside the whole file NAME, and NAME.part.json with what it is a part of."""

    target: Path

    @property
    def path(self) -> Path:
        """The bytes so far."""
        return self.target.with_name(f"{self.target.name}.part")

    @property
    def note(self) -> Path:
        """What they are a part of."""
        return self.target.with_name(f"{self.target.name}.part.json")

    def bytes_of(self, size: int | None, md5: str | None) -> int:
        """Return how many bytes there are of the file listed so; 0 if they are of another."""
        about = self._about()
        if not about or about.get("bytes") != size or about.get("md5") != md5:
            return 0
        if md5 is None and self.validator is None:  # nothing would tell a wrong continuation
            return 0
        try:
            found = self.path.stat().st_size
        except OSError:
            return 0
        return found if size is None or found <= size else 0

    @property
    def validator(self) -> str | None:
        """The ETag or date by which the service knows the file; None if it gave none."""
        found = self._about().get("validator")
        return found if isinstance(found, str) else None

    def begin(self, size: int | None, md5: str | None, validator: str | None) -> None:
        """Start from nothing: no note ever stands beside the bytes of another file."""
        self.discard()
        content = json.dumps({"bytes": size, "md5": md5, "validator": validator})
        self.path.write_bytes(b"")
        self.note.write_text(content, encoding="utf-8")

    def discard(self) -> None:
        """Throw away what there is."""
        self.note.unlink(missing_ok=True)
        self.path.unlink(missing_ok=True)

    def complete(self) -> Path:
        """Give the bytes their name, in one step, and return the whole file."""
        self.path.replace(self.target)
        self.note.unlink(missing_ok=True)
        return self.target

    def _about(self) -> dict[str, Any]:
        with suppress(OSError, ValueError):
            about = json.loads(self.note.read_text(encoding="utf-8"))
            if isinstance(about, dict):
                return about
        return {}


def md5_of(path: Path) -> str:
    """Return a file's MD5, by which the service tells its files apart."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()


def cannot_write(path: Path, error: OSError) -> CannotWrite:
    """Return the error for a folder that cannot take a file."""
    return CannotWrite(
        f"'{path}' cannot be written ({error.strerror or error})",
        "a folder that can be written, with room",
        "make room or choose another folder, and fetch again: what is whole stays",
    )
