"""Ask: counts agree with an independent count, and what must never decide does not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import saidanddone as sd
from saidanddone import dossier
from saidanddone.archive import Archive
from saidanddone.dossier import Dossier

from .. import worlds

Reports = list[worlds.Report]


def counts(answer: Any, channel: str) -> tuple[int, int, int]:
    found = answer.channels[channel]
    return found.cooperative, found.conflictual, found.neutral


def expected(
    reports: Reports,
    channel: str,
    sources: tuple[str, ...] = ("Soviet Union", "Russia"),
    **how: Any,
) -> tuple[int, int, int]:
    """What a reader counts by hand of acts toward North Korea."""
    of_each = [
        [
            worlds.count(reports, (source, "North Korea"), channel, valence, **how)
            for source in sources
        ]
        for valence in (1, -1, 0)
    ]
    cooperative, conflictual, neutral = (sum(found) for found in of_each)
    return cooperative, conflictual, neutral


@pytest.mark.parametrize("channel", ["said", "signed", "done"])
def test_acts_are_counted_once_a_day(decided: Any, reports: Reports, channel: str) -> None:
    assert counts(decided, channel) == expected(reports, channel)


def test_everybodys_acts_are_more(census_archive: Path, reports: Reports) -> None:
    answer = sd.ask(*worlds.DECIDED, archive=census_archive, actors="all")
    assert answer.actors == "all"
    for channel in ("said", "done"):
        assert counts(answer, channel) == expected(reports, channel, everyone=True)
    assert sum(counts(answer, "said")) > sum(expected(reports, "said"))


def test_a_code_is_left_out_with_its_sub_codes(census_archive: Path, reports: Reports) -> None:
    answer = sd.ask(*worlds.DECIDED, archive=census_archive, without=["11", "070"])
    assert counts(answer, "said") == expected(reports, "said", without="11")
    assert counts(answer, "done") == expected(reports, "done", without="070")
    assert {item.code for item in answer.evidence} & {"112", "070"} == set()


def test_counting_reports_or_codes_counts_more(decided: Any, census_archive: Path) -> None:
    by_report = sd.ask(*worlds.DECIDED, archive=census_archive, count="reports")
    by_code = sd.ask(*worlds.DECIDED, archive=census_archive, count="codes")
    said = by_report.channels["said"]
    assert said.n + said.neutral == said.reports == decided.channels["said"].reports
    assert decided.channels["said"].n <= by_code.channels["said"].n < said.n


def test_the_decided_pair_is_a_quiet_partner(decided: Any) -> None:
    assert decided.verdict.direction == "warmer"
    assert decided.verdict.corner == "quiet partner"
    assert decided.corners["quiet partner"] >= 0.9
    assert decided.gap.interval90[0] > 0.25
    assert decided.times_needed is None


def test_the_undecided_pair_says_how_much_evidence_would_decide(undecided: Any) -> None:
    assert undecided.verdict.direction is None
    assert undecided.times_needed > 1


@pytest.mark.parametrize("archive", ["census_archive", "counts_archive"])
def test_counting_error_alone_never_decides(archive: str, request: pytest.FixtureRequest) -> None:
    path = request.getfixturevalue(archive)
    top = sd.rank(path, top=1)[0]
    for source, target in (worlds.DECIDED, (top.source.id, top.target.id)):
        answer = sd.ask(source, target, archive=path, dispersion="none")
        assert answer.verdict.decided is False
        assert (answer.verdict.direction, answer.verdict.corner) == (None, None)
        assert answer.robustness.decided == 0
        assert all(c.dispersion is None for c in answer.channels.values() if c)
        if answer.channels["verbal"].n:
            assert "only counting error" in answer.verdict.sentence


def test_dispersion_changes_the_evidence_and_not_the_counts(
    undecided: Any, census_archive: Path
) -> None:
    none = sd.ask(*worlds.UNDECIDED, archive=census_archive, dispersion="none")
    for channel in ("said", "done"):
        assert counts(none, channel) == counts(undecided, channel)
        assert undecided.channels[channel].dispersion > 1
    assert none.gap.estimate != undecided.gap.estimate


def test_a_selection_never_decides(selection: Any) -> None:
    assert selection.gap is selection.surprise is selection.corners is None
    assert selection.verdict.decided is False
    assert selection.verdict.corner is None
    assert selection.robustness.decided == 0
    chosen = selection.selection
    assert chosen.difference == pytest.approx(chosen.share_deeds - chosen.share_words)
    low, high = chosen.interval90
    assert low < chosen.difference < high


def test_counts_have_words_and_deeds_as_published_and_nothing_else(yearly: Any) -> None:
    for channel in ("said", "signed", "done"):
        assert yearly.channels[channel] is None
        assert yearly.norm[channel] is None
    assert yearly.channels["verbal"].n > 0
    assert yearly.norm["material"].pairs >= 200
    assert yearly.reading == "icews"


def test_a_known_pair_without_acts_is_an_answer(silent: Any) -> None:
    assert [silent.channels[c].n for c in ("said", "signed", "done")] == [0, 0, 0]
    assert silent.channels["said"].share is None
    assert silent.channels["said"].warmth == pytest.approx(0.0, abs=1e-6)
    assert silent.channels["said"].se == pytest.approx(silent.norm["said"].tau, rel=1e-3)
    assert silent.evidence == ()
    assert silent.panel.height == 0
    assert "has no acts of Fiji toward Iceland" in silent.verdict.sentence


def test_a_window_without_acts_is_an_answer(census_archive: Path) -> None:
    answer = sd.ask(*worlds.DECIDED, archive=census_archive, since="2001", until="2002")
    assert answer.channels["said"].n == 0
    assert answer.coverage.months == 0
    assert answer.gap is None
    assert answer.channels["said"].why_null


def test_both_ends_of_a_window_are_inside(census_archive: Path, reports: Reports) -> None:
    asked = [r for r in reports if r.target == "North Korea" and r.source == "Soviet Union"]
    day = max(r.day for r in asked if r.code in ("036", "112"))
    answer = sd.ask(*worlds.DECIDED, archive=census_archive, since=day, until=day)
    of_the_day = [r for r in asked if r.day == day]
    assert counts(answer, "said") == expected(of_the_day, "said")
    assert sum(counts(answer, "said")) > 0
    assert answer.window.since == answer.window.until == date.fromisoformat(day)


def test_a_month_as_an_end_means_all_of_it(census_archive: Path, reports: Reports) -> None:
    answer = sd.ask(*worlds.DECIDED, archive=census_archive, since="1991-11", until="1992-02")
    inside = [r for r in reports if "1991-11-01" <= r.day <= "1992-02-29"]
    assert counts(answer, "said") == expected(inside, "said")
    assert answer.coverage.months == 4


def test_a_yearly_count_enters_only_with_its_whole_year(counts_archive: Path) -> None:
    def reports_in(since: str, until: str) -> int:
        answer = sd.ask("Austria", "Chile", archive=counts_archive, since=since, until=until)
        return int(answer.channels["verbal"].reports)

    assert reports_in("2003-02", "2006-11") == reports_in("2004", "2005") > 0
    assert reports_in("2003", "2006-12-31") > reports_in("2004", "2005")


def test_straddling_counts_are_said_in_the_coverage(counts_archive: Path) -> None:
    answer = sd.ask("Austria", "Chile", archive=counts_archive, since="2003-02", until="2007")
    assert any("lies partly outside the window" in note for note in answer.coverage.notes)


def test_the_ussrs_acts_count_as_russias(
    decided: Any, census_archive: Path, reports: Reports
) -> None:
    alone = sd.ask(*worlds.DECIDED, archive=census_archive, predecessors=False)
    soviet = sd.ask("Soviet Union", "North Korea", archive=census_archive)
    assert soviet.source.id == "SUN"
    for channel in ("said", "signed", "done"):
        assert counts(alone, channel) == expected(reports, channel, ("Russia",))
        assert counts(soviet, channel) == expected(reports, channel, ("Soviet Union",))
        assert sum(counts(soviet, channel)) > 0
    assert decided.coverage.predecessors == ("Soviet Union",)
    assert alone.coverage.predecessors == soviet.coverage.predecessors == ()
    assert max(item.date for item in soviet.evidence) <= "1991-12-25"
    assert min(item.date for item in alone.evidence) >= "1991-12-26"


def test_acts_toward_a_predecessor_count_too(census_archive: Path, reports: Reports) -> None:
    answer = sd.ask("North Korea", "Russia", archive=census_archive)
    by_hand = sum(
        worlds.count(reports, ("North Korea", target), "said", 1)
        for target in ("Soviet Union", "Russia")
    )
    assert answer.channels["said"].cooperative == by_hand


def test_the_panel_sums_to_the_channels(every: list[Any]) -> None:
    for answer in every:
        for name, channel in answer.channels.items():
            rows = answer.panel.filter(channel=name)
            total = channel.cooperative if channel else 0
            assert rows["cooperative"].sum() == total
    assert every[0].panel["period"].dt.day().unique().to_list() == [1]


def test_the_answer_does_not_depend_on_the_order_of_files(
    tmp_path: Path, census_tables: dict[str, Path], decided: Any
) -> None:
    tables = [census_tables["late"], census_tables["on_time"]]
    sd.ingest("table", tables, tmp_path / "archive", mapping=census_tables["mapping"])
    again = sd.ask(*worlds.DECIDED, archive=tmp_path / "archive")
    assert again.to_dict()["gap"] == decided.to_dict()["gap"]
    assert again.to_dict()["evidence"] == decided.to_dict()["evidence"]


def test_a_dossier_can_be_asked_of_a_store(
    census_archive: Path, question_of: Callable[..., Any], decided: Any
) -> None:
    answer = dossier.ask(Archive.open(census_archive), question_of(census_archive, *worlds.DECIDED))
    assert type(answer) is Dossier
    assert answer.to_dict() == decided.to_dict()
