"""The windows of what moved lately."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saidanddone.dossier.recent import recent_windows
from saidanddone.measure.evidence import span_of


@pytest.mark.parametrize(
    ("first", "last", "grain", "expected"),
    [
        ("2018-01-01", "2018-10-31", "day", ("2018-01-01", "2018-06-01", "2018-10-31")),
        ("2010-01-01", "2018-10-15", "day", ("2016-10-01", "2017-10-01", "2018-09-30")),
        ("2002-01-01", "2014-12-31", "year", ("2005-01-01", "2010-01-01", "2014-12-31")),
    ],
)
def test_windows(first: str, last: str, grain: str, expected: tuple[str, str, str]) -> None:
    found = recent_windows(span_of(*map(date.fromisoformat, (first, last)), grain), grain)
    assert found is not None
    before, after = found
    assert (str(before.since), str(after.since), str(after.until)) == expected


def test_too_short() -> None:
    assert recent_windows(span_of(date(2018, 1, 1), date(2018, 1, 31), "day"), "day") is None
    assert recent_windows(span_of(date(2018, 1, 1), date(2018, 12, 31), "year"), "year") is None


@given(st.dates(date(1950, 1, 1), date(2030, 1, 1)), st.integers(0, 9000))
def test_windows_meet_and_lie_within(first: date, days: int) -> None:
    last = date.fromordinal(first.toordinal() + days)
    found = recent_windows(span_of(first, last, "day"), "day")
    if found is not None:
        (before, after) = found
        assert before.since and before.until and after.since and after.until
        assert first <= before.since < before.until < after.since <= after.until <= last
        assert (after.since - before.until).days == 1
