from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from saidanddone.sources.who import who_acts


def judged(name: str, scheme: Any = "icews", day: date = date(2018, 6, 1), **more: Any) -> Any:
    """Return source and government of one row whose target is Japan."""
    row = {"date": [day], "source_name": [name], "target_name": ["Japan"]}
    rows = pl.DataFrame(row | {key: [value] for key, value in more.items()})
    acts = who_acts(rows, government="name", scheme=scheme)
    return acts.select("source", "government").row(0)


@pytest.mark.parametrize("scheme", ["icews", "any"])
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Russia", ("RUS", True)),
        ("Military (Syria)", ("SYR", True)),
        ("Citizen (India)", ("IND", False)),
        ("A wholly new role (India)", ("IND", None)),
        ("United Nations", ("UN", True)),
        ("Disney", (None, None)),
        ("Citizen (Middle East)", (None, False)),
    ],
)
def test_names_tell_the_state_and_whether_it_is_the_government(
    scheme: str, name: str, expected: Any
) -> None:
    assert judged(name, scheme) == expected


def test_persons_act_for_their_state_while_in_office() -> None:
    assert judged("Donald Trump") == ("USA", True)
    assert judged("Donald Trump", day=date(2015, 6, 1)) == (None, None)


def test_a_person_whose_country_is_stated_is_government_only_in_office() -> None:
    assert judged("Donald Trump", source_country="United States") == ("USA", True)
    before = judged("Donald Trump", day=date(2015, 6, 1), source_country="United States")
    assert before == ("USA", None)
    assert judged("Donald Trump", source_country="France") == ("FRA", None)


def test_a_country_that_is_stated_and_unknown_is_not_guessed_anew() -> None:
    assert judged("Russia", source_country="Nowhereland") == (None, None)


def test_codes_are_not_taken_for_names() -> None:
    rows = pl.DataFrame(
        {"date": [date(2018, 6, 1)] * 2, "source_name": ["365", "Donald Trump"]}
    ).with_columns(target_name=pl.lit("740"))
    acts = who_acts(rows, government="all", scheme="cow")
    assert acts.select("source", "target", "government").rows() == [
        ("RUS", "JPN", True),
        (None, "JPN", True),
    ]


def test_an_empty_table_stays_empty() -> None:
    rows = pl.DataFrame(
        schema={"date": pl.Date, "source_name": pl.String, "target_name": pl.String}
    )
    for government in ("name", "all", "none"):
        acts = who_acts(rows, government=government, scheme="any")
        assert acts.select("source", "target", "government").rows() == []
