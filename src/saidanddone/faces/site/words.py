"""The search index of a static site: words by their first letters, in small JSON files.

An own index and not pagefind (MIT, the usual choice), for four reasons. Pagefind runs WebAssembly,
so the pages' Content-Security-Policy would need 'wasm-unsafe-eval'; it reads every page anew on
each build, where one act more touches here a handful of files; it finds pages, where a reader looks
for the act; and it would be a binary to install. Here a search loads one file for each word, then
the acts of the pages that it shows.

| file | what it holds |
|---|---|
| search/pages.json | by key of a pair: title, address, number of acts; titles of all other pages |
| search/words/nu.json | words that begin with "nu": for each, how many acts of which pair hold it |
| search/acts/RUS-PRK.json | a pair's acts, latest first: key, date, channel, valence, text |

The script (search.js) takes words apart as :func:`tokens` does.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import polars as pl

FOLDER = "search/"
PAGES = f"{FOLDER}pages.json"
SCRIPT = f"{FOLDER}search.js"

LETTERS = 2
"""Letters that name a file of words: some 600 files of a few kB each for a year of ICEWS."""

LONGEST = 40
"""Letters of a word: a longer one is an address or a mistake, and is found by its beginning."""

Words = dict[str, dict[str, int]]
"""Of each word, how many acts of a pair's page hold it, by key of the page."""

_WORD = re.compile(r"[^\W_]+")


def tokens(text: str) -> list[str]:
    """The words of a text in small letters, without accents.

    >>> tokens("Côte d’Ivoire: Nuclear-Test 2017, Россия")
    ['cote', 'd', 'ivoire', 'nuclear', 'test', '2017', 'россия']
    """
    apart = unicodedata.normalize("NFKD", text)
    plain = "".join(char for char in apart if not unicodedata.category(char).startswith("M"))
    return [word[:LONGEST] for word in _WORD.findall(plain.lower())]


def shard(word: str) -> str:
    """The name of the file that holds a word: its first letters, others than a to z as numbers.

    >>> shard("nuclear"), shard("россия"), shard("7")
    ('nu', 'u0440u043e', '7')
    """
    first = word[:LETTERS]
    return "".join(c if c.isascii() and c.isalnum() else f"u{ord(c):04x}" for c in first)


def path_of(name: str) -> str:
    """Where a file of words lies."""
    return f"{FOLDER}words/{name}.json"


def acts_path(key: str) -> str:
    """Where the acts of a page lie."""
    return f"{FOLDER}acts/{key}.json"


def acts_json(timeline: pl.DataFrame) -> bytes:
    """The acts of a pair as the search reads them: key, date, channel, valence, text."""
    rows = timeline.select("key", "date", "channel", "valence", "text").iter_rows()
    return dumped([list(row) for row in rows])


def texts(acts: bytes) -> list[str]:
    """The texts of a pair's acts, as :func:`acts_json` wrote them."""
    return [str(act[4] or "") for act in json.loads(acts)]


def counted(texts: Iterable[str]) -> Counter[str]:
    """How many of the texts hold each word."""
    found: Counter[str] = Counter()
    for text, times in Counter(texts).items():  # bare relations recur by the hundred
        for word in set(tokens(text)):
            found[word] += times
    return found


def indexed(
    kept: Mapping[str, Words], gone: Iterable[str], new: Mapping[str, Mapping[str, int]]
) -> dict[str, Words]:
    """The files of words by name, after pages have gone or changed and others have come.

    kept: the files as they were. gone: keys whose words no longer hold; a page that changed is
    among them. new: words of the pages that came or changed, by key.
    """
    out = set(gone) | set(new)
    found: dict[str, Words] = {}
    for name, words in kept.items():
        left = {
            word: {key: times for key, times in pages.items() if key not in out}
            for word, pages in words.items()
        }
        found[name] = {word: pages for word, pages in left.items() if pages}
    for key, words_of in new.items():
        for word, times in words_of.items():
            found.setdefault(shard(word), {}).setdefault(word, {})[key] = times
    return {name: words for name, words in found.items() if words}


def read_words(raw: bytes) -> Words | None:
    """A file of words as it was written; None where it is none."""
    try:
        found = json.loads(raw)
        return {str(word): dict(pages) for word, pages in found.items()}
    except (ValueError, TypeError, AttributeError):
        return None


def pages_json(
    pairs: Mapping[str, tuple[str, str, int]],
    others: Sequence[tuple[str, str]],
    shards: Iterable[str],
    shown: int,
) -> bytes:
    """The table of pages: pairs by key (title, address, acts) and others (title, address).

    shown: acts at most on a pair's page, so that a find beyond leads to the page's top.
    """
    return dumped(
        {
            "pairs": {key: list(page) for key, page in sorted(pairs.items())},
            "others": [list(page) for page in others],
            "words": sorted(shards),
            "shown": shown,
        }
    )


def dumped(value: Any) -> bytes:
    """JSON that is the same for the same value."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"{text}\n".encode()


Reader = Callable[[str], bytes | None]
"""Reads a file of the site by its path; None where there is none."""


def read_index(names: Iterable[str], read: Reader) -> dict[str, Words] | None:
    """The files of words by name; None where one is missing or damaged: then all are made anew."""
    found: dict[str, Words] = {}
    for name in names:
        raw = read(path_of(name))
        words = None if raw is None else read_words(raw)
        if words is None:
            return None
        found[name] = words
    return found
