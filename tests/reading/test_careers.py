"""For whom a person acts: offices first, then the years of public life."""

from __future__ import annotations

from datetime import date

import pytest

from saidanddone.actors.tables import entries
from saidanddone.reading.careers import PUBLIC_LIFE, career, serves, statesmen


def test_an_office_goes_before_the_years_of_public_life() -> None:
    assert serves("Willy Brandt", date(1970, 12, 7)) == ("DEU",)
    assert career("Willy Brandt")[0].office != PUBLIC_LIFE


@pytest.mark.parametrize(
    ("person", "on", "states"),
    [
        ("Eduard Shevardnadze", date(1988, 1, 1), ("SUN",)),
        ("Eduard Shevardnadze", date(1998, 1, 1), ("GEO",)),
        ("Hitler", date(1941, 6, 22), ("DEU",)),
        ("Hitler", date(1951, 6, 22), ()),
        ("Nobody Known", date(2001, 1, 1), ()),
    ],
)
def test_a_person_acts_for_a_state_in_some_years(
    person: str, on: date, states: tuple[str, ...]
) -> None:
    assert serves(person, on) == states


def test_rows_name_actors_and_years_in_order() -> None:
    assert len(statesmen()) > 1500
    for spellings, office in statesmen():
        assert office.state in entries()
        assert office.since <= office.until, spellings
        assert all(spellings)
