import polars as pl
import pytest

from saidanddone.codes import READINGS, events, sides, table
from saidanddone.errors import BadChoice


def root_rule(reading: str, root: int) -> tuple[str, int]:
    """Where words+, deeds+ and words- end (roots), as method.md prints it."""
    ends = {"icews": (5, 8, 13), "gdelt": (5, 9, 14)}[reading]
    order = (("words", 1), ("deeds", 1), ("words", -1), ("deeds", -1))
    return order[sum(root > end for end in ends)]


@pytest.mark.parametrize("reading", ["icews", "gdelt"])
def test_published_readings_go_by_root(reading: str) -> None:
    rows = sides(reading).filter(pl.col("code").str.starts_with("V").not_()).iter_rows()
    assert [row for row in rows if row[1:] != root_rule(reading, int(row[0][:2]))] == []


def test_plover_reading_goes_by_the_quad_of_the_event() -> None:
    quad = {1: ("words", 1), 2: ("deeds", 1), 3: ("words", -1), 4: ("deeds", -1), None: (None, 0)}
    rows = (
        table()
        .join(events(), left_on="plover", right_on="event", how="left")
        .join(sides("plover"), on="code")
        .select("quad", "side", "sign")
    )
    assert [row for row in rows.iter_rows() if row[1:] != quad[row[0]]] == []


def test_said_done_takes_channel_and_valence_and_leaves_signed_beside() -> None:
    side = {"said": "words", "done": "deeds", "signed": None}
    rows = table().join(sides("said-done"), on="code")
    for row in rows.iter_rows(named=True):
        assert (row["side"], row["sign"]) == (side[row["channel"]], row["valence"])


@pytest.mark.parametrize("reading", READINGS)
def test_every_reading_speaks_of_every_code_once(reading: str) -> None:
    frame = sides(reading)
    assert frame["code"].to_list() == table()["code"].to_list()
    assert dict(frame.schema) == {"code": pl.String, "side": pl.String, "sign": pl.Int8}


@pytest.mark.parametrize("reading", READINGS)
def test_a_vote_is_never_a_word_or_a_deed(reading: str) -> None:
    votes = sides(reading).filter(pl.col("code").str.starts_with("V"))
    assert votes["side"].null_count() == 3


@pytest.mark.parametrize(
    ("code", "placed"),  # in the order of READINGS
    [
        ("010", [("words", 0), ("words", 1), ("words", 1), (None, 0)]),
        ("023", [("words", 1), ("words", 1), ("words", 1), (None, 0)]),
        ("042", [(None, 1), ("words", 1), ("words", 1), ("words", 1)]),
        ("090", [("words", -1), ("words", -1), ("deeds", 1), ("words", -1)]),
        ("141", [("deeds", -1), ("deeds", -1), ("words", -1), ("deeds", -1)]),
        ("161", [(None, -1), ("deeds", -1), ("deeds", -1), ("deeds", -1)]),
    ],
)
def test_codes_that_the_readings_place_apart(
    code: str, placed: list[tuple[str | None, int]]
) -> None:
    rows = [sides(each).row(by_predicate=pl.col("code") == code) for each in READINGS]
    assert [row[1:] for row in rows] == placed


def test_an_unknown_reading_names_those_that_exist() -> None:
    with pytest.raises(BadChoice, match="said-done, icews, gdelt, plover"):
        sides("cameo")
