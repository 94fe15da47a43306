"""The cache of fitted norms: derived from the tally, and deleted at any time without loss."""

from __future__ import annotations

import hashlib
import json
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any

FOLDER = "norms"


def cached(root: Path, key: str) -> dict[str, Any] | None:
    """Return what was cached under a key; None if nothing, or nothing that can be read."""
    with suppress(OSError, ValueError):
        entry = json.loads(_path(root, key).read_text(encoding="utf-8"))
        if isinstance(entry, dict) and entry.get("key") == key:
            value = entry.get("value")
            return value if isinstance(value, dict) else None
    return None


def cache(root: Path, key: str, value: dict[str, Any]) -> None:
    """Keep a value that can be written as JSON; a folder that is read-only keeps nothing."""
    path = _path(root, key)
    new = path.with_suffix(f".{secrets.token_hex(8)}")
    text = json.dumps({"key": key, "value": value}, ensure_ascii=False)
    try:
        path.parent.mkdir(exist_ok=True)
        new.write_text(text, encoding="utf-8")
        new.replace(path)
    except OSError:
        with suppress(OSError):
            new.unlink(missing_ok=True)


def _path(root: Path, key: str) -> Path:
    return root / FOLDER / f"{hashlib.sha256(key.encode()).hexdigest()[:32]}.json"
