import numpy as np
import pytest

from saidanddone.measure.norm import Norm, posterior
from saidanddone.measure.slope import slope

WORDS = Norm(1.5, 0.0, 1.2, 0.0, 2000, 0.0)
DEEDS = Norm(-0.5, 0.0, 1.6, 0.0, 2000, 0.0)


def drawn(rho: float, n: int, seed: int, pairs: int = 2000) -> tuple[np.ndarray, np.ndarray]:
    """Cooperative acts of n in words and deeds, whose true warmths correlate by rho."""
    generator = np.random.default_rng(seed)
    covariance = [[1.0, rho], [rho, 1.0]]
    u = generator.multivariate_normal([0.0, 0.0], covariance, pairs)
    theta = np.array([WORDS.alpha, DEEDS.alpha]) + u * [WORDS.tau, DEEDS.tau]
    k = generator.binomial(n, 1 / (1 + np.exp(-theta)))
    return k[:, 0].astype(float), k[:, 1].astype(float)


def fitted(k_words: np.ndarray, k_deeds: np.ndarray, n: int) -> float:
    of_n = np.full(len(k_words), float(n))
    sides = posterior(WORDS, k_words, of_n), posterior(DEEDS, k_deeds, of_n)
    return slope(*sides, WORDS.tau, DEEDS.tau)


@pytest.mark.parametrize("rho", [-0.6, 0.0, 0.3, 0.8])
def test_a_known_slope_is_recovered_from_few_acts(rho: float) -> None:
    found = [fitted(*drawn(rho, 8, seed), 8) for seed in range(8)]
    true = rho * DEEDS.tau / WORDS.tau
    # Three standard errors of the mean of the repetitions, as they themselves spread.
    error = np.std(found, ddof=1) / np.sqrt(len(found))
    assert error < 0.03
    assert np.mean(found) == pytest.approx(true, abs=3 * error + 0.005)


def test_noise_does_not_flatten_the_slope() -> None:
    k_words, k_deeds = drawn(0.7, 8, 3)
    true = 0.7 * DEEDS.tau / WORDS.tau
    noisy_words = np.log((k_words + 0.5) / (8.5 - k_words))
    noisy_deeds = np.log((k_deeds + 0.5) / (8.5 - k_deeds))
    ordinary = np.polyfit(noisy_words, noisy_deeds, 1)[0]
    assert ordinary < 0.75 * true
    assert fitted(k_words, k_deeds, 8) == pytest.approx(true, abs=0.1)


def test_pairs_without_deeds_do_not_move_the_slope() -> None:
    k_words, k_deeds = drawn(0.7, 8, 3, pairs=500)
    n, none = np.full(500, 8.0), np.zeros(500)
    alone = fitted(k_words, k_deeds, 8)
    words = posterior(WORDS, np.tile(k_words, 2), np.tile(n, 2))
    deeds = posterior(DEEDS, np.append(k_deeds, none), np.append(n, none))
    # Their mass cancels up to what the central nodes leave out of a prior.
    assert slope(words, deeds, WORDS.tau, DEEDS.tau) == pytest.approx(alone, abs=2e-3)


def test_no_pairs_give_no_slope() -> None:
    nothing = np.zeros(0)
    sides = posterior(WORDS, nothing, nothing), posterior(DEEDS, nothing, nothing)
    assert slope(*sides, WORDS.tau, DEEDS.tau) == 0.0
