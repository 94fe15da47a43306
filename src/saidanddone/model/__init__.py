"""What an act, a date, a pair, a window and an answer are: frozen, and nothing computed.

An *act* is one reported deed or utterance of a source toward a target on a day. On the bulk path
acts are tables with the columns of :data:`ACT_COLUMNS`; one object per row is never made there.
"""

from saidanddone.model.actors import Actor, Pair
from saidanddone.model.acts import (
    ACT_COLUMNS,
    CELL_COLUMNS,
    CHANNELS,
    MODES,
    UNCOUNTED_MODES,
    Channel,
    Column,
)
from saidanddone.model.answer import (
    Answer,
    ChannelAnswer,
    CoverageAnswer,
    Estimate,
    EvidenceItem,
    NormAnswer,
    Robustness,
    SelectionAnswer,
    Verdict,
)
from saidanddone.model.dates import FuzzyDate, Precision, Window

__all__ = [
    "ACT_COLUMNS",
    "CELL_COLUMNS",
    "CHANNELS",
    "MODES",
    "UNCOUNTED_MODES",
    "Actor",
    "Answer",
    "Channel",
    "ChannelAnswer",
    "Column",
    "CoverageAnswer",
    "Estimate",
    "EvidenceItem",
    "FuzzyDate",
    "NormAnswer",
    "Pair",
    "Precision",
    "Robustness",
    "SelectionAnswer",
    "Verdict",
    "Window",
]
