"""The heaviest acts of a report, each with its text and where it can be looked up."""

from __future__ import annotations

import re
from collections.abc import Sequence

from saidanddone.dossier import Dossier, leading
from saidanddone.faces.report.blocks import Acts, Block, Paragraph, ToldAct
from saidanddone.faces.report.figures import NOTHING
from saidanddone.model import EvidenceItem

CARRYING_SHOWN, OPPOSING_SHOWN = 25, 15
"""Acts on two or three pages; an export of the pair has all."""

SIGNS = {1: "+", -1: "−", 0: "0"}
_ADDRESS = re.compile(r"https?://[^\s<>\"'`\\^{}|]+")


def carrying(dossier: Dossier) -> tuple[Block, ...]:
    """The acts that pull the way the estimate goes; all that are told where there is none."""
    return _told(dossier.carrying or dossier.evidence, CARRYING_SHOWN)


def against_it(dossier: Dossier) -> tuple[Block, ...]:
    """The acts that pull the other way."""
    return _told(dossier.opposing, OPPOSING_SHOWN)


def _told(found: Sequence[EvidenceItem], most: int) -> tuple[Block, ...]:
    if not found:
        return ()
    shown = leading(found, most)
    return (
        Paragraph(
            f"{len(shown)} of {len(found):,}, the heaviest. The weight is how far the estimate "
            "would move without the acts of that date, channel and sign."
        ),
        Acts(tuple(_act(item) for item in shown)),
    )


def _act(item: EvidenceItem) -> ToldAct:
    address = _ADDRESS.search(item.reference)
    code = f" ({item.code})" if item.code else ""
    return ToldAct(
        date=item.date,
        kind=f"{item.channel} {SIGNS[item.valence]}{code}",
        weight=f"{item.weight:+.3f}".replace("-", "−") if item.weight else NOTHING,
        text=item.text,
        reference=item.reference,
        url=address[0].rstrip(".,;:)") if address else None,
    )
