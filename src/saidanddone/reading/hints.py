"""What the rules found of each two actors, as the learned reader is told it.

The encoder reads a sentence with the rules' findings beside it and was taught on both, so that it
knows what a finding is worth: one number a kind of act for a predicate that the parse links, one
for a predicate that only stands near, and for what is denied, supposed or no event.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from saidanddone.reading.coder import find_act, find_acts
from saidanddone.reading.encoder import KINDS
from saidanddone.reading.events import DEFAULT_CODES, plover_of, read_code
from saidanddone.reading.finding import LINKED, SURE, Finding
from saidanddone.reading.mutual import mirrored

ACTS = len(KINDS) - 1
NEUTRAL, NEGATED, SUPPOSED = ACTS, ACTS + 1, ACTS + 2
LINKS = ACTS + 3
"""Hints of linked predicates; those of predicates that stand near follow in the same order."""

HINTS = 2 * LINKS

ABOUT = {"018": "051", "019": "051", "013": "051", "012": "120", "016": "120"}
"""Statements that count but are no event of PLOVER's, and the code whose channel and sign they
have."""

Ends = tuple[int, int]
"""Places of a source and a target among the actors of a scene."""


def kind_of(found: Finding) -> int | None:
    """The place in KINDS of a finding; None for what enters no share."""
    code = ABOUT.get(found.code, found.code)
    cell = read_code(code)
    if not cell[1]:
        return None
    event = plover_of(found if code == found.code else Finding(code, "did", 0, "", LINKED))
    return _kind(event, cell) if event else None


@cache
def _kind(event: str, cell: tuple[str, int]) -> int:
    mine = [at for at, (name, _) in enumerate(KINDS[:-1]) if name == event]
    fits = [at for at in mine if read_code(KINDS[at][1]) == cell]
    if not fits and read_code(DEFAULT_CODES[event]) != cell:
        # A vote against a state is signed, its event REJECT or SANCTION: the sign is what counts.
        fits = [at for at, (_, code) in enumerate(KINDS[:-1]) if read_code(code) == cell]
    return (fits or mine)[0]


def hint_of(found: Finding) -> int:
    """The number of a finding: below HINTS."""
    kind = kind_of(found)
    if found.mode == "negated":
        at = NEGATED
    elif found.mode not in SURE:
        at = SUPPOSED
    else:
        at = NEUTRAL if kind is None else kind
    return at if found.sure >= LINKED else at + LINKS


def hints(found: Iterable[tuple[Ends, Finding]], actors: int) -> NDArray[np.float32]:
    """Shape (actors, actors, HINTS): one where the rules found such a thing of two actors."""
    table = np.zeros((actors, actors, HINTS), dtype=np.float32)
    for (source, target), one in found:
        table[source, target, hint_of(one)] = 1.0
    return table


def found_between(
    doc: Any, source: Any, target: Any, among: Sequence[Any] | None = None
) -> tuple[list[Finding], list[Finding]]:
    """What the rules find of the source toward the target, and what follows the other way round."""
    there = find_acts(doc, source, target, among)
    tokens = getattr(doc, "doc", doc)
    back = [other for one in there if (other := mirrored(one, tokens[one.predicate])) is not None]
    return there, back


def found_near(doc: Any, source: Any, target: Any) -> Finding | None:
    """A predicate that only stands near the two."""
    near = find_act(doc, source, target, nearby=True)
    return near if near is not None and near.sure < LINKED else None
