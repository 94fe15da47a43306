"""A file that appears whole or not at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from saidanddone.errors import CannotWrite


@contextmanager
def whole_file(path: Path, option: str) -> Iterator[BinaryIO]:
    """Open a file to write that takes its name when all is written; raises CannotWrite.

    option is what the user typed the path with, for the message. What was there before stays if
    anything fails.
    """
    partial = path.parent / f".{path.name}-{secrets.token_hex(4)}"
    try:
        _writable(path)
        with partial.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        raise CannotWrite(
            f"the file '{path}' cannot be written ({error.strerror or error})",
            "a file in a folder that exists and can be written, with room on the disk",
            f"choose another path for {option}",
        ) from error
    finally:
        partial.unlink(missing_ok=True)


def _writable(path: Path) -> None:
    """Fail before the work rather than after it."""
    if path.is_dir():
        raise IsADirectoryError(None, "it is a folder")
    if not path.parent.is_dir():
        raise FileNotFoundError(None, f"there is no folder '{path.parent}'")
    if not os.access(path.parent, os.W_OK):
        raise PermissionError(None, f"the folder '{path.parent}' cannot be written")
