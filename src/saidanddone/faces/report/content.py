"""The content of a report: the page of a pair laid out as blocks, nothing computed anew."""

from __future__ import annotations

import re
from html import unescape

from saidanddone import __version__
from saidanddone.archive import described
from saidanddone.dossier import PairPage
from saidanddone.faces.report.blocks import (
    Block,
    Bullets,
    Code,
    Figure,
    Paragraph,
    Report,
    Section,
    Table,
)
from saidanddone.faces.report.evidence import against_it, carrying
from saidanddone.faces.report.figures import SIGN_NAMES, interval, number, percent, rate, warmth
from saidanddone.model import Actor

NOTHING_IMPUTED = (
    "This report measures reported acts. It says nothing about intentions, and an act that was not "
    "reported is not in it."
)

_WORDS = re.compile(r"<(?:title|desc)[^>]*>([^<]*)</")
"""What a drawing says of itself, first its title and then its description."""


def report(page: PairPage) -> Report:
    """Lay the page of a pair out as a report."""
    dossier = page.dossier
    name, kind = dossier.dataset
    title = dossier.title or name
    span = f"{dossier.span.first} to {dossier.span.last}"
    updated = f"last act {page.updated}" if page.updated else "no acts"
    sections = [
        Section("Through time", _through_time(page)),
        Section("Among all pairs", _among_all(page)),
        Section("The channels in figures", _channels(page)),
        Section("What speaks against it", _bullets(page.against)),
        Section("With other choices", _robustness(page)),
        Section("Acts that carry it", carrying(dossier)),
        Section("Acts that pull the other way", against_it(dossier)),
        Section("Topics", _topics(page)),
        Section("Beside the events, no part of the answer", _beside(page)),
        Section("Related pairs", _related(page)),
        Section("Coverage and gaps", _coverage(page)),
        Section("Method", (Paragraph(page.methods), Paragraph(NOTHING_IMPUTED))),
        Section("How to cite", (Code(page.citations.bibtex),)),
    ]
    return Report(
        question=dossier.question,
        verdict=dossier.verdict.sentence,
        about=f"{title} ({name}, {kind}), {span}; {updated}. Said & Done {__version__}.",
        sections=tuple(section for section in sections if section.blocks),
        updated=page.updated.isoformat() if page.updated else None,
    )


def _bullets(lines: tuple[str, ...] | list[str]) -> tuple[Block, ...]:
    return (Bullets(tuple(line[:1].upper() + line[1:] for line in lines)),) if lines else ()


def _through_time(page: PairPage) -> tuple[Block, ...]:
    drawn = () if page.series.table.is_empty() else _figure(page, "through-time")
    lines = [
        f"{change.channel}: the share of cooperative acts changed from {percent(change.before)} to "
        f"{percent(change.after)} in the period from {change.at} (between {change.since} and "
        f"{change.until} with probability 0.9)."
        for change in page.series.changes
    ]
    lines += [
        f"{day}: the dataset itself began to count otherwise ({what})."
        for day, what in page.series.breaks
    ]
    lines += [f"{note}." for note in page.series.notes]
    return (*drawn, *_bullets(lines))


def _among_all(page: PairPage) -> tuple[Block, ...]:
    corners = page.dossier.corners
    if not corners:
        return _figure(page, "plane")
    ranked = sorted(corners.items(), key=lambda item: -item[1])
    table = Table(("corner", "probability"), tuple((name, percent(p)) for name, p in ranked))
    return (*_figure(page, "plane"), table)


def _figure(page: PairPage, name: str) -> tuple[Figure, ...]:
    """A chart of the page, with the words that it carries itself."""
    from saidanddone.faces.pages import charts

    svg = charts.alone(page, name)
    if svg is None:
        return ()
    words = ". ".join(unescape(found).rstrip(".") for found in _WORDS.findall(svg)[:2]) + "."
    return (Figure(name, svg, words),)


