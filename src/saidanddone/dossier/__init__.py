"""One typed object that holds an answer's whole case; its charts and its arithmetic."""

from saidanddone.dossier.against import speaks_against
from saidanddone.dossier.ask import ask
from saidanddone.dossier.dossier import Dossier
from saidanddone.dossier.evidence import leading
from saidanddone.dossier.explain import explain
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

__all__ = [
    "Dossier",
    "Question",
    "RankedPair",
    "Series",
    "ask",
    "choices_for",
    "choose_dataset",
    "dataset_to_rank",
    "explain",
    "leading",
    "merged_into",
    "pair_of",
    "rank",
    "series",
    "speaks_against",
]
