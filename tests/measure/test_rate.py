import numpy as np
import pytest

from saidanddone.measure.rate import Rate, fit_rate


@pytest.mark.parametrize("growth", [-0.3, 0.0, 0.4, 0.6, 1.0, 1.4])
@pytest.mark.parametrize("level", [-6.0, -0.7, 3.0])
def test_an_exact_line_is_found(level: float, growth: float) -> None:
    others = np.array([0.0, 1.0, 3.0, 10.0, 300.0, 9000.0])
    found = fit_rate(np.exp(level + growth * np.log1p(others)), others)
    assert (found.level, found.growth) == pytest.approx((level, growth), abs=1e-6)
    assert found.expected(0.0) == pytest.approx(np.exp(level))


def test_the_quasi_score_is_zero() -> None:
    generator = np.random.default_rng(4)
    others = generator.lognormal(2.0, 2.0, 3000).round()
    bursts = generator.gamma(0.4, 2.5, 3000)
    acts = generator.poisson(bursts * np.exp(-1.0 + 0.8 * np.log1p(others))).astype(float)
    found = fit_rate(acts, others)
    left = acts - np.array([found.expected(x) for x in others])
    assert left.sum() / acts.sum() == pytest.approx(0.0, abs=1e-7)
    assert (left * np.log1p(others)).sum() / acts.sum() == pytest.approx(0.0, abs=1e-6)


def test_a_known_line_is_recovered_from_bursts() -> None:
    found = []
    for seed in range(12):
        generator = np.random.default_rng(seed)
        others = generator.lognormal(2.0, 1.0, 2000).round()
        mean = np.exp(-1.0 + 0.8 * np.log1p(others))
        acts = generator.poisson(generator.gamma(1.0, 1.0, 2000) * mean).astype(float)
        line = fit_rate(acts, others)
        found.append((line.level, line.growth))
    error = np.std(found, axis=0, ddof=1) / np.sqrt(len(found))
    assert (error < 0.05).all()
    assert (np.abs(np.mean(found, axis=0) - [-1.0, 0.8]) < 3 * error).all()


@pytest.mark.parametrize(
    ("acts", "others", "at", "low", "high"),
    [
        ([0.0, 0.0, 0.0], [1.0, 5.0, 50.0], 5.0, 0.0, 0.01),
        ([4.0, 6.0], [7.0, 7.0], 7.0, 4.9, 5.1),
        ([3.0], [0.0], 0.0, 2.9, 3.1),
        ([0.0, 0.0, 500_000.0], [0.0, 1.0, 2e6], 2e6, 4.9e5, 5.1e5),
    ],
    ids=["no acts", "equal volumes", "one pair", "one giant"],
)
def test_degenerate_acts_stay_finite(
    acts: list[float], others: list[float], at: float, low: float, high: float
) -> None:
    found = fit_rate(np.array(acts), np.array(others))
    assert np.isfinite([found.level, found.growth]).all()
    assert low <= found.expected(at) <= high


def test_expected_grows_with_the_other_acts() -> None:
    line = Rate(0.0, 0.5)
    assert line.expected(3.0) == pytest.approx(2.0)