def _channels(page: PairPage) -> tuple[Block, ...]:
    dossier = page.dossier
    measured = dossier.selection is None
    head = [
        "channel",
        "acts +",
        "acts −",
        "neutral",
        "share",
        "expected" if measured else "ICEWS norm",
    ]
    head += ["warmth (90%)", "a month", "expected a month"] if measured else []
    rows = []
    why: dict[str, list[str]] = {}
    for name, found in dossier.channels.items():
        if found is None:
            continue
        row = [
            name, f"{found.cooperative:,}", f"{found.conflictual:,}", f"{found.neutral:,}",
            percent(found.share), percent(found.expected),
        ]  # fmt: skip
        if measured:
            row += [warmth(found), rate(found.rate_per_month), rate(found.expected_rate)]
        rows.append(tuple(row))
        if measured and found.why_null:
            why.setdefault(found.why_null, []).append(name)
    words, deeds = dossier.words_and_deeds
    blocks: list[Block] = [
        Paragraph(f"Words are the channel '{words}', deeds the channel '{deeds}'."),
        Table(tuple(head), tuple(rows)),
    ]
    estimates = [
        (name, interval(estimate), meaning)
        for name, estimate, meaning in (
            ("gap", dossier.gap, "warmth of deeds less warmth of words, in logits"),
            ("surprise", dossier.surprise, "deeds less what such words foretell, in logits"),
        )
        if estimate
    ]
    if estimates:
        blocks.append(Table(("measure", "estimate (90%)", "what it is"), tuple(estimates), words=3))
    lines = [f"No warmth of {', '.join(names)}: {reason}." for reason, names in why.items()]
    return (*blocks, *_bullets(lines))


def _robustness(page: PairPage) -> tuple[Block, ...]:
    dossier, robust = page.dossier, page.dossier.robustness
    if len(dossier.outcomes) < 2:
        return ()
    measured = dossier.selection is None
    head = ("choice", "gap" if measured else "difference of shares", "decided")
    rows = tuple(
        (outcome.varied, number(outcome.estimate), outcome.direction or "no")
        for outcome in dossier.outcomes
    )
    most = f"; '{robust.most_sensitive_to}' changes it most" if robust.most_sensitive_to else ""
    return (
        Paragraph(
            f"Of {robust.specifications} sets of choices {robust.same_direction} agree in sign and "
            f"{robust.decided} decide{most}."
        ),
        Table(head, rows),
    )


def _topics(page: PairPage) -> tuple[Block, ...]:
    rows = tuple(
        (t.title, f"{t.cooperative:,}", f"{t.conflictual:,}", f"{t.neutral:,}") for t in page.topics
    )
    return (Table(("topic", *(f"{name}" for name in SIGN_NAMES)), rows),) if rows else ()


def _beside(page: PairPage) -> tuple[Block, ...]:
    # Kinds of a measure are told by the command indicators.
    whole = [one for one in page.dossier.indicators if ":" not in one.measure]
    return _bullets([f"{one.sentence} ({one.dataset})" for one in whole])


def _related(page: PairPage) -> tuple[Block, ...]:
    def named(actor: Actor) -> str:
        return f"{actor.name} ({actor.id})"

    rows = tuple(
        (
            f"{named(one.source)} toward {named(one.target)}",
            one.why,
            f"{one.acts:,}",
            number(one.gap),
        )
        for one in page.related
    )
    head = ("pair", "why", "acts with a sign", "gap")
    return (Table(head, rows, words=2),) if rows else ()


def _coverage(page: PairPage) -> tuple[Block, ...]:
    coverage = page.dossier.coverage
    lines = [
        f"{coverage.files:,} {'file' if coverage.files == 1 else 'files'}, {coverage.rows:,} rows "
        f"read = {coverage.kept:,} kept + {coverage.set_aside:,} set aside + "
        f"{coverage.filtered:,} filtered.",
        f"{coverage.months:,} months or years with acts, {coverage.first or '–'} to "
        f"{coverage.last or '–'}; {len(coverage.months_missing):,} between them without any.",
    ]
    lines += [f"{note}." for note in coverage.notes]
    lines += [f"Missing: {described(page.gaps)}." if page.gaps else ""]
    if coverage.missing:
        lines.append(f"Limits of this source: {'; '.join(coverage.missing)}.")
    lines += [f"Other datasets here, which are never added: {', '.join(coverage.other_datasets)}."
              if coverage.other_datasets else ""]  # fmt: skip
    if page.dossier.citation:
        lines.append(f"Source: {page.dossier.citation}")
    return _bullets([line for line in lines if line])
