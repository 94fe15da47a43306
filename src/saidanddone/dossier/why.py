"""Why: which third party's acts foretell the next change of a pair's gap. Association, no cause."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from saidanddone import actors
from saidanddone.archive import Store
from saidanddone.dossier.ask import span_for
from saidanddone.dossier.norms import Progress
from saidanddone.dossier.question import Question
from saidanddone.dossier.sentence import percent
from saidanddone.dossier.third_parties import (
    FEWEST_PERIODS,
    Kind,
    Periods,
    Tried,
    acts_by_day,
    between,
    cells_of,
    laid_out,
)
from saidanddone.errors import BadChoice
from saidanddone.measure.evidence import Span
from saidanddone.measure.foretelling import (
    FEWEST_FORECASTS,
    FIRST_FIT,
    Foretelling,
    changes_of,
    foretell,
)
from saidanddone.model import Actor, Window

ALIKE = 20
"""States of nearest volume that a third state is held against."""

CHANCE = 0.05
"""Probability, over all candidates at once, from which a candidate is said to foretell."""

MONTHLY_FROM = 36
"""Months of data from which time goes by month: below, by week, or there would be too few."""

SELECTION = "a selection: somebody chose these acts, so nothing is foretold from them"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that may foretell.

    skill: part of the error of the forecast from the gap alone that it takes off. p: of as large a
    skill by chance for any candidate. rank_alike: its rank among the third states of like volume,
    of alike. slopes: association of each of its series with the next change, in logits.
    """

    kind: Kind
    id: str | None
    name: str
    acts: int
    periods: int
    skill: float
    versus_no_change: float
    p: float
    rank_alike: int | None
    alike: int | None
    slopes: dict[str, float]
    foretells: bool


@dataclass(frozen=True, slots=True)
class Why:
    """What foretells the next change of a pair's gap; candidates by skill, the largest first.

    own: part of the error of 'no change' that the gap's own level takes off; None: not tested.
    """

    source: Actor
    target: Actor
    window: Window
    dataset: tuple[str, str]
    by: str
    periods: int
    changes: int
    forecasts: int
    shifts: int
    own: float | None
    candidates: tuple[Candidate, ...]
    sentence: str
    notes: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """The object that `why --json` prints."""
        return {
            "source": {"id": self.source.id, "name": self.source.name},
            "target": {"id": self.target.id, "name": self.target.name},
            "window": {
                "since": self.window.since.isoformat() if self.window.since else None,
                "until": self.window.until.isoformat() if self.window.until else None,
            },
            "dataset": {"name": self.dataset[0], "kind": self.dataset[1]},
            **{
                name: getattr(self, name)
                for name in ("by", "periods", "changes", "forecasts", "shifts", "own")
            },
            "candidates": [asdict(one) for one in self.candidates],
            "sentence": self.sentence,
            "notes": list(self.notes),
        }


