from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saidanddone.errors import BadFile
from saidanddone.sources import open_source
from saidanddone.sources.mapping import Mapping
from saidanddone.sources.source import SAME_STATE, SOURCE_UNKNOWN, TARGET_UNKNOWN
from saidanddone.sources.table import TableSource

TABLE = "icews/icews18.parquet"


@pytest.fixture(scope="module")
def icews_2018(genuine: Any, whole: Any) -> Any:
    return whole(open_source("table", mapping="icews-2018"), genuine(TABLE))


@pytest.fixture
def read(tmp_path: Path, mapping_file: Any, whole: Any) -> Callable[..., Any]:
    """Read CSV text through a mapping."""

    def read(text: str, settings: str = "", columns: str = 'code = "code"') -> Any:
        path = tmp_path / "mine.csv"
        path.write_text(text, encoding="utf-8")
        return whole(open_source("table", mapping=mapping_file(settings, columns)), path)

    return read


def test_the_genuine_table_balances(icews_2018: Any) -> None:
    assert icews_2018.rows == 468_558
    assert icews_2018.aside.height == 0
    assert set(icews_2018.filtered) == {SAME_STATE, SOURCE_UNKNOWN, TARGET_UNKNOWN}
    assert icews_2018.kept > 160_000


def test_the_genuine_table_knows_who_acts(icews_2018: Any) -> None:
    acts = icews_2018.acts.filter(pl.col("date").dt.year() == 2018)
    assert acts.height == icews_2018.kept

    def government(name: str) -> list[bool | None]:
        found: list[bool | None] = acts.filter(source_name=name)["government"].unique().to_list()
        return found

    assert government("Military (Syria)") == [True]
    assert government("Russia") == [True]
    assert government("Citizen (India)") == [False]
    assert acts.filter(source_name="Military (Syria)")["source"].unique().to_list() == ["SYR"]
    assert acts.filter(source_name="United Nations")["source"].unique().to_list() == ["UN"]


def test_the_genuine_table_says_where_to_look_an_act_up(icews_2018: Any, genuine: Any) -> None:
    act = icews_2018.acts.row(1000, named=True)
    row = pl.read_parquet(genuine(TABLE)).row(act["line"] - 1, named=True)
    assert act["reference"] == f"icews18.parquet, row {act['line']}"
    assert (act["text"], act["code"]) == (row["cameo_relation_text"], row["cameo_code"])
    assert (act["source_name"], str(act["date"])) == (row["source_name"], row["date"])


def test_dates_of_every_precision_are_read(read: Any) -> None:
    found = read("date,source,target,code\n2018,Russia,Japan,013\n2018-06,Russia,Japan,013\n")
    assert found.acts.select(pl.col("date").cast(pl.String), "precision").rows() == [
        ("2018-01-01", "year"),
        ("2018-06-01", "month"),
    ]


def test_a_date_format_is_followed(read: Any) -> None:
    text = "date;source;target;code\n05/06/2018;Russia;Japan;13\n30/02/2018;Russia;Japan;13\n"
    found = read(text, 'date_format = "%d/%m/%Y"\ndelimiter = ";"')
    assert [str(day) for day in found.acts["date"]] == ["2018-06-05"]
    assert found.reasons == ["'30/02/2018' is not a date as %d/%m/%Y writes it"]


def test_unknown_actors_go_where_the_mapping_says(read: Any) -> None:
    text = "date,source,target,code\n2018,Russia,Nowhereland,013\n2018,Congo,Japan,013\n"
    aside = read(text)
    assert aside.reasons == [
        "the target 'Nowhereland' is no state or organisation known",
        "the source 'Congo' is no state or organisation known",
    ]
    assert read(text, 'unresolved = "filter"').filtered == {TARGET_UNKNOWN: 1, SOURCE_UNKNOWN: 1}


def test_names_are_those_of_the_day(read: Any) -> None:
    text = "date,source,target,code\n1970-05-02,Moscow,Japan,013\n2005-05-02,Moscow,Japan,013\n"
    assert read(text).acts["source"].to_list() == ["SUN", "RUS"]


def test_a_stated_country_goes_before_the_name(read: Any) -> None:
    text = (
        "date,source,target,code,land\n2018,A man,Japan,013,France\n"
        "2018,Russia,Japan,013,\n2018,Russia,Japan,013,Nowhereland\n"
    )
    found = read(text, columns='code = "code"\nsource_country = "land"')
    assert found.acts["source"].to_list() == ["FRA", "RUS"]
    assert found.aside["line"].to_list() == [4]


@pytest.mark.parametrize(
    ("government", "expected"),
    [
        ("none", [None, None, None]),
        ("all", [True, True, True]),
        ("name", [True, True, False]),
    ],
)
def test_government_is_told_as_the_mapping_says(
    read: Any, government: str, expected: list[bool | None]
) -> None:
    text = (
        "date,source,target,code\n2018-01-01,Russia,Japan,013\n"
        "2018-01-01,Police (Russia),Japan,013\n2018-01-01,Citizen (Russia),Japan,013\n"
    )
    found = read(text, f'government = "{government}"')
    assert found.acts["source"].to_list() == ["RUS"] * 3
    assert found.acts["government"].to_list() == expected


