from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from saidanddone import actors
from saidanddone.sources.gdelt import LAYOUTS, GdeltSource
from saidanddone.sources.gdelt.meaning import types
from saidanddone.sources.source import SAME_STATE, SOURCE_UNKNOWN, TARGET_UNKNOWN

NO_STATES = {
    *("AFR", "ASA", "BLK", "CAS", "CAU", "CEU", "CFR", "CRB", "EAF", "EEU", "EIN", "EUR", "LAM"),
    *("MDT", "MEA", "NAF", "NMR", "PGS", "SAF", "SAM", "SAS", "SCN", "SEA", "WAF", "WST"),
}
"""CAMEO's regions, which are nobody."""

PARTS = {"BAG": "IRQ", "WSB": "PSE", "GZS": "PSE"}
"""Codes for a part of a state: they act for it (actors/states.csv)."""

Read = Callable[..., Any]


@pytest.fixture
def read(export: Any, row: Any, whole: Any) -> Read:
    def reading(**changes: str) -> Any:
        return whole(GdeltSource(), export([row(**changes)]))

    return reading


def test_a_row_becomes_an_act(read: Read) -> None:
    (act,) = read().acts.iter_rows(named=True)
    assert act == {
        "date": date(2019, 10, 24),
        "precision": "day",
        "source": "RUS",
        "target": "PRK",
        "source_name": "MOSCOW",
        "target_name": "PYONGYANG",
        "government": True,
        "code": "042",
        "channel": "signed",
        "valence": 1,
        "mode": "did",
        "reports": 4,
        "id": "881990836",
        "text": None,
        "reference": "http://example.org/a",
        "line": 1,
        "place": "Pyongyang, P'yongyang-si, North Korea",
        "added": date(2019, 10, 24),
    }


@pytest.mark.parametrize("width", LAYOUTS)
def test_every_layout_is_read(export: Any, row: Any, whole: Any, width: int) -> None:
    (act,) = whole(GdeltSource(), export([row(width)])).acts.iter_rows(named=True)
    assert (act["source"], act["code"], act["added"]) == ("RUS", "042", date(2019, 10, 24))
    assert act["reference"] == (None if width == 57 else "http://example.org/a")
    assert act["place"].startswith("Pyongyang")


@pytest.mark.parametrize(
    ("changes", "government"),
    [
        ({}, True),
        ({"Actor1Type1Code": "GOV"}, True),
        ({"Actor1Type1Code": "MED", "Actor1Type3Code": "MIL"}, True),
        ({"Actor1Type2Code": "COP"}, True),
        ({"Actor1Type1Code": "SPY"}, True),
        ({"Actor1Type1Code": "UIS"}, True),
        ({"Actor1Type1Code": "OPP"}, False),
        ({"Actor1Type1Code": "LEG"}, False),
        ({"Actor1Type1Code": "JUD"}, False),
        ({"Actor1Type1Code": "IGO"}, False),
        ({"Actor1Type1Code": "unheard of"}, False),
        ({"Actor1CountryCode": "", "Actor1KnownGroupCode": "UNO"}, True),
        (
            {
                "Actor1CountryCode": "EUR",
                "Actor1KnownGroupCode": "EEC",
                "Actor1Type1Code": "IGO",
            },
            True,
        ),
    ],
)
def test_who_acts_for_a_government(read: Read, changes: dict[str, str], government: bool) -> None:
    assert read(**changes).acts["government"].to_list() == [government]


def test_types_agree_with_the_sectors_of_icews() -> None:
    sectors = {
        "GOV": "Executive",
        "MIL": "Military",
        "COP": "Police",
        "SPY": "Intelligence Ministry",
        "LEG": "Legislative / Parliamentary",
        "JUD": "Judicial",
    }
    said = actors.sectors_government(pl.Series(list(sectors.values())))
    assert {code for code, yes in zip(sectors, said, strict=True) if yes} < set(types("state"))
    assert not {"LEG", "JUD"} & set(types("state"))


def test_a_group_speaks_where_the_country_is_no_state(read: Read) -> None:
    european = read(Actor1CountryCode="EUR", Actor1KnownGroupCode="EEC", Actor1Type1Code="IGO")
    assert european.acts["source"].to_list() == ["EU"]
    assert read(Actor1CountryCode="EUR").filtered == {SOURCE_UNKNOWN: 1}
    assert read(Actor2CountryCode="", Actor2KnownGroupCode="TAL").filtered == {TARGET_UNKNOWN: 1}
    of_state = read(Actor2CountryCode="AFG", Actor2KnownGroupCode="UNO")
    assert of_state.acts["target"].to_list() == ["AFG"]


