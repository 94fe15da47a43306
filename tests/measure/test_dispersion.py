import numpy as np
import pytest

from saidanddone.measure import dispersion
from saidanddone.measure.dispersion import (
    OwnPhi,
    Series,
    Shrinkage,
    block_length,
    own_phi,
    period_for,
    shrinkage,
)

from .conftest import Floats


def series(k: Floats, n: Floats) -> Series:
    """Tables of shape (pairs, periods) as a series; periods without acts are left out."""
    pair, period = np.nonzero(n)
    return Series(pair, period, k[pair, period], n[pair, period], *n.shape)


def independent(pairs: int, periods: int, mean: float, seed: int) -> tuple[Floats, Floats]:
    generator = np.random.default_rng(seed)
    n = generator.poisson(mean, (pairs, periods))
    share = generator.uniform(0.2, 0.9, (pairs, 1))
    return generator.binomial(n, share).astype(float), n.astype(float)


class TestClosedForm:
    @pytest.mark.parametrize("periods", [13, 24, 60])
    def test_equals_an_explicit_bootstrap(self, periods: int) -> None:
        generator = np.random.default_rng(periods)
        n = generator.poisson(6.0, periods).astype(float)
        mood = np.repeat(generator.uniform(0.1, 0.9, periods), 3)[:periods]
        k = generator.binomial(n.astype(int), mood).astype(float)
        length = block_length(periods)
        p = k.sum() / n.sum()
        number = 20_000
        blocks = periods // length
        starts = generator.integers(0, periods - length + 1, (number, blocks))
        places = starts[:, :, None] + np.arange(length)
        sums = (k[places] - p * n[places]).sum(axis=(1, 2))
        # A series of whole blocks, scaled to the full length.
        variance = sums.var() * periods / (blocks * length)
        correction = 1 / (1 - length / periods)
        expected = variance / (n.sum() * p * (1 - p)) * correction
        found = own_phi(series(k[None], n[None])).phi[0]
        # Four standard errors of a variance of so many draws.
        assert found == pytest.approx(expected, rel=4 * np.sqrt(2 / number))

    def test_pairs_do_not_touch_each_other(self) -> None:
        k, n = independent(7, 30, 2.0, 1)
        together = own_phi(series(k, n))
        for at in range(7):
            alone = own_phi(series(k[[at]], n[[at]]))
            assert together.phi[at] == pytest.approx(alone.phi[0])
            assert together.df[at] == pytest.approx(alone.df[0])

    @pytest.mark.parametrize("chunk", [1, 2, 7, 8])
    def test_chunks_do_not_matter(self, chunk: int, monkeypatch: pytest.MonkeyPatch) -> None:
        k, n = independent(8, 30, 1.0, 2)
        n[3] = k[3] = 0.0
        given = series(k, n)
        shuffled = np.random.default_rng(3).permutation(len(given.pair))
        turned = Series(
            given.pair[shuffled],
            given.period[shuffled],
            given.k[shuffled],
            given.n[shuffled],
            8,
            30,
        )
        whole = own_phi(given)
        monkeypatch.setattr(dispersion, "CHUNK", chunk)
        parts = own_phi(turned)
        assert parts.phi == pytest.approx(whole.phi, rel=1e-12)
        assert parts.df == pytest.approx(whole.df, rel=1e-12)

    def test_repeated_entries_add_up(self) -> None:
        k, n = independent(1, 30, 4.0, 4)
        once = series(k, n)
        pair, period = np.tile(once.pair, 2), np.tile(once.period, 2)
        twice = Series(pair, period, np.tile(once.k / 2, 2), np.tile(once.n / 2, 2), 1, 30)
        assert own_phi(twice).phi == pytest.approx(own_phi(once).phi)

    @pytest.mark.parametrize("share", [0.0, 1.0])
    def test_acts_all_of_a_sign_tell_nothing(self, share: float) -> None:
        n = np.full((1, 24), 3.0)
        found = own_phi(series(n * share, n))
        assert (found.phi[0], found.df[0]) == (1.0, 0.0)

    def test_a_single_burst_tells_little_however_long_the_window(self) -> None:
        k, n = np.zeros((1, 156)), np.zeros((1, 156))
        k[0, 70], n[0, 70] = 30.0, 60.0
        assert own_phi(series(k, n)).df[0] < dispersion.MIN_DF


