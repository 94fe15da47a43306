"""An answer on the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from saidanddone.dossier import Dossier, explain, leading, speaks_against
from saidanddone.faces.sparkline import into_bins, sparkline
from saidanddone.model import ChannelAnswer, Estimate, EvidenceItem

ACTS_SHOWN = 12
"""Acts on the terminal; --json lists all that carry the answer."""

BARS_WIDTH = 60
"""Characters of the chart through time: fits a terminal of 80 columns with its labels."""

NAMES = {
    "said": "said",
    "signed": "signed",
    "done": "done",
    "verbal": "verbal",
    "material": "material",
}


def show(dossier: Dossier, console: Console, *, arithmetic: bool = False) -> None:
    """Print an answer; arithmetic adds the steps from counts to verdict."""
    console.print(Text(dossier.question, style="bold"))
    console.print(Padding(Text(dossier.verdict.sentence), (1, 0, 1, 0)))
    for title, part in _parts(dossier):
        console.print(Text(title, style="bold"))
        console.print(Padding(part, (0, 0, 1, 2)))
    if arithmetic:
        console.print(Text("The arithmetic", style="bold"))
        console.print(Padding(Text("\n".join(explain(dossier))), (0, 0, 1, 2)))


def _parts(dossier: Dossier) -> Iterator[tuple[str, RenderableType]]:
    yield "Channels", _channels(dossier)
    if dossier.gap and dossier.surprise:
        yield "Words against deeds", _gap(dossier)
    if dossier.panel.height:
        yield f"Through time ({_span(dossier)})", _through_time(dossier)
    carrying = dossier.carrying or dossier.evidence
    if carrying:
        shown = leading(carrying, ACTS_SHOWN)
        yield f"Acts that carry it ({len(shown)} of {len(carrying)})", _acts(shown)
    against = speaks_against(dossier)
    if against:
        yield "What speaks against it", _bullets(against)
    if dossier.indicators:
        # Kinds of a measure are told by the command indicators.
        whole = [one for one in dossier.indicators if ":" not in one.measure]
        beside = [f"{one.sentence} ({one.dataset})" for one in whole]
        yield "Beside the events, no part of the answer (rank 1: the highest)", _bullets(beside)
    if len(dossier.outcomes) > 1:
        yield "With other choices", _outcomes(dossier)
    yield "Coverage", _coverage(dossier)


def _table(*columns: str, text: int = 1) -> Table:
    """A plain table whose first columns hold text and whose others hold numbers."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    for i, name in enumerate(columns):
        table.add_column(name, justify="left" if i < text else "right")
    return table


def _channels(dossier: Dossier) -> Table:
    measured = dossier.selection is None
    table = _table(
        "",
        "acts +",
        "acts −",
        "neutral",
        "share",
        "expected" if measured else "ICEWS norm",
        *(("warmth (90%)", "a month", "expected") if measured else ()),
    )
    for name, channel in dossier.channels.items():
        if channel is None:
            continue
        style = "bold" if name in dossier.words_and_deeds else ""
        row = [
            NAMES[name],
            f"{channel.cooperative:,}",
            f"{channel.conflictual:,}",
            f"{channel.neutral:,}",
            _percent(channel.share),
            _percent(channel.expected),
        ]
        if measured:
            row += [_warmth(channel), _rate(channel.rate_per_month), _rate(channel.expected_rate)]
        table.add_row(*row, style=style)
    return table


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.0%}"


def _rate(rate: float | None) -> str:
    return "–" if rate is None else f"{rate:,.1f}"


def _warmth(channel: ChannelAnswer) -> str:
    if channel.warmth is None or channel.se is None:
        return "–"
    return f"{channel.warmth:+z.2f} ± {1.645 * channel.se:.2f}"


def _gap(dossier: Dossier) -> Group:
    lines = []
    for name, estimate, means in (
        ("gap", dossier.gap, "deeds less words"),
        ("surprise", dossier.surprise, "deeds less what such words foretell"),
    ):
        if estimate:
            lines.append(Text(f"{name:9} {_interval(estimate)}   {means}, in logits"))
    corners = sorted((dossier.corners or {}).items(), key=lambda item: -item[1])
    named = ", ".join(f"{name} {p:.0%}" for name, p in corners if p >= 0.005)
    lines.append(Text(f"corners   {named}"))
    robust = dossier.robustness
    lines.append(
        Text(
            f"of {robust.specifications} sets of choices {robust.same_direction} agree in sign, "
            f"{robust.decided} decide; most sensitive to {robust.most_sensitive_to or 'none'}"
        )
    )
    return Group(*lines)


