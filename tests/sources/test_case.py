from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from saidanddone.errors import BadFile
from saidanddone.sources import open_source, shipped_case
from saidanddone.sources.source import SAME_STATE

HEADER = "id,date,source,target,code,channel,valence,mode,text,reference,url,basis"


@pytest.fixture
def read(tmp_path: Path, whole: Any) -> Callable[..., Any]:
    def read(*rows: str, header: str = HEADER) -> Any:
        path = tmp_path / "acts.csv"
        path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
        return whole(open_source("case"), path)

    return read


def test_the_shipped_case_is_read_whole(whole: Any) -> None:
    source = open_source("case")
    (path,) = source.find(shipped_case())
    found = whole(source, path)
    assert found.aside.rows() == []
    assert found.filtered == {}
    assert found.kept == found.rows > 100
    assert source.dataset.name == "moscow-pyongyang"
    assert (source.dataset.kind, source.dataset.roles) == ("selection", False)
    assert {"SUN", "RUS", "PRK"} <= set(found.acts["source"])


def test_a_case_that_does_not_ship_is_refused() -> None:
    with pytest.raises(BadFile, match=r"no case named 'x'.*moscow-pyongyang"):
        shipped_case("x")


def test_what_a_row_leaves_open_follows_from_its_code(read: Any) -> None:
    found = read(
        "a,2000-02-09,Russia,North Korea,057,,,,Signed a treaty.,Treaty,https://t.example,"
    )
    act = found.acts.row(0, named=True)
    assert (act["source"], act["target"], act["channel"], act["valence"]) == (
        "RUS", "PRK", "signed", 1,
    )  # fmt: skip
    assert (act["mode"], act["government"], act["precision"]) == ("did", True, "day")
    assert act["reference"] == "Treaty <https://t.example>"


def test_what_a_row_says_overrides_its_code(read: Any) -> None:
    found = read("a,1970,Moscow,North Korea,057,done,-1,ended,Text,Book,,")
    act = found.acts.row(0, named=True)
    assert (act["source"], act["channel"], act["valence"]) == ("SUN", "done", -1)
    assert (act["mode"], act["precision"], str(act["date"])) == ("ended", "year", "1970-01-01")
    assert act["reference"] == "Book"


def test_the_optional_columns_may_be_absent(read: Any) -> None:
    header = "id,date,source,target,code,text,reference"
    found = read("a,2000-02,RUS,PRK,V+,Text,Book", header=header)
    assert found.acts.select("code", "channel", "valence").rows() == [("V+", "signed", 1)]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("a,2000-02-30,RUS,PRK,057,,,,t,r,,", "the date '2000-02-30' does not exist"),
        ("a,,RUS,PRK,057,,,,t,r,,", "the date is missing"),
        ("a,2000,Nowhereland,PRK,057,,,,t,r,,", "no state or organisation is named"),
        ("a,2000,RUS,Korea,057,,,,t,r,,", "'Korea' may mean"),
        ("a,2000,RUS,PRK,57,,,,t,r,,", "a leading zero may be lost"),
        ("a,2000,RUS,PRK,,,,,t,r,,", "the code is missing"),
        ("a,2000,RUS,PRK,057,verbal,,,t,r,,", "the channel 'verbal' is not one of said"),
        ("a,2000,RUS,PRK,057,,2,,t,r,,", "the valence '2' is not one of"),
        ("a,2000,RUS,PRK,057,,,maybe,t,r,,", "the mode 'maybe' is not one of did"),
        ("a,2000,RUS", "3 columns instead of 12"),
    ],
)
def test_what_cannot_be_read_is_set_aside(read: Any, row: str, reason: str) -> None:
    found = read(row, "b,2000,RUS,PRK,057,,,,t,r,,")
    assert (found.kept, found.aside["line"].to_list()) == (1, [2])
    assert reason in found.reasons[0]


def test_the_same_state_on_both_sides_is_filtered(read: Any) -> None:
    found = read("a,2000,RUS,Russia,057,,,,t,r,,")
    assert (found.kept, found.filtered) == (0, {SAME_STATE: 1})


def test_the_description_beside_the_acts_names_the_dataset(tmp_path: Path) -> None:
    (tmp_path / "acts.csv").write_text(HEADER + "\n")
    (tmp_path / "case.toml").write_text('name = "mine"\ntitle = "My case"\ncitation = "Me"\n')
    source = open_source("case")
    assert source.find(tmp_path) == [tmp_path / "acts.csv"]
    assert (source.dataset.name, source.dataset.title) == ("mine", "My case")
    named = open_source("case", dataset="other")
    named.find(tmp_path)
    assert named.dataset.name == "other"
    (tmp_path / "case.toml").write_text("name = \n")
    with pytest.raises(BadFile, match="no TOML"):
        source.find(tmp_path)


def test_a_folder_without_acts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match=r"holds no acts\.csv"):
        open_source("case").find(tmp_path)
    with pytest.raises(BadFile, match="there is no file"):
        open_source("case").find(tmp_path / "gone.csv")
