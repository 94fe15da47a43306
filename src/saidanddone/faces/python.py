"""The Python face: ask, rank, ingest and check as functions; what they return shows itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from saidanddone import __version__, dossier
from saidanddone.archive import Archive, Finding, Ingest, engine_of
from saidanddone.dossier import Dossier
from saidanddone.errors import BadChoice
from saidanddone.faces.engines import counter_on, mapper_on, not_on_spark
from saidanddone.faces.notebook import Ranking, html
from saidanddone.faces.questions import open_store, question_about
from saidanddone.model import Window
from saidanddone.sources import open_source

if TYPE_CHECKING:
    from saidanddone.faces.fetching import FetchReport
    from saidanddone.reading.page import Refusal
    from saidanddone.reading.read import Report

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

    def methods(self) -> str:
        """Return a methods paragraph for a paper, filled with what this answer did."""
        return dossier.methods(self, __version__)

    def cite(self) -> str:
        """Return BibTeX entries of the dataset, of the software and of the methods used."""
        return dossier.cite(self, __version__)

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
    master: str | None = None,
    progress: Progress = lambda _: None,
) -> ShownAnswer:
    """Ask whether a government's deeds match its words.

    source and target as people type them; archive a folder, or None for the case that ships; the
    rest as on the command line. Raises errors of saidanddone.errors.

    >>> ask("russia", "north-korea").dataset
    ('moscow-pyongyang', 'selection')
    """
    store, question = question_about(
        source,
        target,
        archive=archive,
        dataset=dataset,
        since=since,
        until=until,
        against=against,
        reading=reading,
        count=count,
        actors=actors,
        without=without,
        dispersion=dispersion,
        predecessors=predecessors,
        engine=engine_of(engine, master),
    )
    answer = dossier.ask(store, question, progress=progress)
    return ShownAnswer(**{field.name: getattr(answer, field.name) for field in fields(answer)})


def rank(
    archive: str | Path,
    *,
    dataset: str | None = None,
    since: str | None = None,
    until: str | None = None,
    corner: str | None = None,
    region: str | None = None,
    top: int = 50,
    predecessors: bool = True,
    engine: str = "polars",
    master: str | None = None,
    progress: Progress = lambda _: None,
    **choices: Any,
) -> Ranking:
    """Rank the pairs of states of a census; choices as in ask (against, reading, count ...)."""
    store = open_store(archive, engine_of(engine, master))
    window = Window.parse(since, until)
    chosen = dossier.dataset_to_rank(store, dataset)
    found = dossier.rank(
        store,
        chosen,
        window,
        dossier.choices_for(chosen, **choices),
        merged=dossier.merged_into([], predecessors=predecessors),
        corner=corner,
        region=region,
        top=top,
        progress=progress,
    )
    return Ranking(found)


def ingest(
    format: str,
    paths: Iterable[str | Path],
    archive: str | Path,
    *,
    mapping: str | Path | None = None,
    dataset: str | None = None,
    keep: str = "events",
    engine: str = "polars",
    master: str | None = None,
    progress: Callable[[str, int], None] | None = None,
) -> Ingest:
    """Make files part of an archive, which is created where there is none.

    keep is 'events', or 'tally' to count acts without keeping them: an answer's evidence is then
    the days and codes, without text. Refused files stand in the report with the reason; the others
    are in the archive. engine 'spark' counts files of GDELT on the machines of a master.
    """
    chosen = engine_of(engine, master)
    if format == "indicators":
        from saidanddone.faces import indicators

        not_on_spark(chosen, "indicators are not read", "gdelt with --keep tally")
        return indicators.ingest(
            [Path(path) for path in paths],
            archive,
            mapping=mapping,
            dataset=dataset,
            progress=progress,
        )
    files = [Path(path) for path in paths]
    if format == "mentions":
        not_on_spark(chosen, "mentions are not read", "gdelt with --keep tally")
        if mapping is not None:
            raise BadChoice("mentions take no mapping", "GDELT's own columns", "leave it out")
        return Archive.create(archive).add_mentions(files, dataset or "gdelt", progress)
    source = open_source(format, mapping=mapping, dataset=dataset)
    into = Archive.create(archive)
    return into.ingest(source, files, progress, keep=keep, counter=counter_on(chosen))


def fetch(
    format: str,
    since: str,
    until: str,
    *,
    archive: str | Path | None = None,
    into: str | Path | None = None,
    dry_run: bool = False,
    progress: Callable[[str, int, int], None] = lambda _what, _done, _all: None,
    **options: Any,
) -> FetchReport:
    """Fetch a dataset's files for a window into an archive, a folder, or both.

    The rest as on the command line: version, keep, files, dataset, translated, mentions, service,
    jobs. progress is called with a name, the bytes so far, and all of them. Raises MissingExtra
    without the extra `fetch`, BadInput, CannotWrite; what is whole by then stays.
    """
    from saidanddone.faces import fetching
    from saidanddone.faces.order import order_of

    order = order_of(format, since, until, archive=archive, into=into, **options)
    return fetching.fetch(order, dry_run=dry_run, progress=progress)


def read(
    places: Sequence[str],
    *,
    into: str | Path | None = None,
    dataset: str | None = None,
    jobs: int = 1,
    engine: str = "polars",
    master: str | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> Iterator[Report | Refusal]:
    """Yield what each document reports, or why it could not be read.

    places: files, folders, lists of addresses, addresses. into: an archive that the documents
    become part of one by one, and their acts after the last, as a selection; what lies there is
    not parsed again. jobs: processes for many documents; with the engine 'spark' the machines of a
    master read them. progress: is called with an address, how many documents were done, and how
    many there are. Raises MissingExtra without the extra `read`.
    """
    from saidanddone.faces.documents import Documents
    from saidanddone.reading import workers

    chosen = engine_of(engine, master)
    named = [str(place) for place in places]
    if into is None:
        mapper = mapper_on(chosen)
        for item in workers.read(
            named, workers.Task(), jobs=jobs, mapper=mapper, progress=progress
        ):
            assert not isinstance(item, workers.Known)
            yield item
        return
    with Documents(Archive.create(into), dataset) as documents:
        yield from documents.read(named, jobs=jobs, engine=chosen, progress=progress)


def check(archive: str | Path) -> list[Finding]:
    """Prove an archive whole: findings of severity 'fault' say that it is not."""
    return Archive.open(archive).check()
