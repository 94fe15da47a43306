"""The manifest: what a static site was built of, kept beside it, so that a rebuild does little."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from saidanddone.errors import BadFile

NAME = ".saidanddone-site.json"

FORMAT = 1
"""Raised when a site's manifest cannot be read as before."""

Written = tuple[str, int]
"""A file as it was written: SHA-256 and bytes."""

Snapshot = dict[str, Any]
"""What a pair's page said: see snapshot.py."""


@dataclass(frozen=True, slots=True)
class Built:
    """A pair's page as it was built.

    inputs: a hash of all that went into it. files: by path from the site's root. asked: the
    addresses that it would link to, and whether they existed. snapshot: what it says.
    """

    inputs: str
    files: dict[str, Written]
    asked: dict[str, bool]
    snapshot: Snapshot

    def to_dict(self) -> dict[str, Any]:
        """As it stands in the manifest."""
        return {
            "inputs": self.inputs,
            "files": {path: list(written) for path, written in sorted(self.files.items())},
            "asked": {
                "there": sorted(address for address, there in self.asked.items() if there),
                "not": sorted(address for address, there in self.asked.items() if not there),
            },
            "snapshot": self.snapshot,
        }

    @classmethod
    def from_dict(cls, stored: dict[str, Any]) -> Built:
        """The inverse of to_dict."""
        there = dict.fromkeys(stored["asked"]["there"], True)
        return cls(
            str(stored["inputs"]),
            _written(stored["files"]),
            there | dict.fromkeys(stored["asked"]["not"], False),
            dict(stored["snapshot"]),
        )


@dataclass(slots=True)
class Manifest:
    """What stands in OUT.

    frame: what all pages rest on (frame.py). pages: the pages of pairs by key ("RUS-PRK"). files:
    all other files. indexed: inputs of the pages as they stand in the search index. entries: the
    feed's, newest first. content: that of the dataset; changed: keys whose pages said something
    new when it last changed, the largest change first.
    """

    content: str = ""
    frame: dict[str, Any] = field(default_factory=dict)
    pages: dict[str, Built] = field(default_factory=dict)
    files: dict[str, Written] = field(default_factory=dict)
    indexed: dict[str, str] = field(default_factory=dict)
    entries: list[dict[str, Any]] = field(default_factory=list)
    changed: list[dict[str, Any]] = field(default_factory=list)

    @property
    def paths(self) -> dict[str, Written]:
        """Every file that the site consists of."""
        found = dict(self.files)
        for page in self.pages.values():
            found |= page.files
        return found

    def to_bytes(self) -> bytes:
        """As it is written; the same manifest gives the same bytes."""
        content = {
            "format": FORMAT,
            "content": self.content,
            "frame": self.frame,
            "pages": {key: page.to_dict() for key, page in self.pages.items()},
            "files": {path: list(written) for path, written in self.files.items()},
            "indexed": self.indexed,
            "entries": self.entries,
            "changed": self.changed,
        }
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return f"{text}\n".encode()

    @classmethod
    def from_bytes(cls, raw: bytes, where: str) -> Manifest:
        """Read one; raises BadFile for what is none, or of a later version of the product."""
        try:
            stored = json.loads(raw)
            if stored["format"] != FORMAT:
                raise BadFile(
                    f"the site in '{where}' was built by another version of the product",
                    f"a {NAME} of format {FORMAT}",
                    "publish into a new folder",
                )
            return cls(
                str(stored["content"]),
                dict(stored["frame"]),
                {str(key): Built.from_dict(page) for key, page in stored["pages"].items()},
                _written(stored["files"]),
                dict(stored["indexed"]),
                list(stored["entries"]),
                list(stored["changed"]),
            )
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise BadFile(
                f"'{where}/{NAME}' cannot be read ({type(error).__name__})",
                "the file as publish wrote it",
                "publish into a new folder, or remove the old site whole",
            ) from error


def _written(stored: dict[str, Any]) -> dict[str, Written]:
    return {str(path): (str(sha256), int(size)) for path, (sha256, size) in stored.items()}
