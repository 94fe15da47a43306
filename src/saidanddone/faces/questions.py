"""From what a user types to a store and a question: one way for every command about a pair."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from saidanddone import dossier
from saidanddone.archive import EMBEDDED, Archive, Engine, Shelf, Store
from saidanddone.dossier import Question
from saidanddone.faces.engines import not_on_spark, store_on
from saidanddone.model import Window
from saidanddone.sources import open_source, shipped_case


def open_store(archive: str | Path | None, engine: Engine = EMBEDDED) -> Store:
    """The archive in a folder, or the case that ships; raises BadChoice for the case on Spark."""
    if archive is not None:
        return store_on(engine, archive) if engine.is_spark else Archive.open(archive)
    not_on_spark(engine, "the case that ships is not read", "--archive with a census")
    source = open_source("case")
    (path,) = source.find(shipped_case())
    return Shelf(source, path)


def question_about(
    source: str,
    target: str,
    *,
    archive: str | Path | None = None,
    dataset: str | None = None,
    since: str | None = None,
    until: str | None = None,
    against: str = "world",
    reading: str = "said-done",
    count: str = "acts",
    actors: str | None = None,
    without: Sequence[str] = (),
    dispersion: str = "blocks",
    predecessors: bool = True,
    engine: Engine = EMBEDDED,
) -> tuple[Store, Question]:
    """Open the store and understand the question; raises errors of saidanddone.errors."""
    pair = dossier.pair_of(source, target)
    window = Window.parse(since, until)
    merged = dossier.merged_into([pair.source.id, pair.target.id], predecessors=predecessors)
    store = open_store(archive, engine)
    chosen, others = dossier.choose_dataset(store, dataset, pair, window, merged)
    if chosen.kind == "selection":
        what = f"'{chosen.name}' is a selection, which is not answered"
        not_on_spark(engine, what, "a census, whose norm is made of all pairs")
    choices = dossier.choices_for(
        chosen,
        against=against,
        reading=reading,
        count=count,
        actors=actors,
        without=without,
        dispersion=dispersion,
    )
    return store, Question(pair, window, chosen, choices, merged, others)