class TestKnownFactors:
    @pytest.mark.parametrize(("periods", "mean"), [(156, 2.0), (60, 5.0), (13, 40.0)])
    def test_independent_acts_have_phi_near_one(self, periods: int, mean: float) -> None:
        own = own_phi(series(*independent(800, periods, mean, 5)))
        freed = own.log_with_variance()[0][own.df >= dispersion.MIN_DF]
        # Median of log phi, freed of its bias; its own error here is below 0.04.
        assert np.median(freed) == pytest.approx(0.0, abs=0.15)
        assert np.mean(own.phi[own.df > 0]) == pytest.approx(1.0, abs=0.1)

    @pytest.mark.parametrize("size", [4, 12])
    def test_acts_in_bursts_have_the_factor_of_the_burst(self, size: int) -> None:
        k, n = independent(800, 156, 2.0, 6)
        own = own_phi(series(k * size, n * size))
        assert np.mean(own.phi[own.df > 0]) == pytest.approx(size, rel=0.1)
        total = size * n.sum(axis=1)
        shrunk = shrinkage(own, total).shrink(own, total)
        assert np.median(shrunk) == pytest.approx(size, rel=0.15)

    def test_a_burst_over_two_months_is_seen_whole(self) -> None:
        k, n = independent(800, 240, 2.0, 7)
        k, n = k.reshape(800, 120, 2), n.reshape(800, 120, 2)
        for table in (k, n):
            table[:, :, 0] *= 2
            table[:, :, 1] = table[:, :, 0]
        own = own_phi(series(k.reshape(800, 240), n.reshape(800, 240)))
        # The factor is 4; blocks of six months cut one burst in six in two.
        assert 3.2 < np.mean(own.phi[own.df > 0]) < 4.4


class TestShrinkage:
    def test_is_at_least_one(self) -> None:
        own = OwnPhi(np.array([0.0, 0.01, 0.5, 1.0, 90.0]), np.array([20.0, 0.0, 3.0, 8.0, 0.4]))
        for level in (-2.0, 0.0, 1.0):
            assert (Shrinkage(level, 0.1, 0.5).shrink(own, np.full(5, 9.0)) >= 1.0).all()

    def test_weighs_a_series_by_what_it_tells(self) -> None:
        where = Shrinkage(np.log(3.0), 0.0, 0.5)
        own = OwnPhi(np.full(4, 30.0), np.array([0.0, 1.0, 10.0, 1000.0]))
        shrunk = where.shrink(own, np.full(4, 100.0))
        assert shrunk[0] == pytest.approx(3.0)
        assert (np.diff(shrunk) > 0).all()
        assert shrunk[-1] == pytest.approx(30.0, rel=0.02)

    def test_finds_the_line_that_phi_follow(self) -> None:
        generator = np.random.default_rng(8)
        log_n = generator.uniform(1.0, 9.0, 4000)
        df = generator.uniform(2.0, 40.0, 4000)
        true = np.exp(0.4 + 0.25 * log_n + generator.normal(0.0, 0.6, 4000))
        own = OwnPhi(true * generator.chisquare(df) / df, df)
        found = shrinkage(own, np.exp(log_n))
        assert found is not None
        assert found.level == pytest.approx(0.4, abs=0.15)
        assert found.growth == pytest.approx(0.25, abs=0.03)
        assert found.variance == pytest.approx(0.36, abs=0.06)

    def test_pairs_that_tell_nothing_have_the_centre(self) -> None:
        where = Shrinkage(0.5, 0.2, 0.4)
        own = OwnPhi(np.ones(3), np.zeros(3))
        assert where.shrink(own, np.array([0.0, 1.0, 100.0])) == pytest.approx(
            np.exp([0.5, 0.5, 0.5 + 0.2 * np.log(100.0)])
        )

    @pytest.mark.parametrize("informed", [0, 1, dispersion.MIN_INFORMED - 1])
    def test_too_few_series_say_nothing(self, informed: int) -> None:
        df = np.where(np.arange(40) < informed, 5.0, 0.0)
        assert shrinkage(OwnPhi(np.full(40, 7.0), df), np.full(40, 10.0)) is None

    def test_equal_volumes_and_equal_phi_do_not_fail(self) -> None:
        own = OwnPhi(np.full(16, 5.0), np.full(16, 9.0))
        found = shrinkage(own, np.full(16, 50.0))
        assert found is not None
        assert found.growth == 0.0
        assert found.variance == dispersion.MIN_VARIANCE
        assert found.shrink(own, np.full(16, 50.0)) == pytest.approx(5.0, rel=0.15)


@pytest.mark.parametrize(
    ("periods", "length"), [(1, 1), (3, 1), (4, 2), (13, 2), (24, 3), (104, 5), (156, 5), (552, 8)]
)
def test_blocks_have_the_cube_root_of_the_periods(periods: int, length: int) -> None:
    assert block_length(periods) == length


@pytest.mark.parametrize(
    ("first", "last", "grain", "unit"),
    [
        ("2006-01-01", "2007-12-31", "day", "week"),  # 730 days
        ("2006-01-01", "2008-01-01", "day", "month"),  # 731 days
        ("2007-01-01", "2008-12-31", "day", "month"),  # two years with a leap day: 731 days
        ("2018-01-01", "2018-01-01", "day", "week"),
        ("2002-01-01", "2005-12-31", "year", None),
        ("2002-01-01", "2006-12-31", "year", "year"),
        ("2002-01-01", "2014-12-31", "year", "year"),
    ],
)
def test_the_unit_of_blocks(first: str, last: str, grain: str, unit: str | None) -> None:
    assert period_for(np.datetime64(first), np.datetime64(last), grain) == unit
