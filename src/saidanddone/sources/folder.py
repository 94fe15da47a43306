"""Folders: the files in them that bear a dataset's names."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from saidanddone.errors import BadFile


def files_in(path: Path, names: Sequence[str]) -> list[Path]:
    """Return a file as it is, of a folder the files whose names match, sorted; raises BadFile.

    names are shell patterns; capital letters make no difference.
    """
    if not path.exists():
        raise BadFile(f"there is no file '{path}'", "an existing file or folder", "check the path")
    if not path.is_dir():
        return [path]
    found = sorted(
        file
        for file in path.iterdir()
        if file.is_file() and any(fnmatchcase(file.name.lower(), name.lower()) for name in names)
    )
    if not found:
        raise BadFile(
            f"no file in the folder '{path}' bears this dataset's names",
            f"files such as {' or '.join(names[:3])}",
            "name the folder that holds them, or the files themselves",
        )
    return found
