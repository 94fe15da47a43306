"""Event studies: as functions, in a notebook and on the terminal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from saidanddone import actors, dossier
from saidanddone.dossier.sentence import percent, with_article
from saidanddone.dossier.study import Study, event_study
from saidanddone.dossier.triggers import Trigger, triggers
from saidanddone.errors import BadChoice
from saidanddone.faces.questions import open_store, question_about
from saidanddone.measure.event_study import Counts, benjamini_hochberg
from saidanddone.model import Window

Progress = Callable[[str], None]

SHOWN = 12
"""Triggers listed on the terminal; the JSON has all."""


class ShownStudy(Study):
    """A study that draws itself."""

    def plot(self, path: str | Path | None = None) -> Any:
        """Return the chart, or draw it into PNG, SVG or HTML."""
        from saidanddone.dossier import study_chart

        if path is None:
            return study_chart.draw(self)
        study_chart.save(self, Path(path))
        return Path(path)


@dataclass(frozen=True, slots=True)
class StudiedPair:
    """One of many pairs: its study, and the rates at which its effects would be false discoveries.

    q and q_dependent: Benjamini-Hochberg and Benjamini-Yekutieli, by effect; over all pairs.
    """

    study: Study
    q: dict[str, float]
    q_dependent: dict[str, float]

    def to_dict(self) -> dict[str, Any]:
        """The study with both rates."""
        return {**self.study.to_dict(), "q": self.q, "q_dependent": self.q_dependent}


def study(
    source: str,
    target: str,
    *,
    triggers: str | Sequence[Trigger],
    before_days: int = 90,
    after_days: int = 90,
    **choices: Any,
) -> ShownStudy:
    """Study a pair's words and deeds around triggers.

    triggers: a shipped list, leaders:STATE, a CSV file, or triggers. choices as in ask. Raises
    errors of saidanddone.errors.
    """
    store, question = question_about(source, target, **choices)
    found = event_study(
        store, question, _chosen(triggers), before_days=before_days, after_days=after_days
    )
    return ShownStudy(**{field.name: getattr(found, field.name) for field in fields(found)})


def study_targets(
    source: str,
    *,
    triggers: str | Sequence[Trigger],
    archive: str | Path | None = None,
    dataset: str | None = None,
    since: str | None = None,
    until: str | None = None,
    before_days: int = 90,
    after_days: int = 90,
    progress: Progress = lambda _: None,
    **choices: Any,
) -> list[StudiedPair]:
    """Study a source toward every state that it has acts toward, false discoveries controlled.

    Ordered by the p-value of the gap. Pairs for which nothing can be tested are left out.
    """
    chosen = _chosen(triggers)
    store = open_store(archive)
    held = dossier.dataset_to_rank(store, dataset)
    of_source = actors.resolve(source)
    cells = store.cells(held.name, window=Window.parse(since, until), sources=[of_source.id])
    named = {one.id for one in _states()} & set(cells["target"].unique())
    tested = []
    for target in sorted(named):
        progress(f"studying {of_source.name} toward {target}")
        found = study(
            of_source.id,
            target,
            triggers=chosen,
            archive=archive,
            dataset=held.name,
            since=since,
            until=until,
            before_days=before_days,
            after_days=after_days,
            **choices,
        )
        if found.effects is not None:
            tested.append(found)
    return _controlled(tested)


def _states() -> list[Any]:
    table = actors.actors()
    return [
        actors.actor(row["id"])
        for row in table.iter_rows(named=True)
        if row["kind"] != "organization"
    ]


def _controlled(tested: Sequence[Study]) -> list[StudiedPair]:
    names = ("words", "deeds", "gap", "rate of words", "rate of deeds")
    p = {name: np.array([s.effects[name].p for s in tested if s.effects]) for name in names}
    q = {name: benjamini_hochberg(values) for name, values in p.items()}
    dependent = {name: benjamini_hochberg(p[name], dependent=True) for name in names}
    order = np.argsort(p["gap"], kind="stable")
    return [
        StudiedPair(
            tested[i],
            {name: float(q[name][i]) for name in names},
            {name: float(dependent[name][i]) for name in names},
        )
        for i in order
    ]


def _chosen(named: str | Sequence[Trigger]) -> tuple[Trigger, ...]:
    if isinstance(named, str):
        return triggers(named)
    if not named:
        raise BadChoice("there are no triggers", "at least one", "give a list that has some")
    return tuple(named)


def show(found: Study, console: Console) -> None:
    """Print counts, effects and each trigger's own window."""
    pair = f"{found.source.name} toward {with_article(found.target.name)}"
    console.print(
        f"[bold]{pair}[/bold] around {len(found.windows)} triggers, {found.before_days} days before"
        f" and {found.after_days} after, in {found.dataset[0]} ({found.dataset[1]})"
    )
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("", "before", "after", "change", "90%", "p"):
        table.add_column(name, justify="left" if not name else "right")
    for name, own in (("words", found.words), ("deeds", found.deeds)):
        table.add_row(name, *_pools(own), *_judged(found, name))
    if found.effects:
        table.add_row("gap", "", "", *_judged(found, "gap"))
        for name, own in (("rate of words", found.words), ("rate of deeds", found.deeds)):
            before = f"{own.n_before / max(1, own.days_before):.2f} a day"
            after = f"{own.n_after / max(1, own.days_after):.2f} a day"
            table.add_row(name, before, after, *_judged(found, name))
    console.print(table)
    if found.effects:
        placebos = next(iter(found.effects.values())).placebos
        console.print(
            f"[dim]change in logits (rates: logs); p against {placebos} placebo shifts of all "
            "triggers through the days covered[/dim]"
        )
    for own_window in found.windows[:SHOWN]:
        words, deeds = own_window.words, own_window.deeds
        console.print(
            f"  {own_window.date} {own_window.what}: words {_change(words)}, deeds {_change(deeds)}"
        )
    if len(found.windows) > SHOWN:
        console.print(f"  and {len(found.windows) - SHOWN} more")
    if found.outside:
        first, last = found.covered
        console.print(
            f"  · {len(found.outside)} triggers have no whole windows inside {first} to {last}"
        )
    for note in found.notes:
        console.print(f"  · {note}")


