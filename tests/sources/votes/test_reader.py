from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from saidanddone.errors import BadFile
from saidanddone.sources import open_source
from saidanddone.sources.source import SAME_STATE, SOURCE_UNKNOWN
from saidanddone.sources.votes import VotesSource, read_votes
from saidanddone.sources.votes.reader import NO_STANCE, OTHER_ROLL_CALL


@pytest.fixture
def read(votes_folder: Any, whole: Any) -> Any:
    """Read a few votes."""

    def few(*votes: tuple[str, str, str, str], **more: Any) -> Any:
        return whole(VotesSource(), votes_folder(votes, **more) / "un_votes.csv")

    return few


@pytest.mark.parametrize(
    ("vote", "code", "valence"), [("yes", "V-", -1), ("no", "V+", 1), ("abstain", "V0", 0)]
)
def test_a_vote_takes_the_sign_of_what_was_voted_on(
    read: Any, vote: str, code: str, valence: int
) -> None:
    (act,) = read(("4604", "Russia", "RU", vote)).acts.rows(named=True)
    assert (act["source"], act["target"]) == ("RUS", "PRK")
    assert (act["code"], act["channel"], act["valence"]) == (code, "signed", valence)
    assert (act["date"], act["precision"]) == (date(2005, 12, 16), "day")
    assert (act["government"], act["mode"], act["id"]) == (True, "did", "4604")
    assert act["reference"] == "UN General Assembly, resolution 60/173, roll call 4604"
    assert act["text"].startswith(f"{vote}: ")


def test_a_text_for_one_state_may_be_against_another(read: Any) -> None:
    found = read(("5163", "Brazil", "BR", "yes"), ("5163", "United States", "US", "no"))
    acts = set(found.acts.select("source", "target", "code").rows())
    assert acts == {("BRA", "CUB", "V+"), ("BRA", "USA", "V-"), ("USA", "CUB", "V-")}
    # One act of the United States toward itself falls away; its vote is kept all the same.
    assert (found.kept, found.filtered) == (2, {})


def test_votes_that_are_no_acts_toward_a_state_are_filtered(read: Any) -> None:
    found = read(
        ("7", "Russia", "RU", "yes"),
        ("4604", "North Korea", "KP", "no"),
        ("4604", "Atlantis", "XQ", "no"),
    )
    assert found.filtered == {NO_STANCE: 1, SAME_STATE: 1, SOURCE_UNKNOWN: 1}


def test_a_roll_call_of_another_month_is_not_the_one_that_is_known(read: Any) -> None:
    other = [("4604", "60", "2004-12-16")]
    found = read(("4604", "Russia", "RU", "no"), roll_calls=other)
    assert found.filtered == {OTHER_ROLL_CALL: 1}


def test_before_session_58_only_the_month_is_known(read: Any) -> None:
    acts = read(("1190", "Sweden", "SE", "yes")).acts
    assert set(acts.select("date", "precision", "target", "code").rows()) == {
        (date(1971, 10, 1), "month", "CHN", "V+"),
        (date(1971, 10, 1), "month", "TWN", "V-"),
    }


def test_namibia_is_not_a_missing_value(read: Any) -> None:
    found = read(("4604", "Namibia", "NA", "abstain"), ("4604", "", "NA", "abstain"))
    assert found.acts["source"].to_list() == ["NAM", "NAM"]


@pytest.mark.parametrize(
    ("country", "code", "month", "voter"),
    [
        ("Russia", "RU", "1971-10", "SUN"),
        ("Russia", "RU", "1991-12", "SUN"),
        ("Russia", "RU", "1992-01", "RUS"),
        ("German Democratic Republic", "DD", "1980-12", "DDR"),
        ("Federal Republic of Germany", "", "1980-12", "DEU"),
        ("Czechoslovakia", "CS", "1992-12", "CSK"),
        ("Yugoslavia", "YU", "1999-12", "YUG"),
        ("Yugoslavia", "YU", "2004-12", "SCG"),
        ("Yugoslavia", "YU", "2010-12", "SRB"),
        ("Yemen Arab Republic", "", "1980-12", "YAR"),
        ("Yemen People's Republic", "YD", "1980-12", "YMD"),
        ("Yemen", "YE", "1995-12", "YEM"),
        ("Congo - Kinshasa", "CD", "1990-12", "ZAR"),
        ("Congo - Kinshasa", "CD", "2001-12", "COD"),
        ("Myanmar (Burma)", "MM", "1980-12", "BUR"),
        ("Taiwan", "TW", "1970-11", "TWN"),
        ("Zanzibar", "", "1963-12", "ZAN"),
    ],
)
def test_voters_are_the_states_of_their_day(
    votes_folder: Any, country: str, code: str, month: str, voter: str
) -> None:
    folder = votes_folder([("9", country, code, "yes")], [("9", "40", f"{month}-05")])
    assert read_votes(folder).rows() == [
        (9, date.fromisoformat(f"{month}-01"), "month", voter, "yes")
    ]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (("4604", "Russia", "RU", "maybe"), "'maybe' is not yes, no or abstain"),
        (("4604", "Russia", "RU", ""), "the vote is missing"),
        (("99", "Russia", "RU", "no"), "the table of roll calls has no roll call 99"),
        (("x", "Russia", "RU", "no"), "the roll call is missing"),
    ],
)
def test_what_cannot_be_read_is_set_aside(
    read: Any, row: tuple[str, str, str, str], reason: str
) -> None:
    found = read(("4604", "Russia", "RU", "no"), row)
    assert (found.kept, found.reasons, found.aside["line"].to_list()) == (1, [reason], [3])


def test_a_number_written_with_a_point_is_the_same_roll_call(read: Any) -> None:
    assert read(("4604.0", "Russia", "RU", "no")).kept == 1


def test_votes_need_their_roll_calls(votes_folder: Any) -> None:
    folder = votes_folder([("4604", "Russia", "RU", "no")])
    (folder / "un_roll_calls.csv").unlink()
    with pytest.raises(BadFile, match=r"no table of roll calls lies beside 'un_votes\.csv'"):
        list(VotesSource().read(folder / "un_votes.csv"))


def test_a_roll_call_twice_is_refused(votes_folder: Any) -> None:
    twice = [("4604", "60", "2005-12-16")] * 2
    folder = votes_folder([("4604", "Russia", "RU", "no")], twice)
    with pytest.raises(BadFile, match="a roll call twice"):
        list(VotesSource().read(folder / "un_votes.csv"))


def test_a_folder_gives_its_votes_alone(votes_folder: Any, tmp_path: Path) -> None:
    source = open_source("votes")
    votes_folder([("4604", "Russia", "RU", "no")])
    assert source.find(tmp_path) == [tmp_path / "un_votes.csv"]
    assert (source.dataset.kind, source.dataset.roles) == ("census", False)
