"""Mentions of states, organisations and their people in parsed text."""

from __future__ import annotations

from datetime import date
from typing import Any

from saidanddone.reading.antecedents import Memory
from saidanddone.reading.mention import Mention, actor_on, actors_on
from saidanddone.reading.naming import Naming
from saidanddone.reading.references import references

__all__ = ["Memory", "Mention", "actor_on", "actors_on", "find_mentions", "found_mentions"]

_FOUND = "saidanddone mentions"
"""Under this key a Doc's own user_data keeps what was found, so that nobody looks twice."""


def find_mentions(
    doc: Any, *, published: date | None = None, memory: Memory | None = None
) -> list[Mention]:
    """Find who is named in a spaCy Doc, in the order of the text.

    A gazetteer made of the tables of actors/ decides, the longest name first; the parse says how
    far the phrase reaches. published helps to tell holders of the same family name apart. memory
    carries what the document named before; give the same one for each piece of a document.
    """
    memory = memory or Memory()
    naming = Naming(doc, published, memory)
    named = naming.mentions()
    found: list[Mention] = []
    at = 0
    for sentence in doc.sents:
        end = at
        while end < len(named) and named[end].start < sentence.end_char:
            end += 1
        inside = named[at:end]
        at = end
        found += [
            m for m in references(sentence, inside, memory)
            if m.kind != "short" or not naming.blocks(m.start)
        ]  # fmt: skip
        memory.next_sentence()
    doc.user_data[_FOUND] = found
    return found


def found_mentions(doc: Any) -> list[Mention] | None:
    """What find_mentions found last in a Doc; None where it has not looked."""
    found: list[Mention] | None = doc.user_data.get(_FOUND)
    return found
