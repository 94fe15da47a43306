"""Generated worlds: tables of acts whose pairs are known beforehand. Nothing here uses the product.

The census spans 1991 and 1992, so that the USSR's acts come before Russia's. Its first file holds
most reports; the second brings reports that came late, of days that the first file covers too.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np

FIRST, DAYS = date(1991, 1, 1), 731
SOVIET_UNION_ENDS = date(1991, 12, 25)

STATES = (
    "Argentina",
    "Australia",
    "Austria",
    "Belgium",
    "Brazil",
    "Bulgaria",
    "Canada",
    "Chile",
    "China",
    "Colombia",
    "Cuba",
    "Denmark",
    "Egypt",
    "Finland",
    "France",
    "Greece",
    "Hungary",
    "India",
    "Indonesia",
    "Iran",
    "Iraq",
    "Israel",
    "Italy",
    "Japan",
    "Jordan",
    "Kenya",
    "Libya",
    "Mexico",
    "Nigeria",
    "Norway",
    "Pakistan",
    "Peru",
    "Poland",
    "Romania",
    "Russia",
    "Spain",
    "Syria",
    "Thailand",
    "Turkey",
    "Vietnam",
)

CODES = {
    ("said", 1): ("020", "036", "051"),
    ("said", -1): ("112", "120", "130"),
    ("said", 0): ("010",),
    ("signed", 1): ("040", "042", "057"),
    ("done", 1): ("060", "070", "081"),
    ("done", -1): ("145", "173", "190"),
}

ROLES = (("{}", 6), ("Military ({})", 3), ("Citizen ({})", 1), ("Unheard Of ({})", 1))
"""How an actor is written, and how often: the state, a government's role, a private one, unknown.
"""

MAPPING = """\
format = "table"
name = "census"
title = "A generated census"
citation = "Drawn by tests/worlds.py"
kind = "census"
missing = ["no genuine acts"]
government = "name"
unresolved = "filter"

[columns]
date = "when"
source = "actor"
target = "recipient"
code = "cameo"
id = "event"
text = "summary"
url = "link"
"""

HEADER = ("when", "actor", "recipient", "cameo", "event", "summary", "link")

DECIDED = ("Russia", "North Korea")
"""Its words are cold and its deeds warm, month after month: a quiet partner."""

UNDECIDED = ("France", "Peru")
"""A handful of ordinary acts."""

SILENT = ("Fiji", "Iceland")
"""Two states that no act joins."""


@dataclass(frozen=True)
class Report:
    """One row of a table of acts."""

    day: str
    source: str
    target: str
    code: str
    summary: str

    def row(self, number: int) -> tuple[str, ...]:
        link = f"https://example.org/{number}"
        return (self.day, self.source, self.target, self.code, f"e{number}", self.summary, link)


def census(seed: int = 1991) -> tuple[list[Report], list[Report]]:
    """Draw the reports of a census: those of the first file, and those that came late."""
    draw = np.random.default_rng(seed)
    on_time: list[Report] = []
    late: list[Report] = []
    for source, target, volume, cold in _pairs(draw):
        words, deeds = draw.normal((1.0, -0.3), (0.8, 1.0))
        if (source, target) == DECIDED:
            shares = {"said": 0.25, "done": 0.9}
        else:
            shares = {"said": _expit(words - cold), "done": _expit(deeds - cold)}
        for channel, mean in (("said", volume), ("done", 0.7 * volume), ("signed", 0.4 * volume)):
            for _ in range(draw.poisson(mean)):
                valence = 1 if channel == "signed" or draw.random() < shares[channel] else -1
                if channel == "said" and draw.random() < 0.1:
                    valence = 0
                for report in _reports(draw, source, target, (channel, valence)):
                    (late if draw.random() < 0.05 else on_time).append(report)
    return on_time, late


def _expit(logit: float) -> float:
    return float(1 / (1 + np.exp(-logit)))


def _pairs(draw: np.random.Generator) -> Iterable[tuple[str, str, float, float]]:
    """Pairs with their expected number of words, and how much colder busy pairs are."""
    yield (*DECIDED, 160.0, 0.0)
    yield (*UNDECIDED, 6.0, 0.0)
    yield ("North Korea", "Russia", 30.0, 0.0)
    named = {DECIDED, UNDECIDED}
    everyone = [(s, t) for s in STATES for t in STATES if s != t and (s, t) not in named]
    for at in draw.choice(len(everyone), 320, replace=False):
        volume = float(np.clip(draw.lognormal(1.6, 0.8), 2.0, 60.0))
        yield (*everyone[at], volume, 0.15 * np.log(volume / 5.0))


def _reports(
    draw: np.random.Generator, source: str, target: str, kind: tuple[str, int]
) -> Iterable[Report]:
    """One to three reports of one act, under one actor name or several."""
    day = FIRST + timedelta(days=int(draw.integers(DAYS)))
    code = str(draw.choice(CODES[kind]))
    source, target = _on(day, source), _on(day, target)
    weights = np.array([weight for _, weight in ROLES], dtype=float)
    for _ in range(int(draw.choice((1, 2, 3), p=(0.6, 0.25, 0.15)))):
        role, _ = ROLES[int(draw.choice(len(ROLES), p=weights / weights.sum()))]
        yield Report(day.isoformat(), role.format(source), target, code, f"act {code} of {source}")


def _on(day: date, name: str) -> str:
    """A state's name on a day: before its end the Soviet Union acts where Russia does later."""
    return "Soviet Union" if name == "Russia" and day <= SOVIET_UNION_ENDS else name


def count(
    reports: Iterable[Report],
    pair: tuple[str, str],
    channel: str,
    valence: int,
    *,
    everyone: bool = False,
    without: str = "-",
) -> int:
    """Distinct (day, code's root) among a pair's reports: acts once a day.

    A report counts if the actor is a state or its military; everyone counts all. Reports whose
    code begins with 'without' are left out. The pair names the Soviet Union by itself.
    """
    source, target = pair
    names = [role.format(source) for role, _ in (ROLES if everyone else ROLES[:2])]
    return len(
        {
            (report.day, report.code[:2])
            for report in reports
            if report.source in names and report.target == target
            if report.code in CODES.get((channel, valence), ())
            if not report.code.startswith(without)
        }
    )


def write_table(path: Path, reports: Sequence[Report], first: int = 1) -> Path:
    """Write reports as CSV, numbered from first on."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(report.row(number) for number, report in enumerate(reports, first))
    return path


COUNT_YEARS = tuple(range(2002, 2009))


def write_counts(path: Path, seed: int = 2002, years: Sequence[int] = COUNT_YEARS) -> Path:
    """Write yearly counts in the columns i, j, year, verbCoop, matlCoop, verbConf, matlConf."""
    draw = np.random.default_rng(seed)
    lines = ["i,j,year,verbCoop,matlCoop,verbConf,matlConf"]
    names = STATES[:18]
    for source in names:
        for target in names:
            if source == target:
                continue
            words, deeds = draw.normal((2.0, -0.5), 0.8)
            volume = draw.lognormal(2.0, 0.7)
            for year in years:
                said, done = draw.poisson(volume), draw.poisson(volume / 2)
                kind_words = draw.binomial(said, _expit(words))
                kind_deeds = draw.binomial(done, _expit(deeds))
                lines.append(
                    f"{source},{target},{year},{kind_words},{kind_deeds},"
                    f"{said - kind_words},{done - kind_deeds}"
                )
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
