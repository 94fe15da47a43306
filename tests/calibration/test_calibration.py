"""The method keeps its word: the small form of benchmarks/calibration, with fixed seeds."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture(scope="module")
def calibration() -> Iterator[Any]:
    """Modules worlds and measured of the benchmark."""
    sys.path.insert(0, str(BENCHMARKS))
    try:
        from calibration import measured, worlds

        yield measured, worlds
    finally:
        sys.path.remove(str(BENCHMARKS))


def test_the_simulators_know_nothing_of_the_product() -> None:
    tree = ast.parse((BENCHMARKS / "calibration" / "worlds.py").read_text(encoding="utf-8"))
    named = [
        name.name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for name in node.names
    ] + [
        (node.module or "").split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
    ]
    assert set(named) <= {"__future__", "collections", "dataclasses", "numpy"}


@pytest.mark.parametrize("sd", [0.5, 1.0])
def test_few_pairs_are_decided_where_deeds_are_as_warm_as_words(
    calibration: Any, sd: float
) -> None:
    measured, worlds = calibration
    found = measured.measure(worlds.equal(np.random.default_rng(1), 400, sd))
    decided = [found.comparison(at).direction() is not None for at in range(len(found.pair))]
    # 5% is the promise; two standard errors of 400 pairs are .022.
    assert np.mean(decided) <= 0.05 + 0.022


def test_where_all_pairs_are_alike_none_is_decided(calibration: Any) -> None:
    measured, worlds = calibration
    found = measured.measure(worlds.equal(np.random.default_rng(2), 300, 0.0))
    decided = [found.comparison(at).direction() is not None for at in range(len(found.pair))]
    assert np.mean(decided) <= 0.01


@pytest.mark.parametrize("acts", ["single", "bursts"])
def test_the_intervals_hold_the_truth(calibration: Any, acts: str) -> None:
    measured, worlds = calibration
    world = worlds.assumed(np.random.default_rng(3), 1200, getattr(worlds, acts))
    found = measured.measure(world)
    truth = world.gap[found.pair.astype(int)]
    held = []
    for at in range(300):
        low, high = found.comparison(at).gap.interval90()
        held.append(low <= truth[at] <= high)
    # .88 to .92 is the promise; two standard errors of 300 pairs are .035.
    assert 0.845 <= np.mean(held) <= 0.955


def test_a_clear_gap_is_found(calibration: Any) -> None:
    """Words 1 logit colder and deeds 1 warmer than the norm, 100 acts a channel."""
    measured, worlds = calibration
    found = measured.measure(worlds.signal(np.random.default_rng(4), 1000, 50, 100, 1.5))
    compared = [found.comparison(at) for at in range(len(found.pair)) if found.pair[at] < 50]
    assert np.mean([c.direction() == "warmer" for c in compared]) >= 0.9
    assert np.mean([c.corner() == "quiet partner" for c in compared]) >= 0.7


def test_the_stated_false_sign_rate_is_kept(calibration: Any) -> None:
    measured, worlds = calibration
    world = worlds.assumed(np.random.default_rng(5), 1000)
    found = measured.measure(world)
    shrunk, truth = found.shrunk(), world.gap[found.pair.astype(int)]
    chosen = shrunk.false_sign <= 0.1
    wrong = np.sign(shrunk.mean[chosen]) * truth[chosen] <= 0
    assert chosen.sum() > 300
    assert wrong.mean() <= shrunk.false_sign[chosen].mean() + 0.02
