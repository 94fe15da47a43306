"""The acts that carry an answer, each with its weight and where it can be looked up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby, zip_longest
from typing import Any

import narwhals as nw
import polars as pl

from saidanddone.archive import Store
from saidanddone.dossier.norms import merge_predecessors
from saidanddone.dossier.outlets import with_outlets
from saidanddone.dossier.question import Question
from saidanddone.measure.choices import Choices
from saidanddone.measure.counting import chosen, with_sides
from saidanddone.model import UNCOUNTED_MODES, EvidenceItem, FuzzyDate

DATES_FOR = 20
DATES_AGAINST = 10
"""Dates whose acts are listed from a census: the heaviest on either side. A selection lists all."""

MOST_ACTS = 200
"""Acts listed from a census, where a single date can hold hundreds."""


def evidence_for(
    store: Store, question: Question, choices: Choices, days: pl.DataFrame, kinds: pl.DataFrame
) -> tuple[EvidenceItem, ...]:
    """Acts of the dates that weigh most, heaviest first, then by date.

    days, kinds: influence by date and by kind of act on a date (measure.influence): the first
    chooses, the second gives each act its weight. Of a census only acts with weight
    stand here, of a selection also those without: signed, neutral, denied.
    """
    weights = {
        (row["date"], row["precision"], row["channel"], row["valence"]): row["influence"]
        for row in kinds.iter_rows(named=True)
    }
    dates = None
    if question.dataset.kind == "census":
        dates = _heaviest(days) if days.height else None
    acts = store.acts(
        question.dataset.name,
        sources=question.ids_of(question.pair.source.id),
        targets=question.ids_of(question.pair.target.id),
        window=question.window,
        dates=dates,
    )
    items = _items(_relevant(acts, question, choices), choices, weights)
    items.sort(key=lambda told: (-abs(told[0].weight), told[0].date, told[0].text))
    if question.dataset.kind == "selection":
        return tuple(item for item, _ in items)
    heaviest = [(item, ids) for item, ids in items if item.weight][:MOST_ACTS]
    return with_outlets(store, question.dataset.name, heaviest)


def leading(items: Sequence[EvidenceItem], count: int) -> list[EvidenceItem]:
    """The heaviest acts, words and deeds in turn; acts of one weight are spread over time.

    In a selection many acts weigh the same: the earliest of them would otherwise stand for all.
    """
    channels = sorted({item.channel for item in items})
    queues = [_spread([item for item in items if item.channel == c], count) for c in channels]
    in_turn = [item for items in zip_longest(*queues) for item in items if item is not None]
    return sorted(in_turn[:count], key=lambda item: (-abs(item.weight), item.date))


def _spread(items: list[EvidenceItem], count: int) -> list[EvidenceItem]:
    """Heaviest first; among equals those that lie farthest apart in their order of time."""
    found: list[EvidenceItem] = []
    ordered = sorted(items, key=lambda item: (-abs(round(item.weight, 9)), item.date))
    for _, equals in groupby(ordered, key=lambda item: abs(round(item.weight, 9))):
        tied = list(equals)
        room = count - len(found)
        if room <= 0:
            break
        step = max(1.0, len(tied) / room)
        found += [tied[int(i * step)] for i in range(min(room, len(tied)))]
    return found


def _heaviest(days: pl.DataFrame) -> set[date]:
    """The dates that pull with the sum of all influence, and those that pull against it."""
    sign = 1.0 if days["influence"].sum() >= 0 else -1.0
    along = days.filter(pl.col("influence") * sign > 0).head(DATES_FOR)
    against = days.filter(pl.col("influence") * sign < 0).head(DATES_AGAINST)
    return {*along["date"], *against["date"]}


def _relevant(acts: pl.DataFrame, question: Question, choices: Choices) -> pl.DataFrame:
    """The acts that the choices count; of a selection those too that are never counted."""
    frame = nw.from_native(merge_predecessors(acts, question.merged))
    frame = with_sides(chosen(frame, choices), choices.reading)
    if question.dataset.kind == "census":
        words_and_deeds = list(choices.words_and_deeds)
        own = nw.col("channel")
        # Published counts have no code that could give them a side: their channel is one.
        side = nw.when(nw.col("side").is_null()).then(own).otherwise(nw.col("side"))
        compared = side if "verbal" in words_and_deeds else own
        frame = frame.filter(
            compared.is_in(words_and_deeds), ~nw.col("mode").is_in(UNCOUNTED_MODES)
        )
    table: pl.DataFrame = frame.to_native()
    return table


def _items(
    acts: pl.DataFrame, choices: Choices, weights: dict[Any, float]
) -> list[tuple[EvidenceItem, list[str]]]:
    """One item an act: reports of one act (root, channel, valence on a day) are told once.

    With each the ids of its reports.
    """
    items: dict[Any, EvidenceItem] = {}
    ids: dict[Any, list[str]] = {}
    by_side = "verbal" in choices.words_and_deeds
    for row in acts.iter_rows(named=True):
        counts = row["mode"] not in UNCOUNTED_MODES
        channel = row["side"] if by_side and row["side"] else row["channel"]
        valence = row["sign"] if by_side and row["side"] else row["valence"]
        compared = channel in choices.words_and_deeds and valence != 0 and counts
        kind = (row["date"], row["precision"], channel, valence)
        weight = weights.get(kind, 0.0) if compared else 0.0
        day = row["precision"] == "day"
        key = (
            (row["date"], row["root"], channel, valence, row["mode"])
            if day
            else (row["date"], row["id"], row["line"], channel, valence)
        )
        ids.setdefault(key, []).append(row["id"] or "")
        if key in items:
            continue
        first = FuzzyDate(row["date"], row["date"], row["precision"])
        items[key] = EvidenceItem(
            date=str(first),
            code=row["code"],
            channel=channel,
            valence=int(valence),
            weight=float(weight),
            text=_text(row) if counts else f"{_text(row)} ({row['mode']}; not counted)",
            id=row["id"],
            reference=row["reference"] or "",
        )
    return [(item, ids[key]) for key, item in items.items()]


def _text(row: dict[str, Any]) -> str:
    """The dataset's text; a bare relation gets its actors, so that it can be read alone."""
    text = str(row["text"] or "")
    names = row["source_name"], row["target_name"]
    if row["precision"] == "day" and all(names) and len(text) < 60 and not text.endswith("."):
        return f"{names[0]} → {names[1]}: {text}"
    return text
