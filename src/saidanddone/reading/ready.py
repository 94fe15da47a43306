"""Ready: importing this loads what every reading process needs, once for all that are forked.

The server that forks them imports it first. Where that fails they say why when they read.
"""

from contextlib import suppress

from saidanddone.errors import SaidAndDoneError
from saidanddone.reading.gazetteer import families, trie
from saidanddone.reading.parser import pipeline

with suppress(SaidAndDoneError):
    pipeline()
    trie()
    families()
