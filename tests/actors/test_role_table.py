"""The tables of roles and sectors: distinct, of known values, and wide enough for ICEWS."""

from __future__ import annotations

import csv
from importlib.resources import files
from pathlib import Path

import polars as pl
import pytest

FOLDER = files("saidanddone.actors")
ICEWS = Path(__file__).resolve().parents[3] / "shared" / "data" / "icews"
GOVERNMENT = {"yes", "no", "unknown"}
LEAST_COVERED = 0.97
"""The share of named generic actors below which a role table would leave ICEWS unreadable."""


def read(name: str) -> list[dict[str, str]]:
    with FOLDER.joinpath(name).open(encoding="utf-8") as table:
        return list(csv.DictReader(table))


ROLES = read("roles.csv")
SECTORS = read("sectors.csv")
ROLE = {row["phrase"]: row["government"] for row in ROLES}
SECTOR = {row["sector"]: row["government"] for row in SECTORS}


def test_the_columns_are_the_agreed_ones() -> None:
    assert list(ROLES[0]) == ["phrase", "sector", "government"]
    assert list(SECTORS[0]) == ["sector", "government"]


def test_every_phrase_and_every_sector_stands_once() -> None:
    for names in ([row["phrase"] for row in ROLES], [row["sector"] for row in SECTORS]):
        folded = [name.casefold() for name in names]
        assert len(folded) == len(set(folded))
        assert all(name == name.strip() != "" for name in names)


def test_government_is_yes_no_or_unknown() -> None:
    assert {row["government"] for row in ROLES} == GOVERNMENT
    assert {row["government"] for row in SECTORS} == GOVERNMENT


def test_every_role_lies_in_a_known_sector() -> None:
    assert {row["sector"] for row in ROLES} - set(SECTOR) == set()


def test_a_role_never_contradicts_its_sector() -> None:
    # A role may be known where its sector is not (clergy), or the reverse (an ombudsman).
    for row in ROLES:
        assert {row["government"], SECTOR[row["sector"]]} != {"yes", "no"}, row


@pytest.mark.parametrize(
    ("phrase", "government"),
    [
        ("Police", "yes"),
        ("Head of Government", "yes"),
        ("Foreign Affairs", "yes"),
        ("Envoy", "yes"),
        ("Military", "yes"),
        ("Ruling Party", "yes"),
        ("Citizen", "no"),
        ("Court Judge", "no"),
        ("Senate", "no"),
        ("Armed Rebel", "no"),
        ("Main Opposition", "no"),
        ("Political Parties", "unknown"),
    ],
)
def test_plain_roles(phrase: str, government: str) -> None:
    assert ROLE[phrase] == government


@pytest.mark.parametrize(
    ("sector", "government"),
    [
        ("Foreign Ministry", "yes"),
        ("Government Major Party (In Government)", "yes"),
        ("Legislative / Parliamentary", "no"),
        ("Judicial", "no"),
        ("State Owned Enterprises", "no"),
        ("International Government Organization", "unknown"),
        ("Government Religious", "unknown"),
        ("(National) Major Party", "unknown"),
    ],
)
def test_plain_sectors(sector: str, government: str) -> None:
    assert SECTOR[sector] == government


def test_the_roles_cover_the_generic_actors_of_icews() -> None:
    events = ICEWS / "icews18.parquet"
    if not events.is_file():
        pytest.skip(f"{events} is not there")
    acts = pl.read_parquet(events, columns=["source_name", "target_name"])
    names = pl.concat([acts["source_name"].rename("name"), acts["target_name"].rename("name")])
    phrases = names.str.extract(r"^(.*) \([^()]*\)$", 1).drop_nulls().str.strip_chars()
    assert phrases.is_in(list(ROLE)).sum() >= LEAST_COVERED * len(phrases)
    counts = phrases.value_counts()
    often = set(counts.filter(pl.col("count") >= 20)["name"])
    assert often - set(ROLE) == set()


def test_every_sector_of_the_icews_sample_is_known() -> None:
    sample = ICEWS / "events.2018.sample.tab"
    if not sample.is_file():
        pytest.skip(f"{sample} is not there")
    with sample.open(encoding="utf-8") as lines:
        lists = [
            row[column]
            for row in csv.DictReader(lines, delimiter="\t")
            for column in ("Source Sectors", "Target Sectors")
        ]
    sectors = {name.strip() for cell in lists if cell != "NA" for name in cell.split(",")}
    assert sectors - set(SECTOR) == set()
