"""Stories: documents and sentences that tell the same in the same words.

An agency's report is printed by many; counted as one act with many reports it misleads nobody.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Sequence

from saidanddone.errors import MissingExtra

SHINGLE_WORDS = 5
"""Runs of five words: two reports of one event written apart share hardly any."""

THRESHOLD = 0.35
"""Jaccard similarity of the runs. On the benchmark in tests/reading/test_stories.py copies that
were cut to two thirds, bear another title or had one word in twenty changed lie above 0.44, texts
on one event written apart below 0.05; the threshold lies between, nearer to the copies."""

_PERMUTATIONS = 128
"""datasketch's default; the standard error of an estimated similarity is at most 0.044."""


def cluster(texts: Sequence[str]) -> list[int]:
    """Return for each document the number of its story; near-duplicates share one.

    Stories are numbered from 0 in the order of their first documents. Texts without a word stand
    alone. Similar documents join in chains: of three, the first and last may differ more than
    the threshold. Raises MissingExtra.
    """
    try:
        from datasketch import MinHash, MinHashLSH
    except ImportError as error:
        raise MissingExtra(
            "telling stories apart needs what is not installed",
            "the extra 'read'",
            "run: pip install 'saidanddone[read]'",
        ) from error
    index = MinHashLSH(threshold=THRESHOLD, num_perm=_PERMUTATIONS)
    signatures: dict[int, MinHash] = {}
    leaders = list(range(len(texts)))
    exact: dict[str, int] = {}
    for i, text in enumerate(texts):
        words = _words(text)
        if not words:
            continue
        # The same words again need no signature; most copies are of this kind.
        same = exact.setdefault(" ".join(words), i)
        if same != i:
            _join(leaders, same, i)
            continue
        signature = MinHash(num_perm=_PERMUTATIONS)
        signature.update_batch([run.encode() for run in _runs(words)])
        for other in index.query(signature):
            if signature.jaccard(signatures[other]) >= THRESHOLD:
                _join(leaders, other, i)
        index.insert(i, signature)
        signatures[i] = signature
    return _numbered([_leader(leaders, i) for i in range(len(texts))])


def same_sentence(sentences: Sequence[str]) -> list[int]:
    """Return for each sentence a number that it shares with those of the same words.

    Capitals, punctuation, quotation marks and spaces make no difference; a sentence without a word
    stands alone.

    >>> same_sentence(["They met in Oslo.", "'They met, in Oslo'", "They left."])
    [0, 0, 1]
    """
    return _numbered([" ".join(_words(sentence)) or i for i, sentence in enumerate(sentences)])


def _words(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    return re.findall(r"\w+(?:'\w+)*", folded)


def _runs(words: Sequence[str]) -> set[str]:
    """Return the runs of five words; a shorter text is one run."""
    last = max(len(words) - SHINGLE_WORDS, 0)
    return {" ".join(words[i : i + SHINGLE_WORDS]) for i in range(last + 1)}


def _leader(leaders: list[int], i: int) -> int:
    while leaders[i] != i:
        leaders[i] = leaders[leaders[i]]
        i = leaders[i]
    return i


def _join(leaders: list[int], one: int, other: int) -> None:
    first, second = sorted((_leader(leaders, one), _leader(leaders, other)))
    leaders[second] = first


def _numbered(keys: Sequence[Hashable]) -> list[int]:
    numbers: dict[Hashable, int] = {}
    return [numbers.setdefault(key, len(numbers)) for key in keys]
