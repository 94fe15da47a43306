"""The dossier: an answer together with all that is needed to show, explain and draw it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import polars as pl

from saidanddone.dossier.indicators import Indicator
from saidanddone.dossier.sentence import with_article
from saidanddone.measure.choices import Choices
from saidanddone.measure.comparison import Comparison, Side
from saidanddone.measure.evidence import Span
from saidanddone.measure.robustness import Outcome
from saidanddone.model import Answer, EvidenceItem

MONTHS_AS_YEARS = 72
"""Months of data from which charts through time go by year."""


@dataclass(frozen=True)
class Dossier(Answer):
    """An answer's whole case.

    panel: month (year for yearly counts), channel, cooperative, conflictual, neutral, acts,
    reports of the pair. days: influence by date. outcomes: the robustness table, the answer
    itself first. comparison, sides and slope are None where nothing can be measured. citation,
    title and content are those of the dataset, content a hash of all that it holds. indicators
    stand beside the answer and have no part in it.
    """

    choices: Choices
    span: Span
    panel: pl.DataFrame
    days: pl.DataFrame
    outcomes: tuple[Outcome, ...]
    comparison: Comparison | None
    sides: tuple[Side, Side] | None
    slope: float | None
    times_needed: float | None
    citation: str
    title: str = ""
    content: str = ""
    indicators: tuple[Indicator, ...] = ()

    @property
    def words_and_deeds(self) -> tuple[str, str]:
        """The two channels that are compared."""
        return self.choices.words_and_deeds

    @property
    def yearly(self) -> bool:
        """Whether time is shown by year; from six years on months could not be told apart."""
        return self.channels["said"] is None or self.span.months >= MONTHS_AS_YEARS

    @property
    def estimate(self) -> float | None:
        """The gap, or for a selection the difference of shares; None where there is neither."""
        if self.gap is not None:
            return self.gap.estimate
        return self.selection.difference if self.selection else None

    @property
    def carrying(self) -> tuple[EvidenceItem, ...]:
        """The acts that pull the way the estimate goes, heaviest first."""
        return self._pulling(1.0)

    @property
    def opposing(self) -> tuple[EvidenceItem, ...]:
        """The acts that pull the other way, heaviest first."""
        return self._pulling(-1.0)

    def _pulling(self, sign: float) -> tuple[EvidenceItem, ...]:
        way = sign if (self.estimate or 0.0) >= 0 else -sign
        return tuple(item for item in self.evidence if item.weight * way > 0)

    @property
    def question(self) -> str:
        """The question in words."""
        since, until = self.window.since, self.window.until
        span = f", {since or 'the beginning'} to {until or 'today'}" if since or until else ""
        source, target = with_article(self.source.name), with_article(self.target.name)
        return f"Do the deeds of {source} toward {target} match its words{span}?"

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of house.md: exactly its keys, None and never NaN."""
        name, kind = self.dataset
        return {
            "source": {"id": self.source.id, "name": self.source.name},
            "target": {"id": self.target.id, "name": self.target.name},
            "window": {
                "since": self.window.since.isoformat() if self.window.since else None,
                "until": self.window.until.isoformat() if self.window.until else None,
            },
            "dataset": {"name": name, "kind": kind},
            "against": self.against,
            "reading": self.reading,
            "count": self.count,
            "actors": self.actors,
            "channels": {c: asdict(v) if v else None for c, v in self.channels.items()},
            "norm": {c: asdict(v) if v else None for c, v in self.norm.items()},
            "gap": asdict(self.gap) if self.gap else None,
            "surprise": asdict(self.surprise) if self.surprise else None,
            "corners": self.corners,
            "verdict": asdict(self.verdict),
            "selection": asdict(self.selection) if self.selection else None,
            "robustness": asdict(self.robustness),
            "evidence": [asdict(item) for item in self.evidence],
            "coverage": asdict(self.coverage),
        }
