"""What people type into a search box, as an expression that SQLite's full-text search accepts.

| typed | meant |
|---|---|
| `grain embargo` | both words, anywhere |
| `"grain embargo"` | one after the other |
| `grain -embargo` | the first without the second |
| `grain OR wheat` | either |
| `embarg*` | words that begin so |

Everything else is text: no input is an error, and none reaches the engine unquoted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MOST_TERMS = 32
"""Terms of one query; the engine's own limit on nesting lies at 256."""

MOST_CHARACTERS = 400
"""Characters of one query that are read: longer ones are pasted texts, not questions."""

_TERM = re.compile(r'(?P<no>-?)(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))(?P<open>\*?)')


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase; open: the last word may go on."""

    text: str
    open: bool = False

    def __str__(self) -> str:
        return '"' + self.text.replace('"', " ") + '"' + ("*" if self.open else "")


@dataclass(frozen=True, slots=True)
class Query:
    """Alternatives of terms that all have to be there, and terms that must not."""

    alternatives: tuple[tuple[Term, ...], ...]
    without: tuple[Term, ...] = ()

    @property
    def expression(self) -> str | None:
        """The expression for MATCH; None where nothing is asked for.

        >>> parse('grain -"old ship" OR wheat*').expression
        '(("grain") OR ("wheat"*)) NOT ("old ship")'
        """
        if not self.alternatives:
            return None
        either = " OR ".join(f"({' AND '.join(map(str, terms))})" for terms in self.alternatives)
        if not self.without:
            return either
        return f"({either}) NOT ({' OR '.join(map(str, self.without))})"


def parse(typed: str) -> Query:
    """Read what was typed; terms without a letter or digit are passed over.

    >>> parse("-- ' NEAR(").alternatives
    ((Term(text='NEAR(', open=False),),)
    >>> parse('"').expression is None
    True
    """
    alternatives: list[list[Term]] = [[]]
    without: list[Term] = []
    for found in list(_TERM.finditer(_clean(typed)))[:MOST_TERMS]:
        word = found["word"]
        if word == "OR" and not found["no"]:
            alternatives.append([])
            continue
        text = word.rstrip("*") if word else found["phrase"] or ""
        if not any(char.isalnum() for char in text):
            continue
        term = Term(text, open=bool(found["open"]) or bool(word and word.endswith("*")))
        (without if found["no"] else alternatives[-1]).append(term)
    return Query(tuple(tuple(terms) for terms in alternatives if terms), tuple(without))


def _clean(typed: str) -> str:
    """Control characters end a text inside SQLite, and half of a surrogate pair has no bytes."""
    shown = "".join(char if char.isprintable() else " " for char in typed[:MOST_CHARACTERS])
    return shown.encode("utf-8", "replace").decode("utf-8")
