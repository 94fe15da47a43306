from datetime import date
from typing import Any

import narwhals as nw
import numpy as np
import polars as pl
import pytest

from saidanddone.measure.comparison import Side
from saidanddone.measure.influence import BY_DATE, BY_KIND, influence, influence_on_shares
from saidanddone.measure.norm import Norm
from saidanddone.measure.quadrature import integrate

from .conftest import COUNTED, acts, days

WORDS = Norm(3.87, -0.3, 1.41, 3.28, 5000, 0.0)
DEEDS = Norm(-0.67, -0.4, 1.50, 1.95, 5000, 0.0)


def history(seed: int = 1) -> pl.DataFrame:
    """Acts of one pair over twelve days, with neutral and signed ones that must not matter."""
    generator = np.random.default_rng(seed)
    rows: list[tuple[str, str, date, str, int, int]] = []
    for day in days(12):
        for channel, highest in (("said", 6), ("done", 3), ("signed", 4)):
            for valence in (1, 0, -1):
                number = int(generator.integers(0, highest))
                if number:
                    rows.append(("RUS", "PRK", day, channel, valence, number))
    return acts(rows)


def totals(frame: pl.DataFrame, channel: str) -> tuple[float, float]:
    of = frame.filter(pl.col("channel") == channel)
    k = of.filter(pl.col("valence") == 1)["acts"].sum()
    return float(k), float(k + of.filter(pl.col("valence") == -1)["acts"].sum())


def sides(frame: pl.DataFrame) -> tuple[Side, Side]:
    return (
        Side(*totals(frame, "said"), 1.7, WORDS),
        Side(*totals(frame, "done"), 2.4, DEEDS),
    )


def gap(frame: pl.DataFrame, whole: tuple[Side, Side]) -> float:
    """The gap of these acts, with norm and dispersion of the whole."""
    warmth = []
    for side, channel in zip(whole, ("said", "done"), strict=True):
        k, n = totals(frame, channel)
        args = (np.array([k / side.phi]), np.array([n / side.phi]), side.norm.at([side.n]))
        warmth.append(float(integrate(*args, side.norm.tau).mean()[0]))
    return warmth[1] - warmth[0]


def share_gap(frame: pl.DataFrame) -> float:
    (a, b), (c, d) = totals(frame, "said"), totals(frame, "done")
    return c / d - a / b if b and d else 0.0


def left_out(frame: pl.DataFrame, row: dict[str, Any], by: tuple[str, ...]) -> pl.DataFrame:
    return frame.join(
        pl.DataFrame([{name: row[name] for name in by}], schema_overrides=COUNTED),
        on=list(by),
        how="anti",
    )


@pytest.mark.parametrize("by", [BY_DATE, BY_KIND], ids=["date", "kind"])
def test_equals_leaving_out_by_hand(by: tuple[str, ...]) -> None:
    frame = history()
    whole = sides(frame)
    found = influence(frame, "said", "done", whole, by)
    counts = ["words_cooperative", "words_conflictual", "deeds_cooperative", "deeds_conflictual"]
    assert found.columns == [*by, *counts, "influence"]
    warm = frame.filter(pl.col("channel").is_in(["said", "done"]) & (pl.col("valence") != 0))
    assert len(found) == warm.select(by).n_unique()
    assert found.select(counts).sum().row(0) == tuple(
        warm.filter(channel=channel, valence=valence)["acts"].sum()
        for channel, valence in (("said", 1), ("said", -1), ("done", 1), ("done", -1))
    )
    for row in found.iter_rows(named=True):
        expected = gap(frame, whole) - gap(left_out(frame, row, by), whole)
        assert row["influence"] == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("by", [BY_DATE, BY_KIND], ids=["date", "kind"])
def test_of_shares_equals_leaving_out_by_hand(by: tuple[str, ...]) -> None:
    frame = history(2)
    found = influence_on_shares(frame, "said", "done", by)
    for row in found.iter_rows(named=True):
        expected = share_gap(frame) - share_gap(left_out(frame, row, by))
        assert row["influence"] == pytest.approx(expected, abs=1e-12)


def test_the_largest_come_first_and_equals_by_date() -> None:
    frame = history()
    sizes = influence(frame, "said", "done", sides(frame))["influence"].abs().to_list()
    assert sizes == sorted(sizes, reverse=True)
    alike = acts(("RUS", "PRK", day, "said", 1, 2) for day in reversed(days(5)))
    found = influence(alike, "said", "done", sides(alike))
    assert found["date"].to_list() == days(5)


def test_a_month_and_its_first_day_are_kept_apart() -> None:
    day = acts([("RUS", "PRK", date(2018, 1, 1), "said", 1, 2)])
    both = pl.concat([day, day.with_columns(precision=pl.lit("month"))])
    found = influence(both, "said", "done", sides(both))
    assert sorted(found["precision"]) == ["day", "month"]
    assert found["influence"].n_unique() == 1


def test_the_only_acts_carry_the_whole_gap() -> None:
    frame = acts([("RUS", "PRK", date(2018, 1, 1), "said", -1, 9)])
    found = influence(frame, "said", "done", sides(frame))
    assert found["influence"].to_list() == pytest.approx([gap(frame, sides(frame))])
    assert influence_on_shares(frame, "said", "done")["influence"].to_list() == [0.0]


def test_no_acts_give_no_rows() -> None:
    nothing = acts([])
    assert len(influence(nothing, "said", "done", sides(nothing))) == 0
    assert len(influence_on_shares(nothing, "said", "done")) == 0


@pytest.mark.parametrize("engine", ["pandas", "pyarrow"])
def test_another_engine_gives_the_same(engine: str) -> None:
    pytest.importorskip(engine)
    frame = history()
    table = frame.to_pandas() if engine == "pandas" else frame.to_arrow()
    found = nw.from_native(influence(table, "said", "done", sides(frame)))
    expected = influence(frame, "said", "done", sides(frame))
    assert found["influence"].to_list() == pytest.approx(expected["influence"].to_list())
    assert [str(d)[:10] for d in found["date"].to_list()] == [str(d) for d in expected["date"]]
