"""Movers: the pairs whose gap between words and deeds changed from one window to another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from saidanddone import actors
from saidanddone.archive import Store
from saidanddone.dossier.evidence import evidence_for
from saidanddone.dossier.gaps import Gaps, gaps, refuse_selection
from saidanddone.dossier.mover import MovedPair, Movers
from saidanddone.dossier.norms import Progress, World
from saidanddone.dossier.pair import PairEvidence
from saidanddone.dossier.question import Question
from saidanddone.errors import BadChoice, BadDate
from saidanddone.measure.choices import Choices
from saidanddone.measure.comparison import Side
from saidanddone.measure.evidence import Span, span_of
from saidanddone.measure.influence import BY_KIND, influence
from saidanddone.measure.shrinkage import fit_mixture
from saidanddone.model import EvidenceItem, Pair, Window
from saidanddone.sources import Dataset

EXPLAINED = 10
"""The first rows come with their acts: each costs a look into the store for both windows."""

ACTS_SHOWN = 3
"""Acts named on either side of the change; `ask` with the window lists all."""

CHANCE = 0.5
"""Where no lfsr is below a half, even the first row's sign is more likely wrong or nothing."""

CHANCE_ALONE = "chance alone would move gaps as far as these: no change stands out"


def movers(
    store: Store,
    dataset: Dataset,
    windows: tuple[Window, Window],
    choices: Choices,
    *,
    merged: dict[str, str],
    region: str | None = None,
    top: int = 20,
    progress: Progress = lambda _: None,
) -> Movers:
    """Rank the pairs by how much their gap changed from the first window to the second.

    Pairs with words and deeds in both windows. The change is after less before, its variance the
    sum of theirs; all changes are shrunk once (Stephens 2017), and ordered by size. Raises
    BadDate for windows that overlap or are turned round, BadChoice for a selection, an unknown
    region, a window without acts, or one with too few pairs for a norm.
    """
    refuse_selection(dataset)
    if top < 1:
        raise BadChoice(f"--top {top} shows nothing", "a whole number from 1", "raise --top")
    within = actors.region(region) if region else None
    _refuse_overlap(*windows)
    spans = [
        _covered(store, dataset, window, option)
        for window, option in zip(windows, ("--before", "--after"), strict=True)
    ]
    worlds = [
        World(store, dataset, window, merged, span, progress)
        for window, span in zip(windows, spans, strict=True)
    ]
    found = [_measured(world, choices) for world in worlds]
    names = [np.char.add(np.char.add(g.rows[0].source, " "), g.rows[0].target) for g in found]
    _, *at = np.intersect1d(names[0], names[1], return_indices=True)
    (before, e_before), (after, e_after) = (
        (gap[chosen], error[chosen])
        for (gap, error), chosen in zip((g.unshrunk() for g in found), at, strict=True)
    )
    sides_moved = _moved([g.warmths() for g in found], at)
    change, errors = after - before, np.sqrt(e_before**2 + e_after**2)
    shrunk = fit_mixture(change, errors).shrink(change, errors)
    order = shrunk.order()
    # One act of one sign can leave nothing of its own beside the norm: there is no change to tell.
    order = [i for i in order if np.isfinite(errors[i])]
    sources, targets = (getattr(found[0].rows[0], side)[at[0]] for side in ("source", "target"))
    if within is not None:
        order = [i for i in order if str(sources[i]) in within or str(targets[i]) in within]
    rows = []
    for rank, i in enumerate(order[:top], 1):
        pair = Pair(actors.actor(str(sources[i])), actors.actor(str(targets[i])))
        sides = [_sides(g, int(chosen[i])) for g, chosen in zip(found, at, strict=True)]
        acts: list[tuple[EvidenceItem, ...]] = [(), ()]
        if rank <= EXPLAINED:
            progress(f"looking up the acts of {pair.source.name} toward {pair.target.name}")
            acts = [
                _carrying(world, pair, choices, own, (sides_moved[i], way * np.sign(change[i])))
                for world, own, way in zip(worlds, sides, (-1.0, 1.0), strict=True)
            ]
        (words_b, deeds_b), (words_a, deeds_a) = sides
        rows.append(
            MovedPair(
                rank=rank,
                source=pair.source,
                target=pair.target,
                before=(float(before[i]), float(e_before[i])),
                after=(float(after[i]), float(e_after[i])),
                change=float(change[i]),
                se=float(errors[i]),
                shrunk=float(shrunk.mean[i]),
                lfsr=float(shrunk.false_sign[i]),
                words=(words_b.k, words_b.n, words_a.k, words_a.n),
                deeds=(deeds_b.k, deeds_b.n, deeds_a.k, deeds_a.n),
                moved_by="deeds" if sides_moved[i] else "words",
                acts_before=acts[0],
                acts_after=acts[1],
            )
        )
    pairs = int(np.isfinite(errors).sum())
    notes = _notes(dataset, found, windows)
    if rows and min(row.lfsr for row in rows) > CHANCE:
        notes += (CHANCE_ALONE,)
    return Movers(dataset.name, *windows, pairs, tuple(rows), notes)


