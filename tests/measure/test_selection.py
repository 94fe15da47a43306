import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saidanddone.measure import selection
from saidanddone.measure.selection import share_difference, wilson

COUNTS = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))

NEWCOMBE = [
    ((48, 80), (56, 70), 0.0524, 0.3339),
    ((3, 10), (9, 10), 0.1705, 0.8090),
    ((2, 7), (6, 7), 0.0582, 0.8062),
    ((0, 29), (5, 56), -0.0381, 0.1926),
    ((0, 20), (0, 10), -0.1611, 0.2775),
    ((0, 10), (0, 10), -0.2775, 0.2775),
]
"""Newcombe (1998), examples of method 10 at 95%: counts, then the interval as published."""


@pytest.mark.parametrize(("words", "deeds", "low", "high"), NEWCOMBE)
def test_published_examples(
    words: tuple[int, int],
    deeds: tuple[int, int],
    low: float,
    high: float,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(selection, "Z90", 1.959963984540054)
    found = share_difference(words, deeds).interval90
    assert found == pytest.approx((low, high), abs=0.0000501)


@settings(derandomize=True, deadline=None)
@given(COUNTS)
def test_wilsons_interval_solves_the_score_equation(counts: tuple[int, int]) -> None:
    k, n = counts
    for bound in wilson(k, n):
        assert -1e-12 <= bound <= 1 + 1e-12
        distance = (k / n - bound) ** 2
        assert distance == pytest.approx(selection.Z90**2 * bound * (1 - bound) / n, abs=1e-9)


@settings(derandomize=True, deadline=None)
@given(COUNTS, COUNTS)
def test_the_interval_holds_the_difference_and_mirrors(
    words: tuple[int, int], deeds: tuple[int, int]
) -> None:
    found = share_difference(words, deeds)
    assert found.difference is not None
    assert found.interval90 is not None
    low, high = found.interval90
    assert found.difference == pytest.approx(deeds[0] / deeds[1] - words[0] / words[1])
    assert -1 - 1e-9 <= low <= found.difference <= high <= 1 + 1e-9
    assert low < high
    turned = share_difference(deeds, words)
    assert turned.difference == pytest.approx(-found.difference)
    assert turned.interval90 == pytest.approx((-high, -low))
    against = [(n - k, n) for k, n in (words, deeds)]
    assert share_difference(*against).interval90 == pytest.approx((-high, -low))


def test_more_acts_narrow_the_interval() -> None:
    def width(times: int) -> float:
        low, high = share_difference((3 * times, 5 * times), (times, 5 * times)).interval90 or (
            0,
            0,
        )
        return high - low

    assert width(1) > width(4) > width(64) > 0


@pytest.mark.parametrize(
    ("words", "deeds", "shares"),
    [((0, 0), (3, 4), (None, 0.75)), ((1, 2), (0, 0), (0.5, None)), ((0, 0), (0, 0), (None, None))],
)
def test_a_channel_without_acts_gives_no_difference(
    words: tuple[int, int],
    deeds: tuple[int, int],
    shares: tuple[float | None, float | None],
) -> None:
    found = share_difference(words, deeds)
    assert (found.share_words, found.share_deeds) == shares
    assert found.difference is None
    assert found.interval90 is None