def why(
    store: Store,
    question: Question,
    *,
    by: str | None = None,
    placebos: int = 199,
    progress: Progress = lambda _: None,
) -> Why:
    """Look for what foretells the next change; raises BadChoice for a period that is none."""
    dataset, pair = question.dataset, question.pair
    if placebos < 1:
        raise BadChoice(f"{placebos} shifts test nothing", "at least 1", "correct --placebos")
    span = span_for(store.coverage(dataset.name, question.window), question)
    unit = _unit(by, span, dataset.grain)
    days = Periods(span, unit)
    cells = cells_of(store, question)
    own = between(cells, pair.source.id, pair.target.id)
    channels = question.choices.words_and_deeds
    laid = days.lay(acts_by_day(own, question), channels)
    changes = changes_of(laid[channels[0]], laid[channels[1]])
    found = Why(
        pair.source, pair.target, question.window, (dataset.name, dataset.kind), unit,
        days.count, len(changes.at), changes.forecasts, 0, None, (), "", (),
    )  # fmt: skip
    if dataset.kind == "selection":
        return replace(found, sentence=f"Nothing is tested: {SELECTION}.")
    if changes.forecasts < FEWEST_FORECASTS:
        return replace(found, sentence=_too_few(found))
    progress("laying out the candidates")
    tried = laid_out(store, question, cells, days, channels)
    progress(f"forecasting with {len(tried)} candidates")
    tested = foretell(changes, [one.series for one in tried], placebos)
    if tested is None:
        return replace(
            found,
            sentence=f"Nothing is tested: no third state has acts in {FEWEST_PERIODS} {unit}s.",
        )
    candidates = _judged(tried, tested)
    return replace(
        found,
        shifts=tested.shifts,
        own=tested.own,
        candidates=candidates,
        sentence=_sentence(candidates, unit),
        notes=(
            f"{changes.forecasts} changes of the gap were forecast, each from what came before it; "
            f"its own level takes {percent(tested.own)} off the error of 'no change'",
            f"chance: {tested.shifts} shifts of all {len(candidates)} candidates in time; p holds "
            "for all of them at once",
            "what foretells is associated, and no cause: both may follow something else",
        ),
    )


def _unit(by: str | None, span: Span, grain: str) -> str:
    if grain == "year":
        return "year"
    if by is None:
        return "month" if span.months >= MONTHLY_FROM else "week"
    if by not in ("week", "month"):
        raise BadChoice(f"'{by}' is no period here", "week or month", "correct --by")
    return by


def _judged(tried: list[Tried], tested: Foretelling) -> tuple[Candidate, ...]:
    states = [i for i, one in enumerate(tried) if one.kind == "third state"]
    found = []
    for i, one in enumerate(tried):
        rank = alike = None
        if one.kind == "third state":
            others = sorted(
                (j for j in states if j != i),
                key=lambda j: abs(np.log((1 + tried[j].acts) / (1 + one.acts))),
            )[:ALIKE]
            alike = len(others) + 1
            rank = 1 + sum(bool(tested.skill[j] >= tested.skill[i]) for j in others)
        skill, whole = float(tested.skill[i]), float(tested.versus_no_change[i])
        found.append(
            Candidate(
                one.kind,
                one.id,
                _name(one),
                one.acts,
                one.periods,
                skill,
                whole,
                float(tested.p[i]),
                rank,
                alike,
                dict(zip(one.names, tested.slopes[i].tolist(), strict=True)),
                foretells=bool(tested.p[i] <= CHANCE and skill > 0 and whole > 0),
            )
        )
    return tuple(sorted(found, key=lambda one: -one.skill))


def _name(one: Tried) -> str:
    name = actors.actor(one.id or "").name
    return {
        "third state": f"relations with {name}",
        "provocations": f"hostile deeds of {name} toward others",
        "votes": f"votes on {name}",
    }[one.kind]


def _sentence(candidates: tuple[Candidate, ...], unit: str) -> str:
    telling = [one for one in candidates if one.foretells]
    best = candidates[0]
    if not telling:
        return (
            f"Nothing foretells the next {unit}'s change of the gap: of {len(candidates)} "
            f"candidates none does better than shifted series do (best: {best.name}, "
            f"{_less(best.skill)}, p = {best.p:.2f})."
        )
    named = "; ".join(f"{one.name} ({_less(one.skill)}, p = {one.p:.3f})" for one in telling[:5])
    return (
        f"{len(telling)} of {len(candidates)} candidates foretell the next {unit}'s change of the "
        f"gap better than shifted series do: {named}. This is association, and no cause."
    )


def _less(skill: float) -> str:
    return f"{abs(skill):.1%} {'less' if skill >= 0 else 'more'} error"


def _too_few(found: Why) -> str:
    needed = FIRST_FIT + FEWEST_FORECASTS
    return (
        f"Nothing can be said of what foretells the gap: it changes {found.changes} times between "
        f"{found.by}s with words and deeds, and {needed} are needed."
    )
