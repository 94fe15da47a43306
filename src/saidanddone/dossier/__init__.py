"""One typed object that holds an answer's whole case; its charts and its arithmetic."""

from saidanddone.dossier.against import speaks_against
from saidanddone.dossier.ask import ask
from saidanddone.dossier.atlas import Atlas
from saidanddone.dossier.audiences import Audiences, audiences
from saidanddone.dossier.citation import cite
from saidanddone.dossier.compare import SideBySide, compare
from saidanddone.dossier.curve import curve
from saidanddone.dossier.dossier import Dossier
from saidanddone.dossier.evidence import leading
from saidanddone.dossier.explain import explain
from saidanddone.dossier.indicators import Indicator
from saidanddone.dossier.matrix import Matrix
from saidanddone.dossier.methods import methods
from saidanddone.dossier.mover import MovedPair, Movers
from saidanddone.dossier.movers import movers
from saidanddone.dossier.page import (
    PLANE_COLUMNS,
    TIMELINE_COLUMNS,
    VOLUME_COLUMNS,
    Citations,
    PairPage,
    Related,
    TopicShare,
)
from saidanddone.dossier.question import (
    Question,
    choices_for,
    choose_dataset,
    dataset_to_rank,
    merged_into,
    pair_of,
)
from saidanddone.dossier.rank import RankedPair, rank
from saidanddone.dossier.series import Series, series
from saidanddone.dossier.specification import Curve, Specification
from saidanddone.dossier.topic_page import TopicPage
from saidanddone.dossier.topics import Topic, topics
from saidanddone.dossier.why import Why, why
from saidanddone.dossier.windows import window_of

__all__ = [
    "PLANE_COLUMNS",
    "TIMELINE_COLUMNS",
    "VOLUME_COLUMNS",
    "Atlas",
    "Audiences",
    "Citations",
    "Curve",
    "Dossier",
    "Indicator",
    "Matrix",
    "MovedPair",
    "Movers",
    "PairPage",
    "Question",
    "RankedPair",
    "Related",
    "Series",
    "SideBySide",
    "Specification",
    "Topic",
    "TopicPage",
    "TopicShare",
    "Why",
    "ask",
    "audiences",
    "choices_for",
    "choose_dataset",
    "cite",
    "compare",
    "curve",
    "dataset_to_rank",
    "explain",
    "leading",
    "merged_into",
    "methods",
    "movers",
    "pair_of",
    "rank",
    "series",
    "speaks_against",
    "topics",
    "why",
    "window_of",
]
