"""The holdings: the data behind a web application, as they are now."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from saidanddone import __version__
from saidanddone.archive import Archive, Store
from saidanddone.archive.search import Found, Search
from saidanddone.dossier import Atlas, Movers, PairPage, RankedPair
from saidanddone.errors import BusyArchive
from saidanddone.faces.pages import Site
from saidanddone.faces.pages.environment import name_of
from saidanddone.faces.questions import open_store
from saidanddone.faces.web.body import tag_of
from saidanddone.faces.web.settings import Settings

LOOK_SECONDS = 1.0
"""How often the archive is asked whether it changed: a look takes 1 ms, and no reader sees data
that are older than this."""


INDEX_SECONDS = 10.0
"""How long a search waits for its index: that of 183,026 acts takes 5 s to build."""

PAGES_KEPT = 64
"""Pairs whose objects are kept: a page, its filters and its files ask for the same one. Of the
busiest pairs of ICEWS 2018 the acts take 0.3 MB at most."""

RANKINGS_KEPT = 16
"""Rankings that are kept: a page and its tables ask for the same one, which takes seconds."""


@dataclass(frozen=True, slots=True)
class Moment:
    """The data at one moment: their atlas, the site that shows them, the ids that have acts.

    page, ranking and movers are the atlas's, the last ones kept.
    """

    generation: str
    atlas: Atlas
    site: Site
    ids: frozenset[str]
    page: Callable[[str, str], PairPage]
    ranking: Callable[[str | None, str | None, int], list[RankedPair]]
    movers: Callable[[int], Movers | None]


class Holdings:
    """The store, and the moment that is shown; every method may be called from any thread."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.store: Store = open_store(settings.archive)
        self.search = Search(self.store)
        self._shown = (
            self.store.without_folders() if isinstance(self.store, Archive) else self.store
        )
        self._looked = -LOOK_SECONDS
        self._generation = ""
        self._moment: Moment | None = None
        self._opening = threading.Lock()
        self._builder: threading.Thread | None = None

    @property
    def root(self) -> Path | None:
        """The archive's folder; None for the case that ships."""
        return self.store.path if isinstance(self.store, Archive) else None

    @property
    def known(self) -> str | None:
        """The generation that was seen within the last second; None: look."""
        fresh = time.monotonic() - self._looked < LOOK_SECONDS
        return self._generation if fresh and self._generation else None

    def look(self) -> str:
        """Return what all datasets hold now, as a hash; raises ArchiveError."""
        held = [(d.name, self.store.generation(d.name)) for d in self.store.datasets()]
        self._generation = tag_of(__version__, *(part for pair in held for part in pair))
        self._looked = time.monotonic()
        return self._generation

    def now(self) -> Moment:
        """Return the moment that is shown; opens a new atlas where the data changed.

        Raises BadChoice where several datasets could be meant, and ArchiveError.
        """
        generation = self.known or self.look()
        moment = self._moment
        if moment is None or moment.generation != generation:
            with self._opening:
                moment = self._moment
                if moment is None or moment.generation != generation:
                    moment = self._moment = self._open(generation)
        return moment

    def found(self, typed: str, **fields: Any) -> Found:
        """Search as archive.search does; raises BusyArchive while a large index is being built."""
        builder = self._builder
        if builder is None or not builder.is_alive():
            builder = self._builder = threading.Thread(target=self._index, daemon=True)
            builder.start()
        builder.join(INDEX_SECONDS)
        if builder.is_alive():
            raise BusyArchive(
                "the search index of the archive is being built",
                "an index that is whole",
                "search again in a minute",
            )
        return self.search.search(typed, **fields)

    def _index(self) -> None:
        # What is wrong is told by the search itself, which tries again.
        with suppress(Exception):
            self.search.refresh()

    def _open(self, generation: str) -> Moment:
        settings = self.settings
        atlas = Atlas.open(self._shown, dataset=settings.dataset)
        pairs = atlas.pairs()
        ids = frozenset(pairs["source"]) | frozenset(pairs["target"])
        site = Site(
            title=settings.title,
            about=settings.about,
            contact=settings.contact,
            dataset=atlas.dataset.title,
            kind=atlas.dataset.kind,
            generation=generation,
            version=__version__,
            updated=atlas.updated,
            states=tuple(sorted(map(name_of, ids))),
            documents=self.root is not None,
        )
        return Moment(
            generation,
            atlas,
            site,
            ids,
            lru_cache(PAGES_KEPT)(atlas.page),
            lru_cache(RANKINGS_KEPT)(atlas.ranking),
            lru_cache(RANKINGS_KEPT)(partial(_movers, atlas)),
        )


def _movers(atlas: Atlas, top: int) -> Movers | None:
    return atlas.movers(top) if atlas.census else None
