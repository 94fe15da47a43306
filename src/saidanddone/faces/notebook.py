"""What answers, series and rankings show in a notebook: self-contained HTML without any script.

Text takes the notebook's own colours, so that it is readable in light and dark. Charts are pictures
on white paper (data addresses): their styles cannot meet those of the notebook.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

import polars as pl

from saidanddone.dossier import (
    VOLUME_COLUMNS,
    Dossier,
    PairPage,
    RankedPair,
    Series,
    leading,
    speaks_against,
)
from saidanddone.dossier.sentence import with_article
from saidanddone.dossier.series import SCHEMA, ChangePoint
from saidanddone.dossier.triggers import Trigger
from saidanddone.faces.notebook_markup import bullets, heading, linked, picture, table
from saidanddone.measure.through_time import By
from saidanddone.model import Column, EvidenceItem

ACTS_SHOWN = 12
"""Acts in the notebook's table; answer.evidence holds all."""

PAIRS_SHOWN = 50
"""Pairs of a ranking in the notebook; the list holds all."""


def html(dossier: Dossier) -> str:
    """Return an answer as HTML: sentence, charts, channels, acts, what speaks against it."""
    selection = dossier.dataset[1] == "selection" and dossier.panel.height
    return "\n".join(_answer(dossier, [through_time(_counted(dossier))] if selection else []))


def page_html(page: PairPage) -> str:
    """Return the page of a pair as HTML: its answer, through time and among all other pairs."""
    # Only here: templates of pages are no part of an answer.
    from saidanddone.faces.pages import charts

    drawn = (charts.alone(page, name) for name in ("through-time", "plane"))
    return "\n".join(_answer(page.dossier, [picture(svg) for svg in drawn if svg]))


def _answer(dossier: Dossier, pictures: Sequence[str]) -> Iterator[str]:
    name, kind = dossier.dataset
    yield f"<h3>{escape(dossier.question)}</h3>"
    yield f"<p><b>{escape(dossier.verdict.sentence)}</b></p>"
    yield _channels(dossier)
    if dossier.gap and dossier.surprise:
        yield _gap(dossier)
    if any(found and found.n for found in dossier.channels.values()):
        yield _bars(dossier)
    yield from pictures
    carrying = dossier.carrying or dossier.evidence
    if carrying:
        shown = leading(carrying, ACTS_SHOWN)
        yield heading(f"Acts that carry it ({len(shown)} of {len(carrying)})")
        yield table(
            ["date", "what", "weight", "act, and where to look it up"],
            [[i.date, _what(i), f"{i.weight:+.3f}", _act(i.text, i.reference)] for i in shown],
        )
    against = speaks_against(dossier)
    if against:
        yield heading("What speaks against it")
        yield bullets(escape(line) for line in against)
    yield f"<p><small>{escape(name)} ({kind}). {linked(dossier.citation)}</small></p>"


def series_html(series: Series) -> str:
    """Return a series as HTML: the chart, the changes with the acts beside them, the notes."""
    source, target = series.source.name, with_article(series.target.name)
    parts = [
        f"<h3>{escape(source)} toward {escape(target)}, by {series.by}</h3>",
        through_time(series),
    ]
    if series.changes:
        parts += [heading("Changes of the share of cooperative acts"), _changes(series.changes)]
    notes = [f"{day}: {what}" for day, what in series.breaks] + list(series.notes)
    if notes:
        parts.append(bullets(escape(note) for note in notes))
    return "\n".join(parts)


def _bars(dossier: Dossier) -> str:
    # Drawings are imported where they are drawn: the command line answers without them.
    from saidanddone.dossier import drawing

    return picture(drawing.channels(dossier, prefix="channels", standalone=True))


def through_time(
    series: Series, volume: pl.DataFrame | None = None, triggers: Sequence[Trigger] = ()
) -> str:
    """Return the chart of a series as a picture; volume as in a page, empty where not known."""
    from saidanddone.dossier import drawing

    if volume is None:
        volume = pl.DataFrame(schema={column.name: _type(column) for column in VOLUME_COLUMNS})
    return picture(drawing.through_time(series, volume, triggers, prefix="time", standalone=True))


class Ranking(list[RankedPair]):
    """The ranked pairs, first the first; a list that shows itself as a table in a notebook."""

    def _repr_html_(self) -> str:
        return ranking_html(self)


