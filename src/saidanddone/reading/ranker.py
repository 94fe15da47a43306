"""Weighing what the rules found where the encoder is absent: which event, if any, and how surely.

A logistic regression over the features of features.py (regression.py), taught on the sentences of
training/, may call a finding another event; without it the rules alone serve.
"""

from __future__ import annotations

from typing import Any

from saidanddone.reading.encoder import NONE
from saidanddone.reading.events import DEFAULT_CODES, MODES, QUADS, plover_of, read_code
from saidanddone.reading.features import features
from saidanddone.reading.finding import LINKED, Coding, Finding
from saidanddone.reading.regression import regression
from saidanddone.reading.seen import BY_RULE, by_rule

RULES_WEIGHT = 0.6
"""What the rules' vote adds to the regression's probability: on PLV's read half 0.2 and 0.4 gave
less."""


def ranked(
    doc: Any, source: Any, target: Any | None, vote: Finding | None, *, known: bool = False
) -> Coding | None:
    """The coding of source toward target; None where there is no act.

    vote: what the rules found, which may be a predicate that only stands nearby. known: the pair
    is known to have an act.
    """
    event = plover_of(vote) if vote else None
    confidence = BY_RULE
    if vote is None or not by_rule(vote):
        linked = vote is not None and event is not None and vote.sure >= LINKED
        if not linked and not known:
            return None
        event, confidence = _weighed(doc, source, target, vote, event)
    if event is None:
        return None
    agreed = vote is not None and plover_of(vote) == event
    cameo = vote.code if vote is not None and agreed else DEFAULT_CODES[event]
    mode = vote.mode if vote is not None and agreed else MODES.get(event, "did")
    return Coding(event, cameo, QUADS[event], *read_code(cameo), mode, confidence)


def _weighed(
    doc: Any, source: Any, target: Any | None, vote: Finding | None, event: str | None
) -> tuple[str | None, float]:
    """The likeliest event of the likeliest of PLOVER's four classes, and its confidence."""
    probable = regressed(doc, source, target, vote)
    if probable is None:
        return event, BY_RULE
    if event is not None:
        probable[event] = probable.get(event, 0.0) + RULES_WEIGHT
    classes: dict[int, float] = {}
    for name, value in probable.items():
        classes[QUADS[name]] = classes.get(QUADS[name], 0.0) + value
    quad = max(classes, key=lambda each: classes[each])
    best = max((name for name in probable if QUADS[name] == quad), key=lambda n: probable[n])
    return best, probable[best] / sum(probable.values())


def regressed(
    doc: Any, source: Any, target: Any | None, vote: Finding | None
) -> dict[str, float] | None:
    """The regression's probability of each event if there is an act; None without it."""
    learned = regression()
    if learned is None:
        return None
    event = plover_of(vote) if vote is not None else None
    found = features(doc, source, target, vote, event or NONE)
    probable = dict(zip(learned.events, map(float, learned.probabilities(found)), strict=True))
    acts = max(1e-6, 1.0 - probable.pop(NONE, 0.0))
    return {name: value / acts for name, value in probable.items()}
