"""References of acts, as readers elsewhere may see them."""

from __future__ import annotations

import re

import polars as pl

_LOCAL = re.compile(r"(^|again in )(?!https?://)[^;]*[/\\]([^/\\;]+, characters \d+ to \d+)")


def without_folders(reference: str) -> str:
    """Name a local document without its folders: a page may be read by others than its maker.

    >>> without_folders("/home/me/secret/report.txt, characters 0 to 9")
    'report.txt, characters 0 to 9'
    >>> without_folders("https://example.org/a/b.html, characters 0 to 9")
    'https://example.org/a/b.html, characters 0 to 9'
    """
    return _LOCAL.sub(r"\1\2", reference)


def all_without_folders(references: pl.Series) -> pl.Series:
    """References without folders; null where there is none."""
    if not references.str.contains(", characters ", literal=True).any():
        return references
    return references.map_elements(without_folders, return_dtype=pl.String)
