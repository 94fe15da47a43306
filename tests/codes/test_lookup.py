import dataclasses
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saidanddone.codes import code, table
from saidanddone.errors import UnknownCode

KNOWN = table()["code"].to_list()


def test_every_code_of_the_table_is_found_as_it_stands_there() -> None:
    for row in table().iter_rows(named=True):
        found = dataclasses.asdict(code(row["code"]))
        assert found == {name: row[name] for name in found}


def test_blanks_are_dropped_and_zeros_are_not() -> None:
    assert code(" 013\n").code == "013"
    assert code("13").code == "13"
    assert code("13").root == "13"


@pytest.mark.parametrize(("text", "meant"), [("1", "01"), ("7", "07"), ("213", "0213")])
def test_a_lost_zero_is_named_and_not_mended(text: str, meant: str) -> None:
    with pytest.raises(UnknownCode, match=f"leading zero may be lost.*'{meant}'"):
        code(text)


@pytest.mark.parametrize("number", [13, 13.0, None, float("nan")])
def test_what_is_not_text_is_refused(number: Any) -> None:
    with pytest.raises(UnknownCode, match="read the column of codes as text"):
        code(number)


@pytest.mark.parametrize(
    ("text", "nearest"),
    [("1399", "139, 13"), ("v+", "V+"), ("V−", "V-"), ("0138", "013, 01"), ("---", "01 to 20")],
)
def test_an_unknown_code_leads_to_the_nearest_or_to_the_roots(text: str, nearest: str) -> None:
    with pytest.raises(UnknownCode) as error:
        code(text)
    assert nearest in error.value.do


def test_a_very_long_text_is_not_repeated() -> None:
    with pytest.raises(UnknownCode) as error:
        code("1" * 100_000)
    assert len(str(error.value)) < 200


def test_a_code_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        code("129").valence = 1  # type: ignore[misc]


@given(st.text() | st.text("0123456789V+- ", max_size=5) | st.sampled_from(KNOWN))
def test_any_text_gives_that_very_code_or_unknown_code(text: str) -> None:
    if text.strip() in KNOWN:
        assert code(text).code == text.strip()
    else:
        with pytest.raises(UnknownCode):
            code(text)
