"""A pair through time: shares by period with bands, and the changes with the acts around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl

from saidanddone.archive import Store
from saidanddone.dossier.ask import span_for
from saidanddone.dossier.norms import Progress, World
from saidanddone.dossier.pair import PairEvidence
from saidanddone.dossier.question import Question
from saidanddone.errors import BadChoice
from saidanddone.measure.change_points import Change, changes
from saidanddone.measure.odds import expit
from saidanddone.measure.selection import Z90
from saidanddone.measure.smoothing import Z50, smooth
from saidanddone.measure.through_time import PERIODS, By, Panel, panel, restlessness
from saidanddone.model import Actor, Window

ACTS_SHOWN = 3
"""Acts named on either side of a change: a reader looks up the rest in the evidence."""

FEWEST = 3
"""Periods with acts below which a trend is two points and a line."""

SELECTION = "a selection: somebody chose these acts, so no trend and no change is drawn"


@dataclass(frozen=True, slots=True)
class NamedAct:
    """An act beside a change: ISO date, code, valence, what the dataset says, and where."""

    date: str
    code: str | None
    valence: int
    text: str
    reference: str | None


@dataclass(frozen=True, slots=True)
class ChangePoint:
    """A change of the share of cooperative acts in one channel.

    at: first day of the new share. since and until: first days of the first and last period in
    which it may lie, with probability 0.9. before, after: shares of the two segments.
    """

    channel: str
    at: date
    since: date
    until: date
    before: float
    after: float
    acts_before: tuple[NamedAct, ...]
    acts_after: tuple[NamedAct, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """A pair's words, signed acts and deeds through time.

    table: period (first day), channel, cooperative, conflictual, n, share, smoothed, low50,
    high50, low90, high90; shares between 0 and 1, null where nothing can be said. breaks: days on
    which the dataset itself began to count otherwise, within the window.
    """

    source: Actor
    target: Actor
    window: Window
    dataset: tuple[str, str]
    by: By
    table: pl.DataFrame
    changes: tuple[ChangePoint, ...]
    breaks: tuple[tuple[date, str], ...]
    notes: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """The series as `series --json` prints it."""
        return {
            "source": {"id": self.source.id, "name": self.source.name},
            "target": {"id": self.target.id, "name": self.target.name},
            "window": {
                "since": self.window.since.isoformat() if self.window.since else None,
                "until": self.window.until.isoformat() if self.window.until else None,
            },
            "dataset": {"name": self.dataset[0], "kind": self.dataset[1]},
            "by": self.by,
            "series": [
                {**row, "period": row["period"].isoformat()}
                for row in self.table.iter_rows(named=True)
            ],
            "changes": [_change_dict(change) for change in self.changes],
            "breaks": [{"date": day.isoformat(), "what": what} for day, what in self.breaks],
            "notes": list(self.notes),
        }


def _change_dict(change: ChangePoint) -> dict[str, Any]:
    def acts(found: Sequence[NamedAct]) -> list[dict[str, Any]]:
        names = NamedAct.__slots__
        return [{name: getattr(act, name) for name in names} for act in found]

    return {
        "channel": change.channel,
        "at": change.at.isoformat(),
        "since": change.since.isoformat(),
        "until": change.until.isoformat(),
        "before": change.before,
        "after": change.after,
        "acts_before": acts(change.acts_before),
        "acts_after": acts(change.acts_after),
    }


def series(
    store: Store, question: Question, by: str = "month", *, progress: Progress = lambda _: None
) -> Series:
    """Lay a pair out through time; raises BadChoice for a period that is none."""
    dataset = question.dataset
    yearly = dataset.grain == "year"
    unit = _unit("year" if yearly and by == "month" else by, yearly)
    span = span_for(store.coverage(dataset.name, question.window), question)
    world = World(store, dataset, question.window, question.merged, span, progress)
    return through_time(store, question, PairEvidence.read(question, world), unit)


def through_time(store: Store, question: Question, evidence: PairEvidence, unit: By) -> Series:
    """Lay out through time what was read of a pair."""
    dataset, span = question.dataset, evidence.world.span
    yearly = dataset.grain == "year"
    counted = evidence.counted(question.choices)
    channels = ("verbal", "material") if yearly else ("said", "signed", "done")
    notes: list[str] = []
    tables, found = [], []
    for channel in channels:
        laid = panel(counted, channel, span.first, span.last, unit)
        if not len(laid.source):
            notes.append(f"{channel}: no acts in this window")
            continue
        enough = int((laid.n[0] > 0).sum()) >= FEWEST and dataset.kind == "census"
        if dataset.kind == "census" and not enough:
            notes.append(f"{channel}: too few periods with acts for a trend ({FEWEST} are needed)")
        tables.append(_table(laid, channel, trend=enough))
        if enough:
            for change in changes(laid.k, laid.n, restlessness(laid.k, laid.n))[0]:
                found.append(_named(store, question, laid, channel, change))
    if dataset.kind == "selection":
        notes.append(SELECTION)
    inside = [(day, what) for day, what in dataset.breaks if span.first <= day <= span.last]
    return Series(
        source=question.pair.source,
        target=question.pair.target,
        window=question.window,
        dataset=(dataset.name, dataset.kind),
        by=unit,
        table=pl.concat(tables) if tables else pl.DataFrame(schema=SCHEMA),
        changes=tuple(sorted(found, key=lambda change: (change.at, change.channel))),
        breaks=tuple(inside),
        notes=tuple(notes),
    )


def _unit(by: str, yearly: bool) -> By:
    if by not in PERIODS or (yearly and by != "year"):
        raise BadChoice(
            f"'{by}' is no period of this series",
            "year, as these are yearly counts" if yearly else f"one of {', '.join(PERIODS)}",
            "correct --by",
        )
    return next(unit for unit in PERIODS if unit == by)


SHARES = ("share", "smoothed", "low50", "high50", "low90", "high90")
SCHEMA: dict[str, pl.DataType] = {
    "period": pl.Date(),
    "channel": pl.String(),
    "cooperative": pl.Int64(),
    "conflictual": pl.Int64(),
    "n": pl.Int64(),
    **{name: pl.Float64() for name in SHARES},
}


def _table(laid: Panel, channel: str, *, trend: bool) -> pl.DataFrame:
    """One channel's rows, one a period."""
    k, n = laid.k[0], laid.n[0]
    columns: dict[str, Any] = {
        "period": [day.astype(object) for day in laid.starts],
        "channel": [channel] * len(n),
        "cooperative": k.astype(int).tolist(),
        "conflictual": (n - k).astype(int).tolist(),
        "n": n.astype(int).tolist(),
        "share": [float(a / b) if b else None for a, b in zip(k, n, strict=True)],
    }
    if trend:
        smoothed = smooth(laid.k, laid.n)
        columns["smoothed"] = expit(smoothed.level[0]).tolist()
        for z, name in ((Z50, "50"), (Z90, "90")):
            low, high = smoothed.band(z)
            columns[f"low{name}"] = expit(low[0]).tolist()
            columns[f"high{name}"] = expit(high[0]).tolist()
    else:
        columns |= dict.fromkeys(SHARES[1:], [None] * len(n))
    return pl.DataFrame(columns, schema=SCHEMA)


