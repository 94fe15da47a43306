import numpy as np
import pytest
from scipy.special import expit

from saidanddone.measure.norm import Norm, fit, posterior
from saidanddone.measure.quadrature import integrate

from .conftest import Floats, Totals

RUSSIA, CHINA, SYRIA = "Russian Federation", "China", "Syrian Arab Republic"
NORTH = "Korea, Democratic People's Republic Of"
SOUTH = "Korea, Republic Of"

REFERENCE = [
    ((RUSSIA, NORTH), (-0.531, 1.996, 2.527, 0.115), 2.349),
    ((CHINA, NORTH), (-0.383, 0.419, 0.802, 0.058), 0.477),
    ((SOUTH, NORTH), (-1.678, 1.250, 2.928, 0.042), 2.591),
    ((RUSSIA, SYRIA), (-1.026, 2.235, 3.261, 0.077), 2.960),
]
"""method.md, section 8: the pair; z of words and of deeds, gap and its s.e.; gap, plain norm."""

Norms = dict[tuple[str, str], Norm]

TRUE = (1.2, -0.25, 0.9)


def drawn(seed: int, pairs: int = 1500, true: tuple[float, ...] = TRUE) -> tuple[Floats, Floats]:
    """k and n of pairs that follow the world norm's own model."""
    alpha, beta, tau = true
    generator = np.random.default_rng(seed)
    n = np.ceil(generator.lognormal(2.0, 1.3, pairs))
    volume = np.log(n) - np.log(n).mean()
    theta = generator.normal(alpha + beta * volume, tau)
    return generator.binomial(n.astype(int), expit(theta)).astype(float), n


def log_marginal(k: Floats, n: Floats, alpha: float, beta: float, tau: float) -> float:
    volume = np.log(n) - np.log(n).mean()
    return float(integrate(k, n, alpha + beta * volume, tau).log_marginal.sum())


@pytest.fixture(scope="module")
def norms(icews: dict[str, Totals]) -> Norms:
    return {
        (channel, against): fit(totals.k, totals.n, volume=against == "world")
        for channel, totals in icews.items()
        for against in ("world", "plain")
    }


class TestReferenceValues:
    """method.md, section 8, from the published counts; skipped where these are absent."""

    @pytest.mark.parametrize(
        ("channel", "figures", "mean_log_n", "pairs"),
        [
            ("words", (3.8735, -0.0570, 1.4077), 3.2771, 18238),
            ("deeds", (-0.6708, -0.1270, 1.5004), 1.9484, 10401),
        ],
    )
    def test_world_norm(
        self,
        norms: Norms,
        channel: str,
        figures: tuple[float, ...],
        mean_log_n: float,
        pairs: int,
    ) -> None:
        norm = norms[channel, "world"]
        assert (norm.alpha, norm.beta, norm.tau) == pytest.approx(figures, abs=0.00005001)
        # To three decimals: the mean of deeds is 1.94835, which the page rounded upwards.
        assert norm.mean_log_n == pytest.approx(mean_log_n, abs=0.0005)
        assert norm.pairs == pairs

    @pytest.mark.parametrize(("channel", "gain"), [("words", 27), ("deeds", 64)])
    def test_what_the_volume_term_adds(self, norms: Norms, channel: str, gain: int) -> None:
        world, plain = norms[channel, "world"], norms[channel, "plain"]
        assert plain.beta == 0.0
        assert world.log_likelihood - plain.log_likelihood == pytest.approx(gain, abs=0.5)

    @pytest.mark.parametrize(("pair", "figures", "plain"), REFERENCE)
    def test_pairs(
        self,
        icews: dict[str, Totals],
        norms: Norms,
        pair: tuple[str, str],
        figures: tuple[float, ...],
        plain: float,
    ) -> None:
        def warmths(against: str) -> tuple[list[float], list[float]]:
            means, variances = [], []
            for channel, totals in icews.items():
                at = [totals.at(*pair)]
                found = posterior(norms[channel, against], totals.k[at], totals.n[at])
                means.append(float(found.mean()[0]))
                variances.append(float(found.variance()[0]))
            return means, variances

        (words, deeds), variances = warmths("world")
        found = (words, deeds, deeds - words, sum(variances) ** 0.5)
        assert found == pytest.approx(figures, abs=0.000501)
        words, deeds = warmths("plain")[0]
        assert deeds - words == pytest.approx(plain, abs=0.000501)


def test_known_parameters_are_recovered() -> None:
    found = np.array([(n.alpha, n.beta, n.tau) for n in (fit(*drawn(s)) for s in range(16))])
    # Three standard errors of the mean of the repetitions, as they themselves spread.
    error = found.std(axis=0, ddof=1) / np.sqrt(len(found))
    assert (error < 0.02).all()
    assert (np.abs(found.mean(axis=0) - TRUE) < 3 * error + 0.002).all()


