"""The figures of a pair's page as they are written: facts, channels, other choices, periods."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from saidanddone.faces.pages.numbers import (
    CHANNELS,
    NONE,
    between,
    choice,
    counted,
    day,
    percent,
    rate,
    signed,
)

if TYPE_CHECKING:
    import polars as pl

    from saidanddone.dossier import Dossier, PairPage, Series

Z90 = 1.645
"""Standard errors to either end of a central 90% interval."""

PERIODS_SHOWN = 400
"""Rows of the table behind the chart: a longer one is a file to download, not to read."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the key facts; note explains it to a reader without training."""

    name: str
    value: str
    note: str = ""


def facts(page: PairPage) -> list[Fact]:
    """The key facts beside the verdict."""
    dossier = page.dossier
    found = [Fact("Reported acts", _acts(dossier)), Fact("Period", _period(dossier))]
    name, kind = dossier.dataset
    found.append(Fact("Data", f"{dossier.title or name}", _kind(kind)))
    if dossier.gap is not None:
        found += [
            Fact(
                "Gap",
                f"{signed(dossier.gap.estimate)} logits ({between(dossier.gap)})",
                "Warmth of the deeds less warmth of the words. Above zero: deeds warmer than "
                "words. In brackets the range that holds the true value with 90% probability.",
            ),
            Fact(
                "How sure",
                chance(dossier),
                "Given these reports and this norm. The page says that something is decided only "
                "where this and a second measure, the surprise, both reach 90% and the difference "
                "is not small.",
            ),
        ]
    elif dossier.selection is not None and dossier.selection.difference is not None:
        low, high = dossier.selection.interval90 or (None, None)
        found.append(
            Fact(
                "Difference of shares",
                f"{_points(dossier.selection.difference)} "
                f"({_hundredths(low)} to {_hundredths(high)})",
                "Share of cooperative deeds less share of cooperative words in this selection, "
                "in percentage points. In brackets the range that holds it with 90% probability "
                "if the acts had been drawn at random, which they were not.",
            )
        )
    robust = dossier.robustness
    if robust.specifications > 1:
        found.append(
            Fact(
                "Other choices",
                f"{robust.same_direction} of {robust.specifications} ways of counting agree in "
                f"sign, {robust.decided} decide",
            )
        )
    if page.updated:
        found.append(Fact("Last act in the data", day(page.updated)))
    return found


def chance(dossier: Dossier) -> str:
    """How probable it is that the deeds are warmer (or colder) than the words; empty: not known."""
    if dossier.gap is None:
        return ""
    warmer = dossier.gap.probability_positive
    way, sure = ("warmer", warmer) if warmer >= 0.5 else ("colder", 1 - warmer)
    return f"The chance that the deeds are {way} than the words is {percent(sure)}."


def _acts(dossier: Dossier) -> str:
    words, deeds = (dossier.channels[name] for name in dossier.words_and_deeds)
    return (
        f"{counted(words.n if words else 0, 'word', 'words')} and "
        f"{counted(deeds.n if deeds else 0, 'deed', 'deeds')} with a sign"
    )


def _period(dossier: Dossier) -> str:
    return f"{day(dossier.span.first)} to {day(dossier.span.last)}"


def _kind(kind: str) -> str:
    if kind == "census":
        return "A census: it aims at all reported acts, so a norm can be taken from it."
    return "A selection: somebody chose these acts, so nothing is decided on them."


def _points(difference: float | None) -> str:
    return NONE if difference is None else f"{_hundredths(difference)} points"


def _hundredths(difference: float | None) -> str:
    return NONE if difference is None else signed(100 * difference, 0)


def channel_rows(dossier: Dossier) -> list[dict[str, Any]]:
    """The channels that the data has, one row each, written."""
    rows = []
    for name, found in dossier.channels.items():
        if found is None:
            continue
        warmth = signed(found.warmth)
        if found.warmth is not None and found.se is not None:
            warmth += f" ± {Z90 * found.se:.2f}"
        rows.append(
            {
                "name": name,
                "called": CHANNELS.get(name, ""),
                "compared": name in dossier.words_and_deeds,
                "cooperative": found.cooperative,
                "conflictual": found.conflictual,
                "neutral": found.neutral,
                "share": percent(found.share),
                "expected": percent(found.expected),
                "dispersion": rate(found.dispersion),
                "warmth": warmth,
                "why": found.why_null or "",
                "rate": rate(found.rate_per_month),
                "expected_rate": rate(found.expected_rate),
                "reports": found.reports,
            }
        )
    return rows


def outcome_rows(dossier: Dossier) -> list[dict[str, str]]:
    """The robustness table, the answer itself first."""
    measured = dossier.selection is None
    return [
        {
            "varied": outcome.varied,
            "words": choice(outcome.varied),
            "estimate": signed(outcome.estimate) if measured else _points(outcome.estimate),
            "decided": outcome.direction or ("no" if measured else "–"),
        }
        for outcome in dossier.outcomes
    ]


def periods(series: Series, volume: pl.DataFrame) -> list[dict[str, Any]]:
    """The figures behind the chart through time: one row a period and channel.

    Empty where they are too many to be read.
    """
    beside = {(row["period"], row["channel"]): row for row in volume.iter_rows(named=True)}
    rows: list[dict[str, Any]] = []
    for row in series.table.iter_rows(named=True):
        if len(rows) == PERIODS_SHOWN:
            return []
        found = beside.get((row["period"], row["channel"]), {})
        rows.append(
            {
                "period": _named(row["period"], series.by),
                "channel": row["channel"],
                "cooperative": row["cooperative"],
                "conflictual": row["conflictual"],
                "share": percent(row["share"]),
                "smoothed": percent(row["smoothed"]),
                "low": percent(row["low90"]),
                "high": percent(row["high90"]),
                "per_10000": rate(found.get("per_10000")),
                "missing": bool(found.get("missing")),
            }
        )
    return rows


def _named(first: Any, by: str) -> str:
    if by == "year":
        return f"{first:%Y}"
    if by == "quarter":
        return f"{first:%Y} Q{(first.month + 2) // 3}"
    return f"{first:%Y-%m}"
