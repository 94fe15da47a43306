"""What a store of acts is: how an answer reads an archive or a file held in memory."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, Protocol, runtime_checkable

import narwhals as nw
import polars as pl

from saidanddone.archive import tally
from saidanddone.archive.coverage import Coverage
from saidanddone.archive.documents import Document
from saidanddone.errors import BadChoice
from saidanddone.model import Window
from saidanddone.sources.indicators import Measure
from saidanddone.sources.source import Dataset


class Store(Protocol):
    """Reads cells and acts of datasets; a dataset that it does not hold raises BadChoice."""

    def datasets(self) -> list[Dataset]:
        """Return the datasets by name, as their sources described them."""
        ...

    def cells(
        self,
        dataset: str,
        *,
        window: Window | None = None,
        sources: Collection[str] | None = None,
        targets: Collection[str] | None = None,
    ) -> pl.DataFrame:
        """Return the cells of the tally (TALLY_COLUMNS), sorted; None asks for all.

        A cell enters only if its whole day, month or year lies inside the window.
        """
        ...

    def acts(
        self,
        dataset: str,
        *,
        sources: Collection[str] | None,
        targets: Collection[str] | None,
        window: Window | None = None,
        dates: Collection[date] | None = None,
    ) -> pl.DataFrame:
        """Return the acts (EVENT_COLUMNS) by date, also those that are never counted.

        dates asks for acts whose date (the first day of it) is one of them.
        """
        ...

    def coverage(self, dataset: str, window: Window | None = None) -> Coverage:
        """Return what the dataset holds for a window."""
        ...

    def documents(self) -> frozenset[str]:
        """Return the content hashes of the documents that are kept."""
        ...

    def document(self, sha256: str) -> Document:
        """Return a document that is kept; raises BadChoice, DamagedArchive."""
        ...

    def indicators(self) -> list[tuple[str, Measure, pl.LazyFrame]]:
        """Return every measure of pairs by year, with its dataset and values, not read yet."""
        ...

    def mentions(self, dataset: str, ids: Collection[str]) -> pl.DataFrame:
        """Return who mentioned events (gdelt.MENTION_COLUMNS); empty where nothing is known."""
        ...

    def generation(self, dataset: str) -> str:
        """Return a hash that changes exactly when the dataset's content does."""
        ...

    def cached(self, key: str) -> dict[str, Any] | None:
        """Return what was cached under a key, or None."""
        ...

    def cache(self, key: str, value: dict[str, Any]) -> None:
        """Keep a value that can be written as JSON under a key."""
        ...


@runtime_checkable
class DistributedStore(Store, Protocol):
    """A store whose cells of all pairs stay with an engine elsewhere until they are few."""

    def frame(self, dataset: str, window: Window | None = None) -> Any:
        """Return the cells of all pairs (TALLY_COLUMNS) as the engine's own frame."""
        ...

    def collect(self, data: Any) -> pl.DataFrame:
        """Return a frame of that engine as a table here."""
        ...


_BY_DATE = ("date", "source", "target", "file", "line", "code", "channel", "valence")


def look_up(datasets: dict[str, Dataset], name: str) -> Dataset:
    """Return the dataset of a name; raises BadChoice."""
    try:
        return datasets[name]
    except KeyError:
        raise BadChoice(
            f"there is no dataset '{name}' here",
            f"one of: {', '.join(sorted(datasets))}" if datasets else "a dataset that was ingested",
            "choose one of them with --dataset" if datasets else "ingest one first",
        ) from None


def select_cells(
    cells: pl.LazyFrame,
    window: Window,
    sources: Collection[str] | None,
    targets: Collection[str] | None,
) -> pl.LazyFrame:
    """Select cells by window and actors, sorted."""
    conditions = tally.inside(window) + tally.between(sources, targets)
    return tally.ordered(tally.select(cells, conditions))


def select_acts(
    acts: pl.LazyFrame,
    window: Window,
    sources: Collection[str] | None,
    targets: Collection[str] | None,
    dates: Collection[date] | None,
) -> pl.LazyFrame:
    """Select acts by window, actors and dates, sorted by date."""
    conditions = tally.inside(window) + tally.between(sources, targets)
    if dates is not None:
        conditions.append(nw.col("date").is_in(sorted(dates)))
    return tally.select(acts, conditions).sort(*_BY_DATE)
