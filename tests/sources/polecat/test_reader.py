from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saidanddone import codes
from saidanddone.sources import open_source
from saidanddone.sources.polecat import PolecatSource
from saidanddone.sources.source import SAME_STATE, SOURCE_UNKNOWN, TARGET_UNKNOWN


@pytest.fixture
def read(polecat_file: Any, row: Any, whole: Any) -> Any:
    """Read one row changed as given, behind a plain one."""

    def one(**changed: str) -> Any:
        return whole(PolecatSource(), polecat_file([row(), row(**changed)]))

    return one


def act(read: Any) -> dict[str, Any]:
    """The only act of the second row."""
    (found,) = read.acts.filter(line=3).rows(named=True)
    return dict(found)


def test_a_row_becomes_an_act(read: Any) -> None:
    found = act(read())
    assert (found["source"], found["target"], found["date"]) == ("RUS", "UKR", date(2023, 1, 2))
    assert (found["code"], found["channel"], found["valence"]) == ("173", "done", -1)
    assert (found["government"], found["reports"], found["precision"]) == (True, 1, "day")
    assert (found["place"], found["added"]) == ("Kyiv, UKR", date(2023, 1, 3))
    assert (found["id"], found["text"]) == ("20230103-1_COERCE_R", "COERCE arrest")
    assert found["reference"].startswith("POLECAT event 20230103-1_COERCE_R, The Daily, ngec")


@pytest.mark.parametrize(
    ("event", "mode", "code", "channel", "valence"),
    [
        ("AGREE", "None", "030", "said", 1),
        ("CONSULT", "visit", "042", "signed", 1),
        ("SUPPORT", "", "050", "signed", 1),
        ("AID", "None", "070", "done", 1),
        ("RETREAT", "release", "0841", "done", 1),
        ("REQUEST", "meet", "106", "said", -1),
        ("REJECT", "meet", "125", "signed", -1),
        ("THREATEN", "violence", "138", "said", -1),
        ("SANCTION", "SANCTION-expel", "166", "done", -1),
        ("SANCTION", "withdraw", "161", "signed", -1),
        ("COERCE", "martial_law", "1724", "done", -1),
        ("assault", "Heavy-Weapons", "194", "done", -1),
        ("ASSAULT", "torture; beat", "1822", "done", -1),
    ],
)
def test_event_and_mode_give_the_code(  # noqa: PLR0917
    read: Any, event: str, mode: str, code: str, channel: str, valence: int
) -> None:
    found = act(read(Event_Type=event, Event_Mode=mode))
    assert (found["code"], found["channel"], found["valence"]) == (code, channel, valence)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"Event_Type": "DANCE"}, "'DANCE' is no event type of PLOVER"),
        ({"Event_Type": "None"}, "the event type is missing"),
        ({"Event_Mode": "tickle"}, "'tickle' is no mode of COERCE that is known"),
        ({"Event_Mode": "arrest; tickle"}, "'tickle' is no mode of COERCE"),
        ({"Event_Date": "2023-02-30"}, "the date '2023-02-30' does not exist"),
        ({"Event_Date": "None"}, "the date is missing"),
    ],
)
def test_what_cannot_be_read_is_set_aside(read: Any, changed: dict[str, str], reason: str) -> None:
    found = read(**changed)
    assert (found.kept, found.aside["line"].to_list(), found.filtered) == (1, [3], {})
    assert reason in found.reasons[0]
    assert "20230103-1" in found.aside["content"][0]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"Actor_Country": "None", "Actor_Name": "None"}, SOURCE_UNKNOWN),
        ({"Actor_Country": "Atlantis"}, SOURCE_UNKNOWN),
        ({"Recipient_Country": "None", "Recipient_Name": "None"}, TARGET_UNKNOWN),
        ({"Recipient_Country": "RUS"}, SAME_STATE),
    ],
)
def test_what_is_no_act_between_two_states_is_filtered(
    read: Any, changed: dict[str, str], reason: str
) -> None:
    found = read(**changed)
    assert (found.kept, found.filtered) == (1, {reason: 1})


def sides(read: Any) -> list[tuple[str, str, bool | None]]:
    return sorted(read.acts.filter(line=3).select("source", "target", "government").rows())


def test_each_pair_of_actor_and_recipient_is_an_act_and_counts_once(read: Any) -> None:
    found = read(
        Actor_Name="United States; France; Joe Biden",
        Actor_Country="USA; FRA; USA",
        Primary_Actor_Sector="CVL; GOV; GOV",
        Recipient_Name="Russia; United States",
        Recipient_Country="RUS; USA",
    )
    assert sides(found) == [
        ("FRA", "RUS", True),
        ("FRA", "USA", True),
        ("USA", "RUS", True),
    ]
    assert (found.kept, found.filtered) == (2, {})


