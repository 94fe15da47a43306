"""The plane: one pair among all others, whole whatever the numbers are."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saidanddone.dossier.drawing import plane, plane_alt
from saidanddone.dossier.drawing.plane_cloud import MOST_MARKS, binned
from saidanddone.dossier.drawing.plane_frame import Frame
from saidanddone.dossier.page import PLANE_COLUMNS
from saidanddone.dossier.timeline import schema
from saidanddone.model import Actor, Estimate

from . import sheets

RUS, PRK = Actor("RUS", "Russia", "state"), Actor("PRK", "North Korea", "state")
WORDS = Estimate(-0.53, 0.2, (-0.86, -0.2), 0.01)
DEEDS = Estimate(1.99, 0.3, (1.5, 2.5), 0.99)

logits = st.one_of(st.floats(-50, 50), st.just(float("nan")), st.just(float("inf")), st.none())


def pairs_of(rows: list[tuple[float | None, float | None]]) -> pl.DataFrame:
    """A plane of other pairs."""
    full = [
        {"source": f"S{i}", "target": "T", "words": w, "deeds": d, "acts": 3}
        for i, (w, d) in enumerate(rows)
    ]
    return pl.DataFrame(full, schema=schema(PLANE_COLUMNS), strict=False)


def thousands() -> pl.DataFrame:
    """4,000 pairs around the middle."""
    drawn = np.random.default_rng(1).normal(0, 1, (4000, 2))
    return pairs_of([(float(w), float(d)) for w, d in drawn])


@given(st.lists(st.tuples(logits, logits), max_size=30), st.floats(-9, 9), st.booleans())
@settings(max_examples=40)
def test_any_pairs_are_drawn_whole(
    rows: list[tuple[float | None, float | None]], at: float, narrow: bool
) -> None:
    here = Estimate(at, 1.0, (at - 1.6, at + 1.6), 0.5)
    for standalone in (False, True):
        svg = plane(pairs_of(rows), RUS, PRK, here, DEEDS, prefix="p", standalone=standalone,
                    narrow=narrow)  # fmt: skip
        sheets.whole(svg, "p")


def test_thousands_of_pairs_stay_few_marks() -> None:
    table = thousands()
    svg = plane(table, RUS, PRK, WORDS, DEEDS, prefix="p")
    sheets.whole(svg, "p")
    assert len(svg) < 20_000
    assert svg == plane(table, RUS, PRK, WORDS, DEEDS, prefix="p")


@given(st.integers(0, 9))
@settings(max_examples=5)
def test_no_pair_is_lost_in_the_marks(seed: int) -> None:
    others = np.random.default_rng(seed).normal(0, 2, (5000, 2))
    marks = binned(others, Frame.around(others, None, None, narrow=False))
    assert len(marks) <= MOST_MARKS
    assert sum(count for *_, count in marks) == 5000


def test_the_corners_lie_where_words_and_deeds_put_them() -> None:
    root = sheets.whole(plane(thousands(), RUS, PRK, WORDS, DEEDS, prefix="p"), "p")
    at = {
        e.text: (float(e.get("x", "0")), float(e.get("y", "0")))
        for e in root.iter(f"{sheets.SVG}text")
    }
    assert at["open friend"][0] > at["quiet partner"][0]
    assert at["open friend"][1] < at["false friend"][1]
    assert at["open rival"][0] < at["false friend"][0]
    assert at["quiet partner"][1] < at["open rival"][1]
    centre = next(e for e in root.iter() if e.get("class") == "this-pair-mark")
    x, y = (float(v) for v in centre.get("d", "")[1:].split("l")[0].split(" "))
    # Words colder and deeds warmer: toward the quiet partner.
    assert x < (at["open friend"][0] + at["quiet partner"][0]) / 2
    assert y < (at["open friend"][1] + at["open rival"][1]) / 2


def test_the_alt_text_names_the_numbers() -> None:
    alt = plane_alt(pairs_of([(0.0, 0.0), (1.0, None)]), RUS, PRK, WORDS, DEEDS)
    assert "Words colder than expected, -0.53 (-0.86 to -0.20) logits" in alt
    assert "deeds warmer than expected, +1.99 (+1.50 to +2.50) logits" in alt
    assert "among 1 other pair of states" in alt


def test_the_pair_itself_is_no_other_pair() -> None:
    table = pairs_of([(0.0, 0.0), (0.5, 0.5)])
    own = table.with_columns(source=pl.lit("RUS"), target=pl.lit("PRK"))
    assert "0 other pairs" in plane_alt(own, RUS, PRK, WORDS, DEEDS)


@pytest.mark.parametrize(("words", "deeds"), [(None, DEEDS), (WORDS, None), (None, None)])
def test_a_pair_that_is_not_measured_is_not_placed(
    words: Estimate | None, deeds: Estimate | None
) -> None:
    root = sheets.whole(plane(thousands(), RUS, PRK, words, deeds, prefix="p"), "p")
    assert not sheets.classes(root) & {"this-pair", "this-pair-mark"}
    assert "no place on it" in plane_alt(thousands(), RUS, PRK, words, deeds)


def test_long_names_are_cut_and_markup_is_text() -> None:
    long = Actor("X", "<b>" + "Very long " * 30, "state")
    root = sheets.whole(plane(thousands(), long, PRK, WORDS, DEEDS, prefix="p"), "p")
    name = [e.text or "" for e in root.iter(f"{sheets.SVG}text") if "<b>" in (e.text or "")]
    assert name and all(n.endswith("…") and len(n) < 60 for n in name)
