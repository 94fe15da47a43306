"""'The former' and 'the latter': which of two actors that were named before is meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from saidanddone.reading.clause import SUBJECTS, VERBAL
from saidanddone.reading.mention import Mention

PLACES = {"former": 0, "latter": 1}
"""Which of the two each word means."""


def stands_alone(token: Any) -> bool:
    """Whether 'former' or 'latter' means somebody itself, and is not said of a noun."""
    return token.lower_ in PLACES and token.dep_ != "amod"


def one_of_two(base: Mention, form: str, doc: Any, named: Sequence[Mention]) -> Mention | None:
    """Return base as the one of two that it means; None where two cannot be told.

    named: what the sentence named before it. Two that stand in one phrase go before others; who
    acts in the clause of 'the latter' himself is none of the two.
    """
    verbs = _verbs(doc[base.head])
    before: dict[str, Mention] = {}
    for mention in named:
        own = doc[mention.head]
        first = own.conjuncts[0] if own.dep_ == "conj" and own.conjuncts else own
        acts = first.dep_ in SUBJECTS and first.head.i in verbs
        if mention.bearer is not None and not acts:
            before.setdefault(mention.bearer, mention)
    found = list(before.values())
    together = [two for two in pairwise(found) if doc[two[1].head] in doc[two[0].head].conjuncts]
    if not together and len(found) != 2:
        return None
    meant = (together[-1] if together else (found[0], found[1]))[PLACES[form]]
    return replace(
        base, bearer=meant.bearer, name=meant.name, government=meant.government, human=meant.human
    )


def _verbs(token: Any) -> set[int]:
    """The verbs of which a word is a part, up to the one that has the subject: 'sent to help'."""
    found = set()
    for above in token.ancestors:
        if above.pos_ in VERBAL:
            found.add(above.i)
            if above.dep_ not in ("xcomp", "advcl", "pcomp", "acl"):
                break
    return found
