"""Curves as small as a word."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

import saidanddone as sd
from saidanddone.dossier.drawing import shares_of, sparkline, sparkline_alt

from . import sheets


@given(st.lists(sheets.shares, max_size=40), st.lists(sheets.shares, max_size=3), st.booleans())
def test_any_shares_are_drawn_whole(
    words: list[float | None], deeds: list[float | None], standalone: bool
) -> None:
    svg = sparkline(words, deeds, prefix="s", standalone=standalone)
    sheets.whole(svg, "s")
    assert svg == sparkline(words, deeds, prefix="s", standalone=standalone)


def test_a_gap_breaks_the_line_and_a_lone_share_is_a_dash() -> None:
    def d(words: list[float | None]) -> str:
        root = sheets.whole(sparkline(words, [], prefix="s"), "s")
        return next(e.get("d", "") for e in root.iter() if e.get("class") == "words")

    assert d([0.1, 0.2, 0.3]).count("M") == 1
    assert d([0.1, 0.2, None, 0.3, 0.4]).count("M") == 2
    assert "h" in d([0.1, 0.2, None, 0.3]) and "h" not in d([0.1, 0.2, 0.3])


def test_the_alt_text_names_the_numbers() -> None:
    assert sparkline_alt([0.25, None, 0.5], [1.0]) == (
        "Shares of cooperative acts through time. Words: from 25% to 50%. Deeds: 100%."
    )
    assert "Words: none. Deeds: none." in sparkline_alt([], [None])


def test_shares_of_a_series_are_smoothed_where_they_can_be(decided: Any) -> None:
    words, deeds = shares_of(sd.series("Russia", "North Korea", by="year"))
    assert len(words) == len(deeds) > 50
    assert None in words
    made = sheets.series_of([
        {"channel": c, "share": 0.1, "smoothed": s, "n": 3}
        for c, s in (("said", 0.4), ("done", None))
    ])  # fmt: skip
    assert shares_of(made) == ([0.4], [0.1])
