import json
from datetime import date

import numpy as np
import polars as pl
import pytest

from saidanddone.measure.choices import Choices
from saidanddone.measure.evidence import evidence, span_of
from saidanddone.measure.fits import Fits, fit_all
from saidanddone.measure.norm import MIN_PAIRS, fit

from .conftest import acts, drawn_acts, months

SPAN = span_of(date(2010, 1, 1), date(2012, 12, 31), "day")
CHANNELS = ("said", "signed", "done")
PAIRS = 260


@pytest.fixture(scope="module")
def counted() -> pl.DataFrame:
    """A census of 260 pairs: deeds follow words with slope 0.5; hardly a signed act is conflict."""
    generator = np.random.default_rng(21)
    words = generator.normal(0.0, 1.0, PAIRS)
    deeds = 0.5 * words + generator.normal(0.0, 0.8, PAIRS)
    logits = {"said": 1.0 + words, "signed": np.full(PAIRS, 4.5), "done": deeds - 0.5}
    return drawn_acts(generator, PAIRS, months(36)[::3], logits, 2.0)


@pytest.fixture(scope="module")
def fits(counted: pl.DataFrame) -> Fits:
    return fit_all(counted, SPAN, Choices(), CHANNELS)


def test_norms_are_those_of_the_evidence(counted: pl.DataFrame, fits: Fits) -> None:
    for channel in ("said", "done"):
        own, fitted = evidence(counted, channel, SPAN, blocks=True)
        assert fits.channels[channel].world == fit(own.k, own.n, own.phi)
        assert fits.channels[channel].plain == fit(own.k, own.n, own.phi, volume=False)
        assert fits.channels[channel].shrinkage == fitted
        assert fits.channels[channel].why_null is None
    assert fits.blocks is True


def test_the_slope_is_that_of_deeds_on_words(fits: Fits) -> None:
    # Its own error with 260 pairs is about 0.08.
    assert fits.slope("world") == pytest.approx(0.5, abs=0.25)
    assert fits.slope("self") == fits.slope("world")
    assert fits.slope("plain") == fits.slopes["plain"]


def test_a_channel_nearly_all_cooperative_has_no_warmth(fits: Fits) -> None:
    signed = fits.channels["signed"]
    assert signed.world is None
    assert signed.plain is None
    assert signed.why_null is not None
    assert "of these acts over all pairs are conflictual" in signed.why_null
    assert signed.rate is not None
    # Each pair has about 24 acts in every channel.
    assert signed.rate.expected(48.0) == pytest.approx(24.0, rel=0.1)


def cut(share: float, number: int = 400) -> pl.DataFrame:
    """So many pairs of a thousand acts, this share of them conflictual."""
    day = date(2010, 1, 1)
    rows = []
    for pair in range(number):
        bad = round(1000 * share)
        rows += [("RUS", f"T{pair}", day, "said", 1, 1000 - bad)] if bad < 1000 else []
        rows += [("RUS", f"T{pair}", day, "said", -1, bad)] if bad else []
    return acts(rows)


@pytest.mark.parametrize(
    ("share", "kind"),
    [(0.049, "conflictual"), (0.05, None), (0.5, None), (0.95, None), (0.951, "cooperative")],
)
def test_the_five_per_cent(share: float, kind: str | None) -> None:
    found = fit_all(cut(share), SPAN, Choices(dispersion="none"), ["said"]).channels["said"]
    assert (found.world is None) == (kind is not None)
    assert (found.why_null is None) == (kind is None)
    if kind:
        assert f"over all pairs are {kind}" in (found.why_null or "")


@pytest.mark.parametrize("number", [0, 1, MIN_PAIRS - 1, MIN_PAIRS])
def test_a_norm_needs_its_pairs(number: int) -> None:
    found = fit_all(cut(0.3, number), SPAN, Choices(), CHANNELS).channels["said"]
    if number < MIN_PAIRS:
        expected = f"only {number} pairs have acts here; a norm needs {MIN_PAIRS}"
        assert (found.world, found.plain, found.why_null) == (None, None, expected)
    else:
        assert found.world is not None
        assert found.world.pairs == MIN_PAIRS


def test_without_norms_there_is_no_slope() -> None:
    found = fit_all(cut(0.3, 20), SPAN, Choices(), CHANNELS)
    assert found.slopes == {"world": 0.0, "plain": 0.0}


def test_fits_survive_a_cache(fits: Fits) -> None:
    stored = json.loads(json.dumps(fits.to_dict(), allow_nan=False))
    assert Fits.from_dict(stored) == fits
    bare = fit_all(cut(0.3, 20), SPAN, Choices(), CHANNELS)
    assert Fits.from_dict(json.loads(json.dumps(bare.to_dict(), allow_nan=False))) == bare


def test_dispersion_that_the_data_do_not_allow_is_not_claimed(counted: pl.DataFrame) -> None:
    short = span_of(date(2010, 1, 1), date(2012, 12, 31), "year")
    found = fit_all(counted, short, Choices(), CHANNELS)
    assert found.blocks is False
    assert all(channel.shrinkage is None for channel in found.channels.values())
    asked_not = fit_all(counted, SPAN, Choices(dispersion="none"), CHANNELS)
    assert asked_not.blocks is False
    for channel, of in asked_not.channels.items():
        assert (of.world, of.plain) == (
            found.channels[channel].world,
            found.channels[channel].plain,
        )
        assert of.shrinkage is None


def test_the_order_of_the_acts_does_not_matter(counted: pl.DataFrame, fits: Fits) -> None:
    turned = fit_all(counted.sample(fraction=1.0, shuffle=True, seed=1), SPAN, Choices(), CHANNELS)
    assert turned.slopes == fits.slopes
    for channel, of in turned.channels.items():
        before = fits.channels[channel]
        assert (of.world, of.plain, of.shrinkage) == (before.world, before.plain, before.shrinkage)
        assert of.rate is not None
        assert before.rate is not None
        assert of.rate.level == pytest.approx(before.rate.level, abs=1e-7)


def test_published_channels_pair_with_each_other(counted: pl.DataFrame) -> None:
    published = counted.with_columns(
        channel=pl.col("channel").replace({"said": "verbal", "done": "material"})
    )
    choices = Choices(reading="icews", dispersion="none")
    found = fit_all(published, SPAN, choices, ["verbal", "material"])
    own = fit_all(counted, SPAN, Choices(dispersion="none"), ["said", "done"])
    assert found.channels["verbal"].world == own.channels["said"].world
    assert found.slopes == own.slopes
    assert found.channels["verbal"].rate is not None
    assert found.channels["verbal"].rate.expected(24.0) == pytest.approx(24.0, rel=0.15)
