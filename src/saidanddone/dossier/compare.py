"""One question on two datasets, side by side: where they agree, where not, and why. Never added."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from math import sqrt
from typing import Any, Literal

import narwhals as nw
import numpy as np
import polars as pl

from saidanddone.archive import Store
from saidanddone.dossier.ask import ask
from saidanddone.dossier.dossier import Dossier
from saidanddone.dossier.norms import Progress, merge_predecessors
from saidanddone.dossier.question import Question
from saidanddone.dossier.sentence import percent
from saidanddone.measure.counting import chosen, counted, with_sides
from saidanddone.measure.disagreement import RootDifference, by_root, correlation
from saidanddone.measure.selection import Z90
from saidanddone.measure.through_time import By, panel
from saidanddone.model import Window

Agreement = Literal["agree", "contradict", "differ", "cannot be told apart", "not comparable"]

DEPENDENT = (
    "its interval takes the two as independent; they report the same world, which makes it too wide"
)


@dataclass(frozen=True, slots=True)
class Channel:
    """One channel in both datasets over the days that both cover.

    periods: table of period, first_cooperative, first_n, second_cooperative, second_n. volume and
    share: rank correlations over the periods that both cover (share: where both have acts).
    only_first, only_second: periods in which one alone has acts.
    """

    channel: str
    periods: pl.DataFrame
    volume: float | None
    share: float | None
    both: int
    only_first: int
    only_second: int


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two answers to one question.

    first, second: each on all that its dataset covers of the window. shared: the days that both
    cover, or None; within: both answers on these days. difference: gap of the first less that of
    the second within, with its 90% interval. roots: the codes that make the shares differ.
    """

    first: Dossier
    second: Dossier
    by: By
    shared: Window | None
    within: tuple[Dossier, Dossier] | None
    difference: tuple[float, float, float] | None
    channels: tuple[Channel, ...]
    roots: tuple[RootDifference, ...]
    agreement: Agreement
    sentences: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """The object that `compare --json` prints."""
        shared = self.shared
        estimate, low, high = self.difference or (None, None, None)
        return {
            "first": self.first.to_dict(),
            "second": self.second.to_dict(),
            "shared": {"since": str(shared.since), "until": str(shared.until)} if shared else None,
            "within": [one.to_dict() for one in self.within] if self.within else None,
            "difference": {"estimate": estimate, "interval90": [low, high]}
            if self.difference
            else None,
            "by": self.by,
            "channels": [
                {
                    "channel": one.channel,
                    "volume_correlation": one.volume,
                    "share_correlation": one.share,
                    "both": one.both,
                    "only_first": one.only_first,
                    "only_second": one.only_second,
                    "periods": [
                        {**row, "period": str(row["period"])}
                        for row in one.periods.iter_rows(named=True)
                    ],
                }
                for one in self.channels
            ],
            "roots": [{**asdict(root), "difference": root.difference} for root in self.roots],
            "agreement": self.agreement,
            "sentences": list(self.sentences),
        }


def compare(
    stores: tuple[Store, Store],
    questions: tuple[Question, Question],
    *,
    progress: Progress = lambda _: None,
) -> SideBySide:
    """Answer one question from two datasets; both questions have one pair, window and reading."""
    answers = _both(stores, questions, progress)
    by: By = "year" if "year" in {question.dataset.grain for question in questions} else "month"
    shared = _shared(*answers)
    if shared is None:
        apart = "the two cover no day in common: each answers for its own days, nothing is compared"
        return SideBySide(
            *answers, by, None, None, None, (), (), "not comparable", (_verdicts(*answers), apart)
        )
    on_shared = tuple(replace(question, window=shared) for question in questions)
    questions = (on_shared[0], on_shared[1])
    same = all((a.span.first, a.span.last) == (shared.since, shared.until) for a in answers)
    within = answers if same else _both(stores, questions, progress)
    cells = tuple(_cells(store, q) for store, q in zip(stores, questions, strict=True))
    words_and_deeds = questions[0].choices.words_and_deeds
    channels = tuple(_channel(cells, questions, name, shared, by) for name in words_and_deeds)
    first, second = (_by_root(table, q) for table, q in zip(cells, questions, strict=True))
    roots = tuple(part for name in words_and_deeds for part in by_root(first, second, name))
    difference = _difference(*within)
    agreement = _agreement(*within, difference)
    return SideBySide(
        *answers,
        by=by,
        shared=shared,
        within=within,
        difference=difference,
        channels=channels,
        roots=roots,
        agreement=agreement,
        sentences=tuple(_sentences(within, shared, agreement, difference, channels)),
    )


def _both(
    stores: tuple[Store, Store], questions: tuple[Question, Question], progress: Progress
) -> tuple[Dossier, Dossier]:
    first = ask(stores[0], questions[0], progress=progress)
    return first, ask(stores[1], questions[1], progress=progress)


def _shared(first: Dossier, second: Dossier) -> Window | None:
    """The days that both datasets cover."""
    if first.coverage.first is None or second.coverage.first is None:
        return None
    since = max(first.span.first, second.span.first)
    until = min(first.span.last, second.span.last)
    return Window(since, until) if since <= until else None


