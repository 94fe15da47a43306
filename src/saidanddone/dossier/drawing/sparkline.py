"""A curve as small as a word: shares of words and deeds through time, for tables."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from saidanddone.dossier.drawing.element import finite, mark, num, text
from saidanddone.dossier.drawing.sheet import Words, sheet
from saidanddone.dossier.sentence import percent
from saidanddone.dossier.series import Series

WIDTH, HEIGHT, INSET = 120.0, 28.0, 3.0

Shares = Sequence[float | None]


def sparkline(words: Shares, deeds: Shares, *, prefix: str, standalone: bool = False) -> str:
    """Draw shares between 0 and 1, oldest first; null where a period has none.

    Words are a broken line, deeds a whole one, so that they differ without colour.
    """
    parts = [_curve(words, "words"), _curve(deeds, "deeds")]
    if not any(parts):
        parts = [text("no acts", WIDTH / 2, HEIGHT / 2 + 4, text_anchor="middle", font_size=11)]
    return sheet(
        parts,
        sparkline_words(words, deeds),
        prefix=prefix,
        width=WIDTH,
        height=HEIGHT,
        standalone=standalone,
    )


def shares_of(series: Series) -> tuple[list[float | None], list[float | None]]:
    """The shares of words and of deeds of a series: smoothed ones where there are any."""

    def of(*channels: str) -> list[float | None]:
        own = series.table.filter(pl.col("channel").is_in(channels)).sort("period")
        smoothed = [finite(share) for share in own["smoothed"]]
        found = any(share is not None for share in smoothed)
        return smoothed if found else [finite(share) for share in own["share"]]

    return of("said", "verbal"), of("done", "material")


def sparkline_words(words: Shares, deeds: Shares) -> Words:
    """What the curve shows, in sentences with its figures."""
    said = [_sentence("Words", words), _sentence("Deeds", deeds)]
    return Words("Shares of cooperative acts through time", " ".join(said))


def sparkline_alt(words: Shares, deeds: Shares) -> str:
    """What the curve shows, in words."""
    return sparkline_words(words, deeds).alt


def _sentence(name: str, shares: Shares) -> str:
    found = [share for s in shares if (share := finite(s)) is not None]
    if not found:
        return f"{name}: none."
    if len(found) == 1:
        return f"{name}: {percent(found[0])}."
    return f"{name}: from {percent(found[0])} to {percent(found[-1])}."


def _curve(shares: Shares, classes: str) -> str:
    """A line through neighbours that have shares; a lone one is a dash."""
    step = (WIDTH - 2 * INSET) / max(len(shares), 1)
    d, drawing = [], False
    for i, share in enumerate(shares):
        value = finite(share)
        if value is None:
            drawing = False
            continue
        x = INSET + (i + 0.5) * step
        y = INSET + (HEIGHT - 2 * INSET) * (1 - min(max(value, 0.0), 1.0))
        alone = not drawing and (i + 1 == len(shares) or finite(shares[i + 1]) is None)
        if alone:
            wide = max(min(step, 3.0), 1.0)
            d.append(f"M{num(x - wide / 2)} {num(y)}h{num(wide)}")
        else:
            d.append(f"{'L' if drawing else 'M'}{num(x)} {num(y)}")
        drawing = not alone
    return mark("path", classes, d="".join(d)) if d else ""
