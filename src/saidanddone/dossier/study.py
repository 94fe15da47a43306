"""An event study of a pair: words and deeds before and after triggers, against placebo days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import narwhals as nw
import numpy as np

from saidanddone.archive import Store
from saidanddone.dossier.ask import span_for
from saidanddone.dossier.norms import World
from saidanddone.dossier.pair import PairEvidence
from saidanddone.dossier.question import Question
from saidanddone.dossier.triggers import Trigger
from saidanddone.errors import BadChoice
from saidanddone.measure.event_study import Counts, Days, Effect, counts, pools, study
from saidanddone.model import Actor, Window

LONGEST = 3650
"""Days on one side of a trigger: beyond ten years nothing is 'around' an event."""

SELECTION = "a selection: somebody chose these acts, so nothing is tested; counts only"


@dataclass(frozen=True, slots=True)
class AroundTrigger:
    """One trigger's own window: acts of words and deeds before and after it."""

    date: date
    what: str
    words: Counts
    deeds: Counts


@dataclass(frozen=True, slots=True)
class Study:
    """An event study of one pair.

    effects: words, deeds and gap in logits, rates of words and deeds in logs, each with p and its
    interval; None where nothing was tested. words, deeds: counts of both pools. windows: each
    trigger alone. outside: triggers whose windows the data do not cover.
    """

    source: Actor
    target: Actor
    window: Window
    dataset: tuple[str, str]
    before_days: int
    after_days: int
    covered: tuple[date, date]
    words: Counts
    deeds: Counts
    effects: dict[str, Effect] | None
    windows: tuple[AroundTrigger, ...]
    outside: tuple[Trigger, ...]
    daily: tuple[tuple[int, float, float, float, float], ...]
    notes: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """The study as `study --json` prints it."""
        return {
            "source": {"id": self.source.id, "name": self.source.name},
            "target": {"id": self.target.id, "name": self.target.name},
            "dataset": {"name": self.dataset[0], "kind": self.dataset[1]},
            "before_days": self.before_days,
            "after_days": self.after_days,
            "covered": [day.isoformat() for day in self.covered],
            "words": asdict(self.words),
            "deeds": asdict(self.deeds),
            "effects": {name: _effect(found) for name, found in self.effects.items()}
            if self.effects
            else None,
            "triggers": [
                {
                    "date": own.date.isoformat(),
                    "what": own.what,
                    "words": asdict(own.words),
                    "deeds": asdict(own.deeds),
                }
                for own in self.windows
            ],
            "outside": [{"date": t.date.isoformat(), "what": t.what} for t in self.outside],
            "notes": list(self.notes),
        }


def _effect(found: Effect) -> dict[str, Any]:
    known = np.isfinite(found.interval90).all()
    return {
        "estimate": found.estimate,
        "p": found.p,
        "interval90": list(found.interval90) if known else None,
        "placebos": found.placebos,
    }


def event_study(
    store: Store,
    question: Question,
    chosen: Sequence[Trigger],
    *,
    before_days: int = 90,
    after_days: int = 90,
) -> Study:
    """Study a pair around triggers; raises BadChoice for yearly counts and impossible windows."""
    _refuse(question, before_days, after_days)
    dataset = question.dataset
    covered = store.coverage(dataset.name, question.window)
    span = span_for(covered, question)
    length = (span.last - span.first).days + 1
    evidence = PairEvidence.read(
        question, World(store, dataset, question.window, question.merged, span, lambda _: None)
    )
    words, deeds = (
        _by_day(evidence.counted(question.choices), channel, span.first, length)
        for channel in question.choices.words_and_deeds
    )
    inside = [t for t in chosen if _covered(t, span.first, span.last, before_days, after_days)]
    at = np.array([(t.date - span.first).days for t in inside], dtype=np.int64)
    early, late = pools(at, length, before_days, after_days)
    notes = _notes(question, chosen, inside, words, deeds)
    tested = bool(inside) and dataset.kind == "census" and bool(words.n.sum() + deeds.n.sum())
    windows = []
    for trigger, day in zip(inside, at, strict=True):
        own = pools(np.array([day]), length, before_days, after_days)
        windows.append(
            AroundTrigger(trigger.date, trigger.what, counts(words, *own), counts(deeds, *own))
        )
    return Study(
        source=question.pair.source,
        target=question.pair.target,
        window=question.window,
        dataset=(dataset.name, dataset.kind),
        before_days=before_days,
        after_days=after_days,
        covered=(span.first, span.last),
        words=counts(words, early, late),
        deeds=counts(deeds, early, late),
        effects=study(words, deeds, at, before_days, after_days) if tested else None,
        windows=tuple(windows),
        outside=tuple(t for t in chosen if t not in inside),
        daily=_by_distance(words, deeds, at, before_days, after_days),
        notes=tuple(notes),
    )


def _refuse(question: Question, before_days: int, after_days: int) -> None:
    if question.dataset.grain == "year":
        raise BadChoice(
            f"'{question.dataset.name}' holds yearly counts, which have no days before and after",
            "a dataset of dated acts",
            "choose another one with --dataset or --archive",
        )
    for option, days in (("--before-days", before_days), ("--after-days", after_days)):
        if not 1 <= days <= LONGEST:
            raise BadChoice(
                f"{option} {days} is no window", f"1 to {LONGEST} days", f"correct {option}"
            )


def _covered(trigger: Trigger, first: date, last: date, before: int, after: int) -> bool:
    """Whether the data cover both windows whole."""
    room = first.toordinal() + before <= trigger.date.toordinal()
    return room and trigger.date.toordinal() + after <= last.toordinal()


def _notes(
    question: Question,
    chosen: Sequence[Trigger],
    inside: Sequence[Trigger],
    words: Days,
    deeds: Days,
) -> list[str]:
    notes = []
    if question.dataset.kind == "selection":
        notes.append(SELECTION)
    if not inside:
        notes.append(
            f"none of the {len(chosen)} triggers has both its windows inside the days covered"
        )
    for name, own in (("words", words), ("deeds", deeds)):
        if not own.n.sum():
            notes.append(f"the pair has no {name} with a sign in this window")
    if len(inside) == 1:
        notes.append("one trigger: whatever else happened in its weeks is in the effect too")
    return notes


def _by_day(counted: Any, channel: str, first: date, length: int) -> Days:
    """Acts of a channel by day from the first; acts dated more coarsely than a day are left out."""
    frame = nw.from_native(counted).filter(
        (nw.col("channel") == channel) & (nw.col("valence") != 0) & (nw.col("precision") == "day")
    )
    k, n = np.zeros(length), np.zeros(length)
    if len(frame):
        day = (frame["date"].to_numpy().astype("datetime64[D]") - np.datetime64(first)).astype(int)
        acts = frame["acts"].to_numpy().astype(float)
        cooperative = acts * (frame["valence"].to_numpy() > 0)
        inside = (day >= 0) & (day < length)
        np.add.at(k, day[inside], cooperative[inside])
        np.add.at(n, day[inside], acts[inside])
    return Days(k, n)


def _by_distance(
    words: Days, deeds: Days, at: Any, before: int, after: int
) -> tuple[tuple[int, float, float, float, float], ...]:
    """By days from the trigger, summed over triggers: k and n of words, k and n of deeds."""
    rows = []
    for distance in range(-before, after + 1) if len(at) else ():
        days = at + distance
        sums = (float(part[days].sum()) for own in (words, deeds) for part in (own.k, own.n))
        a, b, c, d = sums
        rows.append((distance, a, b, c, d))
    return tuple(rows)
