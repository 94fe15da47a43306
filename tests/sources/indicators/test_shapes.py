"""Tables of indicators: every shape, every row accounted for, and what is refused."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from saidanddone.errors import BadFile, BadMapping
from saidanddone.sources import indicators

OWN = "source,target,year,measure,value,unit\n"


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def value(
    found: indicators.IndicatorTable, source: str, target: str, year: int, name: str
) -> float:
    table = found.table.filter(
        (pl.col("source") == source)
        & (pl.col("target") == target)
        & (pl.col("year") == year)
        & (pl.col("measure") == name)
    )
    return float(table["value"].item())


def test_anybody_s_table_is_read_as_it_is(tmp_path: Path) -> None:
    rows = "".join(
        f"{line}\n"
        for line in (
            "France,Peru,2001,trade,5.5,USD",
            "France,Peru,2002,trade,7,USD",
            "Soviet Union,Peru,1980,trade,3,USD",
            "Nowhere,Peru,2001,trade,1,USD",
            "France,france,2001,trade,1,USD",
            *(f"France,Chile,{year},trade,1,USD" for year in range(1970, 2020)),
            "France,Peru,2001,trade,9,USD",
            "France,Peru,soon,trade,1,USD",
        )
    )
    found = indicators.read(written(tmp_path / "trade.csv", OWN + rows))
    assert value(found, "FRA", "PER", 2001, "trade") == 5.5
    assert value(found, "SUN", "PER", 1980, "trade") == 3
    assert (found.rows, found.kept, found.set_aside, found.filtered) == (57, 53, 2, 2)
    assert sum(found.reasons.values()) == 4
    (measure,) = found.measures
    assert (measure.unit, measure.direction, measure.since, measure.until) == (
        "USD", 0, 1970, 2019,
    )  # fmt: skip


def test_arms_are_warm_and_a_pair_without_a_row_has_none(tmp_path: Path) -> None:
    text = "supplier,recipient,year,value\nFrance,Peru,2001,12\nFrance,Peru,2002,3\n"
    found = indicators.read(written(tmp_path / "arms.csv", text))
    (measure,) = found.measures
    assert (measure.name, measure.direction, measure.absent, measure.adds) == (
        "arms transfers", 1, "zero", True,
    )  # fmt: skip
    assert value(found, "FRA", "PER", 2002, "arms transfers") == 3


def test_a_case_is_in_force_from_its_first_to_its_last_year(tmp_path: Path) -> None:
    text = (
        "sanctioned_state,sanctioning_state,begin,end,trade,arms\n"
        "Peru,France,2001,2003,1,0\nPeru,France,2003,2004,0,1\n"
        '"Peru, Chile","France, Egypt, Arab Rep.",2010,2010,1,0\n'
        '"Congo, Democratic Republic of the",France,2011,2011,1,0\n'
        "Peru,Nobody in Particular,2001,2001,1,0\n"
    )
    found = indicators.read(written(tmp_path / "cases.csv", text))
    whole = "sanctions in force"
    assert [value(found, "FRA", "PER", year, whole) for year in (2001, 2002, 2003, 2004)] == [
        1, 1, 2, 1,
    ]  # fmt: skip
    assert value(found, "FRA", "PER", 2003, f"{whole}: arms") == 1
    assert value(found, "EGY", "CHL", 2010, whole) == 1
    assert value(found, "FRA", "COD", 2011, whole) == 1
    assert found.filtered == 1
    assert {m.name: m.direction for m in found.measures} == {
        whole: -1, f"{whole}: trade": 0, f"{whole}: arms": 0,
    }  # fmt: skip


def test_positions_become_distances_of_pairs(tmp_path: Path) -> None:
    text = "ccode,session,IdealPoint\n2,60,2.5\n365,60,-0.5\n731,60,-1.5\n2,61,2.0\n"
    found = indicators.read(written(tmp_path / "points.csv", text))
    name = "ideal point distance"
    assert value(found, "RUS", "USA", 2005, name) == 3.0
    assert value(found, "PRK", "RUS", 2005, name) == 1.0
    assert found.table.height == 3
    assert not found.measures[0].directed


def test_a_mapping_says_what_a_table_holds(tmp_path: Path) -> None:
    mapping = written(
        tmp_path / "trade.toml",
        'name = "trade"\nmeasure = "exports"\nunit = "USD"\ndirection = "warmer"\nadds = true\n'
        '[columns]\nsource = "from"\ntarget = "to"\nyear = "y"\nvalue = "v"\n',
    )
    table = written(tmp_path / "t.csv", "from,to,y,v\nFrance,Peru,2001,4\n")
    found = indicators.read(table, mapping=mapping)
    assert (found.dataset, found.measures[0].direction, found.measures[0].adds) == (
        "trade", 1, True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('direction = "up"\nmeasure = "m"\n', "warmer or colder"),
        ("measure = 3\n", "a text"),
        ("", "names no measure"),
        ('measure = "m"\ncolour = "red"\n', "one of name"),
    ],
)
def test_a_wrong_mapping_is_refused(tmp_path: Path, text: str, says: str) -> None:
    columns = '[columns]\nsource = "a"\ntarget = "b"\nyear = "c"\nvalue = "d"\n'
    mapping = written(tmp_path / "m.toml", text + columns)
    with pytest.raises(BadMapping, match=says):
        indicators.read(written(tmp_path / "t.csv", "a,b,c,d\n"), mapping=mapping)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a,b\n1,2\n", "no table of indicators"),
        ("", "no table of indicators"),
        (OWN, "of the 0 rows"),
        (OWN + "France,Peru,2001,trade,much,USD\n", "can be used"),
        (OWN + "France,Peru,2001,t,1,USD\nFrance,Peru,2002,t,1,EUR\n", "several units"),
    ],
)
def test_a_wrong_table_is_refused(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(BadFile, match=says):
        indicators.read(written(tmp_path / "t.csv", text))


def test_a_missing_file_and_an_empty_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="cannot be read"):
        indicators.read(tmp_path / "none.csv")
    with pytest.raises(BadFile, match="holds no table of indicators"):
        indicators.find(tmp_path)


def test_sessions_lie_in_the_year_that_they_are_counted_in(shared_data: Path) -> None:
    calls = pl.read_parquet(shared_data / "position" / "un_roll_calls.parquet")
    years = calls.select("session", pl.col("date").cast(pl.String).str.slice(0, 4).cast(pl.Int32))
    usual = years.group_by("session").agg(pl.col("date").mode().min())
    assert usual.height > 60
    other = usual.filter(pl.col("date") != pl.col("session") + 1945)
    # Most votes of the sixth and the nineteenth were cast after the turn of the year.
    assert sorted(other["session"]) == [6, 19]


def test_genuine_tables_are_read(shared_data: Path) -> None:
    folder = shared_data / "position"
    found = {f.name: indicators.read(f) for f in indicators.find(folder)}
    assert len(found) == 4
    for table in found.values():
        assert table.kept > 0.95 * table.rows
    arms = found["sipri_tiv_supplier_recipient_year.csv"]
    name = "sipri_tiv_supplier_recipient_year.csv"
    raw = pl.read_csv(folder / name, infer_schema=False)
    france = raw.filter(pl.col("supplier") == "France", pl.col("recipient") == "India")
    row = france.row(0, named=True)
    assert value(arms, "FRA", "IND", int(row["year"]), "arms transfers") == float(row["value"])
