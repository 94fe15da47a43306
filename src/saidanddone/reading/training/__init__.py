"""The training sentences of the learned re-ranker."""

from saidanddone.reading.training.grammar import expand
from saidanddone.reading.training.runs import five_word_runs
from saidanddone.reading.training.scenes import scenes
from saidanddone.reading.training.written import written

__all__ = ["expand", "five_word_runs", "scenes", "written"]
