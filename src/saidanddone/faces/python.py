"""The Python face: ask, rank, ingest and check as functions; what they return shows itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from saidanddone import dossier
from saidanddone.archive import Archive, Finding, Ingest, Shelf, Store
from saidanddone.dossier import Dossier, Question, RankedPair
from saidanddone.errors import BadChoice
from saidanddone.faces.notebook import html
from saidanddone.model import Window
from saidanddone.sources import open_source, shipped_case

if TYPE_CHECKING:
    from saidanddone.reading.page import Refusal
    from saidanddone.reading.read import Report

ENGINES = ("polars",)
"""Engines that table work runs on; Apache Spark is a later issue."""

Progress = Callable[[str], None]


class ShownAnswer(Dossier):
    """An answer that shows itself in a notebook.

    Beside the fields of the answer (house.md): panel, a Polars frame of the pair through time;
    evidence, the acts that carry it; plot() and explain().
    """

    def plot(self, path: str | Path | None = None) -> Any:
        """Return the chart of words and deeds through time, or draw it into PNG, SVG or HTML."""
        from saidanddone.dossier import chart

        if path is None:
            return chart.chart(self)
        chart.save(self, Path(path))
        return Path(path)

    def explain(self) -> str:
        """Return the arithmetic, so that a reader can redo it."""
        return "\n".join(dossier.explain(self))

    def _repr_html_(self) -> str:
        return html(self)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self.verdict.sentence}>"


def ask(
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
    engine: str = "polars",
    progress: Progress = lambda _: None,
) -> ShownAnswer:
    """Ask whether a government's deeds match its words.

    source and target as people type them; archive a folder, or None for the case that ships; the
    rest as on the command line. Raises errors of saidanddone.errors.

    >>> ask("russia", "north-korea").dataset
    ('moscow-pyongyang', 'selection')
    """
    _known_engine(engine)
    pair = dossier.pair_of(source, target)
    window = Window.parse(since, until)
    merged = dossier.merged_into([pair.source.id, pair.target.id], predecessors=predecessors)
    store = open_store(archive)
    chosen, others = dossier.choose_dataset(store, dataset, pair, window, merged)
    choices = dossier.choices_for(
        chosen,
        against=against,
        reading=reading,
        count=count,
        actors=actors,
        without=without,
        dispersion=dispersion,
    )
    question = Question(pair, window, chosen, choices, merged, others)
    answer = dossier.ask(store, question, progress=progress)
    return ShownAnswer(**{field.name: getattr(answer, field.name) for field in fields(answer)})


def rank(
    archive: str | Path,
    *,
    dataset: str | None = None,
    since: str | None = None,
    until: str | None = None,
    corner: str | None = None,
    top: int = 50,
    predecessors: bool = True,
    progress: Progress = lambda _: None,
    **choices: Any,
) -> list[RankedPair]:
    """Rank the pairs of states of a census; choices as in ask (against, reading, count ...)."""
    store = open_store(archive)
    window = Window.parse(since, until)
    chosen = dossier.dataset_to_rank(store, dataset)
    return dossier.rank(
        store,
        chosen,
        window,
        dossier.choices_for(chosen, **choices),
        merged=dossier.merged_into([], predecessors=predecessors),
        corner=corner,
        top=top,
        progress=progress,
    )


def ingest(
    format: str,
    paths: Iterable[str | Path],
    archive: str | Path,
    *,
    mapping: str | Path | None = None,
    dataset: str | None = None,
    progress: Callable[[str, int], None] | None = None,
) -> Ingest:
    """Make files part of an archive, which is created where there is none.

    Refused files stand in the report with the reason; the others are in the archive.
    """
    source = open_source(format, mapping=mapping, dataset=dataset)
    return Archive.create(archive).ingest(source, [Path(path) for path in paths], progress)


def read(
    places: Sequence[str],
    *,
    into: str | Path | None = None,
    dataset: str | None = None,
    progress: Callable[[str, int], None] | None = None,
) -> Iterator[Report | Refusal]:
    """Yield what each document reports, or why it could not be read.

    places: files, folders, lists of addresses, addresses. into: an archive that the documents and
    their acts become part of, as a selection. Raises MissingExtra without the extra `read`.
    """
    from saidanddone.reading.page import Refusal
    from saidanddone.reading.read import read as read_documents

    archive = Archive.create(into) if into is not None else None
    for report in read_documents([str(place) for place in places], progress=progress):
        if archive is not None and not isinstance(report, Refusal):
            _keep(archive, report, dataset)
        yield report


def _keep(archive: Archive, report: Report, dataset: str | None) -> None:
    """Make one document and its acts part of an archive; the same bytes count once."""
    from saidanddone.reading.source import DocumentsSource

    page = report.page
    about = {
        "address": page.address,
        "title": page.title,
        "author": page.author,
        "published": str(page.published) if page.published else None,
        "kind": page.kind,
    }
    path = archive.keep(page.sha256, page.raw, page.text, about)
    if report.acts:
        archive.ingest(DocumentsSource({path: report}, dataset), [path])


def check(archive: str | Path) -> list[Finding]:
    """Prove an archive whole: findings of severity 'fault' say that it is not."""
    return Archive.open(archive).check()


def open_store(archive: str | Path | None) -> Store:
    """The archive in a folder, or the case that ships."""
    if archive is not None:
        return Archive.open(archive)
    source = open_source("case")
    (path,) = source.find(shipped_case())
    return Shelf(source, path)


def _known_engine(engine: str) -> None:
    if engine not in ENGINES:
        raise BadChoice(
            f"there is no engine '{engine}' here",
            f"one of {', '.join(ENGINES)}",
            "leave --engine out",
        )
