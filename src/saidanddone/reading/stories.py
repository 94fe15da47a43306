"""Stories: documents and sentences that tell the same in the same words.

An agency's report is printed by many; counted as one act with many reports it misleads nobody.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Sequence

import numpy as np
import numpy.typing as npt

from saidanddone.errors import MissingExtra

SHINGLE_WORDS = 5
"""Runs of five words: two reports of one event written apart share hardly any."""

THRESHOLD = 0.35
"""Jaccard similarity of the runs. On the benchmark in tests/reading/test_stories.py copies that
were cut to two thirds, bear another title or had one word in twenty changed lie above 0.44, texts
on one event written apart below 0.05; the threshold lies between, nearer to the copies."""

_PERMUTATIONS = 128
"""datasketch's default; the standard error of an estimated similarity is at most 0.044."""

_BAND = 2
"""Numbers of a signature that two documents must share in one of its 64 bands to be compared: of
pairs at the threshold 99.98% do, of pairs at 0.05 fifteen in a hundred."""

_MOST_WORDS = 50_000
"""Of a document: its first hundred pages tell which story it is."""

_CHUNK = 4096
"""Runs whose hashes are drawn at once: each takes a kilobyte."""

Signature = npt.NDArray[np.uint32]


def signature(text: str) -> Signature | None:
    """Return the MinHash signature of a text (128 numbers), None for one without a word.

    Two signatures agree in about that share of their numbers in which the runs of five words of
    the two texts agree. Raises MissingExtra.
    """
    try:
        from datasketch import MinHash
    except ImportError as error:
        raise MissingExtra(
            "telling stories apart needs what is not installed",
            "the extra 'read'",
            "run: pip install 'saidanddone[read]'",
        ) from error
    words = _words(text)[:_MOST_WORDS]
    if not words:
        return None
    found = MinHash(num_perm=_PERMUTATIONS)
    runs = [run.encode() for run in _runs(words)]
    for start in range(0, len(runs), _CHUNK):
        found.update_batch(runs[start : start + _CHUNK])
    return np.asarray(found.hashvalues, dtype=np.uint32)


def signature_of(raw: bytes | None) -> Signature | None:
    """Return the signature whose bytes were kept."""
    return np.frombuffer(raw, dtype=np.uint32) if raw else None


def cluster(texts: Sequence[str]) -> list[int]:
    """Return for each document the number of its story; near-duplicates share one.

    Stories are numbered from 0 in the order of their first documents. Texts without a word stand
    alone. Similar documents join in chains: of three, the first and last may differ more than
    the threshold. Raises MissingExtra.
    """
    return cluster_signed([signature(text) for text in texts])


def cluster_signed(signatures: Sequence[Signature | None]) -> list[int]:
    """Return for each signature the number of its story; who shares one does not depend on order.

    None stands alone.
    """
    joined = Joined(len(signatures))
    exact: dict[bytes, int] = {}
    distinct: list[int] = []
    for i, signed in enumerate(signatures):
        if signed is None:
            continue
        same = exact.setdefault(signed.tobytes(), i)
        if same == i:
            distinct.append(i)
        else:
            joined.join(same, i)
    known = [signed for i in distinct if (signed := signatures[i]) is not None]
    if known:
        _join_similar(np.stack(known), distinct, joined)
    return joined.numbers()


def _join_similar(table: Signature, places: list[int], joined: Joined) -> None:
    """Join the rows of a table of signatures that are similar; places are their documents."""
    fewest = THRESHOLD * table.shape[1]
    for start in range(0, table.shape[1], _BAND):
        band = np.ascontiguousarray(table[:, start : start + _BAND]).view(np.uint64).ravel()
        order = np.argsort(band, kind="stable")
        edges = np.flatnonzero(np.diff(band[order])) + 1
        for group in np.split(order, edges):
            if len(group) < 2 or len({joined.leader(places[i]) for i in group}) < 2:
                continue
            for n, one in enumerate(group[:-1]):
                others = group[n + 1 :]
                near = (table[others] == table[one]).sum(axis=1) >= fewest
                for other in others[near]:
                    joined.join(places[one], places[other])


class Joined:
    """Things that are joined to one another, in sets."""

    def __init__(self, size: int) -> None:
        self._leaders = list(range(size))

    def leader(self, i: int) -> int:
        """The first of the set that a thing belongs to."""
        while self._leaders[i] != i:
            self._leaders[i] = self._leaders[self._leaders[i]]
            i = self._leaders[i]
        return i

    def join(self, one: int, other: int) -> None:
        """Make one set of two."""
        first, second = sorted((self.leader(one), self.leader(other)))
        self._leaders[second] = first

    def numbers(self) -> list[int]:
        """The number of each thing's set, from 0 in the order of their first things."""
        return _numbered([self.leader(i) for i in range(len(self._leaders))])


def same_sentence(sentences: Sequence[str]) -> list[int]:
    """Return for each sentence a number that it shares with those of the same words.

    Capitals, punctuation, quotation marks and spaces make no difference; a sentence without a word
    stands alone.

    >>> same_sentence(["They met in Oslo.", "'They met, in Oslo'", "They left."])
    [0, 0, 1]
    """
    return _numbered([words_of(sentence) or i for i, sentence in enumerate(sentences)])


def words_of(sentence: str) -> str:
    """Return a sentence's words in one form, without punctuation and capitals.

    >>> words_of("'They met, in Oslo.'")
    'they met in oslo'
    """
    return " ".join(_words(sentence))


def _words(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    return re.findall(r"\w+(?:'\w+)*", folded)


def _runs(words: Sequence[str]) -> set[str]:
    """Return the runs of five words; a shorter text is one run."""
    last = max(len(words) - SHINGLE_WORDS, 0)
    return {" ".join(words[i : i + SHINGLE_WORDS]) for i in range(last + 1)}


def _numbered(keys: Sequence[Hashable]) -> list[int]:
    numbers: dict[Hashable, int] = {}
    return [numbers.setdefault(key, len(numbers)) for key in keys]