def test_codes_mean_what_they_meant_on_the_day(read: Read) -> None:
    for day, id_ in (("20020519", "TMP"), ("20020520", "TLS"), ("19800101", "TMP")):
        found = read(SQLDATE=day, Actor2CountryCode="TMP").acts["target"].to_list()
        assert found == [id_], day


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"Actor1CountryCode": ""}, SOURCE_UNKNOWN),
        ({"Actor1CountryCode": "", "Actor2CountryCode": ""}, SOURCE_UNKNOWN),
        ({"Actor2CountryCode": "XYZZY"}, TARGET_UNKNOWN),
        ({"Actor2CountryCode": "RUS"}, SAME_STATE),
    ],
)
def test_what_is_between_no_two_states_is_filtered(
    read: Read, changes: dict[str, str], reason: str
) -> None:
    found = read(**changes)
    assert found.filtered == {reason: 1}
    assert found.kept == found.aside.height == 0


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"EventCode": ""}, "the code is missing"),
        ({"EventCode": "---"}, "unknown code: '---'"),
        ({"EventCode": "42"}, "a leading zero may be lost"),
        ({"EventCode": "04"}, "too short for this dataset"),
        ({"EventCode": "999"}, "unknown code"),
        ({"EventCode": "V+"}, "'V+' is no CAMEO code"),
        ({"EventCode": "0421111"}, "unknown code"),
        ({"SQLDATE": ""}, "the date is missing"),
        ({"SQLDATE": "20190230"}, "no day since 1979"),
        ({"SQLDATE": "19200101"}, "no day since 1979"),
        ({"SQLDATE": "2019-10-24"}, "not a date as YYYYMMDD"),
        ({"SQLDATE": "201910"}, "not a date as YYYYMMDD"),
        ({"NumArticles": ""}, "not a number of articles"),
        ({"NumArticles": "0"}, "not a number of articles"),
        ({"NumArticles": "4.0"}, "not a number of articles"),
        ({"NumArticles": "123456789"}, "not a number of articles"),
        # What cannot be read is set aside whoever acts.
        ({"EventCode": "---", "Actor1CountryCode": ""}, "unknown code"),
    ],
)
def test_what_cannot_be_read_is_set_aside(read: Read, changes: dict[str, str], reason: str) -> None:
    found = read(**changes)
    assert (found.kept, found.filtered) == (0, {})
    (aside,) = found.aside.iter_rows()
    assert aside[0] == 1
    assert reason in aside[1]
    assert aside[2].startswith("881990836\t")


def test_a_code_with_blanks_around_is_read(read: Read) -> None:
    assert read(EventCode=" 042").acts["code"].to_list() == ["042"]


def test_every_country_of_gdelt_is_a_state_or_deliberately_none(genuine: Any) -> None:
    lines = genuine("gdelt/lookups/CAMEO.country.txt").read_text("utf-8").splitlines()[1:]
    listed = [line.split("\t")[0] for line in lines]
    states = pl.Series([code for code in listed if code != "0"])
    days = pl.Series([date(2016, 1, 1)]).new_from_index(0, len(states))
    found = dict(zip(states, actors.find(states, "cameo", days), strict=True))
    assert {code for code, id_ in found.items() if id_ is None} == NO_STATES
    assert {code: found[code] for code in PARTS} == PARTS


def test_no_known_group_is_taken_for_a_state(genuine: Any) -> None:
    text = genuine("gdelt/lookups/CAMEO.knowngroup.txt").read_text("utf-8")
    groups = pl.Series([line.split("\t")[0] for line in text.splitlines()[1:] if line.strip()])
    kinds = dict(actors.actors().select("id", "kind").iter_rows())
    found = actors.find(groups, "cameo").drop_nulls()
    assert [id_ for id_ in found if kinds[id_] != "organization"] == ["PSE"]


def test_coverage_says_what_the_dataset_cannot_give_and_where_it_breaks() -> None:
    dataset = GdeltSource().dataset
    assert any("counts as the government" in text for text in dataset.missing)
    assert [day for day, _ in dataset.breaks] == [date(2015, 2, 19)]


def test_a_folder_gives_its_event_files_once(tmp_path: Path) -> None:
    names = (
        *("20191024.export.CSV", "20191024.export.CSV.zip", "20191025.export.CSV.zip"),
        *("1979.zip", "200601.zip", "sample.csv", "20191024143000.mentions.CSV"),
        *("20191024143000.gkg.csv.zip", "notes.txt", "photos.zip"),
    )
    for name in names:
        (tmp_path / name).touch()
    found = [path.name for path in GdeltSource().find(tmp_path)]
    assert found == [
        *("1979.zip", "200601.zip", "20191024.export.CSV"),
        *("20191025.export.CSV.zip", "sample.csv"),
    ]
