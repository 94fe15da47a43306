"""Documents: raw bytes by content hash, the text kept of them, and what is known of both."""

from __future__ import annotations

import json
import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from saidanddone.errors import BadChoice, CannotWrite, DamagedArchive

FOLDER = "documents"

_HASH = re.compile(r"[0-9a-f]{64}\Z")


@dataclass(frozen=True, slots=True)
class Document:
    """A document that an archive keeps.

    text is what was extracted, to which all offsets refer; address, title, author, published (ISO)
    and kind as they were read, None where nothing was found.
    """

    sha256: str
    text: str
    address: str | None
    title: str | None
    author: str | None
    published: str | None
    kind: str | None


def held(root: Path) -> frozenset[str]:
    """Return the hashes of the documents whose text an archive keeps.

    >>> held(Path("nowhere"))
    frozenset()
    """
    return frozenset(path.stem for path in (root / FOLDER).glob("*.txt") if _HASH.match(path.stem))


def read(root: Path, sha256: str) -> Document:
    """Read a document; raises BadChoice for one that is not kept, DamagedArchive."""
    path = root / FOLDER / f"{sha256}.txt"
    if not _HASH.match(sha256) or not path.is_file():
        raise BadChoice(
            f"the archive keeps no document '{sha256[:80]}'",
            "the content hash of a document that was read into it",
            "look the hash up in the reference of an act",
        )
    try:
        # As bytes: an end of line that is rewritten would move every offset after it.
        text = path.read_bytes().decode()
        about = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        known = {name: about.get(name) for name in ("address", "title", "author", "published")}
        return Document(sha256, text, kind=about.get("kind"), **known)
    except (OSError, ValueError, AttributeError) as error:
        raise DamagedArchive(
            f"the document '{sha256}' cannot be read ({error})",
            "its text and what is known of it, as they were kept",
            "read the document into the archive once more",
        ) from error


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
