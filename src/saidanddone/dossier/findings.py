"""What a census or a selection says of a pair, before it is put into a dossier."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from saidanddone.measure.comparison import Comparison, Direction, Side
from saidanddone.measure.robustness import Outcome
from saidanddone.model import ChannelAnswer, NormAnswer, SelectionAnswer


@dataclass(frozen=True, slots=True)
class Findings:
    """Findings about one pair; a census fills comparison, sides and slope, a selection does not.

    counted: the pair's counted acts. days, kinds: influence by date, and by kind of
    act on a date. outcomes: the answer itself first.
    why_undecided: a reason other than too little evidence.
    """

    counted: Any
    channels: dict[str, ChannelAnswer | None]
    norms: dict[str, NormAnswer | None]
    days: pl.DataFrame
    kinds: pl.DataFrame
    outcomes: tuple[Outcome, ...]
    selection: SelectionAnswer | None = None
    comparison: Comparison | None = None
    sides: tuple[Side, Side] | None = None
    slope: float | None = None
    direction: Direction | None = None
    corner: str | None = None
    times_needed: float | None = None
    why_undecided: str | None = None
