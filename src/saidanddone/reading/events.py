"""PLOVER's sixteen events: their classes, and which of them a finding is."""

from __future__ import annotations

from functools import cache

from saidanddone import codes
from saidanddone.reading.coder import Finding

QUADS = {
    "AGREE": 1, "CONSULT": 1, "SUPPORT": 1,
    "CONCEDE": 2, "RETREAT": 2, "COOPERATE": 2, "AID": 2,
    "REQUEST": 3, "ACCUSE": 3, "REJECT": 3, "THREATEN": 3,
    "PROTEST": 4, "SANCTION": 4, "MOBILIZE": 4, "COERCE": 4, "ASSAULT": 4,
}  # fmt: skip
"""PLOVER's own classes of its events (house.md)."""

DEFAULT_CODES = {
    "AGREE": "030", "CONSULT": "040", "SUPPORT": "051", "CONCEDE": "080", "RETREAT": "087",
    "COOPERATE": "060", "AID": "070", "REQUEST": "020", "ACCUSE": "112", "REJECT": "120",
    "THREATEN": "130", "PROTEST": "140", "SANCTION": "160", "MOBILIZE": "154", "COERCE": "170",
    "ASSAULT": "190",
}  # fmt: skip
"""The code of an event where only the model, and no rule, saw it."""

MODES = {"AGREE": "pledged", "THREATEN": "threatened"}
"""The mode of an event where no rule saw it; the others were done."""

BY_FORCE = ("191", "192")
"""Blockade and occupation: the crosswalk has them under COERCE, annotators of the published PLOVER
sentences under ASSAULT, as CAMEO's root 19 does. The coder follows the annotators."""


def plover_of(found: Finding) -> str | None:
    """The PLOVER event of a finding; None for statements without an event."""
    if found.rule.startswith("vote:"):
        by_vote = dict.fromkeys(("veto", "block", "abstain", "against"), "REJECT")
        return by_vote.get(found.rule[5:]) or ("SUPPORT" if found.code == "V+" else "SANCTION")
    if found.code.startswith(BY_FORCE):
        return "ASSAULT"
    if found.code.startswith("02"):
        return "REQUEST"
    return _table()[found.code][2] or None


def read_code(cameo: str) -> tuple[str, int]:
    """Channel and valence of a code."""
    channel, valence, _ = _table()[cameo]
    return channel, valence


@cache
def _table() -> dict[str, tuple[str, int, str]]:
    return {
        row["code"]: (row["channel"], row["valence"], row["plover"])
        for row in codes.table().iter_rows(named=True)
    }
