from collections.abc import Iterator
from datetime import date

import pytest

from saidanddone.actors import offices, resolve
from saidanddone.actors.tables import entries, rows
from saidanddone.errors import AmbiguousActor, UnknownActor
from saidanddone.model import FuzzyDate

TABLE = [
    ("Ann Example", "Example|A. Example", "KOR", "head of state", "2008-02-25", "2013-02-24"),
    ("Bo Nobody", "", "SUN", "party leader", "1985-03-11", "1991-08"),
    ("Bo Nobody", "", "SUN", "head of state", "1988", "1991-12-25"),
    ("Cy Twice", "", "AUT", "foreign minister", "1990", "1992"),
    ("Cy Twice", "", "CHE", "head of state", "2000", ""),
    ("Di Stray", "", "no such state", "head of state", "2000", ""),
]
COLUMNS = ("person", "aliases", "state", "office", "start", "end")


@pytest.fixture
def table(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    invented = [dict(zip(COLUMNS, row, strict=True)) for row in TABLE]
    monkeypatch.setattr(offices, "rows", lambda _: invented)
    offices.offices.cache_clear()
    yield
    offices.offices.cache_clear()


@pytest.mark.usefixtures("table")
class TestPersons:
    @pytest.mark.parametrize("name", ["Ann Example", "ANN EXAMPLE", "President Example"])
    def test_in_office(self, name: str) -> None:
        found = resolve(name, date(2009, 6, 1))
        assert (found.id, found.office) == ("KOR", "head of state")

    @pytest.mark.parametrize("day", [date(2008, 2, 25), date(2013, 2, 24)])
    def test_both_ends_count(self, day: date) -> None:
        assert resolve("Ann Example", day).id == "KOR"

    @pytest.mark.parametrize("day", [date(2005, 1, 1), date(2008, 2, 24), date(2013, 2, 25)])
    def test_out_of_office(self, day: date) -> None:
        with pytest.raises(UnknownActor, match="held no recorded office on"):
            resolve("Ann Example", day)

    def test_highest_office_is_named(self) -> None:
        assert resolve("Bo Nobody", date(1986, 1, 1)).office == "party leader"
        assert resolve("Bo Nobody", date(1989, 1, 1)).office == "head of state"

    def test_without_a_day(self) -> None:
        assert resolve("Bo Nobody").id == "SUN"
        with pytest.raises(AmbiguousActor, match="AUT"):
            resolve("Cy Twice")

    def test_state_by_date(self) -> None:
        assert resolve("Cy Twice", date(1991, 1, 1)).id == "AUT"
        assert resolve("Cy Twice", date(2024, 1, 1)).id == "CHE"

    def test_an_unknown_state_is_passed_over(self) -> None:
        with pytest.raises(UnknownActor, match="no state or organisation"):
            resolve("Di Stray")

    def test_whole_column(self) -> None:
        import polars as pl

        from saidanddone.actors import find

        names = pl.Series(["Cy Twice", "Cy Twice", "Ann Example"])
        dates = pl.Series([date(1991, 1, 1), date(2024, 1, 1), date(2000, 1, 1)])
        assert find(names, "any", dates).to_list() == ["AUT", "CHE", None]


def test_shipped_offices_are_well_formed() -> None:
    for row in rows("offices.csv"):
        assert row["state"] in entries(), row
        assert row["person"] and row["office"], row
        start = FuzzyDate.parse(row["start"]) if row["start"] else None
        end = FuzzyDate.parse(row["end"]) if row["end"] else None
        if start and end:
            assert start.first <= end.last, row


def test_lee_myung_bak() -> None:
    if not offices.held("Lee Myung-bak"):
        pytest.skip("offices.csv does not hold Lee Myung-bak")
    found = resolve("Lee Myung-bak", date(2009, 6, 1))
    assert (found.id, found.office) == ("KOR", "head of state")
    with pytest.raises(UnknownActor, match="held no recorded office on 2005"):
        resolve("Lee Myung-bak", date(2005, 1, 1))