def ranking_html(rows: Sequence[RankedPair]) -> str:
    """Return a ranking as a table."""
    if not rows:
        return "<p>No pair of states has enough acts in both channels here.</p>"
    shown = table(
        ["", "pair", "words", "deeds", "gap", "90%", "shrunk", "lfsr", "verdict"],
        [
            [
                str(row.rank),
                escape(f"{row.source.name} → {row.target.name}"),
                _share(row.words.k, row.words.n),
                _share(row.deeds.k, row.deeds.n),
                f"{row.gap.estimate:+z.2f}",
                _interval(row.gap.interval90),
                f"{row.gap_shrunk:+z.2f}",
                f"{row.lfsr:.3f}",
                ", ".join(filter(None, (row.direction, row.corner))) or "–",
            ]
            for row in rows[:PAIRS_SHOWN]
        ],
    )
    more = f" {len(rows) - PAIRS_SHOWN} more follow." if len(rows) > PAIRS_SHOWN else ""
    return (
        f"{shown}<p><small>Where to look, not a finding: read each pair's acts.{more}</small></p>"
    )


def _channels(dossier: Dossier) -> str:
    measured = dossier.selection is None
    head = ["", "acts +", "acts −", "neutral", "share", "expected" if measured else "ICEWS norm"]
    rows = [
        [
            f"<b>{name}</b>" if name in dossier.words_and_deeds else name,
            f"{found.cooperative:,}",
            f"{found.conflictual:,}",
            f"{found.neutral:,}",
            _number(found.share, ".0%"),
            _number(found.expected, ".0%"),
            *([_number(found.warmth, "+z.2f"), _number(found.se, ".2f")] if measured else []),
        ]
        for name, found in dossier.channels.items()
        if found
    ]
    return table([*head, "warmth", "s.e."] if measured else head, rows)


def _gap(dossier: Dossier) -> str:
    told = (
        ("gap", dossier.gap, "deeds less words, in logits"),
        ("surprise", dossier.surprise, "deeds less what such words foretell, in logits"),
    )
    return table(
        ["", "estimate", "90%", ""],
        [
            [name, f"{found.estimate:+z.2f}", _interval(found.interval90), means]
            for name, found, means in told
            if found
        ],
    )


def _counted(dossier: Dossier) -> Series:
    """A selection through time: its counts, without any trend."""
    channels = (
        ["verbal", "material"] if dossier.channels["said"] is None else ["said", "signed", "done"]
    )
    unit: By = "year" if dossier.yearly else "month"
    counts = ["cooperative", "conflictual"]
    table = (
        dossier.panel.filter(pl.col("channel").is_in(channels))
        .group_by(pl.col("period").dt.truncate(f"1{unit[0].replace('m', 'mo')}"), "channel")
        .agg(pl.col(counts).sum())
        .with_columns(n=pl.sum_horizontal(counts))
        .sort("channel", "period")
    )
    known = {name: pl.col(name) for name in table.columns}
    columns = [
        known.get(name, pl.lit(None)).cast(kind).alias(name) for name, kind in SCHEMA.items()
    ]
    return Series(
        source=dossier.source,
        target=dossier.target,
        window=dossier.window,
        dataset=dossier.dataset,
        by=unit,
        table=table.select(columns),
        changes=(),
        breaks=(),
        notes=(),
    )


def _changes(changes: Sequence[ChangePoint]) -> str:
    return table(
        ["channel", "from", "90% between", "before", "after", "acts beside it"],
        [
            [
                change.channel,
                change.at.isoformat(),
                f"{change.since} and {change.until}",
                f"{change.before:.0%}",
                f"{change.after:.0%}",
                "<br>".join(
                    f"{escape(act.date)} {escape(act.code or '')} {_act(act.text, act.reference)}"
                    for act in (*change.acts_before, *change.acts_after)
                ),
            ]
            for change in changes
        ],
    )


def _type(column: Column) -> pl.DataType:
    found: pl.DataType = getattr(pl, column.type)()
    return found


def _what(item: EvidenceItem) -> str:
    sign = {1: "+", -1: "−"}.get(item.valence, "0")
    code = f" ({escape(item.code)})" if item.code else ""
    return f"{escape(item.channel)} {sign}{code}"


def _act(text: str, reference: str | None) -> str:
    where = f" <small>[{linked(reference)}]</small>" if reference else ""
    return f"{escape(text)}{where}"


def _share(k: float, n: float) -> str:
    return f"{k / n:.0%} of {n:,.0f}" if n else "–"


def _interval(interval: tuple[float, float]) -> str:
    return f"{interval[0]:+z.2f} to {interval[1]:+z.2f}"


def _number(value: float | None, form: str) -> str:
    return "–" if value is None else format(value, form)
