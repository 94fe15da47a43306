"""Documents in, acts out: pages, sentences, actors, the coder, dates, speech, stories.

A newcomer's way through: coding.code takes a sentence and two actors; coder.find_act are its rules,
anchors and predicate their two halves, lexicon/ the words they know; ranker weighs their vote.
"""

from saidanddone.reading.coding import Coding, code

__all__ = ["Coding", "code"]
