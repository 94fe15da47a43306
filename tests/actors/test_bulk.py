from datetime import date, datetime

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saidanddone.actors import find, resolve, roles_government, sectors_government
from saidanddone.errors import AmbiguousActor, UnknownActor

EARLY, LATE = date(1970, 1, 1), date(2010, 1, 1)


def test_names_by_date() -> None:
    names = pl.Series("who", ["Moscow", "Moscow", "Korea", None, "Atlantis", "DPRK", "Moscow"])
    dates = pl.Series([EARLY, LATE, LATE, LATE, LATE, None, None])
    found = find(names, "any", dates)
    assert found.to_list() == ["SUN", "RUS", None, None, None, "PRK", "RUS"]
    assert found.name == "who"
    assert found.dtype == pl.String


@pytest.mark.parametrize(
    ("scheme", "code", "on", "id_"),
    [
        ("iso2", "NA", None, "NAM"),
        ("iso2", "kp", None, "PRK"),
        ("iso2", "AU", None, "AUS"),
        ("iso2", "SU", LATE, "SUN"),
        ("iso2", "CS", EARLY, "CSK"),
        ("iso2", "CS", date(2005, 1, 1), "SCG"),
        ("iso2", "CS", None, None),
        ("icews", "NA", None, None),
        ("icews", "Congo", None, "COG"),
        ("icews", "Democratic Republic of Congo", None, "COD"),
        ("icews", "Russian Federation", LATE, "RUS"),
        ("cameo", "ROM", None, "ROU"),
        ("cameo", "ROU", None, "ROU"),
        ("cameo", "MTN", None, "MNE"),
        ("cameo", "TMP", None, "TLS"),
        ("cameo", "WSB", None, "PSE"),
        ("cameo", "EUR", None, None),
        ("cameo", "UNO", None, "UN"),
        ("cow", "365", EARLY, "SUN"),
        ("cow", "365", LATE, "RUS"),
        ("cow", "365", None, "RUS"),
        ("cow", "002", None, "USA"),
        ("cow", "260", EARLY, "DEU"),
        ("cow", "255", LATE, "DEU"),
        ("cow", "679", LATE, "YEM"),
        ("gw", "678", LATE, "YEM"),
        ("gw", "678", EARLY, "YAR"),
        ("gw", "345", EARLY, "YUG"),
        ("gw", "340", LATE, "SRB"),
        ("fips", "RS", None, "RUS"),
        ("fips", "KN", None, "PRK"),
        ("fips", "KS", None, "KOR"),
        ("fips", "CH", None, "CHN"),
        ("id", "sun", LATE, "SUN"),
        ("id", "Russia", None, None),
    ],
)
def test_schemes(scheme: str, code: str, on: date | None, id_: str | None) -> None:
    dates = None if on is None else pl.Series([on])
    assert find(pl.Series([code]), scheme, dates).to_list() == [id_]  # type: ignore[arg-type]


def test_numbers_and_other_date_types() -> None:
    assert find(pl.Series([2, 731, None]), "cow").to_list() == ["USA", "PRK", None]
    assert find(pl.Series([2.0, float("nan"), None]), "cow").to_list() == ["USA", None, None]
    moscow = pl.Series(["Moscow", "Moscow"])
    assert find(moscow, "any", pl.Series(["1970-01-01", "never"])).to_list() == ["SUN", "RUS"]
    times = pl.Series([datetime(1970, 1, 1, 5), datetime(2010, 1, 1)])
    assert find(moscow, "any", times).to_list() == ["SUN", "RUS"]


def test_empty() -> None:
    assert find(pl.Series([], dtype=pl.String)).to_list() == []
    assert find(pl.Series([], dtype=pl.String), "any", pl.Series([], dtype=pl.Date)).len() == 0
    assert sectors_government(pl.Series([], dtype=pl.String)).dtype == pl.Boolean


@given(st.lists(st.tuples(st.sampled_from(["Moscow", "Korea", "x", "Prague", "", "Soviet"]),
                          st.dates(date(1946, 1, 1), date(2030, 1, 1)))))  # fmt: skip
@settings(max_examples=25)
def test_agrees_with_resolve(rows: list[tuple[str, date]]) -> None:
    expected = []
    for name, on in rows:
        try:
            expected.append(resolve(name, on).id)
        except (UnknownActor, AmbiguousActor):
            expected.append(None)
    names = pl.Series([name for name, _ in rows], dtype=pl.String)
    dates = pl.Series([on for _, on in rows], dtype=pl.Date)
    assert find(names, "any", dates).to_list() == expected


@given(st.lists(st.text(max_size=12), max_size=5))
@settings(max_examples=50)
def test_never_raises(texts: list[str]) -> None:
    assert len(find(pl.Series(texts, dtype=pl.String))) == len(texts)


def test_sectors_and_roles_of_a_small_table(monkeypatch: pytest.MonkeyPatch) -> None:
    from saidanddone.actors import roles

    tables = {
        "sectors.csv": [
            {"sector": "Foreign Ministry", "government": "yes"},
            {"sector": "(National) Major Party", "government": "no"},
            {"sector": "Government Major Party (In Government)", "government": "yes"},
            {"sector": "Parties", "government": "unknown"},
            {"sector": "Iron, Steel, Coal", "government": "no"},
        ],
        "roles.csv": [
            {"phrase": "Police", "sector": "Police", "government": "yes"},
            {"phrase": "Citizen", "sector": "Social", "government": "no"},
        ],
    }
    monkeypatch.setattr(roles, "rows", tables.__getitem__)
    roles._roles.cache_clear()
    roles._sectors.cache_clear()
    try:
        lists = pl.Series([
            "Parties,Foreign Ministry", "(National) Major Party,Parties", "Parties", "", "NA", None,
            "Government Major Party (In Government),(National) Major Party",
            "Iron, Steel, Coal", "no such sector",
        ])  # fmt: skip
        expected = [True, False, None, None, None, None, True, False, None]
        assert sectors_government(lists).to_list() == expected
        phrases = pl.Series(["Police (India)", "citizen", "Nobody (India)", None])
        assert roles_government(phrases).to_list() == [True, False, None, None]
        assert resolve("Police (India)").id == "IND"
    finally:
        roles._roles.cache_clear()
        roles._sectors.cache_clear()
