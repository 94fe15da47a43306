"""The specification curve: a question under every combination of the choices."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from saidanddone.archive import Store
from saidanddone.dossier.ask import span_for
from saidanddone.dossier.census import why_undecided
from saidanddone.dossier.channels import channels_of
from saidanddone.dossier.norms import Progress, World
from saidanddone.dossier.pair import PairEvidence
from saidanddone.dossier.question import Question, choices_for
from saidanddone.dossier.specification import Curve, Specification
from saidanddone.dossier.windows import AS_ASKED, moved
from saidanddone.errors import BadChoice
from saidanddone.measure.choices import Choices
from saidanddone.measure.comparison import compare
from saidanddone.measure.specifications import (
    AXES,
    explained,
    known_axes,
    level,
    specifications,
)
from saidanddone.sources import Dataset


def curve(
    store: Store,
    question: Question,
    *,
    vary: Sequence[str] = AXES,
    progress: Progress = lambda _: None,
) -> Curve:
    """Answer a question under every combination of the choices.

    vary: which axes; the rest stays as asked. Raises BadChoice for a selection, which has no norm,
    for an axis that does not exist, and where no specification has a norm.
    """
    vary = known_axes(vary)
    if question.dataset.kind == "selection":
        raise BadChoice(
            f"'{question.dataset.name}' is a selection, which has no norm to vary",
            "a census such as ICEWS or GDELT",
            "ingest one and name it with --archive",
        )
    notes: list[str] = []
    plans = []
    for asked in _questions(store, question, vary, notes):
        dataset = asked.dataset
        grid = specifications(
            asked.choices, roles=dataset.roles, codes=dataset.grain == "day", vary=vary
        )
        windows = moved(store, asked, notes) if "window" in vary else {AS_ASKED: asked.window}
        plans += [(replace(asked, window=window), name, grid) for name, window in windows.items()]
    total = sum(len(grid) for _, _, grid in plans)
    found: list[Specification] = []
    reasons: list[str] = []
    for asked, name, grid in plans:
        part = _Part(store, asked, name)

        def tell(at: int, before: int = len(found)) -> None:
            progress(f"specification {before + at:,} of {total:,}")

        found += part.measure(grid, tell)
        reasons += part.reasons
    baseline = _baseline(found, question)
    if all(s.estimate is None for s in found):
        raise BadChoice(
            f"no specification can be measured: {reasons[0]}",
            "a census whose words and deeds have norms",
            "widen the window or choose another dataset",
        )
    known = [s for s in found if s.estimate is not None]
    if len(known) < len(found):
        why = "; ".join(dict.fromkeys(reasons))
        notes.append(f"{len(found) - len(known)} specifications have no norm: {why}")
    estimates = np.array([s.estimate for s in known], dtype=float)
    varied = [axis for axis in AXES if len({s.levels[axis] for s in found}) > 1]
    return Curve(
        source=question.pair.source,
        target=question.pair.target,
        window=question.window,
        baseline=baseline,
        specifications=tuple(found),
        explained={a: explained(estimates, [s.levels[a] for s in known]) for a in varied},
        notes=tuple(notes),
    )


def _questions(
    store: Store, question: Question, vary: Sequence[str], notes: list[str]
) -> list[Question]:
    """The question put to its own dataset, and to the other censuses that hold acts then."""
    found = [question]
    if "dataset" not in vary:
        return found
    for dataset in store.datasets():
        if dataset.kind != "census" or dataset.name == question.dataset.name:
            continue
        covered = store.coverage(dataset.name, question.window)
        if covered.first is None or covered.last is None:
            notes.append(f"'{dataset.name}' has no acts in this window")
            continue
        notes.append(f"'{dataset.name}' covers {covered.first} to {covered.last}")
        found.append(
            replace(question, dataset=dataset, choices=_allowed(question.choices, dataset))
        )
    return found


def _allowed(asked: Choices, dataset: Dataset) -> Choices:
    """The choices as asked, where this dataset can give them, else its own defaults."""
    events = dataset.grain == "day"
    chosen = choices_for(
        dataset,
        against=asked.against,
        reading=asked.reading if events else "icews",
        count=asked.count if events else "acts",
        actors=asked.actors if dataset.roles else None,
        without=asked.without if events else (),
    )
    return chosen.but(weight=asked.weight if events else "acts")


def _baseline(found: Sequence[Specification], question: Question) -> Specification:
    wanted = _levels(question, AS_ASKED, question.choices)
    return next(s for s in found if s.levels == wanted)


def _levels(question: Question, window: str, choices: Choices) -> dict[str, str]:
    own = {"dataset": question.dataset.name, "window": window}
    return {axis: own.get(axis) or level(choices, axis) for axis in AXES}


class _Part:
    """The specifications of one dataset and window; what was measured once is kept in the store."""

    def __init__(self, store: Store, asked: Question, name: str) -> None:
        self.asked, self.name, self.store = asked, name, store
        self.reasons: list[str] = []
        covered = store.coverage(asked.dataset.name, asked.window)
        # A fit of peers takes a megabyte, and only this pair's norm is needed of it.
        self.world = World(
            store,
            asked.dataset,
            asked.window,
            asked.merged,
            span_for(covered, asked),
            progress=lambda _: None,
            keep_peers=False,
        )
        self._evidence: PairEvidence | None = None

    @property
    def evidence(self) -> PairEvidence:
        """The pair's cells, read when the first specification needs them."""
        if self._evidence is None:
            self._evidence = PairEvidence.read(self.asked, self.world)
        return self._evidence

    def measure(self, grid: Sequence[Choices], tell: Callable[[int], None]) -> list[Specification]:
        """Measure every set of choices, in the order given; tell hears the number of each."""
        pair = self.asked.pair
        key = self.world.key(Choices(), ("curve", pair.source.id, pair.target.id))
        kept = self.store.cached(key) or {}
        before = len(kept)
        found = []
        for at, choices in enumerate(grid, 1):
            name = json.dumps([getattr(choices, field) for field in Choices.__slots__])
            if name not in kept:
                tell(at)
                kept[name] = self._answer(choices)
                # The last of a way of counting: what is done by then survives an interruption.
                if choices.against == grid[-1].against:
                    self.store.cache(key, kept)
            *numbers, why = kept[name]
            if why:
                self.reasons.append(why)
            found.append(Specification(_levels(self.asked, self.name, choices), *numbers))
        if len(kept) > before:
            self.store.cache(key, kept)
        return found

    def _answer(self, choices: Choices) -> list[Any]:
        """The fields of a Specification after levels, and why it has no norm."""
        question, evidence = self.asked, self.evidence
        asked = choices.but(against=question.choices.against) == question.choices
        # The norms of the answer itself are fitted for all channels: the same fits as ask has.
        channels = channels_of(question.dataset.grain) if asked else choices.words_and_deeds
        fits = self.world.fits(choices, channels)
        sides = evidence.sides(choices, fits)
        if sides is None:
            why = next(w for c in choices.words_and_deeds if (w := fits.channels[c].why_null))
            return [None, None, None, None, None, 0.0, 0.0, why]
        words, deeds = sides
        found = compare(words, deeds, self.world.slope(choices, fits))
        sure = why_undecided(evidence, choices, fits, found) is None
        estimate = found.gap.estimate()
        # Without acts the gap is 0: what its quadrature rounds to has no sign to agree with.
        gap = estimate.estimate if words.n + deeds.n > 0 else 0.0
        direction = found.direction() if sure else None
        return [gap, estimate.se, *estimate.interval90, direction, words.n, deeds.n, None]
