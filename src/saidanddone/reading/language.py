"""Language: which one a text seems to be in, from its script and its function words."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from functools import cache
from importlib.resources import files

ENGLISH = "en"
_SAMPLE_CHARS = 20_000
"""Of the text's start: some 3,000 words, of which every language here has hundreds."""
_FEWEST_WORDS = 3
"""Function words: one or two may be a name or a title ("Die Welt", "La Paz")."""
_ENGLISH_SHARE = 0.12
"""Twelve English texts (manuals, licences, an article) held 0.24 to 0.38 of their words in the
list; a text of 50 words with half of the least is in no language of the list."""
_LONG_ENOUGH = 50
_OTHER_SCRIPT = 0.5
"""Of letters; an English page may quote names in their own script."""

_SCRIPTS = {
    "HANGUL": "ko",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "CJK": "zh",
    "HEBREW": "he",
    "GREEK": "el",
    "DEVANAGARI": "hi",
    "BENGALI": "bn",
    "THAI": "th",
    "GEORGIAN": "ka",
    "ARMENIAN": "hy",
    "ARABIC": "ar",
    "CYRILLIC": "ru",
}
"""First words of Unicode character names; the language meant where no function word decides."""
_KANA = ("HIRAGANA", "KATAKANA")
_FEWEST_KANA = 0.1
"""Japanese is written with Chinese characters too; a tenth of kana tells it from Chinese."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


@cache
def _function_words() -> dict[str, frozenset[str]]:
    return {code: words for code, (_, words) in _table().items()}


@cache
def _table() -> dict[str, tuple[str, frozenset[str]]]:
    text = files("saidanddone.reading").joinpath("function_words.csv").read_text("utf-8")
    return {
        row["language"]: (row["name"], frozenset(row["words"].split()))
        for row in csv.DictReader(text.splitlines())
    }


def language_of(text: str) -> str | None:
    """Return the ISO 639-1 code of a text's language, 'und' for none of the list, None if unsure.

    >>> language_of("The minister said that he would not go to the talks.")
    'en'
    >>> language_of("Der Minister sagte, dass er nicht zu den Gesprächen reisen werde.")
    'de'
    """
    sample = text[:_SAMPLE_CHARS]
    scripts = Counter(
        unicodedata.name(char, "").split(" ")[0].split("-")[0] for char in sample if char.isalpha()
    )
    letters = scripts.total()
    words = [word.casefold() for word in _WORD.findall(sample)]
    hits = {code: sum(word in known for word in words) for code, known in _function_words().items()}
    best = max(hits, key=lambda code: (hits[code], code == ENGLISH))
    if letters and sum(scripts[script] for script in _SCRIPTS) > _OTHER_SCRIPT * letters:
        if hits[best] >= _FEWEST_WORDS:
            return best
        if sum(scripts[script] for script in _KANA) > _FEWEST_KANA * letters:
            return "ja"
        return _SCRIPTS[max(_SCRIPTS, key=lambda script: scripts[script])]
    if len(words) >= _LONG_ENOUGH and hits[best] < _ENGLISH_SHARE * len(words):
        return "und"
    return best if hits[best] >= _FEWEST_WORDS else None


def language_name(code: str) -> str:
    """Return a language's English name, its code where the list has none.

    >>> language_name("fr")
    'French'
    """
    return _table()[code][0] if code in _table() else code
