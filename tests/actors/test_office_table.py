"""The table of offices itself: dates, states, handovers and a few facts that are beyond doubt."""

from __future__ import annotations

import csv
from datetime import date
from importlib.resources import files
from itertools import combinations, groupby
from operator import itemgetter

import pytest

from saidanddone.model import FuzzyDate

FOLDER = files("saidanddone.actors")
COLUMNS = ["person", "aliases", "state", "office", "start", "end", "basis"]
OFFICES = {
    "head of state",
    "acting head of state",
    "head of government",
    "acting head of government",
    "foreign minister",
    "acting foreign minister",
    "defence minister",
    "party leader",
    "supreme leader",
    "president",
    "secretary-general",
}
COLLECTIVE: set[tuple[str, str]] = set()
"""Offices (state, office) that several hold at once by law; none is in the table today."""

HANDOVER_DAYS = 1
"""The day on which an office changes hands counts for both holders."""


def read(name: str) -> list[dict[str, str]]:
    with FOLDER.joinpath(name).open(encoding="utf-8") as table:
        return list(csv.DictReader(table))


ROWS = read("offices.csv")


def first(row: dict[str, str]) -> date:
    return FuzzyDate.parse(row["start"]).first


def last(row: dict[str, str]) -> date:
    return FuzzyDate.parse(row["end"]).last if row["end"] else date.max


def certain_span(row: dict[str, str]) -> tuple[date, date]:
    """The days on which the person held the office however its coarse dates are read."""
    end = FuzzyDate.parse(row["end"]).first if row["end"] else date.max
    return FuzzyDate.parse(row["start"]).last, end


def holders(state: str, office: str, day: date) -> set[str]:
    return {
        row["person"]
        for row in ROWS
        if (row["state"], row["office"]) == (state, office) and first(row) <= day <= last(row)
    }


def test_the_columns_are_the_agreed_ones_and_every_cell_but_aliases_and_end_is_filled() -> None:
    assert list(ROWS[0]) == COLUMNS
    for row in ROWS:
        assert all(row[column] for column in COLUMNS if column not in ("aliases", "end")), row
        assert all(cell == cell.strip() for cell in row.values()), row


def test_there_are_enough_rows_to_be_of_use() -> None:
    assert len(ROWS) >= 500


def test_offices_and_bases_are_of_the_known_kinds() -> None:
    assert {row["office"] for row in ROWS} == OFFICES
    assert all(row["basis"] == "common record" or row["basis"].startswith("data: ") for row in ROWS)


def test_no_office_ends_before_it_starts() -> None:
    assert [row for row in ROWS if last(row) < first(row)] == []


def test_every_state_is_in_the_table_of_states_or_organizations() -> None:
    tables = [
        name for name in ("states.csv", "organizations.csv") if FOLDER.joinpath(name).is_file()
    ]
    if len(tables) < 2:
        pytest.skip("states.csv or organizations.csv is not there")
    known = {row["id"] for name in tables for row in read(name)}
    assert {row["state"] for row in ROWS} - known == set()


def test_historical_states_have_no_office_after_their_end() -> None:
    if not FOLDER.joinpath("states.csv").is_file():
        pytest.skip("states.csv is not there")
    ends = {row["id"]: row["exit"] for row in read("states.csv") if row["kind"] == "historical"}
    for row in ROWS:
        if ends.get(row["state"]):
            assert row["end"], row
            assert certain_span(row)[1] <= FuzzyDate.parse(ends[row["state"]]).last, row


def test_nobody_holds_the_same_office_twice_at_once() -> None:
    ordered = sorted(ROWS, key=itemgetter("state", "office", "person"))
    for _, terms in groupby(ordered, key=itemgetter("state", "office", "person")):
        for one, other in combinations(sorted(terms, key=first), 2):
            assert last(one) <= first(other), (one, other)


def test_two_holders_of_one_office_meet_only_on_the_day_of_the_handover() -> None:
    ordered = sorted(ROWS, key=itemgetter("state", "office"))
    for office, terms in groupby(ordered, key=itemgetter("state", "office")):
        if office in COLLECTIVE:
            continue
        for one, other in combinations(terms, 2):
            (start, end), (other_start, other_end) = certain_span(one), certain_span(other)
            shared = (min(end, other_end) - max(start, other_start)).days + 1
            assert shared <= HANDOVER_DAYS, (one, other)


def test_only_one_holder_of_an_office_is_open_ended() -> None:
    still = [(row["state"], row["office"]) for row in ROWS if not row["end"]]
    assert len(still) == len(set(still))


def test_a_name_never_means_two_states_on_one_day() -> None:
    bearers: dict[str, list[dict[str, str]]] = {}
    for row in ROWS:
        names = {row["person"], *filter(None, row["aliases"].split("|"))}
        for name in names:
            bearers.setdefault(name.casefold(), []).append(row)
    for name, terms in bearers.items():
        for one, other in combinations(terms, 2):
            if one["state"] != other["state"]:
                shared = min(last(one), last(other)) - max(first(one), first(other))
                assert shared.days <= 0, (name, one, other)


def test_aliases_are_distinct_and_never_repeat_the_name() -> None:
    for row in ROWS:
        aliases = row["aliases"].split("|") if row["aliases"] else []
        assert len(aliases) == len(set(aliases)), row
        assert row["person"] not in aliases, row
        assert all(alias == alias.strip() != "" for alias in aliases), row


@pytest.mark.parametrize(
    ("state", "office", "day", "person"),
    [
        ("KOR", "head of state", "2009-06-01", "Lee Myung-bak"),
        ("RUS", "foreign minister", "2018-05-31", "Sergei Lavrov"),
        ("RUS", "foreign minister", "2009-04-23", "Sergei Lavrov"),
        ("SUN", "head of government", "1950-06-25", "Joseph Stalin"),
        ("SUN", "party leader", "1950-06-25", "Joseph Stalin"),
        ("USA", "head of state", "1950-06-25", "Harry S. Truman"),
        ("USA", "head of state", "2018-06-12", "Donald Trump"),
        ("PRK", "supreme leader", "2018-06-12", "Kim Jong Un"),
        ("PRK", "head of government", "1950-06-25", "Kim Il Sung"),
        ("RUS", "head of state", "2010-01-01", "Dmitry Medvedev"),
        ("RUS", "head of government", "2010-01-01", "Vladimir Putin"),
        ("KOR", "acting head of state", "2017-04-01", "Hwang Kyo-ahn"),
        ("SUN", "foreign minister", "1962-10-22", "Andrei Gromyko"),
        ("UN", "secretary-general", "1962-10-22", "U Thant"),
    ],
)
def test_the_record_names_the_holder(state: str, office: str, day: str, person: str) -> None:
    assert holders(state, office, date.fromisoformat(day)) == {person}


def test_lee_myung_bak_holds_no_office_in_2005() -> None:
    terms = [row for row in ROWS if row["person"] == "Lee Myung-bak"]
    assert terms
    for row in terms:
        assert first(row) > date(2005, 12, 31) or last(row) < date(2005, 1, 1)


def test_the_soviet_union_ends_and_russia_begins_in_december_1991() -> None:
    change = date(1991, 12, 25)
    assert max(last(row) for row in ROWS if row["state"] == "SUN").year == 1991
    assert min(first(row) for row in ROWS if row["state"] == "RUS") == change
