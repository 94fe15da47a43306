import pytest

from saidanddone.measure.icews import icews_norms
from saidanddone.measure.norm import MIN_PAIRS, fit

from .conftest import Totals


def test_the_channels_of_every_comparison_are_there() -> None:
    norms = icews_norms()
    assert set(norms) == {"verbal", "material", "said", "done"}
    assert all(norm.pairs >= MIN_PAIRS and norm.fitted_on for norm in norms.values())
    assert norms["verbal"].expected == pytest.approx(0.98, abs=0.005)
    assert norms["material"].expected == pytest.approx(0.34, abs=0.005)


@pytest.mark.parametrize(("channel", "side"), [("verbal", "words"), ("material", "deeds")])
def test_the_shipped_figures_are_those_of_the_counts(
    icews: dict[str, Totals], channel: str, side: str
) -> None:
    shipped, fitted = icews_norms()[channel], fit(icews[side].k, icews[side].n)
    assert shipped.pairs == fitted.pairs
    for name in ("alpha", "beta", "tau", "mean_log_n"):
        assert getattr(shipped, name) == round(getattr(fitted, name), 4), name
