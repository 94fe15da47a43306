"""The world matrix: how far the deeds of states are from their words, toward one another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

import polars as pl

from saidanddone.dossier.drawing.element import cut, element, escaped, finite, group, mark, num
from saidanddone.dossier.drawing.element import text as set_text
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
from saidanddone.dossier.sentence import with_article

UNCERTAIN = 0.05
"""Local false sign rate above which a cell is pale: its sign may well be wrong."""

STEPS = (0.0, 1.0, 2.0)
"""Sizes of the gap in logits at which a colour deepens: 2.7 and 7.4 times the odds."""

MOST_ON_PHONE = 20
"""States that a phone shows: cells of 16 pixels, names by their three letters."""

LARGEST_CELL = 44.0

Link = Callable[[str, str], str | None]
Cell = tuple[float | None, float | None, int]


def matrix(
    ids: Sequence[str],
    names: Mapping[str, str],
    cells: pl.DataFrame,
    link: Link | None = None,
    *,
    prefix: str,
    standalone: bool = False,
    narrow: bool = False,
) -> str:
    """Draw the matrix: rows are sources, columns targets, both in the order of ids.

    names: by id; one without is called by its id. cells: source, target, gap_shrunk (logits),
    lfsr, acts. link gives the address of a pair, or None. With links the drawing is a document
    rather than a picture, so that they can be followed, but they are no stops of the tab key: a
    page lists the same pairs in a table. narrow shows the first 20 states by their ids.
    """
    checked(prefix)
    width = NARROW if narrow else WIDE
    shown = list(ids)[:MOST_ON_PHONE] if narrow else list(ids)
    left, top = (40.0, 42.0) if narrow else (176.0, 52.0)
    size = min((width - left - 6) / max(len(shown), 1), LARGEST_CELL)
    found = _cells(cells)
    place = {actor: i for i, actor in enumerate(shown)}
    marks: dict[str, list[str]] = defaultdict(list)
    signs: list[str] = []
    for (source, target), cell in found.items():
        if source not in place or target not in place or source == target:
            continue
        x, y = left + place[target] * size, top + place[source] * size
        kind, sign = _kind(cell)
        about = f"{names.get(source, source)} toward {names.get(target, target)}: {_about(cell)}"
        drawn = _square(kind, x, y, size, about, link(source, target) if link else None)
        marks[kind].append(drawn)
        if sign:
            signs.append(_sign(sign, x + size / 2, y + size / 2, size * 0.24))
    parts = _labels(shown, names, left, top, size, narrow=narrow)
    parts += [group(kind, marks[kind]) for kind in sorted(marks)]
    parts.append(group("sign", signs, pointer_events="none"))
    bottom = top + max(len(shown), 1) * size
    if not shown:
        parts.append(set_text("no pairs are measured", EDGE, top))
    drawn_key, tall = key(_samples(), EDGE, bottom + 12, width - 2 * EDGE)
    return sheet(
        [*parts, drawn_key],
        matrix_words(shown, names, cells),
        prefix=prefix,
        width=width,
        height=round(bottom + tall + 18),
        standalone=standalone,
        caption=Caption("Rows act, columns are acted toward; gap of deeds and words, shrunk"),
        role="document" if link else "img",
    )


def matrix_words(ids: Sequence[str], names: Mapping[str, str], cells: pl.DataFrame) -> Words:
    """What the matrix shows, in sentences with its figures."""
    known = set(ids)
    certain = {
        pair: cell
        for pair, cell in _cells(cells).items()
        if known >= set(pair) and pair[0] != pair[1] and _kind(cell)[1]
    }
    warmer = sum((gap or 0.0) > 0 for gap, _, _ in certain.values())
    title = f"Deeds and words among {len(known):,} states"
    said = (
        f"Of the pairs whose sign is certain, {warmer:,} have deeds warmer than their words and "
        f"{len(certain) - warmer:,} colder."
    )
    if certain:
        (source, target), (gap, _, _) = max(
            certain.items(), key=lambda item: (abs(item[1][0] or 0.0), item[0])
        )
        toward = with_article(names.get(target, target))
        said += f" The largest gap is that of {names.get(source, source)} toward {toward}"
        said += f", {gap or 0.0:+z.2f} logits."
    return Words(title, said)


def matrix_alt(ids: Sequence[str], names: Mapping[str, str], cells: pl.DataFrame) -> str:
    """What the matrix shows, in words."""
    return matrix_words(ids, names, cells).alt


def _cells(cells: pl.DataFrame) -> dict[tuple[str, str], Cell]:
    table = cells.select("source", "target", "gap_shrunk", "lfsr", "acts").sort("source", "target")
    return {
        (source, target): (finite(gap), finite(lfsr), int(acts or 0))
        for source, target, gap, lfsr, acts in table.iter_rows()
    }


def _kind(cell: Cell) -> tuple[str, int]:
    """The class of a cell, and its sign where that is certain."""
    gap, lfsr, _ = cell
    if gap is None:
        return "unmeasured", 0
    if lfsr is None or lfsr > UNCERTAIN or gap == 0:
        return "uncertain", 0
    level = sum(abs(gap) >= step for step in STEPS)
    return (f"warmer-{level}", 1) if gap > 0 else (f"colder-{level}", -1)


def _about(cell: Cell) -> str:
    gap, lfsr, acts = cell
    counted = "1 act" if acts == 1 else f"{acts:,} acts"
    if gap is None:
        return f"not measured, {counted}"
    sure = "" if lfsr is None else f", false sign rate {lfsr:.2f}"
    return f"gap {gap:+z.2f} logits{sure}, {counted}"


def _square(  # noqa: PLR0917
    kind: str, x: float, y: float, size: float, about: str, href: str | None
) -> str:
    title = element("title", escaped(about))
    inside = "" if href is not None else title
    if kind == "unmeasured":
        drawn = f'<circle cx="{num(x + size / 2)}" cy="{num(y + size / 2)}" r="1.2"'
    else:
        side = num(size - 1)
        drawn = f'<rect x="{num(x)}" y="{num(y)}" width="{side}" height="{side}"'
    name = drawn[1 : drawn.index(" ")]
    drawn += f">{inside}</{name}>" if inside else "/>"
    if href is None:
        return drawn
    return f'<a href="{escaped(href)}" tabindex="-1">{title}{drawn}</a>'


def _sign(sign: int, x: float, y: float, arm: float) -> str:
    d = f"M{num(x - arm)} {num(y)}h{num(2 * arm)}"
    if sign > 0:
        d += f"M{num(x)} {num(y - arm)}v{num(2 * arm)}"
    return element("path", d=d)


def _labels(
    shown: Sequence[str],
    names: Mapping[str, str],
    left: float,
    top: float,
    size: float,
    *,
    narrow: bool,
) -> list[str]:
    parts = []
    small = min(SMALL + 0.5, size * 0.78) if narrow else SMALL
    for i, actor in enumerate(shown):
        y = top + (i + 0.5) * size + small * 0.36
        # Rows carry the name beside the id, so that the heads of the columns can be read.
        parts.append(
            set_text(cut(actor, small, 36), left - 6, y, text_anchor="end", font_size=small)
        )
        if not narrow:
            name = cut(names.get(actor, actor), small, left - 46)
            parts.append(set_text(name, left - 41, y, "value", text_anchor="end", font_size=small))
        x = left + (i + 0.5) * size + small * 0.36
        head = cut(actor, small, top - 6)
        parts.append(
            set_text(head, 0, 0, font_size=small, transform=f"translate({x:.2f} {top - 6:.2f}) "
                     "rotate(-90)")
        )  # fmt: skip
    return parts


def _samples() -> list[Sample]:
    def square(kind: str, sign: int) -> str:
        drawn = mark("rect", kind, x=-8, y=-8, width=16, height=16)
        return drawn + (group("sign", [_sign(sign, 0, 0, 4)]) if sign else "")

    return [
        Sample(square("warmer-3", 1), "deeds far warmer than words"),
        Sample(square("warmer-2", 1), "warmer"),
        Sample(square("warmer-1", 1), "a little"),
        Sample(square("colder-1", -1), "colder a little"),
        Sample(square("colder-2", -1), "colder"),
        Sample(square("colder-3", -1), "far colder"),
        Sample(square("uncertain", 0), "sign uncertain"),
        Sample(mark("circle", "unmeasured", r=1.6), "not measured"),
    ]
