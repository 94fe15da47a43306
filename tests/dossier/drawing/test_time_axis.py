"""The axis of time: labels that fit, at any length."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saidanddone.dossier.drawing.element import width_of
from saidanddone.dossier.drawing.time_axis import TimeAxis, after

from . import sheets


@given(
    st.dates(date(1, 1, 1), date(9990, 1, 1)),
    st.integers(1, 1200),
    st.sampled_from(["month", "quarter", "year"]),
    st.sampled_from([360.0, 720.0]),
)
def test_ticks_never_run_into_one_another(first: date, count: int, by: str, width: float) -> None:
    begin = date(first.year, 1, 1)
    years = min(count * sheets.MONTHS[by] // 12, 9998 - begin.year)
    axis = TimeAxis.over([begin, date(begin.year + years, 1, 1)], by, 46.0, width - 14)
    assert axis is not None
    ticks = axis.ticks()
    assert ticks
    for (one, name), (other, _) in pairwise(ticks):
        assert axis.x(one) + width_of(name, 13.0) <= axis.x(other) + 0.5
    assert all(axis.left <= axis.x(day) <= axis.right for day, _ in ticks)


def test_the_last_day_of_all_is_the_end() -> None:
    assert after(date(9999, 12, 1), "month") == date.max
    axis = TimeAxis.over([date(9999, 1, 1)], "year", 0.0, 100.0)
    assert axis is not None and axis.x(date.max) == pytest.approx(100.0)


def test_no_periods_no_axis() -> None:
    assert TimeAxis.over([], "month", 0.0, 1.0) is None
