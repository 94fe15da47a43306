"""The atlas: all pairs of a dataset at one moment, and the page of any of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

import polars as pl

from saidanddone import actors
from saidanddone.archive import Gap, Store
from saidanddone.dossier import rank as ranked
from saidanddone.dossier.ask import span_for
from saidanddone.dossier.census import norms_asked
from saidanddone.dossier.drift import drift
from saidanddone.dossier.gaps import Gaps, gaps
from saidanddone.dossier.held import Still
from saidanddone.dossier.matrix import Matrix, matrix
from saidanddone.dossier.mover import Movers
from saidanddone.dossier.norms import Progress, World
from saidanddone.dossier.page import PairPage
from saidanddone.dossier.page_of import Surroundings, page_of, unit_of
from saidanddone.dossier.pairs import all_pairs, plane
from saidanddone.dossier.prints import prints
from saidanddone.dossier.question import (
    Question,
    choices_for,
    dataset_to_rank,
    merged_into,
)
from saidanddone.dossier.rank import RankedPair
from saidanddone.dossier.recent import recent_movers
from saidanddone.dossier.timeline import timeline
from saidanddone.dossier.topic_page import TopicPage, by_topic, topic_pages
from saidanddone.dossier.volume import of_all
from saidanddone.errors import BadChoice, SameActor
from saidanddone.measure.choices import Choices
from saidanddone.model import Actor, Pair, Window
from saidanddone.sources import Dataset

POOL = 5_000
"""Latest acts of all pairs that are looked through for a topic's latest ones."""

LATEST_OF_TOPIC = 20
"""Acts on the page of a topic; the pairs' own pages have all."""


