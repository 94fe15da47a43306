"""The published votes, 1946 to January 2020: figures counted by hand in the tables themselves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from saidanddone.sources.source import SAME_STATE
from saidanddone.sources.votes import VotesSource, agreement, read_votes, stances
from saidanddone.sources.votes.reader import NO_STANCE

VOTES = "position/un_votes.parquet"


@pytest.fixture(scope="module")
def path(genuine: Any) -> Path:
    genuine("position/un_roll_calls.parquet")
    found: Path = genuine(VOTES)
    return found


@pytest.fixture(scope="module")
def published(path: Path, whole: Any) -> Any:
    return whole(VotesSource(), path)


def test_every_vote_is_accounted_for(published: Any) -> None:
    assert published.rows == 870_109
    assert published.aside.height == 0
    assert published.filtered == {NO_STANCE: 731_436, SAME_STATE: 647}
    assert set(published.acts["channel"]) == {"signed"}
    assert set(published.acts["code"]) == {"V+", "V-", "V0"}


def test_every_stance_meets_its_roll_call(published: Any) -> None:
    met = set(published.acts.select("id", "target").unique().rows())
    known = {(str(call), target) for call, target in stances().select("roll_call", "target").rows()}
    assert known == met


def test_russia_voted_no_on_north_korea_nine_times(published: Any) -> None:
    acts = published.acts.filter(source="RUS", target="PRK")
    assert acts["code"].to_list() == ["V+"] * 9
    first = acts.row(0, named=True)
    assert str(first["date"]) == "2005-12-16"
    assert first["reference"] == "UN General Assembly, resolution 60/173, roll call 4604"
    korea = published.acts.filter(source="KOR", target="PRK")["code"].to_list()
    assert (korea.count("V0"), korea.count("V-")) == (2, 7)


def test_the_united_states_abstained_once_on_the_embargo(published: Any) -> None:
    acts = published.acts.filter(source="USA", target="CUB").filter(
        pl.col("text").str.contains("embargo")
    )
    assert set(acts["code"]) == {"V-", "V0"}
    (abstained,) = acts.filter(code="V0").rows(named=True)
    assert str(abstained["date"]) == "2016-10-26"


def test_no_target_voted_against_what_the_table_says(path: Path) -> None:
    votes = read_votes(path)
    own = stances().join(votes, left_on=["roll_call", "target"], right_on=["roll_call", "voter"])
    assert own.height > 740
    contrary = own.filter(
        ((pl.col("stance") == 1) & (pl.col("vote") == "no"))
        | ((pl.col("stance") == -1) & (pl.col("vote") == "yes"))
    )
    assert contrary.rows() == []


def test_agreement_is_what_a_join_gives(path: Path) -> None:
    votes = read_votes(path)
    found = agreement(votes)
    one = votes.filter(pl.col("date").dt.year() == 2019)
    both = one.filter(voter="RUS").join(one.filter(voter="USA"), on="roll_call")
    expected = (both["vote"] == both["vote_right"]).mean()
    (row,) = found.filter(first="RUS", second="USA", year=2019).rows(named=True)
    assert row["n"] == both.height == 86
    assert row["agreement"] == pytest.approx(expected) == pytest.approx(18 / 86)
    assert found["agreement"].is_between(0, 1).all()


def test_everybody_who_voted_is_known(path: Path) -> None:
    assert read_votes(path).height == 870_109


def test_an_archive_answers_what_votes_can_say(path: Path, tmp_path: Path) -> None:
    import saidanddone as sd

    report = sd.ingest("votes", [path.parent], tmp_path)
    assert (report.rows, report.kept) == (870_109, 138_026)
    answer = sd.ask("russia", "north-korea", archive=tmp_path)
    signed = answer.channels["signed"]
    assert (signed.cooperative, signed.conflictual, signed.neutral) == (10, 0, 0)
    assert signed.warmth is not None
    assert answer.channels["said"].n == answer.channels["done"].n == 0
    assert not answer.verdict.decided