@pytest.mark.parametrize("volume", [True, False])
def test_the_score_is_zero_at_the_fit(volume: bool) -> None:
    k, n = drawn(5)
    norm = fit(k, n, volume=volume)
    at = np.array([norm.alpha, norm.beta, norm.tau])
    assert norm.log_likelihood == pytest.approx(log_marginal(k, n, *at), rel=1e-10)
    for place in [0, 1, 2] if volume else [0, 2]:
        step = np.zeros(3)
        step[place] = 1e-4
        up, down = log_marginal(k, n, *(at + step)), log_marginal(k, n, *(at - step))
        curvature = (up + down - 2 * norm.log_likelihood) / 1e-8
        assert curvature < 0
        # The distance to the maximum, in the parameter's own units.
        assert (up - down) / 2e-4 / -curvature == pytest.approx(0.0, abs=1e-5)


def test_mirrored_acts_give_the_mirrored_norm() -> None:
    k, n = drawn(6)
    norm, mirrored = fit(k, n), fit(n - k, n)
    assert mirrored.alpha == pytest.approx(-norm.alpha, abs=1e-6)
    assert mirrored.beta == pytest.approx(-norm.beta, abs=1e-6)
    assert mirrored.tau == pytest.approx(norm.tau, abs=1e-6)
    assert mirrored.log_likelihood == pytest.approx(norm.log_likelihood, rel=1e-9)


def test_pairs_without_acts_do_not_matter() -> None:
    k, n = drawn(7, 300)
    phi = np.linspace(1, 5, 300)
    more = fit(*(np.append(values, np.zeros(50)) for values in (k, n)), np.append(phi, [9.0] * 50))
    assert more == fit(k, n, phi)
    with pytest.raises(ValueError, match="no pair has acts"):
        fit(np.zeros(3), np.zeros(3))


def test_the_order_of_the_pairs_does_not_matter() -> None:
    k, n = drawn(8, 300)
    turned, norm = fit(k[::-1], n[::-1]), fit(k, n)
    assert (turned.alpha, turned.beta, turned.tau) == pytest.approx(
        (norm.alpha, norm.beta, norm.tau), abs=1e-9
    )


def test_dispersion_widens_posteriors_and_counts_in_the_fit() -> None:
    k, n = drawn(9)
    norm = fit(k, n)
    plain, dispersed = posterior(norm, k, n), posterior(norm, k, n, 4.0)
    assert (dispersed.variance() > plain.variance()).all()
    assert fit(k, n, np.ones_like(n)) == norm
    # Shares spread by bursts are not taken for spread between pairs.
    assert fit(k, n, np.full(len(n), 4.0)).tau < norm.tau


def test_an_evidence_of_thinned_acts_keeps_its_volume() -> None:
    norm = Norm(1.0, -0.5, 1.0, 2.0, 500, 0.0)
    at = posterior(norm, np.array([30.0]), np.array([40.0]), 10.0)
    expected = integrate(np.array([3.0]), np.array([4.0]), norm.at([40.0]), 1.0)
    assert at.mean() == pytest.approx(expected.mean())


DEGENERATE = {
    "all shares alike": (np.arange(1.0, 301.0), np.arange(1.0, 301.0) * 2),
    "all cooperative": (np.arange(1.0, 301.0), np.arange(1.0, 301.0)),
    "none cooperative": (np.zeros(300), np.arange(1.0, 301.0)),
    "one act each": (np.arange(300.0) % 2, np.ones(300)),
    "one act each, all cooperative": (np.ones(300), np.ones(300)),
    "all or nothing": ((np.arange(300) % 2) * 1000.0, np.full(300, 1000.0)),
    "one pair": (np.array([3.0]), np.array([7.0])),
    "one giant": (np.append(np.ones(200), 500_000.0), np.append(np.full(200, 2.0), 1e6)),
}


@pytest.mark.parametrize("volume", [True, False])
@pytest.mark.parametrize("kind", DEGENERATE)
def test_degenerate_acts_stay_finite(kind: str, volume: bool) -> None:
    k, n = DEGENERATE[kind]
    norm = fit(k, n, volume=volume)
    assert np.isfinite([norm.alpha, norm.beta, norm.tau, norm.log_likelihood]).all()
    assert 0.019 < norm.tau < 20.1
    found = posterior(norm, k, n)
    assert np.isfinite(found.mean()).all()
    assert (found.variance() >= 0).all()
    assert 0.0 <= norm.expected(0.0) <= 1.0


def test_shares_all_alike_leave_no_spread() -> None:
    k, n = DEGENERATE["all shares alike"]
    norm = fit(k, n)
    assert norm.tau < 0.05
    assert (norm.alpha, norm.beta) == pytest.approx((0.0, 0.0), abs=1e-4)


def test_a_pair_without_acts_is_taken_at_one_act() -> None:
    norm = Norm(1.0, -0.5, 1.0, 2.0, 500, 0.0)
    assert norm.at([0.0, 1.0]).tolist() == [2.0, 2.0]
    assert norm.expected(np.exp(2.0)) == pytest.approx(expit(1.0))
    assert Norm(**norm.to_dict()) == norm
