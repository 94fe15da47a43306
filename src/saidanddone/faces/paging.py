"""The page of a pair: as a function, in a notebook and as a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from pathlib import Path

from saidanddone import dossier
from saidanddone.dossier import PairPage
from saidanddone.faces.notebook import page_html
from saidanddone.faces.questions import open_store
from saidanddone.model import Window


class ShownPage(PairPage):
    """The page of a pair, which shows itself in a notebook and writes itself into files."""

    def save(self, path: str | Path) -> Path:
        """Write the whole dossier as .pdf or .md; raises BadChoice, MissingExtra, CannotWrite."""
        from saidanddone.faces.report import reporting

        reporting.save(self, Path(path))
        return Path(path)

    def _repr_html_(self) -> str:
        return page_html(self)


def page(
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
    predecessors: bool = True,
    progress: Callable[[str], None] = lambda _: None,
) -> ShownPage:
    """Open the page of a pair: its answer, series, timeline, place among all pairs, citations.

    The dataset is chosen and the choices mean what they do in ask. Raises errors of
    saidanddone.errors.

    >>> page("russia", "north-korea").timeline.columns[:4]
    ['key', 'date', 'day', 'channel']
    """
    pair = dossier.pair_of(source, target)
    store = open_store(archive)
    asked = [pair.source.id, pair.target.id]
    merged = dossier.merged_into(asked, predecessors=predecessors)
    chosen, _ = dossier.choose_dataset(store, dataset, pair, Window.parse(since, until), merged)
    atlas = dossier.Atlas.open(
        store,
        dataset=chosen.name,
        since=since,
        until=until,
        against=against,
        reading=reading,
        count=count,
        actors=actors,
        without=without,
        predecessors=predecessors,
        progress=progress,
    )
    found = atlas.page(*asked)
    return ShownPage(**{field.name: getattr(found, field.name) for field in fields(found)})
