import re
from datetime import date

import pytest
from babel import Locale
from babel.core import get_global

from saidanddone.actors import actor, find, predecessors, resolve, successions, successors
from saidanddone.actors.names import choose, index
from saidanddone.actors.tables import entries, names, rows
from saidanddone.errors import UnknownActor

STATES = list(rows("states.csv"))
ORGANIZATIONS = list(rows("organizations.csv"))
TERRITORIES = {
    code: name for code, name in Locale("en").territories.items() if re.fullmatch("[A-Z]{2}", code)
}
# Neither ISO 3166-1 nor Kosovo's XK: regions, exceptional reservations and CLDR's own codes.
NOT_ISO = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}


def test_every_iso_territory_is_there() -> None:
    held = {row["iso2"] for row in STATES if row["kind"] != "historical"}
    assert held == set(TERRITORIES) - NOT_ISO


@pytest.mark.parametrize("code", sorted(set(TERRITORIES) - NOT_ISO))
def test_every_cldr_name_resolves_to_its_code(code: str) -> None:
    found = resolve(TERRITORIES[code])
    assert code in entries()[found.id].codes["iso2"]


def test_alpha3_agrees_with_cldr() -> None:
    aliases = get_global("territory_aliases")
    for row in STATES:
        if row["kind"] != "historical" and row["id"] != "XKX":
            assert aliases[row["id"]] == [row["iso2"]]


def test_ids_are_unique_and_organisations_take_no_iso_code() -> None:
    ids = [row["id"] for row in (*STATES, *ORGANIZATIONS)]
    assert len(ids) == len(set(ids))
    iso = {code for code in get_global("territory_aliases") if re.fullmatch("[A-Z]{3}", code)}
    assert not iso & {row["id"] for row in ORGANIZATIONS}


def test_states_of_today_share_no_code() -> None:
    for scheme in ("iso2", "cow", "gw", "cameo", "fips"):
        seen: dict[str, str] = {}
        for row in STATES:
            if row["kind"] == "historical":
                continue
            for code in filter(None, row[scheme].split("|")):
                assert seen.setdefault(code, row["id"]) == row["id"], (scheme, code)


def test_kinds_and_columns() -> None:
    assert {row["kind"] for row in STATES} == {"state", "territory", "historical"}
    kinds = {"name", "short", "alias", "capital", "adjective", "metonym", "official"}
    assert {row["kind"] for row in rows("names.csv")} <= kinds
    assert {row["id"] for row in rows("names.csv")} == {row["id"] for row in STATES}


def test_every_state_has_an_adjective_and_a_capital_that_lead_back() -> None:
    # Israel and Palestine have metonyms instead of capitals: README.md of the room says why.
    adjectives = {row["id"] for row in rows("names.csv") if row["kind"] == "adjective"}
    for row in STATES:
        if row["kind"] == "state":
            assert row["id"] in adjectives
            assert row["capital"] or row["id"] in {"ISR", "PSE"}
        if row["kind"] == "state" and row["capital"]:
            assert resolve(row["capital"]).id == row["id"]


def test_historical_states_have_an_end() -> None:
    for row in STATES:
        assert bool(row["exit"]) == (row["kind"] == "historical")


def test_names_are_borne_in_order() -> None:
    for name in names():
        assert name.since <= name.until


def test_only_known_names_are_ambiguous_today() -> None:
    ambiguous = {typed for typed, claims in index().items() if len(choose(claims, None)) > 1}
    assert ambiguous == {"korea", "congo", "congolese", "dominican", "virgin islands", "cs"}


def test_own_name_resolves_to_itself() -> None:
    for id_, entry in entries().items():
        name = entry.actor.name
        if id_ == "COG":  # bare Congo is ambiguous on purpose
            continue
        day = entry.actor.exit.first if entry.actor.exit else None
        assert resolve(name, day).id == id_, name


def test_successions_are_consistent() -> None:
    for step in successions():
        before, after = actor(step.predecessor), actor(step.successor)
        assert before.id != after.id
        if step.relation in ("continues", "renames"):
            assert before.kind == "historical"
            assert before.exit and after.entry
            assert after.entry.first == step.date.first
            gap = after.entry.first - before.exit.last
            assert gap.days == 1
        if step.relation == "splits" and after.entry and before.kind == "historical":
            assert after.entry.first <= step.date.last
        if before.exit:
            assert step.date.first <= before.exit.last.replace(year=before.exit.last.year + 2)


@pytest.mark.parametrize(
    ("id_", "before"),
    [("RUS", ["SUN"]), ("COD", ["ZAR"]), ("MMR", ["BUR"]), ("TLS", ["TMP"]), ("SRB", ["SCG"]),
     ("SCG", ["YUG"]), ("DEU", []), ("UKR", []), ("CZE", []), ("USA", []), ("YEM", []),
     ("VNM", []), ("UN", [])],
)  # fmt: skip
def test_predecessors(id_: str, before: list[str]) -> None:
    assert [state.id for state in predecessors(id_)] == before


def test_successors() -> None:
    assert len(successors("SUN")) == 15
    assert [state.id for state in successors("DDR")] == ["DEU"]
    with pytest.raises(UnknownActor):
        successors("Atlantis")


def test_a_day_lies_in_one_state_of_a_line() -> None:
    for numbers in (("cow", "365"), ("cow", "490"), ("cow", "775"), ("gw", "816")):
        for year in (1960, 1975, 1988, 1995, 2010):
            alive = [
                entry
                for entry in entries().values()
                if numbers[1] in entry.codes.get(numbers[0], ()) and entry.existed(date(year, 7, 1))
            ]
            assert len(alive) == 1, (numbers, year)


def test_find_knows_every_id() -> None:
    import polars as pl

    ids = pl.Series(list(entries()))
    assert find(ids, "id").to_list() == ids.to_list()
