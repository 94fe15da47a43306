import polars as pl
import pytest

from saidanddone.codes import events, table
from saidanddone.model import CHANNELS


def cameo() -> pl.DataFrame:
    return table().filter(pl.col("root") != "V")


def test_cameo_has_310_listed_codes_in_20_roots_and_three_that_the_list_lost() -> None:
    unlisted = ["106", "1213", "1214"]
    assert cameo().filter(~pl.col("code").is_in(unlisted)).height == 310
    assert cameo().filter(pl.col("code").is_in(unlisted)).height == 3
    roots = cameo().filter(pl.col("code").str.len_chars() == 2)["code"].to_list()
    assert roots == [f"{number:02}" for number in range(1, 21)]


def test_codes_are_text_with_their_leading_zeros() -> None:
    codes = cameo()["code"]
    assert codes.is_unique().all()
    assert codes.str.contains(r"^(0[1-9]|1\d|20)\d{0,2}$").all()
    assert {"01", "010", "013", "0256", "13", "130"} <= set(codes)


def test_each_code_stands_under_its_root_and_has_its_parent() -> None:
    known = set(cameo()["code"])
    assert (cameo()["code"].str.head(2) == cameo()["root"]).all()
    assert {code[:-1] for code in known if len(code) > 2} <= known


def test_each_code_has_name_channel_and_valence() -> None:
    assert table().select("name", "channel", "valence").null_count().row(0) == (0, 0, 0)
    assert set(table()["channel"]) == set(CHANNELS[:3])
    assert set(table()["valence"]) == {1, 0, -1}


def test_names_are_distinct_and_short() -> None:
    names = table()["name"]
    assert names.is_unique().all()
    assert (names == names.str.strip_chars()).all()
    assert names.str.len_chars().lt(60).all()


def test_types_are_text_but_for_valence_and_intensity() -> None:
    types = dict(table().schema)
    assert types.pop("valence") == pl.Int8
    assert types.pop("intensity") == pl.Float64
    assert set(types.values()) == {pl.String}


def test_no_empty_text_stands_for_a_missing_value() -> None:
    assert True not in table().select(pl.col(pl.String).eq("").any()).row(0)


def test_intensity_stays_on_goldsteins_scale() -> None:
    assert table()["intensity"].is_between(-10, 10).all()


@pytest.mark.parametrize(("vote", "sign"), [("V+", 1), ("V-", -1), ("V0", 0)])
def test_a_vote_is_signed_whatever_it_is_about(vote: str, sign: int) -> None:
    row = table().row(by_predicate=pl.col("code") == vote, named=True)
    assert (row["channel"], row["valence"], row["plover"]) == ("signed", sign, None)


def test_a_caller_cannot_spoil_the_cached_table() -> None:
    table().drop_in_place("name")
    events().drop_in_place("quad")
    assert "name" in table().columns
    assert "quad" in events().columns


def test_the_sixteen_events_have_the_quads_of_the_house() -> None:
    quads = {
        1: "AGREE CONSULT SUPPORT",
        2: "CONCEDE RETREAT COOPERATE AID",
        3: "REQUEST ACCUSE REJECT THREATEN",
        4: "PROTEST SANCTION MOBILIZE COERCE ASSAULT",
    }
    expected = {event: quad for quad, names in quads.items() for event in names.split()}
    assert dict(events().select("event", "quad").iter_rows()) == expected
    assert events().schema["quad"] == pl.Int8


def test_every_plover_event_of_a_code_exists_and_only_01_and_02_have_none() -> None:
    assert set(cameo()["plover"].drop_nulls()) == set(events()["event"])
    assert set(cameo().filter(pl.col("plover").is_null())["root"]) == {"01", "02"}
    assert cameo().filter(pl.col("root").is_in(["01", "02"]))["plover"].is_null().all()