def _interval(estimate: Estimate) -> str:
    low, high = estimate.interval90
    return f"{estimate.estimate:+z.2f}  90%: {low:+z.2f} to {high:+z.2f}"


def _span(dossier: Dossier) -> str:
    return f"{dossier.span.first} to {dossier.span.last}"


def _through_time(dossier: Dossier) -> Table:
    table = Table.grid(padding=(0, 1))
    width = 0
    for channel, title in zip(dossier.words_and_deeds, ("words", "deeds"), strict=True):
        series = {sign: _series(dossier, channel, sign) for sign in ("cooperative", "conflictual")}
        top = max((max(values, default=0.0) for values in series.values()), default=0.0)
        for sign, mark, colour in (("cooperative", "+", "cyan"), ("conflictual", "−", "red")):
            values = series[sign]
            bars = Text(sparkline(values, top), style=colour)
            width = len(bars)
            table.add_row(f"{title} {mark}", bars, Text(f"at most {max(values, default=0):,.0f}"))
    first, last = _period(dossier, dossier.span.first), _period(dossier, dossier.span.last)
    table.add_row("", Text(first + last.rjust(max(width - len(first), len(last) + 1)), style="dim"))
    return table


def _period(dossier: Dossier, day: date) -> str:
    return f"{day:%Y}" if dossier.yearly else f"{day:%Y-%m}"


def _series(dossier: Dossier, channel: str, sign: str) -> list[float]:
    """Acts by month (years from six on), empty ones included, in at most BARS_WIDTH bins."""
    yearly = dossier.yearly

    def number(day: date) -> int:
        return day.year if yearly else day.year * 12 + day.month - 1

    first, last = number(dossier.span.first), number(dossier.span.last)
    values = [0.0] * (last - first + 1)
    for row in dossier.panel.iter_rows(named=True):
        at = number(row["period"]) - first
        if row["channel"] == channel and 0 <= at < len(values):
            values[at] += row[sign]
    return into_bins(values, BARS_WIDTH)


def _acts(items: list[EvidenceItem]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim", expand=True)
    table.add_column("date", no_wrap=True)
    table.add_column("what", no_wrap=True)
    table.add_column("weight", justify="right", no_wrap=True)
    table.add_column("act, and where to look it up", ratio=1)
    for item in items:
        sign = {1: "+", -1: "−", 0: "0"}[item.valence]
        text = Text(item.text)
        text.append(f"  [{item.reference}]", style="dim")
        weight = f"{item.weight:+.3f}" if item.weight else "–"
        code = f"{item.channel} {sign}" + (f" ({item.code})" if item.code else "")
        table.add_row(item.date, code, weight, text)
    return table


def _bullets(lines: list[str]) -> Group:
    table = Table.grid(padding=(0, 1))
    for line in lines:
        table.add_row("·", Text(line))
    return Group(table)


def _outcomes(dossier: Dossier) -> Table:
    measured = dossier.selection is None
    table = _table("choice", "gap" if measured else "difference", "decided" if measured else "")
    for outcome in dossier.outcomes:
        estimate = "–" if outcome.estimate is None else f"{outcome.estimate:+z.2f}"
        table.add_row(outcome.varied, estimate, outcome.direction or ("no" if measured else ""))
    return table


def _coverage(dossier: Dossier) -> Group:
    coverage = dossier.coverage
    name, kind = dossier.dataset
    lines = [
        f"{name} ({kind}), {coverage.first or '–'} to {coverage.last or '–'}: {coverage.files} "
        f"file{'s' if coverage.files != 1 else ''}, {coverage.rows:,} rows read = "
        f"{coverage.kept:,} kept + {coverage.set_aside:,} set aside + {coverage.filtered:,} "
        "filtered",
        *coverage.notes,
    ]
    cannot_give = [what for what in coverage.missing if what not in coverage.notes]
    if cannot_give:
        lines.append(f"this source cannot give: {', '.join(cannot_give)}")
    if dossier.citation:
        lines.append(f"cite: {dossier.citation}")
    return _bullets(lines)
