"""The frame of the plane: its scales in logits, and the zone near expectation."""

from __future__ import annotations

from math import ceil, floor

import numpy as np
from numpy.typing import NDArray

from saidanddone.dossier.drawing.element import box, finite, group, line, text
from saidanddone.dossier.drawing.sheet import SMALL
from saidanddone.model import Estimate

Places = NDArray[np.float64]
"""Words and deeds in logits, a row a pair."""

REACH, FARTHEST = 2.0, 6.0
"""Least and greatest logits from the centre to the edge: one pair in 500 lies beyond e^6."""


class Frame:
    """The square in which the plane lies; reach is its half side in logits."""

    def __init__(self, left: float, top: float, side: float, reach: float) -> None:
        self.left, self.top, self.side, self.reach = left, top, side, reach

    @classmethod
    def around(
        cls,
        others: Places,
        words: Estimate | None,
        deeds: Estimate | None,
        narrow: bool,
    ) -> Frame:
        """The frame that holds nearly all pairs, and this one with its intervals."""
        far = [REACH]
        if len(others):
            far.append(float(np.quantile(np.abs(others), 0.998)))
        for estimate in (words, deeds):
            if estimate is not None:
                far += [abs(v) + 0.3 for v in (estimate.estimate, *estimate.interval90)
                        if finite(v) is not None]  # fmt: skip
        reach = min(ceil(max(far) * 2) / 2, FARTHEST)
        return cls(36.0, 24.0, 312.0, reach) if narrow else cls(118.0, 24.0, 500.0, reach)

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.side

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.top + self.side

    def x(self, words: float) -> float:
        """Where a warmth of words lies; what is beyond the frame on its edge."""
        return self.left + self.side * (self._held(words) + self.reach) / (2 * self.reach)

    def y(self, deeds: float) -> float:
        """Where a warmth of deeds lies."""
        return self.bottom - self.side * (self._held(deeds) + self.reach) / (2 * self.reach)

    def _held(self, value: float) -> float:
        return min(max(value, -self.reach), self.reach)


def ground(frame: Frame, margin: float) -> str:
    """The zone near expectation, the scales and what they mean."""
    near = [
        box(frame.x(-margin), frame.top, frame.x(margin) - frame.x(-margin), frame.side),
        box(frame.left, frame.y(margin), frame.side, frame.y(-margin) - frame.y(margin)),
    ]
    step = 1 if frame.reach <= 4 else 2
    ticks = range(-floor(frame.reach / step) * step, floor(frame.reach) + 1, step)
    lines = [line(frame.x(t), frame.top, frame.x(t), frame.bottom) for t in ticks if t]
    lines += [line(frame.left, frame.y(t), frame.right, frame.y(t)) for t in ticks if t]
    edge = line(frame.left, frame.bottom, frame.left, frame.top)
    lines += [edge, line(frame.right, frame.bottom, frame.right, frame.top)]
    lines += [line(frame.left, end, frame.right, end) for end in (frame.top, frame.bottom)]
    axes = [
        line(frame.x(0), frame.top, frame.x(0), frame.bottom),
        line(frame.left, frame.y(0), frame.right, frame.y(0)),
    ]
    shown = "".join(
        text(_tick(t), frame.x(t), frame.bottom + 14, text_anchor="middle",
             font_size=SMALL)
        + text(_tick(t), frame.left - 5, frame.y(t) + 4, text_anchor="end",
               font_size=SMALL)
        for t in ticks
    )  # fmt: skip
    right = text("words warmer than expected →", frame.right, frame.bottom + 33, "value",
                 text_anchor="end")  # fmt: skip
    up = text("↑ deeds warmer than expected", frame.left, frame.top - 9, "value")
    return group("margin", near) + group("grid", lines) + group("axis", axes) + shown + right + up


def _tick(value: int) -> str:
    """A whole number with its sign as print sets it."""
    return f"{value:+d}".replace("-", "−") if value else "0"
