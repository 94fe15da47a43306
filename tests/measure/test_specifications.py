"""The grid of choices, and how the variance over it is shared out."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from saidanddone.errors import BadChoice
from saidanddone.measure.choices import Choices
from saidanddone.measure.robustness import alternatives
from saidanddone.measure.specifications import AXES, explained, known_axes, level, specifications


def test_the_whole_grid_is_the_product_of_its_axes() -> None:
    found = specifications(Choices(), roles=True, codes=True)
    assert len(found) == len(set(found)) == 4 * 3 * 4 * 2 * 2 * 2
    assert Choices() in found
    assert len(specifications(Choices(), roles=False, codes=True)) == len(found) // 2


def test_it_holds_every_choice_that_robustness_changes_once() -> None:
    for base in (Choices(), Choices(without=("173", "190")), Choices(without=("17",))):
        grid = specifications(base, roles=True, codes=True)
        assert set(alternatives(base, roles=True, codes=True)) <= set(grid)


def test_published_counts_vary_in_the_norm_alone() -> None:
    found = specifications(Choices(reading="icews"), roles=False, codes=False)
    assert [choices.against for choices in found] == ["world", "plain", "peers", "self"]
    assert {choices.but(against="world") for choices in found} == {Choices(reading="icews")}


def test_what_is_not_varied_stays_as_asked() -> None:
    base = Choices(reading="plover", count="codes", without=("173",))
    found = specifications(base, roles=True, codes=True, vary=("actors",))
    assert found == [base.but(actors="government"), base]


def test_norms_of_one_way_of_counting_stand_together() -> None:
    found = specifications(Choices(), roles=True, codes=True)
    ways = [choices.counting for choices in found]
    changes = sum(a != b for a, b in pairwise(ways))
    assert changes == len(set(ways)) - 1


def test_arrests_are_in_or_out() -> None:
    assert level(Choices(), "arrests") == "in"
    assert level(Choices(without=("190",)), "arrests") == "in"
    assert level(Choices(without=("173",)), "arrests") == "out"
    found = specifications(Choices(without=("190",)), roles=True, codes=True, vary=("arrests",))
    assert [choices.without for choices in found] == [("190",), ("190", "173")]


def test_axes_are_known_by_name() -> None:
    assert known_axes(["weight", "dataset"]) == ("dataset", "weight")
    with pytest.raises(BadChoice, match="'norm' is no axis"):
        known_axes(["norm"])
    assert known_axes(AXES) == AXES


def test_explained_is_the_eta_squared_of_an_analysis_of_variance() -> None:
    """Against sums of squares from a least-squares fit of dummies."""
    draw = np.random.default_rng(5)
    levels = draw.choice(["a", "b", "c"], 60)
    estimates = draw.normal(size=60) + (levels == "b") * 2.0
    design = np.column_stack([levels == name for name in ("a", "b", "c")]).astype(float)
    fitted = design @ np.linalg.lstsq(design, estimates, rcond=None)[0]
    rest = ((estimates - fitted) ** 2).sum() / ((estimates - estimates.mean()) ** 2).sum()
    assert explained(estimates, list(levels)) == pytest.approx(1 - rest, abs=1e-12)


@given(st.lists(st.floats(-5, 5), min_size=12, max_size=12))
def test_shares_of_a_whole_grid_add_up_to_one_at_most(values: list[float]) -> None:
    estimates = np.array(values)
    axes = [[str(i // 6) for i in range(12)], [str(i % 3) for i in range(12)]]
    shares = [explained(estimates, axis) for axis in axes]
    assert all(0 <= share <= 1 for share in shares)
    assert sum(shares) <= 1 + 1e-6


def test_estimates_that_are_alike_have_nothing_to_explain() -> None:
    assert explained(np.full(4, 0.3), ["a", "b", "a", "b"]) == 0.0
    assert explained(np.array([]), []) == 0.0
