from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from saidanddone import codes
from saidanddone.sources.acts import sort_rows, with_codes, with_dates
from saidanddone.sources.rows import misfits
from saidanddone.sources.source import SAME_STATE, SOURCE_UNKNOWN


def sorted_one(unresolved: Any = "filter", **changed: Any) -> Any:
    row = {
        "date_text": "2018-06-01", "code": "112", "source": "RUS", "target": "JPN",
        "source_name": "Russia", "target_name": "Japan", "government": True,
        "reference": "here", "line": 2, "content": "as read",
    } | changed  # fmt: skip
    frame = pl.DataFrame([row], schema_overrides={"source": pl.String, "code": pl.String})
    frame = with_codes(with_dates(frame))
    return sort_rows(frame, misfits([], [], []), ("date_reason", "code_reason"), unresolved)


def test_a_code_that_is_missing_is_never_filled_in() -> None:
    batch = sorted_one(code=None)
    assert batch.acts.height == 0
    assert batch.aside.rows() == [(2, "the code is missing", "as read")]


def test_what_cannot_be_read_is_set_aside_before_anything_is_filtered() -> None:
    batch = sorted_one(code="999", source=None)
    assert (batch.aside.height, batch.filtered) == (1, {})
    batch = sorted_one(date_text="2018-02-30", target="RUS")
    assert (batch.aside.height, batch.filtered) == (1, {})


def test_a_row_is_counted_under_one_reason_only() -> None:
    assert sorted_one(source=None, target="RUS").filtered == {SOURCE_UNKNOWN: 1}
    assert sorted_one(target="RUS").filtered == {SAME_STATE: 1}
    assert sorted_one("aside", source=None).filtered == {}


def test_long_rows_are_shown_cut() -> None:
    batch = sorted_one(code="999", content="x" * 500)
    assert batch.aside["content"].str.len_chars().to_list() == [200]


@pytest.mark.parametrize("shortest", [2, 3])
def test_every_known_code_gets_the_channel_and_valence_of_the_table(shortest: int) -> None:
    table = codes.table().select("code", "channel", "valence")
    long = table.filter(
        (pl.col("code").str.len_chars() >= shortest) | pl.col("code").str.starts_with("V")
    )
    read = with_codes(table.select("code"), shortest=shortest)
    assert read.filter(pl.col("code_reason").is_null()).drop("code_reason").equals(long)
    assert read["code_reason"].drop_nulls().len() == table.height - long.height


def test_codes_that_the_genuine_table_uses_are_known(genuine: Any) -> None:
    path = genuine("icews/relation_to_cameo.csv")
    table = pl.read_csv(path, infer_schema=False)
    column = next(name for name in table.columns if "code" in name.lower())
    read = with_codes(table.select(pl.col(column).alias("code")), shortest=3)
    assert read.filter(pl.col("code_reason").is_not_null())["code"].to_list() == []
