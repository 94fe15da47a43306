"""The creation of an archive: a folder of its own, with a manifest that lists nothing."""

from __future__ import annotations

import secrets
from pathlib import Path

from saidanddone.archive import parts, schema
from saidanddone.archive.lock import NAME as LOCK
from saidanddone.archive.lock import locked
from saidanddone.archive.manifest import NAME as MANIFEST
from saidanddone.errors import CannotWrite, NotAnArchive


def create(root: Path) -> None:
    """Make an archive in a new or empty folder, unless somebody else just has.

    Raises NotAnArchive if the folder holds something else, CannotWrite, BusyArchive.
    """
    try:
        root.mkdir(parents=True, exist_ok=True)
        _refuse_foreign(root)
        with locked(root):
            if not (root / MANIFEST).exists():
                _make_manifest(root)
    except OSError as error:
        raise CannotWrite(
            f"an archive cannot be made at '{root}' ({error.strerror})",
            "a folder that can be written",
            "choose another folder",
        ) from error


def _refuse_foreign(root: Path) -> None:
    ours = (LOCK, MANIFEST)  # as a killed attempt to make an archive leaves them
    foreign = sorted(path.name for path in root.iterdir() if not path.name.startswith(ours))
    if foreign:
        raise NotAnArchive(
            f"the folder '{root}' is not empty and holds no archive ({foreign[0]} is in it)",
            "an archive, or a new or empty folder",
            "choose another folder",
        )


def _make_manifest(root: Path) -> None:
    new = root / f"{MANIFEST}-{secrets.token_hex(8)}"
    try:
        schema.write_empty(new)
        new.replace(root / MANIFEST)
        parts.sync(root)
    finally:
        new.unlink(missing_ok=True)
