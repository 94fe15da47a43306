import numpy as np
import pytest
from scipy.integrate import quad
from scipy.optimize import brentq
from scipy.special import expit, log_expit

from saidanddone.measure.quadrature import integrate, modes

CASES = [
    (0.0, 0.0, 0.0, 1.4),
    (0.0, 0.0, 3.9, 0.3),
    (0.0, 1.0, 3.9, 1.4),
    (1.0, 1.0, -0.7, 1.5),
    (0.0, 12.0, 2.0, 1.0),
    (12.0, 12.0, -2.0, 2.0),
    (3.0, 7.0, 0.5, 1.5),
    (0.37, 0.81, 3.0, 1.4),
    (12.5, 40.25, -0.7, 0.05),
    (478.0, 10101.0, 3.8, 1.4),
    (0.0, 100_000.0, 3.9, 1.4),
    (100_000.0, 100_000.0, -0.7, 1.5),
    (62_345.6, 100_000.0, 0.0, 1.5),
]


def exact(k: float, n: float, mu: float, tau: float) -> tuple[float, float, float]:
    """Mean of theta - mu, variance and log marginal by adaptive quadrature."""

    def log_density(theta: float) -> float:
        likelihood = k * log_expit(theta) + (n - k) * log_expit(-theta)
        return float(likelihood - 0.5 * ((theta - mu) / tau) ** 2)

    def slope(theta: float) -> float:
        return float(k - n * expit(theta) - (theta - mu) / tau**2)

    mode = brentq(slope, mu - n * tau**2 - 1, mu + n * tau**2 + 1, xtol=1e-13)
    top = log_density(mode)

    def edge(direction: float) -> float:
        reach = 1e-3
        while top - log_density(mode + direction * reach) < 45:
            reach *= 1.2
        return float(mode + direction * reach)

    low, high = edge(-1.0), edge(1.0)

    def moment(power: int, about: float) -> float:
        def integrand(theta: float) -> float:
            return float((theta - about) ** power * np.exp(log_density(theta) - top))

        halves = [
            quad(integrand, *ends, epsabs=1e-15, epsrel=1e-12, limit=400)[0]
            for ends in ((low, mode), (mode, high))
        ]
        return float(sum(halves))

    mass = moment(0, 0.0)
    mean = moment(1, mode) / mass + mode
    variance = moment(2, mean) / mass
    return mean - mu, variance, top + np.log(mass) - 0.5 * np.log(2 * np.pi) - np.log(tau)


@pytest.mark.parametrize(("k", "n", "mu", "tau"), CASES)
def test_moments_and_marginal_are_those_of_adaptive_quadrature(
    k: float, n: float, mu: float, tau: float
) -> None:
    found = integrate(np.array([k]), np.array([n]), np.array([mu]), tau)
    mean, variance, log_marginal = exact(k, n, mu, tau)
    assert found.mean()[0] == pytest.approx(mean, abs=1e-8)
    assert found.variance()[0] == pytest.approx(variance, rel=1e-7)
    assert found.log_marginal[0] == pytest.approx(log_marginal, rel=1e-12, abs=1e-8)


def test_pairs_are_integrated_apart() -> None:
    k, n, mu = (np.array([case[at] for case in CASES]) for at in range(3))
    together = integrate(k, n, mu, 1.4)
    for at in range(len(CASES)):
        alone = integrate(k[[at]], n[[at]], mu[[at]], 1.4)
        assert together.mean()[at] == pytest.approx(alone.mean()[0], abs=1e-9)
        assert together.log_marginal[at] == pytest.approx(alone.log_marginal[0], abs=1e-7)
    assert together.weight.sum(axis=1) == pytest.approx(1.0, abs=1e-12)


@pytest.mark.parametrize("tau", [0.05, 1.4, 3.0])
def test_the_slope_is_zero_at_the_mode(tau: float) -> None:
    k, n, mu = (np.array([case[at] for case in CASES]) for at in range(3))
    mode, scale = modes(k, n, mu, tau)
    p = expit(mode)
    slope = k - n * p - (mode - mu) / tau**2
    assert slope * scale == pytest.approx(0.0, abs=1e-8)
    assert scale == pytest.approx((n * p * (1 - p) + tau**-2) ** -0.5)


@pytest.mark.parametrize("tau", [0.02, 0.7, 1.5, 20.0])
@pytest.mark.parametrize("mu", [-4.0, 0.0, 3.9])
def test_without_acts_the_posterior_is_the_prior(mu: float, tau: float) -> None:
    found = integrate(np.zeros(1), np.zeros(1), np.array([mu]), tau)
    assert found.mean()[0] == pytest.approx(0.0, abs=1e-9)
    assert found.variance()[0] == pytest.approx(tau**2, rel=1e-9)
    assert found.log_marginal[0] == pytest.approx(0.0, abs=1e-9)


def test_no_pairs_give_no_integrals() -> None:
    nothing = np.zeros(0)
    assert integrate(nothing, nothing, nothing, 1.0).mean().shape == (0,)
