"""An act as a document reports it: the line that `read --json` prints (house.md)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from saidanddone.model import FuzzyDate
from saidanddone.reading.sentence_act import SentenceAct


@dataclass(frozen=True, slots=True)
class ReportedAct:
    """An act with the sentence that reports it.

    date is ISO cut to its precision, or None. source and target are ids or None. start and end
    are character offsets of quote in the text that is kept of the document.
    """

    date: str | None
    date_edtf: str | None
    source: str | None
    target: str | None
    source_text: str
    target_text: str
    cameo: str
    plover: str
    channel: str
    valence: int
    mode: str
    speaker: str | None
    audience: str | None
    attribution: str | None
    quote: str
    document: str
    start: int
    end: int
    confidence: float

    @classmethod
    def of(cls, act: SentenceAct, document: str, text: str, offset: int) -> ReportedAct:
        """The act of a sentence whose paragraph starts at an offset of the document's text."""
        start, end = offset + act.start, offset + act.end
        return cls(
            date=str(act.date) if act.date else None,
            date_edtf=act.edtf,
            source=act.source,
            target=act.target,
            source_text=act.source_text,
            target_text=act.target_text,
            cameo=act.coding.cameo,
            plover=act.coding.plover,
            channel=act.coding.channel,
            valence=act.coding.valence,
            mode=act.coding.mode,
            speaker=act.speech.speaker,
            audience=act.speech.audience,
            attribution=act.speech.attribution,
            quote=text[start:end],
            document=document,
            start=start,
            end=end,
            confidence=round(act.coding.confidence, 3),
        )

    def day(self) -> FuzzyDate | None:
        """The date at its precision."""
        return FuzzyDate.parse(self.date) if self.date else None

    def to_dict(self) -> dict[str, Any]:
        """The act as one JSON object."""
        return asdict(self)
