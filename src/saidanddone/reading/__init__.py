"""Documents in, acts out: pages, sentences, actors, the coder, dates, speech, stories.

A newcomer's way through: read.read goes from paths to acts, sentence_acts from a paragraph to them.
coding.code takes a sentence and two actors; coder.find_act are its rules: links (which predicates
are the source's), reach (whether they arrive at the target), predicate (what they say), moods;
lexicon/ holds the words they know. encoder is the learned reader, hints what it is told of the
rules' findings, seen what follows from both; without it ranker weighs the rules' vote.
"""

from saidanddone.reading.coding import Coding, code

__all__ = ["Coding", "code"]
