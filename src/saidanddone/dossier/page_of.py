"""From a question in a world to the page of its pair."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from importlib.metadata import version

import polars as pl

from saidanddone.archive.referring import without_folders
from saidanddone.dossier.against import speaks_against
from saidanddone.dossier.ask import answer
from saidanddone.dossier.citation import citations
from saidanddone.dossier.dossier import MONTHS_AS_YEARS
from saidanddone.dossier.held import Held, Still
from saidanddone.dossier.methods import methods
from saidanddone.dossier.norms import World
from saidanddone.dossier.page import PairPage
from saidanddone.dossier.pair import PairEvidence
from saidanddone.dossier.question import Question
from saidanddone.dossier.related import related
from saidanddone.dossier.series import through_time
from saidanddone.dossier.timeline import timeline
from saidanddone.dossier.topic_page import by_topic, shares
from saidanddone.dossier.triggers import concerning
from saidanddone.dossier.volume import volume
from saidanddone.measure.through_time import By
from saidanddone.model import Window


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the pages of all pairs share: the table of pairs, the plane, the volume of all acts.

    plane and volume are None for a selection, plane also where there is no norm.
    """

    pairs: pl.DataFrame
    plane: pl.DataFrame | None
    volume: pl.DataFrame | None
    unit: By
    updated: date | None


def unit_of(world: World) -> By:
    """The period of pages: months, or years where months could not be told apart."""
    yearly = world.dataset.grain == "year" or world.span.months >= MONTHS_AS_YEARS
    return "year" if yearly else "month"


def page_of(world: World, question: Question, around: Surroundings) -> PairPage:
    """Lay out all that is known of a pair."""
    pair, name = question.pair, question.dataset.name
    sources, targets = question.ids_of(pair.source.id), question.ids_of(pair.target.id)
    store = world.store if isinstance(world.store, Still) else Still(world.store)
    held = Held(store, sources, targets)
    evidence = PairEvidence.read(question, world, held)
    dossier = answer(held, question, world, evidence)
    named = [replace(e, reference=without_folders(e.reference)) for e in dossier.evidence]
    dossier = replace(dossier, evidence=tuple(named))
    series = through_time(held, question, evidence, around.unit)
    acts = held.acts(name, sources=sources, targets=targets, window=question.window)
    yearly = question.dataset.grain == "year"
    lacking = store.coverage(name, question.window).gaps
    software = version("saidanddone")
    return PairPage(
        dossier=dossier,
        series=series,
        against=tuple(speaks_against(dossier)),
        triggers=concerning(
            (pair.source.id, pair.target.id), Window(world.span.first, world.span.last)
        ),
        plane=around.plane,
        volume=volume(
            evidence.counted(question.choices),
            around.volume,
            periods=series.table["period"],
            channels=("verbal", "material") if yearly else ("said", "signed", "done"),
            by=around.unit,
            gaps=lacking,
        ),
        gaps=lacking,
        timeline=timeline(
            acts, dossier.evidence, choices=question.choices, documents=store.documents()
        ).drop("source", "target"),
        topics=shares(by_topic(evidence.cells, question.choices).drop("source", "target")),
        related=related(around.pairs, pair),
        methods=methods(dossier, software),
        citations=citations(dossier, software),
        updated=around.updated,
    )
