"""The table of method.md, section 1, written out a second time and held against the rows."""

import polars as pl
import pytest

from saidanddone.codes import table

# A rule is a list of prefixes; the longest prefix that fits a code decides.
RULE = {
    ("said", 1): "013 018 019 02 03 051 052 053 055 056",
    ("said", -1): "012 016 09 10 11 12 13",
    ("said", 0): "01 010 011 014 015 017",
    ("signed", 1): "04 05 050 054 057",
    ("signed", -1): "125 126 127 129 161 164 165",
    ("done", 1): "06 07 08",
    ("done", -1): "14 15 16 17 18 19 20",
}
BY_PREFIX = {prefix: cell for cell, prefixes in RULE.items() for prefix in prefixes.split()}


def rule_for(code: str) -> tuple[str, int]:
    return next(BY_PREFIX[code[:size]] for size in (4, 3, 2) if code[:size] in BY_PREFIX)


def test_channel_and_valence_follow_the_method() -> None:
    cameo = table().filter(pl.col("root") != "V")
    rows = cameo.select("code", "channel", "valence").iter_rows()
    assert [row for row in rows if row[1:] != rule_for(row[0])] == []


@pytest.mark.parametrize(("root", "child"), [("05", "050"), ("12", "120"), ("16", "160")])
def test_a_mixed_root_follows_its_unspecified_child(root: str, child: str) -> None:
    cells = table().filter(pl.col("code").is_in([root, child])).select("channel", "valence")
    assert cells.n_unique() == 1


def test_a_third_level_code_follows_its_parent() -> None:
    rows = table().select("code", "channel", "valence", "plover")
    parents = rows.with_columns(parent=pl.col("code").str.head(3))
    both = parents.filter(pl.col("code").str.len_chars() == 4).join(
        rows, left_on="parent", right_on="code"
    )
    differs = (pl.col("channel") != pl.col("channel_right")) | (
        pl.col("valence") != pl.col("valence_right")
    )
    assert both.height > 100
    assert both.filter(differs).is_empty()