def _named(
    store: Store, question: Question, laid: Panel, channel: str, change: Change
) -> ChangePoint:
    """A change with its days, and the acts beside it that pull the way it went."""
    starts: list[date] = [day.astype(object) for day in laid.starts]
    at = starts[change.at]
    length = (laid.starts[1] - laid.starts[0]).astype(int) if len(starts) > 1 else 31
    reach = timedelta(days=int(length) * ACTS_SHOWN)
    warmer = change.after > change.before

    def acts(since: date, until: date, valence: int) -> tuple[NamedAct, ...]:
        pair = question.pair
        found = store.acts(
            question.dataset.name,
            sources=question.ids_of(pair.source.id),
            targets=question.ids_of(pair.target.id),
            window=Window(since, until),
        )
        chosen = found.filter((pl.col("channel") == channel) & (pl.col("valence") == valence))
        nearest = chosen.sort((pl.col("date") - at).dt.total_days().abs(), maintain_order=True)
        distinct = nearest.unique(["date", "code"], keep="first", maintain_order=True)
        return tuple(
            NamedAct(
                row["date"].isoformat(), row["code"], row["valence"],
                row["text"] or "", row["reference"],
            )
            for row in distinct.head(ACTS_SHOWN).sort("date").iter_rows(named=True)
        )  # fmt: skip

    return ChangePoint(
        channel=channel,
        at=at,
        since=starts[change.low],
        until=starts[change.high],
        before=change.before,
        after=change.after,
        acts_before=acts(at - reach, at - timedelta(days=1), -1 if warmer else 1),
        acts_after=acts(at, at + reach, 1 if warmer else -1),
    )
