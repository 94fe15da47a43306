from __future__ import annotations

import re

import polars as pl
import pytest

from saidanddone import actors
from saidanddone.sources.votes import stances


def test_the_table_is_in_order() -> None:
    table = stances()
    assert table.columns == ["roll_call", "month", "resolution", "target", "stance", "basis"]
    assert not table.select("roll_call", "target").is_duplicated().any()
    assert set(table["stance"]) == {-1, 1}
    assert table.drop("resolution").null_count().sum_horizontal().item() == 0
    assert all(re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", month) for month in table["month"])
    numbers = table["resolution"].drop_nulls()
    assert all(re.fullmatch(r"\d+/\d+[A-Z]*", number) for number in numbers)
    assert table["roll_call"].n_unique() == 944


def test_every_target_existed() -> None:
    for target, month in stances().select("target", "month").unique().iter_rows():
        state = actors.actor(target)
        entry, last = state.entry, state.exit
        # A state may be voted on before it is one: Guinea-Bissau, or an admission in its month.
        assert entry is None or str(entry.first)[:4] <= month[:4] or target == "GNB", target
        assert last is None or month <= str(last.last)[:7], target


@pytest.mark.parametrize(
    ("resolution", "target", "stance"),
    [
        ("60/173", "PRK", -1),
        ("68/262", "UKR", 1),
        ("74/168", "RUS", -1),
        ("66/253", "SYR", -1),
        ("44/240", "USA", -1),
        ("67/19", "PSE", 1),
        ("47/19", "USA", -1),
        ("47/19", "CUB", 1),
        ("61/232", "MMR", -1),
    ],
)
def test_what_is_well_known(resolution: str, target: str, stance: int) -> None:
    (found,) = stances().filter(resolution=resolution, target=target)["stance"]
    assert found == stance


def test_a_text_is_never_for_and_against_the_same_state() -> None:
    signs = stances().group_by("roll_call", "target").agg(pl.col("stance").n_unique())
    assert signs["stance"].max() == 1
