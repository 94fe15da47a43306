"""Opening: paths, folders, lists and addresses become single documents, in order."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from saidanddone.errors import BadFile
from saidanddone.reading import web
from saidanddone.reading.page import PageKind, Refusal

_KINDS: dict[str, PageKind] = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".shtml": "html",
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".markdown": "text",
    ".pdf": "pdf",
}
_NO_PROSE = re.compile(
    r"\.(?:css|m?js|jsonl?|xml|[ct]sv|toml|ya?ml|ini|py|r|sql|svg|rtf|eml|mht(?:ml)?|rss|atom)",
    re.I,
)
"""Text by their bytes, yet no page: their lines would be taken for sentences."""
_OTHER_SCHEME = re.compile(r"[a-z][a-z0-9+.-]{1,9}://", re.I)
_LIST_BYTES = 1 << 22
"""4 MB hold some 50,000 addresses."""
_SNIFFED_BYTES = 1024
_MEDIA_TYPES: dict[str, PageKind] = {
    "application/pdf": "pdf",
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
    "text/markdown": "text",
}


def documents(places: Sequence[str]) -> Iterator[str | Refusal]:
    """Yield the single documents that places name: files, folders, lists and addresses.

    A folder gives its files, those of its subfolders too, sorted; hidden ones are left out. A text
    file with nothing but http addresses gives these.
    """
    for place in places:
        if web.is_address(place):
            yield place
            continue
        if not place.strip() or _OTHER_SCHEME.match(place):
            error = BadFile(
                f"'{place}' is no path and no address that is read",
                "a file, a folder, or an address that starts with http:// or https://",
                "check what was typed",
            )
            yield Refusal(place, error)
            continue
        path = Path(place)
        try:
            files = sorted(_files_below(path)) if path.is_dir() else [path]
            missing = not path.exists()
        except (OSError, ValueError):
            files, missing = [], True
        if missing:
            error = BadFile(f"there is no file '{place}'", "an existing file", "check the path")
            yield Refusal(place, error)
        elif not files:
            error = BadFile(
                f"the folder '{place}' holds no file", "pages to read", "name another folder"
            )
            yield Refusal(place, error)
        else:
            for file in files:
                yield from _listed(file) or [str(file)]


def _files_below(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(parent) / name for name in names if not name.startswith("."))


def _listed(file: Path) -> list[str]:
    """Return the addresses of a file that holds nothing else, one a line; # starts a remark."""
    try:
        if not file.is_file() or file.stat().st_size > _LIST_BYTES:
            return []
        with file.open("rb") as stream:
            head = stream.read(_SNIFFED_BYTES)
            if b"http" not in head.lower():
                return []
            text = (head + stream.read()).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return []
    lines = [line.strip() for line in text.splitlines()]
    lines = [line for line in lines if line and not line.startswith("#")]
    return lines if all(map(web.is_address, lines)) else []


def load(place: str) -> bytes:
    """Return the bytes of a file; raises BadFile where it is empty, too large or unreadable."""
    path = Path(place)
    if _NO_PROSE.fullmatch(path.suffix):
        raise BadFile(
            f"'{place}' is a {path.suffix.lower()} file, which holds no page",
            "HTML, plain text or PDF",
            "name pages, or save its text as .txt",
        )
    try:
        if not path.is_file():
            raise BadFile(f"'{place}' is no regular file", "a file with a page", "name a file")
        if path.stat().st_size > web.MAX_BYTES:
            raise web.too_large(place)
        return path.read_bytes()
    except OSError as error:
        why = error.strerror or "unreadable"
        raise BadFile(
            f"'{place}' cannot be read: {why.lower()}", "a readable file", "check its permissions"
        ) from None


def kind_of(place: str, raw: bytes, media_type: str | None = None) -> PageKind:
    """Return what a document is: by its first bytes, else as stated, else by its name.

    >>> kind_of("a.txt", b"<!DOCTYPE html><p>Talks."), kind_of("notes", b"They met.")
    ('html', 'text')
    """
    head = raw[:_SNIFFED_BYTES].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if b"%pdf-" in head[:_SNIFFED_BYTES]:
        return "pdf"
    if head.startswith((b"<!doctype html", b"<html", b"<?xml", b"<head", b"<body", b"<!--")):
        return "html"
    if media_type in _MEDIA_TYPES:
        return _MEDIA_TYPES[media_type]
    return _KINDS.get(Path(place.split("?", maxsplit=1)[0]).suffix.lower(), "text")