def test_countries_alone_say_who_acts_where_names_are_fewer(read: Any) -> None:
    found = read(Actor_Name="ministers", Actor_Country="USA; FRA", Primary_Actor_Sector="GOV")
    assert sides(found) == [("FRA", "UKR", None), ("USA", "UKR", None)]


def test_an_organisation_is_known_by_its_name(read: Any) -> None:
    found = read(Actor_Name="United Nations", Actor_Country="IGO", Primary_Actor_Sector="None")
    assert sides(found) == [("UN", "UKR", True)]


@pytest.mark.parametrize(
    ("sector", "government"),
    [("GOV", True), ("MIL", True), ("COP", True), ("SPY", True), ("LEG", False), ("JUD", False),
     ("REB", False), ("CVL", False), ("ELI", None), ("REB GOV", True), ("XYZ", None)],
)  # fmt: skip
def test_government_is_read_from_the_sector(
    read: Any, sector: str, government: bool | None
) -> None:
    found = read(Actor_Name="somebody", Primary_Actor_Sector=sector)
    assert sides(found) == [("RUS", "UKR", government)]


def test_a_state_without_a_sector_acts_for_itself(read: Any) -> None:
    assert sides(read(Primary_Actor_Sector="None")) == [("RUS", "UKR", True)]
    found = read(Actor_Name="somebody", Primary_Actor_Sector="None")
    assert sides(found) == [("RUS", "UKR", None)]


def test_actors_who_consult_without_a_recipient_met_each_other(read: Any) -> None:
    nobody = {"Recipient_Name": "None", "Recipient_Country": "None"}
    two = {"Actor_Name": "Russia; China", "Actor_Country": "RUS; CHN"}
    found = read(Event_Type="CONSULT", Event_Mode="None", **two, **nobody)
    assert [pair[:2] for pair in sides(found)] == [("CHN", "RUS"), ("RUS", "CHN")]
    assert read(**two, **nobody).filtered == {TARGET_UNKNOWN: 1}
    alone = read(Event_Type="CONSULT", Event_Mode="None", **nobody)
    assert alone.filtered == {TARGET_UNKNOWN: 1}


def test_what_did_not_happen_is_kept_and_not_counted(read: Any) -> None:
    assert act(read(Contexts="military; hypothetical"))["mode"] == "hypothetical"
    assert act(read(Contexts="negation"))["mode"] == "negated"
    assert act(read())["mode"] == "did"


def test_the_format_is_known_and_says_what_it_lacks() -> None:
    source = open_source("polecat")
    assert source.dataset.kind == "census"
    assert source.dataset.roles
    assert any("exact in root and sign" in lack for lack in source.dataset.missing)


def test_every_mode_leads_to_a_code_of_its_event() -> None:
    from saidanddone.sources.polecat.modes import _codes

    quads = dict(codes.events().select("event", "quad").iter_rows())
    assert {event for event, _ in _codes()} == set(quads)
    for (event, mode), code in _codes().items():
        found = codes.code(code)
        assert found.valence == (1 if quads[event] < 3 else -1), (event, mode)
        # A court's verdict is a SANCTION to PLOVER and said to CAMEO; the concessions share 08.
        if (event, mode) != ("SANCTION", "convict"):
            words = {"said", "signed"}
            assert (found.channel in words) == (quads[event] in {1, 3}) or event == "SANCTION"


cells = st.sampled_from(["RUS", "UKR; USA", "USA", "None", "", "Atlantis", "RUS; RUS; FRA"])


@settings(deadline=None, max_examples=30)
@given(
    rows=st.lists(
        st.tuples(cells, cells, st.sampled_from(["COERCE", "CONSULT", "DANCE"])),
        min_size=1,
        max_size=20,
    ),
    size=st.integers(1, 25),
)
def test_batches_change_nothing_and_rows_balance(
    tmp_path_factory: Any, row: Any, whole: Any, rows: list[tuple[str, ...]], size: int
) -> None:
    from saidanddone.sources.polecat.columns import COLUMNS

    path = tmp_path_factory.mktemp("polecat") / "ngecEvents.1.txt"
    lines = [
        row(Actor_Country=a, Actor_Name="None", Recipient_Country=b, Event_Type=event,
            Recipient_Name="None", Event_Mode="None")
        for a, b, event in rows
    ]  # fmt: skip
    path.write_text("\n".join(["\t".join(COLUMNS), *lines]) + "\n", encoding="utf-8")
    once = whole(PolecatSource(), path)
    split = whole(PolecatSource(batch_rows=size), path)
    assert once.rows == split.rows == len(rows)
    assert once.acts.equals(split.acts)
    assert (once.filtered, once.reasons) == (split.filtered, split.reasons)
    assert not once.acts.select("line", "source", "target").is_duplicated().any()
