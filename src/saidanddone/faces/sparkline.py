"""A small chart in characters: one row of bars."""

from __future__ import annotations

from collections.abc import Sequence

BARS = " ▁▂▃▄▅▆▇█"


def sparkline(values: Sequence[float], top: float | None = None) -> str:
    """Return one character a value, of a height between 0 and top (the largest value).

    Anything above 0 is at least the lowest bar, so that a single act is seen.

    >>> sparkline([0, 1, 4, 8])
    ' ▁▄█'
    >>> sparkline([])
    ''
    """
    largest = max(values, default=0) if top is None else top
    if largest <= 0:
        return " " * len(values)
    steps = len(BARS) - 1
    return "".join(BARS[max(1, round(v / largest * steps))] if v > 0 else " " for v in values)


def into_bins(values: Sequence[float], width: int) -> list[float]:
    """Sum neighbours so that at most width values are left; none is cut off.

    >>> into_bins([1, 2, 3, 4, 5], 3)
    [3, 7, 5]
    """
    size = -(-len(values) // width) if values else 1
    return [sum(values[i : i + size]) for i in range(0, len(values), size)]