def test_event_texts_become_codes_and_unknown_texts_are_set_aside(read: Any) -> None:
    text = "date,source,target,what\n2018,Russia,Japan,Praise\n2018,Russia,Japan,Whisper\n"
    found = read(text, columns='code_text = "what"\n[code_texts]\n"Praise" = "051"')
    assert found.acts.select("code", "text").rows() == [("051", "Praise")]
    assert found.reasons == ["the mapping gives no code for the text 'Whisper'"]


def test_codes_are_never_filled_in_or_mended(read: Any) -> None:
    codes = ["040", "40", "", "0", "9999", " 042 ", "V+"]
    text = "date,source,target,code\n" + "".join(f"2018,Russia,Japan,{code}\n" for code in codes)
    found = read(text)
    assert found.acts["code"].to_list() == ["040", "042", "V+"]
    assert found.aside["line"].to_list() == [3, 4, 5, 6]
    assert "leading zero may be lost" in found.reasons[0]
    assert found.reasons[1] == "the code is missing"


def test_references_and_addresses_are_joined(read: Any) -> None:
    text = (
        "date,source,target,code,where,link\n2018,Russia,Japan,013,Page 3,https://a.example\n"
        "2018,Russia,Japan,013,,\n"
    )
    found = read(text, columns='code = "code"\nreference = "where"\nurl = "link"')
    assert found.acts["reference"].to_list() == ["Page 3 <https://a.example>", "mine.csv, line 3"]


def test_lacking_columns_are_named_with_those_there_are(read: Any) -> None:
    with pytest.raises(BadFile, match=r"lacks the column code \(found: date, source, target\)"):
        read("date,source,target\n2018,Russia,Japan\n")


def test_parquet_and_csv_give_the_same_acts(tmp_path: Path, mapping_file: Any, whole: Any) -> None:
    table = pl.DataFrame(
        {
            "date": ["2018-01-02", "2018-01-03", "x"],
            "source": ["Russia", "Japan", "Japan"],
            "target": ["China", "Nowhereland", "China"],
            "code": ["013", "020", "112"],
        }
    )
    table.write_csv(tmp_path / "a.csv")
    table.write_parquet(tmp_path / "a.parquet")
    source = open_source("table", mapping=mapping_file())
    text, parquet = (whole(source, tmp_path / f"a.{end}") for end in ("csv", "parquet"))
    assert text.acts.drop("line", "reference").equals(parquet.acts.drop("line", "reference"))
    assert text.reasons == parquet.reasons
    assert parquet.acts["reference"].to_list() == ["a.parquet, row 1"]


def test_a_folder_gives_the_files_that_the_mapping_names(tmp_path: Path, mapping_file: Any) -> None:
    for name in ("mine-1.csv", "mine-2.csv", "other.csv"):
        (tmp_path / name).write_text("x")
    named = open_source("table", mapping=mapping_file('files = ["mine-*.csv"]'))
    assert [path.name for path in named.find(tmp_path)] == ["mine-1.csv", "mine-2.csv"]
    assert len(open_source("table", mapping=mapping_file()).find(tmp_path)) == 3


ROW = st.tuples(
    st.sampled_from(["2018-06-01", "2018-06", "2018", "2018-06-31", ""]),
    st.sampled_from(["Russia", "Japan", "Police (China)", "Nowhereland", ""]),
    st.sampled_from(["Russia", "Japan", "China", "Someone"]),
    st.sampled_from(["013", "13", "7", "", "V-", "1823"]),
)


@settings(deadline=None, max_examples=40)
@given(
    rows=st.lists(ROW, min_size=1, max_size=20),
    size=st.integers(1, 25),
    unresolved=st.sampled_from(["aside", "filter"]),
    seed=st.randoms(),
)
def test_neither_batches_nor_order_matter_and_rows_balance(
    read_rows: Callable[..., Any],
    rows: list[tuple[Any, ...]],
    size: int,
    unresolved: str,
    seed: Any,
) -> None:
    once, split = read_rows(rows, unresolved, 1000), read_rows(rows, unresolved, size)
    assert once.rows == split.rows == len(rows)
    assert once.acts.equals(split.acts)
    assert (once.aside.rows(), once.filtered) == (split.aside.rows(), split.filtered)
    seed.shuffle(rows)
    mixed = read_rows(rows, unresolved, size)
    assert (mixed.kept, mixed.filtered) == (once.kept, once.filtered)
    assert sorted(mixed.reasons) == sorted(once.reasons)
    one, other = (found.acts.drop("line", "reference").sort(pl.all()) for found in (once, mixed))
    assert one.equals(other)


@pytest.fixture(scope="module")
def read_rows(tmp_path_factory: pytest.TempPathFactory, whole: Any) -> Callable[..., Any]:
    path = tmp_path_factory.mktemp("table") / "a.csv"
    columns = ["date", "source", "target", "code"]

    def read(rows: list[tuple[Any, ...]], unresolved: Any, batch_rows: int) -> Any:
        pl.DataFrame(rows, schema=columns, orient="row").write_csv(path)
        mapping = Mapping(
            columns=dict(zip(columns, columns, strict=True)),
            name="a",
            title="A",
            unresolved=unresolved,
            government="name",
        )
        return whole(TableSource(mapping, batch_rows=batch_rows), path)

    return read
