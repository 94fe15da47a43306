from datetime import date

import numpy as np
import polars as pl
import pytest

from saidanddone.measure.dispersion import Series, Shrinkage, own_phi, shrinkage
from saidanddone.measure.evidence import Evidence, Span, evidence, in_both, span_of

from .conftest import acts, days, drawn_acts, months

TWO_YEARS = span_of(date(2010, 1, 1), date(2011, 12, 31), "day")
THREE_YEARS = span_of(date(2010, 1, 1), date(2012, 12, 31), "day")


def months_drawn(pairs: int, number: int, channels: tuple[str, ...] = ("said",)) -> pl.DataFrame:
    generator = np.random.default_rng(11)
    logits = {channel: generator.normal(0.5, 1.0, pairs) for channel in channels}
    return drawn_acts(generator, pairs, months(number), logits, 2.0)


def test_a_span_knows_its_blocks_and_months() -> None:
    assert TWO_YEARS.period == "week"
    assert THREE_YEARS.period == "month"
    assert span_of(date(2010, 1, 1), date(2012, 12, 31), "year").period is None
    assert THREE_YEARS.months == pytest.approx(36.0, abs=0.05)


def test_counts_are_those_of_the_channel() -> None:
    counted = acts(
        [
            ("RUS", "PRK", date(2010, 1, 1), "said", 1, 3),
            ("RUS", "PRK", date(2011, 1, 1), "said", -1, 2),
            ("RUS", "PRK", date(2011, 1, 1), "said", 0, 50),
            ("RUS", "PRK", date(2011, 1, 1), "done", 1, 70),
            ("PRK", "RUS", date(2011, 1, 1), "said", -1, 4),
            ("CHN", "PRK", date(2011, 1, 1), "said", 0, 4),
        ]
    )
    found, fitted = evidence(counted, "said", THREE_YEARS, blocks=False)
    assert fitted is None
    assert found.of("RUS", "PRK") == (3.0, 5.0, 1.0)
    assert found.of("PRK", "RUS") == (0.0, 4.0, 1.0)
    assert found.of("CHN", "PRK") == (0.0, 0.0, 1.0)
    assert len(found.n) == 2


def test_without_blocks_phi_is_one() -> None:
    counted = months_drawn(30, 36)
    assert (evidence(counted, "said", THREE_YEARS, blocks=False)[0].phi == 1.0).all()
    no_unit = Span(date(2010, 1, 1), date(2012, 12, 31), None)
    found, fitted = evidence(counted, "said", no_unit, blocks=True)
    assert fitted is None
    assert (found.phi == 1.0).all()


def test_dispersion_is_that_of_the_months() -> None:
    counted = months_drawn(30, 36)
    found, fitted = evidence(counted, "said", THREE_YEARS, blocks=True)
    names = sorted(set(zip(counted["source"], counted["target"], strict=True)))
    k, n = np.zeros((30, 36)), np.zeros((30, 36))
    for row in counted.iter_rows(named=True):
        at = names.index((row["source"], row["target"]))
        month = (row["date"].year - 2010) * 12 + row["date"].month - 1
        n[at, month] += row["acts"]
        k[at, month] += row["acts"] * (row["valence"] == 1)
    pair, period = np.nonzero(n)
    own = own_phi(Series(pair, period, k[pair, period], n[pair, period], 30, 36))
    expected = shrinkage(own, n.sum(axis=1))
    assert fitted is not None
    assert (fitted.level, fitted.variance) == pytest.approx((expected.level, expected.variance))
    for at, name in enumerate(names):
        given_k, given_n, phi = found.of(*name)
        assert (given_k, given_n) == (k[at].sum(), n[at].sum())
        assert phi == pytest.approx(expected.shrink(own, n.sum(axis=1))[at])


def test_a_shrinkage_that_is_given_is_used() -> None:
    counted = months_drawn(30, 36)
    given = Shrinkage(np.log(50.0), 0.0, 1e-6)
    found, used = evidence(counted, "said", THREE_YEARS, blocks=True, shrinkage=given)
    assert used is given
    assert found.phi == pytest.approx(50.0, rel=0.01)


def test_one_pair_has_the_phi_that_it_has_among_all() -> None:
    counted = months_drawn(30, 36)
    every, fitted = evidence(counted, "said", THREE_YEARS, blocks=True)
    row = counted.filter(pl.col("target") == "T0004")
    one, _ = evidence(row, "said", THREE_YEARS, blocks=True, shrinkage=fitted)
    assert one.of("S04", "T0004") == pytest.approx(every.of("S04", "T0004"))


def test_weeks_begin_on_monday() -> None:
    # 1 January 2018 is a Monday. The same acts a week, on other days of it.
    span = span_of(date(2018, 1, 1), date(2018, 12, 30), "day")
    generator = np.random.default_rng(12)
    number = generator.integers(1, 9, 52)
    given = Shrinkage(0.0, 0.0, 1e9)

    def phi(weekdays: list[int]) -> float:
        rows = [
            (
                "RUS",
                "PRK",
                days(364)[week * 7 + day],
                "said",
                (-1) ** (week // 4),
                int(number[week]),
            )
            for week, day in enumerate(weekdays)
        ]
        return evidence(acts(rows), "said", span, blocks=True, shrinkage=given)[0].phi[0]

    expected = phi([0] * 52)
    assert expected > 2.0
    assert phi([6] * 52) == pytest.approx(expected)
    assert phi([week % 7 for week in range(52)]) == pytest.approx(expected)


def test_the_window_counts_with_its_empty_ends() -> None:
    # Acts of one year inside a long window are few blocks out of many.
    counted = months_drawn(30, 12)
    given = Shrinkage(0.0, 0.0, 1e9)
    year = Span(date(2010, 1, 1), date(2010, 12, 31), "month")
    decade = Span(date(2010, 1, 1), date(2019, 12, 31), "month")
    short, _ = evidence(counted, "said", year, blocks=True, shrinkage=given)
    long, _ = evidence(counted, "said", decade, blocks=True, shrinkage=given)
    assert (short.n == long.n).all()
    assert not np.allclose(short.phi, long.phi)


def test_a_channel_without_acts_is_empty() -> None:
    found, fitted = evidence(months_drawn(3, 36), "done", THREE_YEARS, blocks=True)
    assert len(found.k) == len(found.source) == len(found.target) == 0
    assert found.of("S00", "T0000") == (0.0, 0.0, 1.0)
    assert fitted is None or np.isfinite(fitted.level)


def test_pairs_in_both_channels_come_in_one_order() -> None:
    def some(names: list[str]) -> Evidence:
        count = np.arange(1.0, len(names) + 1)
        return Evidence(np.full(len(names), "RUS"), np.array(names), count, count * 2, count)

    words, deeds = in_both(some(["PRK", "CHN", "SYR"]), some(["SYR", "JPN", "PRK"]))
    assert words.target.tolist() == deeds.target.tolist() == ["PRK", "SYR"]
    assert words.k.tolist() == [1.0, 3.0]
    assert deeds.k.tolist() == [3.0, 1.0]