def _refuse_overlap(before: Window, after: Window) -> None:
    if before.until and after.since and before.until >= after.since:
        raise BadDate(
            f"--before ends {before.until} and --after begins {after.since}",
            "two windows that do not overlap, the earlier one first",
            "move one of them",
        )


def _covered(store: Store, dataset: Dataset, window: Window, option: str) -> Span:
    """The days that the data cover in a window; raises BadChoice where there are none."""
    covered = store.coverage(dataset.name, window)
    if covered.first is None or covered.last is None:
        held = store.coverage(dataset.name)
        raise BadChoice(
            f"'{dataset.name}' has no acts in {option} {window.since} to {window.until}",
            f"a window within {held.first} to {held.last}" if held.first else "a dataset with acts",
            f"correct {option}",
        )
    return span_of(covered.first, covered.last, dataset.grain)


def _measured(world: World, choices: Choices) -> Gaps:
    found = gaps(world, choices)
    if isinstance(found, str):
        raise BadChoice(
            f"{world.window.since} to {world.window.until} cannot be compared: {found}",
            "a census whose words and deeds have norms in both windows",
            "widen the window",
        )
    return found


def _moved(warmths: Sequence[Any], at: Sequence[Any]) -> list[int]:
    """For each pair the side that moved its gap more: 0 the words, 1 the deeds."""
    moves = [np.abs(warmths[1][side][0][at[1]] - warmths[0][side][0][at[0]]) for side in (0, 1)]
    return [int(deeds >= words) for words, deeds in zip(*moves, strict=True)]


def _sides(found: Gaps, at: int) -> tuple[Side, Side]:
    words, deeds = (
        Side(float(e.k[at]), float(e.n[at]), float(e.phi[at]), norms[at])
        for e, norms in zip(found.rows, found.norms, strict=True)
    )
    return words, deeds


def _carrying(
    world: World, pair: Pair, choices: Choices, sides: tuple[Side, Side], pull: tuple[int, float]
) -> tuple[EvidenceItem, ...]:
    """A window's heaviest acts that pull its gap one way.

    pull: the side whose acts are named (0 words, 1 deeds), and the way: warmer (1) or colder (-1).
    """
    question = Question(pair, world.window, world.dataset, choices, world.merged, ())
    counted = PairEvidence.read(question, world).counted(choices)
    words, deeds = choices.words_and_deeds
    days = influence(counted, words, deeds, sides)
    kinds = influence(counted, words, deeds, sides, BY_KIND)
    items = evidence_for(world.store, question, choices, days, kinds)
    side, way = (words, deeds)[pull[0]], pull[1]
    distinct: dict[tuple[str, str | None], EvidenceItem] = {}
    for item in items:
        if item.weight * way > 0 and item.channel == side:
            distinct.setdefault((item.date, item.code), item)
    return tuple(list(distinct.values())[:ACTS_SHOWN])


def _notes(dataset: Dataset, found: Sequence[Gaps], windows: Sequence[Window]) -> tuple[str, ...]:
    notes = [
        f"{name} is too short to estimate how acts cluster in time: its errors are of counting only"
        for own, name in zip(found, ("--before", "--after"), strict=True)
        if not own.blocks
    ]
    first, last = windows[0].since, windows[1].until
    notes += [
        f"{day}: {what}" for day, what in dataset.breaks if first and last and first <= day <= last
    ]
    return tuple(notes)
