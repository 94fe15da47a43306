"""Fiction: what a novel tells, or what the reader is bidden to imagine, was not done."""

from __future__ import annotations

from saidanddone.reading.clause import Clause, lemma_of
from saidanddone.reading.finding import Finding

FICTION = frozenset(
    {
        "hypothetical",
        "novel",
        "film",
        "movie",
        "play",
        "game",
        "thriller",
        "story",
        "simulation",
        "scenario",
    }
    | {"legend", "fable", "dream", "parody", "satire", "comedy", "cartoon", "opera", "joke"}
    | {"wargame", "fantasy", "nightmare", "myth", "sketch", "drama", "episode", "tale"}
)
"""In what a state does things that it did not do: 'in the novel, X invades T'."""

IMAGINING = frozenset({"imagine", "suppose", "picture", "envision", "fancy"})
"""'Imagine a world in which ...': what follows is not so."""


def fictional(clause: Clause, found: Finding) -> bool:
    """Whether the sentence, or the act's clause, is set in a work of fiction."""
    for token in clause.source.doc[found.predicate].sent:
        if (
            token.dep_ == "pobj"
            and token.head.lower_ in ("in", "under")
            and lemma_of(token) in FICTION
        ):
            above = token.head.head
            verb = clause.source.doc[found.predicate]
            if above.i == verb.i or above in verb.ancestors:
                return True
    return False


def imagined(clause: Clause, found: Finding) -> bool:
    """Whether the sentence bids the reader imagine it."""
    verb = clause.source.doc[found.predicate]
    root = verb.sent.root
    return bool(
        root.i != verb.i and root.tag_ == "VB" and lemma_of(root) in IMAGINING
        and not any(child.dep_ in ("nsubj", "aux") for child in root.children)
    )  # fmt: skip
