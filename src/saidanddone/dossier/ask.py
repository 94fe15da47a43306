"""Ask: from a question and a store to a dossier."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import narwhals as nw
import polars as pl

from saidanddone.archive import Coverage, Store
from saidanddone.dossier.census import of_census
from saidanddone.dossier.chosen import of_selection
from saidanddone.dossier.coverage import coverage_answer
from saidanddone.dossier.dossier import Dossier
from saidanddone.dossier.evidence import evidence_for
from saidanddone.dossier.indicators import indicators_beside
from saidanddone.dossier.norms import Progress, World
from saidanddone.dossier.pair import PairEvidence
from saidanddone.dossier.question import Question
from saidanddone.dossier.sentence import verdict_sentence
from saidanddone.measure.counting import by_period
from saidanddone.measure.evidence import Span, span_of
from saidanddone.measure.robustness import summarise
from saidanddone.model import Robustness, Verdict


def ask(store: Store, question: Question, *, progress: Progress = lambda _: None) -> Dossier:
    """Answer a question from a store.

    progress is called with what is being done wherever it may take seconds.
    """
    span = span_for(store.coverage(question.dataset.name, question.window), question)
    world = World(store, question.dataset, question.window, question.merged, span, progress)
    return answer(store, question, world, PairEvidence.read(question, world))


def answer(store: Store, question: Question, world: World, evidence: PairEvidence) -> Dossier:
    """Answer a question out of evidence that was read, in a world that other questions share."""
    dataset, choices, span = question.dataset, question.choices, world.span
    covered = store.coverage(dataset.name, question.window)
    found = of_selection(evidence) if dataset.kind == "selection" else of_census(world, evidence)
    summary = summarise(found.outcomes)
    comparison = found.comparison
    dossier = Dossier(
        source=question.pair.source,
        target=question.pair.target,
        window=question.window,
        dataset=(dataset.name, dataset.kind),
        against=choices.against,
        reading=choices.reading,
        count=choices.count,
        actors=choices.actors,
        channels=found.channels,
        norm=found.norms,
        gap=comparison.gap.estimate() if comparison else None,
        surprise=comparison.surprise.estimate() if comparison else None,
        corners=comparison.corners() if comparison else None,
        verdict=Verdict("", found.direction, found.corner, found.direction is not None),
        selection=found.selection,
        robustness=Robustness(
            summary.specifications,
            summary.same_direction,
            summary.decided,
            summary.most_sensitive_to,
        ),
        evidence=evidence_for(store, question, choices, found.days, found.kinds),
        coverage=coverage_answer(store, question, covered),
        choices=choices,
        span=span,
        panel=_panel(found.counted, dataset.grain),
        days=found.days,
        outcomes=found.outcomes,
        comparison=comparison,
        sides=found.sides,
        slope=found.slope,
        times_needed=found.times_needed,
        citation=dataset.citation,
        title=dataset.title,
        content=store.generation(dataset.name),
        indicators=indicators_beside(
            store, question, span, found.channels[choices.words_and_deeds[1]]
        ),
    )
    sentence = verdict_sentence(
        dossier, *choices.words_and_deeds, found.times_needed, found.why_undecided
    )
    return replace(dossier, verdict=replace(dossier.verdict, sentence=sentence))


def span_for(covered: Coverage, question: Question) -> Span:
    """The days that the dataset covers in the window; where it has none, the window's or a day."""
    first = covered.first or question.window.since or date(1946, 1, 1)
    last = covered.last or question.window.until or first
    return span_of(first, max(first, last), question.dataset.grain)


def _panel(counted: Any, grain: str) -> pl.DataFrame:
    """The pair through time: by month, or by year for yearly counts."""
    period = "year" if grain == "year" else "month"
    frame = nw.from_native(by_period(counted, period)).drop("source", "target")
    columns = ["period", "channel", "cooperative", "conflictual", "neutral", "acts", "reports"]
    table: pl.DataFrame = frame.select(columns).sort("period", "channel").to_native()
    return table
