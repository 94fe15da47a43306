from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from saidanddone.faces.sparkline import BARS, into_bins, sparkline

COUNTS = st.lists(st.integers(0, 10_000), max_size=300)


@given(COUNTS)
def test_every_act_is_seen(values: list[int]) -> None:
    bars = sparkline(values)
    assert len(bars) == len(values)
    for value, bar in zip(values, bars, strict=True):
        assert (bar == " ") == (value == 0)
    if any(values):
        assert bars[values.index(max(values))] == BARS[-1]


@given(COUNTS, st.integers(1, 80))
def test_bins_lose_nothing(values: list[int], width: int) -> None:
    bins = into_bins(values, width)
    assert sum(bins) == sum(values)
    assert len(bins) <= width


def test_two_rows_can_share_a_scale() -> None:
    assert sparkline([5], top=10) == BARS[4]
