"""Runs of five words, by which training and held-out sentences are kept apart."""

from __future__ import annotations

import re

# Five words in a row are the measure that the project's own gold was promised against.
RUN_WORDS = 5
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def five_word_runs(sentence: str) -> frozenset[str]:
    """Give every run of five words of a sentence, in lower case and without punctuation.

    A sentence of fewer than five words has none.

    >>> sorted(five_word_runs("The envoy flew home, on Friday."))
    ['envoy flew home on friday', 'the envoy flew home on']
    """
    words = _WORD.findall(sentence.lower())
    return frozenset(
        " ".join(words[start : start + RUN_WORDS]) for start in range(len(words) - RUN_WORDS + 1)
    )