def show_targets(rows: Sequence[StudiedPair], console: Console, top: int = 30) -> None:
    """Print many pairs, one a line."""
    if not rows:
        console.print("Nothing can be tested: no trigger has whole windows inside the data.")
        return
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("target", "words", "deeds", "gap", "p", "q", "q, dependent"):
        table.add_column(name, justify="left" if name == "target" else "right")
    for row in rows[:top]:
        effects = row.study.effects or {}
        table.add_row(
            row.study.target.name,
            *(f"{effects[name].estimate:+z.2f}" for name in ("words", "deeds", "gap")),
            f"{effects['gap'].p:.3f}",
            f"{row.q['gap']:.3f}",
            f"{row.q_dependent['gap']:.3f}",
        )
    console.print(table)
    console.print(
        f"[dim]{len(rows)} pairs; q: false discovery rate over them (Benjamini-Hochberg; under any "
        "dependence Benjamini-Yekutieli)[/dim]"
    )


def _pools(own: Counts) -> tuple[str, str]:
    return _share(own.k_before, own.n_before), _share(own.k_after, own.n_after)


def _share(k: int, n: int) -> str:
    return f"{percent(k / n)} of {n:,}" if n else "none"


def _change(own: Counts) -> str:
    before, after = _pools(own)
    return f"{before} → {after}"


def _judged(found: Study, name: str) -> tuple[str, str, str]:
    if not found.effects:
        return "–", "–", "–"
    effect = found.effects[name]
    low, high = effect.interval90
    return f"{effect.estimate:+z.2f}", f"{low:+z.2f} to {high:+z.2f}", f"{effect.p:.3f}"
