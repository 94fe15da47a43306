"""Words of a text, and what their spellings agree on."""

from __future__ import annotations

import re
import unicodedata

WORD = re.compile(r"(?:[A-Z]\.){2,}(?:[A-Z]\b)?|[^\W_]+")
"""A word, or an abbreviation with its stops: U.S.S.R."""


def fold(word: str) -> str:
    """Reduce a word to what spellings agree on: no case, stops or accents.

    >>> fold("U.S."), fold("São")
    ('us', 'sao')
    """
    word = word.replace(".", "").lower()
    if word.isascii():
        return word
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