@dataclass
class Atlas:
    """All pairs of one dataset under one set of choices; made by :meth:`open`.

    It does not see what is ingested after it was opened. generation changes exactly when the
    dataset's content does.
    """

    store: Still
    dataset: Dataset
    window: Window
    choices: Choices
    merged: dict[str, str]
    world: World
    _progress: Progress = field(default=lambda _: None, repr=False)

    @classmethod
    def open(
        cls,
        store: Store,
        *,
        dataset: str | None = None,
        since: str | None = None,
        until: str | None = None,
        against: str = "world",
        reading: str = "said-done",
        count: str = "acts",
        actors: str | None = None,
        without: Sequence[str] = (),
        predecessors: bool = True,
        norms_of: str | None = None,
        progress: Progress = lambda _: None,
    ) -> Atlas:
        """Open the atlas of a dataset: the one named, or the only census, or the only dataset.

        norms_of: the generation whose norms serve, where the store still has them all; else those
        of the present content do. Raises BadChoice, BadDate.
        """
        still = Still(store, for_many=True)
        chosen = dataset_to_rank(still, dataset)
        window = Window.parse(since, until)
        choices = choices_for(
            chosen, against=against, reading=reading, count=count, actors=actors, without=without
        )
        merged = merged_into([], predecessors=predecessors)
        covered = still.coverage(chosen.name, window)
        anybody = Question(_NOBODY, window, chosen, choices, merged, ())
        span = span_for(covered, anybody)
        world = World(still, chosen, window, merged, span, progress, for_many=True)
        if norms_of and world.has_norms_of(norms_of, norms_asked(chosen, choices)):
            world.norms_of = norms_of
        return cls(still, chosen, window, choices, merged, world, progress)

    @property
    def generation(self) -> str:
        """A hash of all that the dataset holds."""
        return self.store.generation(self.dataset.name)

    @property
    def updated(self) -> date | None:
        """The day of the last act; None for a dataset without acts in the window."""
        return self.store.coverage(self.dataset.name, self.window).last

    @property
    def census(self) -> bool:
        """Whether there are norms to measure against."""
        return self.dataset.kind == "census"

    def pairs(self) -> pl.DataFrame:
        """Return the pairs of states that have acts (PAIRS_COLUMNS), most acts first."""
        return self._pairs

    def page(self, source: str, target: str) -> PairPage:
        """Return the page of a pair of ids; a predecessor is read as the state that continues it.

        Raises UnknownActor, SameActor.
        """
        return page_of(self.world, self.question(source, target), self._around)

    def question(self, source: str, target: str) -> Question:
        """The question about a pair of ids; raises UnknownActor, SameActor."""
        pair = Pair(self.today(source), self.today(target))
        if pair.source.id == pair.target.id:
            raise SameActor(
                f"'{source}' and '{target}' are both {pair.source.name} here",
                "two different states or organisations",
                "name another target",
            )
        others = tuple(d.name for d in self.store.datasets() if d.name != self.dataset.name)
        return Question(pair, self.window, self.dataset, self.choices, self.merged, others)

    def today(self, id: str) -> Actor:
        """The actor of an id, or the state that continues it; raises UnknownActor."""
        found = actors.actor(id)
        return actors.actor(self.merged.get(found.id, found.id))

    def gaps(self) -> tuple[Gap, ...]:
        """Return the files that were expected in the window and never came."""
        return self.store.coverage(self.dataset.name, self.window).gaps

    def ranking(
        self, corner: str | None = None, region: str | None = None, top: int = 50
    ) -> list[RankedPair]:
        """Return the pairs ranked by gap or by a corner (rank.py); none for a selection.

        Raises BadChoice for an unknown corner or region.
        """
        if not self.census:
            return []
        return ranked.rank_within(self.world, self.choices, corner=corner, region=region, top=top)

    def matrix(self, size: int = 30) -> Matrix:
        """Return the gaps among the states with most acts."""
        return matrix(self.pairs(), size)

    def movers(self, top: int = 20) -> Movers | None:
        """Return what moved from the part before to the last part of the data; None: unknown."""
        return recent_movers(
            self.store,
            self.dataset,
            self.world.span,
            self.choices,
            merged=self.merged,
            top=top,
            progress=self._progress,
        )

    def topics(self) -> tuple[TopicPage, ...]:
        """Return the topics that have acts between states."""
        return self._topics

    def topic(self, id: str) -> TopicPage:
        """Return a topic; raises BadChoice for one that does not exist or has no acts."""
        for found in self._topics:
            if found.topic == id:
                return found
        raise BadChoice(
            f"there are no acts of a topic '{id}' here",
            f"one of {', '.join(found.topic for found in self._topics) or 'those with acts'}",
            "choose one of them",
        )

    def latest(self, count: int = 50) -> pl.DataFrame:
        """Return the latest acts between states: source, target and the timeline's columns."""
        return self._latest.head(count)

    def prints(self) -> pl.DataFrame:
        """Return a hash of each pair's own acts: source, target, print (prints.py)."""
        return prints(self.world)

    def drift(self) -> float:
        """How far the norms in use are from those of the present content (drift.py), in logits."""
        return drift(self.world, self.choices)

    @property
    def norms_of(self) -> str:
        """The content that the norms were fitted on."""
        return self.world.norms_of or self.generation

    @cached_property
    def _around(self) -> Surroundings:
        counted = self.world.counted(self.choices)
        unit = unit_of(self.world)
        return Surroundings(
            pairs=self.pairs(),
            plane=plane(self._gaps) if self._gaps is not None else None,
            volume=of_all(counted, unit) if self.census else None,
            unit=unit,
            updated=self.updated,
        )

    @cached_property
    def _gaps(self) -> Gaps | None:
        found = gaps(self.world, self.choices) if self.census else None
        return found if isinstance(found, Gaps) else None

    @cached_property
    def _pairs(self) -> pl.DataFrame:
        return all_pairs(
            self.world.counted(self.choices),
            self.choices,
            yearly=self.dataset.grain == "year",
            gaps=self._gaps,
        )

    @cached_property
    def _topics(self) -> tuple[TopicPage, ...]:
        return topic_pages(
            by_topic(self.world.cells(), self.choices), self._latest, LATEST_OF_TOPIC
        )

    @cached_property
    def _latest(self) -> pl.DataFrame:
        """The latest acts: the days looked through are doubled until there are enough."""
        span, days = self.world.span, 1
        while True:
            since = max(span.first, span.last - timedelta(days - 1))
            acts = self.store.acts(
                self.dataset.name, sources=None, targets=None, window=Window(since, span.last)
            )
            if acts.height >= POOL or since <= span.first:
                between = self.world.between(acts)
                return timeline(
                    between.tail(POOL), choices=self.choices, documents=self.store.documents()
                )
            days *= 2


_NOBODY = Pair(Actor("", "", "state"), Actor("", "", "state"))
