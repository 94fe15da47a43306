"""The plane of words and deeds: one pair among all others, between the four corners."""

from __future__ import annotations

import numpy as np
import polars as pl

from saidanddone.dossier.drawing.element import (
    cut,
    group,
    line,
    mark,
    num,
    text,
    width_of,
)
from saidanddone.dossier.drawing.plane_cloud import binned, cloud, radius
from saidanddone.dossier.drawing.plane_frame import Frame, Places, ground
from saidanddone.dossier.drawing.sheet import (
    EDGE,
    NARROW,
    SMALL,
    WIDE,
    Caption,
    Sample,
    Words,
    checked,
    key,
    sheet,
)
from saidanddone.dossier.sentence import interval, with_article
from saidanddone.measure.choices import MARGIN
from saidanddone.model import Actor, Estimate

CORNERS = {
    "quiet partner": (-1, 1),
    "open friend": (1, 1),
    "open rival": (-1, -1),
    "false friend": (1, -1),
}
"""Where each corner lies: words to the right, deeds up."""


def plane(  # noqa: PLR0917
    pairs: pl.DataFrame,
    source: Actor,
    target: Actor,
    words_estimate: Estimate | None,
    deeds_estimate: Estimate | None,
    margin: float = MARGIN,
    *,
    prefix: str,
    standalone: bool = False,
    narrow: bool = False,
) -> str:
    """Draw the plane.

    pairs has the columns of dossier.page.PLANE_COLUMNS; pairs that lie close share one mark, as
    large as they are many. The estimates are this pair's warmth of words and deeds in logits with
    90% intervals; without them it is not placed. margin as in measure/choices.py.
    """
    checked(prefix)
    width = NARROW if narrow else WIDE
    found = _others(pairs, source, target)
    frame = Frame.around(found, words_estimate, deeds_estimate, narrow)
    marks = binned(found, frame)
    parts = [ground(frame, margin), cloud(marks, frame)]
    parts.append(_names(frame))
    placed = words_estimate is not None and deeds_estimate is not None
    if words_estimate is not None and deeds_estimate is not None:
        name = f"{source.name} → {target.name}"
        parts.append(_this_pair(frame, words_estimate, deeds_estimate, name))
    drawn, tall = key(_samples(marks, placed, frame), EDGE, frame.bottom + 46, width - 2 * EDGE)
    return sheet(
        [*parts, drawn],
        plane_words(pairs, source, target, words_estimate, deeds_estimate),
        prefix=prefix,
        width=width,
        height=round(frame.bottom + 52 + tall),
        standalone=standalone,
        caption=Caption(
            "Warmth of words and deeds against what the norm expects of a pair with so many acts",
            ("Scales in logits: 0.7 is twice the odds of a cooperative act, 2.3 ten times.",),
        ),
    )


def plane_words(
    pairs: pl.DataFrame,
    source: Actor,
    target: Actor,
    words_estimate: Estimate | None,
    deeds_estimate: Estimate | None,
) -> Words:
    """What the plane shows, in sentences with its figures."""
    others = _others(pairs, source, target)
    title = f"{source.name} toward {with_article(target.name)} among all pairs: words and deeds"
    if words_estimate is None or deeds_estimate is None:
        place = "This pair has no place on it, as its words or deeds are not measured."
    else:
        place = (
            f"Words {_side(words_estimate)}, {interval(words_estimate)} logits; "
            f"deeds {_side(deeds_estimate)}, {interval(deeds_estimate)} logits."
        )
    some = f"{len(others):,} other pair{'' if len(others) == 1 else 's'}"
    return Words(title, f"{place} Drawn among {some} of states.")


def plane_alt(
    pairs: pl.DataFrame,
    source: Actor,
    target: Actor,
    words_estimate: Estimate | None,
    deeds_estimate: Estimate | None,
) -> str:
    """What the plane shows, in words."""
    return plane_words(pairs, source, target, words_estimate, deeds_estimate).alt


def _side(estimate: Estimate) -> str:
    return "warmer than expected" if estimate.estimate >= 0 else "colder than expected"


def _others(pairs: pl.DataFrame, source: Actor, target: Actor) -> Places:
    """Words and deeds of all other pairs that have both, one row each."""
    this = (pl.col("source") == source.id) & (pl.col("target") == target.id)
    both = pairs.filter(~this).select(pl.col("words", "deeds").cast(pl.Float64))
    table: Places = both.to_numpy().reshape(-1, 2)
    kept: Places = table[np.isfinite(table).all(axis=1)]
    return kept


def _names(frame: Frame) -> str:
    """The corners by name, and the zone between them, over the cloud."""
    parts = []
    for name, (words, deeds) in CORNERS.items():
        x = frame.right - 10 if words > 0 else frame.left + 10
        y = frame.top + 22 if deeds > 0 else frame.bottom - 12
        for kind in ("halo", "title"):
            parts.append(
                text(name, x, y, kind, text_anchor="end" if words > 0 else "start", font_size=15,
                     font_weight="bold")
            )  # fmt: skip
    parts.append(text("near expectation", frame.left + 10, frame.y(0) - 5, font_size=SMALL))
    return "".join(parts)


def _this_pair(frame: Frame, words: Estimate, deeds: Estimate, name: str) -> str:
    x, y = frame.x(words.estimate), frame.y(deeds.estimate)
    left, right = (frame.x(end) for end in words.interval90)
    low, high = (frame.y(end) for end in deeds.interval90)
    cross = [line(left, y, right, y), line(x, low, x, high)]
    cross += [line(end, y - 4, end, y + 4) for end in (left, right)]
    cross += [line(x - 4, end, x + 4, end) for end in (low, high)]
    diamond = f"M{num(x)} {num(y - 7)}l7 7l-7 7l-7 -7z"
    shown = cut(name, 14, frame.side * 0.7)
    wide = width_of(shown, 14)
    # Beside the centre, on the side where there is room, clear of both arms.
    after = x + 12 + wide <= frame.right
    at = x + 12 if after else max(x - 12, frame.left + wide)
    named = "".join(
        text(shown, at, y - 10 if y > frame.top + 50 else y + 22, kind,
             text_anchor="start" if after else "end", font_size=14, font_weight="bold")
        for kind in ("halo", "value")
    )  # fmt: skip
    return group("this-pair", cross) + mark("path", "this-pair-mark", d=diamond) + named


def _samples(marks: list[tuple[float, float, int]], placed: bool, frame: Frame) -> list[Sample]:
    found = []
    if placed:
        drawn = mark("path", "this-pair", d="M-11 0H11M0 -8V8") + mark(
            "path", "this-pair-mark", d="M0 -5l5 5l-5 5l-5 -5z"
        )
        found.append(Sample(drawn, "this pair, with 90% intervals"))
    if marks:
        most = max(count for *_, count in marks)
        sizes = sorted({1, max(1, round(most / 4)), most})
        for count in sizes:
            dot = mark(
                "path", "others", d="M0 0h.01", stroke_width=num(2 * radius(count, most, frame))
            )
            found.append(Sample(dot, f"{count:,} other pair{'s' if count > 1 else ''}"))
    return found
