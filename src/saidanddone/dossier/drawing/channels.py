"""The channels of an answer as bars: how cooperative the acts are, and how much was expected."""

from __future__ import annotations

from saidanddone.dossier.dossier import Dossier
from saidanddone.dossier.drawing.element import box, finite, group, mark, num, text
from saidanddone.dossier.drawing.sheet import (
    EDGE,
    NARROW,
    SIZE,
    SMALL,
    WIDE,
    Caption,
    Sample,
    Words,
    checked,
    key,
    sheet,
)
from saidanddone.dossier.drawing.through_time_words import CHANNELS
from saidanddone.dossier.sentence import percent, with_article
from saidanddone.model import ChannelAnswer

BAR = 24.0
ROW = 104.0


def channels(
    dossier: Dossier, *, prefix: str, standalone: bool = False, narrow: bool = False
) -> str:
    """Draw a bar a channel: the share of cooperative among the acts with a sign, the share that
    the norm expects marked on it, the counts beside it."""
    checked(prefix)
    width = NARROW if narrow else WIDE
    shown = _shown(dossier)
    parts = []
    for i, (name, found) in enumerate(shown):
        parts.append(_row(name, found, 4 + i * ROW, width))
    bottom = 4 + len(shown) * ROW
    drawn, tall = key(_samples([found for _, found in shown]), EDGE, bottom, width - 2 * EDGE)
    source, kind = dossier.dataset
    return sheet(
        [*parts, drawn],
        channels_words(dossier),
        prefix=prefix,
        width=width,
        height=round(bottom + tall + 6),
        standalone=standalone,
        caption=Caption(f"Acts reported in {source} ({kind}), by sign"),
    )


def channels_words(dossier: Dossier) -> Words:
    """What the bars show, in sentences with their figures."""
    target = with_article(dossier.target.name)
    said = []
    for name, found in _shown(dossier):
        channel = CHANNELS[name][0]
        if not found.n and not found.neutral:
            said.append(f"{channel}: no acts.")
            continue
        sentence = f"{channel}: {_counts(found)}"
        if found.share is not None:
            sentence += f"; {percent(found.share)} of those with a sign are cooperative"
        if found.expected is not None:
            sentence += f", {percent(found.expected)} were expected"
        said.append(sentence + ".")
    return Words(f"{dossier.source.name} toward {target} by channel", " ".join(said) or "No acts.")


def channels_alt(dossier: Dossier) -> str:
    """What the bars show, in words."""
    return channels_words(dossier).alt


def _shown(dossier: Dossier) -> list[tuple[str, ChannelAnswer]]:
    """Said, signed and done; verbal and material where the dataset has no others."""
    for names in (("said", "signed", "done"), ("verbal", "material")):
        found = [(name, a) for name in names if (a := dossier.channels.get(name)) is not None]
        if found:
            return found
    return []


def _counts(found: ChannelAnswer) -> str:
    return (
        f"{found.cooperative:,} cooperative, {found.conflictual:,} conflictual, "
        f"{found.neutral:,} neutral"
    )


def _row(name: str, found: ChannelAnswer, top: float, width: float) -> str:
    left, right = EDGE, width - EDGE
    channel, holds = CHANNELS[name]
    bold = mark("tspan", "title", channel, font_weight="bold")
    about = f"  {holds}" if width >= WIDE else ""
    heading = mark("text", "label", bold + about, x=left, y=top + 14, font_size=SIZE + 1)
    counts = text(_counts(found), left, top + 82, font_size=SMALL)
    y, wide = top + 24, right - left
    share = finite(found.share)
    if share is None or not found.n:
        frame = mark("rect", "axis", x=left, y=y, width=wide, height=BAR)
        said = text("no acts with a sign", left + 8, y + 16)
        return heading + frame + said + counts
    edge = left + wide * share
    bars = group("cooperative", [box(left, y, edge - left, BAR)] if share > 0 else [])
    bars += group("conflictual", [box(edge, y, right - edge, BAR)] if share < 1 else [])
    figure = mark(
        "text", "value", f"{percent(share)} cooperative", x=right, y=top + 14,
        text_anchor="end", font_size=SIZE + 1, font_weight="bold",
    )  # fmt: skip
    return heading + figure + bars + _expected(finite(found.expected), left, wide, y) + counts


def _expected(expected: float | None, left: float, wide: float, y: float) -> str:
    """A line through the bar where the norm expects the share, and its figure."""
    if expected is None:
        return ""
    x = left + wide * min(max(expected, 0.0), 1.0)
    # Paper beside the line, as it has to be seen on both colours.
    halo = mark("path", "halo", d=f"M{num(x)} {num(y - 3)}V{num(y + BAR + 3)}", stroke_width=6)
    drawn = mark("path", "expected", d=f"M{num(x)} {num(y - 4)}V{num(y + BAR + 4)}")
    label = f"{percent(expected)} expected"
    anchor = "start" if x < left + 60 else "end" if x > left + wide - 60 else "middle"
    return halo + drawn + text(label, x, y + BAR + 16, text_anchor=anchor, font_size=SMALL)


def _samples(found: list[ChannelAnswer]) -> list[Sample]:
    samples = []
    for sign in ("cooperative", "conflictual"):
        square = mark("rect", sign, x=-6, y=-6, width=12, height=12)
        samples.append(Sample(square, sign))
    if any(answer.expected is not None for answer in found):
        drawn = mark("path", "expected", d="M0 -7V7")
        samples.append(Sample(drawn, "share that the norm expects"))
    return samples
