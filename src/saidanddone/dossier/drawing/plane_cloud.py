"""The other pairs of the plane, those that lie close in one mark."""

from __future__ import annotations

from collections import defaultdict
from math import floor, sqrt

import numpy as np

from saidanddone.dossier.drawing.element import element, group, num
from saidanddone.dossier.drawing.plane_frame import Frame, Places

MOST_MARKS = 600
"""Marks that stand for other pairs: more would make a page heavy and a cloud no clearer."""

CELLS = 48
"""Cells along a side before marks are too many; a cell is then about as wide as a large mark."""

ROOMY = 0.8
"""Radius of the largest mark in widths of a cell: neighbours overlap a little."""

SMALLEST = 1.4


def binned(others: Places, frame: Frame) -> list[tuple[float, float, int]]:
    """Marks for the other pairs: mean place in its cell and count, large ones first."""
    cells = CELLS
    while True:
        held = np.clip(others, -frame.reach, frame.reach)
        number = np.floor((held + frame.reach) / (2 * frame.reach) * cells).astype(int)
        index = np.minimum(number, cells - 1) @ np.array([cells, 1])
        found, inverse, counts = np.unique(index, return_inverse=True, return_counts=True)
        if len(found) <= MOST_MARKS:
            break
        cells = floor(cells * 0.9)
    sums = np.zeros((len(found), 2))
    np.add.at(sums, inverse, held)
    means = sums / counts[:, None] if len(found) else sums
    marks = [(float(w), float(d), int(c)) for (w, d), c in zip(means, counts, strict=True)]
    return sorted(marks, key=lambda m: (-m[2], m[0], m[1]))


def radius(count: int, most: int, frame: Frame) -> float:
    """The radius of a mark for so many pairs, where the largest stands for most."""
    largest = ROOMY * frame.side / CELLS
    # Quarters of a unit: marks of one size are drawn as one path.
    return max(round(largest * sqrt(count / max(most, 12)) * 4) / 4, SMALLEST)


def cloud(marks: list[tuple[float, float, int]], frame: Frame) -> str:
    """The marks, drawn size by size."""
    most = max((count for *_, count in marks), default=1)
    dots: dict[str, list[str]] = defaultdict(list)
    for words, deeds, count in marks:
        # Not of no length at all: some printers leave such a point out.
        at = f"M{num(frame.x(words))} {num(frame.y(deeds))}h.01"
        dots[num(2 * radius(count, most, frame))].append(at)
    return group(
        "others", [element("path", d="".join(d), stroke_width=size) for size, d in dots.items()]
    )
