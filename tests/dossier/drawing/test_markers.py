"""Marked days: none hidden behind another."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from saidanddone.dossier.drawing.markers import markers, row
from saidanddone.dossier.drawing.time_axis import TimeAxis
from saidanddone.dossier.triggers import Trigger

AXIS = TimeAxis(date(2000, 1, 1), date(2001, 1, 1), 40.0, 700.0, "month")


@given(st.lists(st.integers(0, 365), max_size=60))
def test_labels_never_cover_one_another_and_none_is_lost(days: list[int]) -> None:
    events = [Trigger(AXIS.first + timedelta(days=d), f"e{i}") for i, d in enumerate(days)]
    marked = markers(AXIS, events, ())
    assert [m.label for m in marked] == [str(i + 1) for i in range(len(days))]
    drawn = row(AXIS, marked, 0.0)
    boxes = sorted(
        (float(x), float(wide))
        for x, wide in re.findall(r'<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"', drawn)
    )
    for (left, wide), (right, _) in pairwise(boxes):
        assert left + wide <= right
    labels = re.findall(r">([\d,–]+)</text>", drawn)
    covered = [n for label in labels for n in _numbers(label)]
    assert covered == list(range(1, len(days) + 1))


def _numbers(label: str) -> list[int]:
    if "–" in label:
        first, last = (int(n) for n in label.split("–"))
        return list(range(first, last + 1))
    return [int(n) for n in label.split(",")]


def test_breaks_go_by_letters_beyond_the_alphabet() -> None:
    breaks = [(AXIS.first + timedelta(days=d), "new") for d in range(28)]
    assert [m.label for m in markers(AXIS, (), breaks)][-3:] == ["Z", "AA", "AB"]


def test_without_an_axis_nothing_is_marked() -> None:
    assert markers(None, [Trigger(date(2000, 1, 1), "x")], ()) == ()