def _cells(store: Store, question: Question) -> pl.DataFrame:
    pair = question.pair
    cells = store.cells(
        question.dataset.name,
        window=question.window,
        sources=question.ids_of(pair.source.id),
        targets=question.ids_of(pair.target.id),
    )
    merged: pl.DataFrame = merge_predecessors(cells, question.merged)
    return merged


def _channel(
    cells: tuple[pl.DataFrame, ...],
    questions: tuple[Question, Question],
    name: str,
    shared: Window,
    by: By,
) -> Channel:
    """A channel's periods in both."""
    assert shared.since is not None and shared.until is not None
    rows: dict[str, Any] = {}
    for side, table, question in zip(("first", "second"), cells, questions, strict=True):
        laid = panel(counted(table, question.choices), name, shared.since, shared.until, by)
        rows["period"] = laid.starts
        empty = np.zeros(len(laid.starts))
        rows[f"{side}_cooperative"] = laid.k[0] if len(laid.k) else empty
        rows[f"{side}_n"] = laid.n[0] if len(laid.n) else empty
    n = rows["first_n"], rows["second_n"]
    both = (n[0] > 0) & (n[1] > 0)
    shares = [rows[f"{side}_cooperative"][both] / rows[f"{side}_n"][both]
              for side in ("first", "second")]  # fmt: skip
    return Channel(
        name,
        pl.DataFrame(rows),
        volume=correlation(*n),
        share=correlation(*shares),
        both=int(both.sum()),
        only_first=int(((n[0] > 0) & (n[1] == 0)).sum()),
        only_second=int(((n[0] == 0) & (n[1] > 0)).sum()),
    )


def _by_root(cells: pl.DataFrame, question: Question) -> pl.DataFrame:
    """Acts once a day by root, channel and valence, as the reading has them."""
    choices = question.choices
    frame = with_sides(chosen(nw.from_native(cells), choices), choices.reading)
    if choices.words_and_deeds != ("said", "done"):
        frame = frame.filter(~nw.col("side").is_null()).with_columns(
            channel=nw.col("side"), valence=nw.col("sign")
        )
    kinds = frame.group_by("date", "precision", "root", "channel", "valence").agg(
        nw.col("reports").sum()
    )
    once = (nw.col("precision") == "day") & (choices.count != "reports")
    acts = nw.when(once).then(nw.lit(1)).otherwise(nw.col("reports")).cast(nw.Int64)
    table: pl.DataFrame = kinds.with_columns(acts=acts).to_native()
    return table


def _difference(first: Dossier, second: Dossier) -> tuple[float, float, float] | None:
    if first.gap is None or second.gap is None:
        return None
    estimate = first.gap.estimate - second.gap.estimate
    half = Z90 * sqrt(first.gap.se**2 + second.gap.se**2)
    return estimate, estimate - half, estimate + half


def _agreement(
    first: Dossier, second: Dossier, difference: tuple[float, float, float] | None
) -> Agreement:
    """Two directions agree or contradict; otherwise their gaps differ, or cannot be told apart."""
    directions = first.verdict.direction, second.verdict.direction
    if all(directions):
        return "agree" if directions[0] == directions[1] else "contradict"
    if difference is None:
        return "not comparable"
    _, low, high = difference
    return "differ" if low > 0 or high < 0 else "cannot be told apart"


def _verdicts(first: Dossier, second: Dossier) -> str:
    parts = [
        f"{answer.dataset[0]}: " + (answer.verdict.direction or "not decided")
        for answer in (first, second)
    ]
    return "; ".join(parts)


def _sentences(
    within: tuple[Dossier, Dossier],
    shared: Window,
    agreement: Agreement,
    difference: tuple[float, float, float] | None,
    channels: tuple[Channel, ...],
) -> list[str]:
    names = [answer.dataset[0] for answer in within]
    told = [f"on the days that both cover, {shared.since} to {shared.until}: {_verdicts(*within)}"]
    if difference is None:
        told.append("one of them has no gap, so that the two gaps are not compared")
    else:
        estimate, low, high = difference
        said = {"agree": "the two agree", "contradict": "the two contradict each other"}.get(
            agreement, f"the two gaps {agreement}"
        )
        told.append(
            f"{said}: {names[0]} less {names[1]} {estimate:+z.2f} ({low:+z.2f} to {high:+z.2f}) "
            f"logits; {DEPENDENT}"
        )
    for channel in channels:
        answers = [answer.channels[channel.channel] for answer in within]
        counts = [
            f"{answer.cooperative:,} of {answer.n:,} ({percent(answer.share)})"
            if answer
            else "none"
            for answer in answers
        ]
        known = "not known" if channel.volume is None else f"{channel.volume:+.2f}"
        told.append(
            f"{channel.channel}: cooperative {counts[0]} in {names[0]}, {counts[1]} in {names[1]}; "
            f"periods with acts: {channel.both} in both, {channel.only_first} in {names[0]} alone, "
            f"{channel.only_second} in {names[1]} alone; rank correlation of their numbers {known}"
        )
    return told
