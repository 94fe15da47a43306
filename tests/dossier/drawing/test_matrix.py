"""The world matrix: readable in grey, honest about what is uncertain."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saidanddone.dossier.drawing import matrix, matrix_alt

from . import sheets

SCHEMA = {
    "source": pl.String,
    "target": pl.String,
    "gap_shrunk": pl.Float64,
    "lfsr": pl.Float64,
    "acts": pl.Int64,
}
IDS = ("RUS", "PRK", "CHN", "USA")
NAMES = {"RUS": "Russia", "PRK": "North Korea", "CHN": "China", "USA": "United States"}

logits = st.one_of(st.none(), st.floats(-9, 9), st.just(float("nan")))
rates = st.one_of(st.none(), st.floats(0, 1), st.just(float("nan")))


def cells_of(*rows: tuple[str, str, float | None, float | None, int]) -> pl.DataFrame:
    """Cells of these pairs."""
    full = [dict(zip(SCHEMA, row, strict=True)) for row in rows]
    return pl.DataFrame(full, schema=SCHEMA, strict=False)


CELLS = cells_of(
    ("RUS", "PRK", 2.53, 0.001, 900),
    ("CHN", "PRK", -1.2, 0.02, 800),
    ("USA", "PRK", 0.4, 0.3, 700),
    ("PRK", "USA", None, None, 5),
)


@given(st.lists(st.tuples(st.text(min_size=1, max_size=40), logits, rates), max_size=12),
       st.booleans(), st.booleans())  # fmt: skip
@settings(max_examples=30)
def test_any_states_are_drawn_whole(
    states: list[tuple[str, float | None, float | None]], narrow: bool, linked: bool
) -> None:
    ids = [f"S{i}" for i in range(len(states))]
    rows = [
        (a, b, gap, rate, 7) for a, (_, gap, rate) in zip(ids, states, strict=True) for b in ids[:6]
    ]
    names = {i: name for i, (name, *_) in zip(ids, states, strict=True)}
    link = (lambda a, b: f'../{a}/"{b}"/') if linked else None
    for standalone in (False, True):
        svg = matrix(ids, names, cells_of(*rows), link, prefix="m", standalone=standalone,
                     narrow=narrow)  # fmt: skip
        sheets.whole(svg, "m")
    assert matrix_alt(ids, names, cells_of(*rows))


def kinds(root: Any) -> dict[str, str]:
    """The class of every cell by what it says of itself."""
    return {
        (e.find(f"{sheets.SVG}title")).text: g.get("class")
        for g in root.iter(f"{sheets.SVG}g")
        for e in g
        if e.find(f"{sheets.SVG}title") is not None
    }


def test_cells_say_what_they_are() -> None:
    root = sheets.whole(matrix(IDS, NAMES, CELLS, prefix="m"), "m")
    assert kinds(root) == {
        "Russia toward North Korea: gap +2.53 logits, false sign rate 0.00, 900 acts": "warmer-3",
        "China toward North Korea: gap -1.20 logits, false sign rate 0.02, 800 acts": "colder-2",
        "United States toward North Korea: gap +0.40 logits, false sign rate 0.30, 700 acts":
            "uncertain",
        "North Korea toward United States: not measured, 5 acts": "unmeasured",
    }  # fmt: skip


def test_every_coloured_cell_carries_its_sign_and_no_other_does() -> None:
    root = sheets.whole(matrix(IDS, NAMES, CELLS, prefix="m"), "m")
    signs = next(e for e in root.iter() if e.get("class") == "sign" and e.get("pointer-events"))
    drawn = [path.get("d", "") for path in signs]
    assert sorted("v" in d for d in drawn) == [False, True]


def test_links_are_followed_and_escaped() -> None:
    svg = matrix(IDS, NAMES, CELLS, lambda s, t: f'{s}/"<{t}>' if s == "RUS" else None, prefix="m")
    root = sheets.whole(svg, "m")
    links = list(root.iter(f"{sheets.SVG}a"))
    assert [link.get("href") for link in links] == ['RUS/"<PRK>']
    assert root.get("role") == "document"
    assert sheets.whole(matrix(IDS, NAMES, CELLS, prefix="m"), "m").get("role") == "img"


def test_the_alt_text_names_the_numbers() -> None:
    alt = matrix_alt(IDS, NAMES, CELLS)
    assert "among 4 states" in alt
    assert "1 have deeds warmer than their words and 1 colder" in alt
    assert "Russia toward North Korea, +2.53 logits" in alt


def test_a_phone_shows_twenty_states_by_their_ids() -> None:
    ids = [f"A{i:02}" for i in range(30)]
    root = sheets.whole(
        matrix(ids, dict.fromkeys(ids, "A very long name indeed"), CELLS, prefix="m", narrow=True),
        "m",
    )
    shown = sheets.words(root)
    assert "A19" in shown and "A20" not in shown and "very long" not in shown


@pytest.mark.parametrize("gap", [0.0, None, float("nan")])
def test_no_gap_is_never_coloured(gap: float | None) -> None:
    found = cells_of(("RUS", "PRK", gap, 0.0, 3))
    used = sheets.classes(sheets.whole(matrix(IDS, NAMES, found, prefix="m"), "m"))
    root = sheets.whole(matrix(IDS, NAMES, found, prefix="m"), "m")
    assert set(kinds(root).values()) <= {"uncertain", "unmeasured"}
    assert used
