"""Documents: raw bytes by content hash, the text kept of them, and what is known of both."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path
from typing import Any

from saidanddone.errors import CannotWrite

FOLDER = "documents"


def keep(root: Path, sha256: str, raw: bytes, text: str, about: dict[str, Any]) -> Path:
    """Keep a document and return the path of its raw bytes; raises CannotWrite.

    Writes `<sha256>`, `<sha256>.txt` (the text that all offsets refer to) and `<sha256>.json`,
    each whole or not at all. What is there already stays as it is: the name is the content.
    """
    path = root / FOLDER / sha256
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path.with_name(f"{sha256}.json"), json.dumps(about, ensure_ascii=False).encode())
        _write(path.with_name(f"{sha256}.txt"), text.encode())
        _write(path, raw)
    except OSError as error:
        raise CannotWrite(
            f"the document cannot be kept in '{root}' ({error.strerror or error})",
            "a folder with space that can be written",
            "free some space or choose another archive",
        ) from error
    return path


def _write(path: Path, content: bytes) -> None:
    if path.exists():
        return
    new = path.with_name(f".{path.name}-{secrets.token_hex(4)}")
    try:
        with new.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)
