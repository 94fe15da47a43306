"""What a predicate was read as, and how an operator above it changes that."""

from __future__ import annotations

from typing import NamedTuple

from saidanddone.reading.folding import fold

AGREEING = frozenset({"agree", "offer", "volunteer", "undertake"})
"""Friendly whatever it is about: one agrees to an exercise, but vows an attack."""

ORDERING = frozenset({"order", "command"})
ORDERED_ACTS = frozenset({"08", "09", "14", "15", "16", "17", "18", "19"})
"""Who orders an arrest, an attack or a release does it."""


DEMANDING = frozenset({"demand", "order", "insist", "require", "instruct"})


class Reading(NamedTuple):
    """A CAMEO code and how it was come by."""

    code: str
    how: str


def apply(operator: str, lemma: str, inner: Reading) -> Reading:
    """Fold an operator, borne by this lemma, into what follows it."""
    code, how = inner
    if operator == "pledge" and lemma in AGREEING:
        folded = fold("pledge", code)
        return Reading(folded if folded.startswith("03") else "031", f"agree+{how}")
    if operator == "pledge" and lemma in ("promise", "pledge") and code.startswith("15"):
        # Troops that are promised are help.
        return Reading("0332", f"pledge+{how}")
    if lemma in ORDERING and code[:2] in ORDERED_ACTS:
        return Reading(code, f"order+{how}")
    if operator == "request" and lemma in DEMANDING:
        operator = "demand"
    return Reading(fold(operator, code), f"{operator}+{how}")
