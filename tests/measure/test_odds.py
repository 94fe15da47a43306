import numpy as np
import pytest
from scipy import special

from saidanddone.measure.odds import expit, logit


def test_shares_and_log_odds_are_those_of_scipy() -> None:
    logits = np.linspace(-40, 40, 801)
    assert expit(logits) == pytest.approx(special.expit(logits), abs=1e-15)
    for share in (1e-9, 0.2, 0.5, 0.97):
        assert logit(share) == pytest.approx(special.logit(share), abs=1e-12)
        assert float(expit(logit(share))) == pytest.approx(share, rel=1e-6)


def test_far_log_odds_do_not_overflow() -> None:
    assert expit(np.array([-1e300, -np.inf, np.inf, 1e300])).tolist() == [0.0, 0.0, 1.0, 1.0]
