"""Weighting acts by intensity: the mean is one, kinds are told apart, nothing is counted twice."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import polars as pl
import pytest

from saidanddone import codes
from saidanddone.archive import TALLY_COLUMNS
from saidanddone.measure.choices import Choices
from saidanddone.measure.counting import counted
from saidanddone.measure.dispersion import Series, own_phi
from saidanddone.measure.weighting import mean_weights, scaled

WEIGHTED = Choices(weight="intensity")


def _cells(*rows: tuple[int, str, int]) -> pl.DataFrame:
    """Cells of one pair from (day, code, reports)."""
    table = codes.table()
    found = []
    for day, code, reports in rows:
        own = table.filter(code=code).row(0, named=True)
        found.append(
            {
                "source": "RUS", "target": "PRK", "government": True,
                "date": date(2018, 1, day), "precision": "day", "code": code,
                "channel": own["channel"], "valence": own["valence"], "reports": reports,
            }
        )  # fmt: skip
    return pl.DataFrame(found).select([column.name for column in TALLY_COLUMNS])


def _acts(cells: pl.DataFrame, choices: Choices, channel: str) -> list[float]:
    acts: Any = counted(cells, choices)
    return sorted(acts.filter(pl.col("channel") == channel)["acts"].to_list())


def _goldstein(code: str) -> float:
    return abs(float(codes.table().filter(code=code)["intensity"][0]))


def test_an_act_weighs_its_intensity() -> None:
    cells = _cells((1, "190", 1), (2, "141", 1))
    expected = sorted([_goldstein("190"), _goldstein("141")])
    assert _acts(cells, WEIGHTED, "done") == pytest.approx(expected)
    assert _acts(cells, WEIGHTED, "material") == pytest.approx(expected)
    assert _acts(cells, Choices(), "done") == [1, 1]


def test_codes_of_one_root_on_a_day_are_one_act_of_their_mean() -> None:
    cells = _cells((1, "070", 3), (1, "071", 1))
    mean = (3 * _goldstein("070") + _goldstein("071")) / 4
    assert _acts(cells, WEIGHTED, "done") == pytest.approx([mean])
    each = sorted([_goldstein("070"), _goldstein("071")])
    assert _acts(cells, WEIGHTED.but(count="codes"), "done") == pytest.approx(each)
    reports = 3 * _goldstein("070") + _goldstein("071")
    assert _acts(cells, WEIGHTED.but(count="reports"), "done") == pytest.approx([reports])


def test_a_code_without_intensity_has_its_channels_mean() -> None:
    table = codes.table().filter(channel="done")
    middle = float(table["intensity"].abs().mean())  # type: ignore[arg-type]
    assert table.filter(code="18")["intensity"][0] is None
    assert _acts(_cells((1, "18", 1)), WEIGHTED, "done") == pytest.approx([middle])


def test_scaled_weights_add_up_to_the_acts() -> None:
    cells = _cells((1, "190", 1), (2, "070", 4), (3, "051", 1), (4, "112", 2), (5, "130", 1))
    acts, weighted = counted(cells, Choices()), counted(cells, WEIGHTED)
    means = mean_weights(weighted, acts)
    assert set(means) == {"said", "done", "verbal", "material"}
    found = scaled(weighted, means)
    for channel in means:
        own = found.filter(pl.col("channel") == channel)
        assert own["acts"].sum() == pytest.approx(own.height)
    assert found["reports"].sum() == acts["reports"].sum()


def test_without_acts_there_is_no_mean() -> None:
    none = _cells((1, "190", 1)).clear()
    acts = counted(none, WEIGHTED)
    assert mean_weights(acts, counted(none, Choices())) == {}
    assert scaled(acts, {}).height == 0


def test_what_weights_add_to_the_error_is_in_the_dispersion() -> None:
    """Independent acts weighted by w have Var = sum w^2 p (1 - p): phi is sum w^2 over sum w."""
    draw = np.random.default_rng(8)
    pairs, weeks, share = 400, 60, 0.6
    pair, week = np.divmod(np.repeat(np.arange(pairs * weeks), 4), weeks)
    weight = draw.choice([0.4, 1.6], len(pair))
    k = weight * (draw.random(len(pair)) < share)
    found = own_phi(Series(pair, week, k, weight, pairs, weeks))
    assert found.phi.mean() == pytest.approx((weight**2).sum() / weight.sum(), rel=0.05)
