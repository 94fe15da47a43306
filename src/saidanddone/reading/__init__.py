"""Documents in, acts out: pages, sentences, actors, the coder, dates, speech, stories.

A newcomer's way through: read.read goes from paths to acts, sentence_acts from a paragraph to them.
coding.code takes a sentence and two actors; coder.find_act are its rules: links (which predicates
are the source's), reach (whether they arrive at the target), predicate (what they say), moods;
lexicon/ holds the words they know; ranker weighs their vote.
"""

from saidanddone.reading.coding import Coding, code

__all__ = ["Coding", "code"]
