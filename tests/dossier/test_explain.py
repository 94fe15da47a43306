"""The arithmetic that is printed can be redone from what is printed."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
from scipy.integrate import quad

from saidanddone.dossier import explain


def number(pattern: str, text: str) -> tuple[float, ...]:
    found = re.search(pattern, text)
    assert found, f"{pattern} not in {text}"
    return tuple(float(value.replace(",", "")) for value in found.groups())


def redone(lines: list[str], counted: str) -> tuple[float, float, float, float]:
    """z and s.e. of one channel by adaptive quadrature, then as printed."""
    text = "\n".join(lines)
    k, n = number(r"k = (\d+) cooperative, \d+ conflictual, n = (\d+)", counted)
    alpha, beta, _, mean_log_n, norm = number(
        r"= (-?[\d.]+) \+ (-?[\d.]+) \(ln (\d+) - (-?[\d.]+)\) = (-?[\d.]+) logits", text
    )
    assert alpha + beta * (np.log(n) - mean_log_n) == pytest.approx(norm, abs=1e-3)
    if "dispersion phi" in text:
        (phi,) = number(r"phi = ([\d.]+):", text)
        k, n = k / phi, n / phi
    (tau,) = number(r"tau = ([\d.]+)\)", text)
    z, se = number(r"z = E\[theta\] - norm = (-?[\d.]+), s\.e\. = ([\d.]+)", text)

    def density(theta: float) -> float:
        log = k * theta - n * np.logaddexp(0, theta) - 0.5 * ((theta - norm) / tau) ** 2
        return float(np.exp(log - top))

    grid = np.linspace(norm - 12, norm + 12, 20_001)
    top = float((k * grid - n * np.logaddexp(0, grid) - 0.5 * ((grid - norm) / tau) ** 2).max())
    at = norm + z
    ends = (at - 8, at + 8)

    def moment(power: int) -> float:
        return float(
            quad(lambda t: (t - norm) ** power * density(t), *ends, points=[at], limit=200)[0]
        )

    mass = moment(0)
    mean = moment(1) / mass
    return mean, float(np.sqrt(moment(2) / mass - mean**2)), z, se


def test_a_reader_can_redo_the_arithmetic(decided: Any, undecided: Any, yearly: Any) -> None:
    for answer in (decided, undecided, yearly):
        lines = explain(answer)
        starts = [i for i, line in enumerate(lines) if line.startswith("Warmth of")]
        printed = []
        for start, stop, counted in zip(starts, [starts[1], len(lines)], lines[2:4], strict=True):
            mean, deviation, z, se = redone(lines[start:stop], counted)
            assert z == pytest.approx(mean, abs=2e-3)
            assert se == pytest.approx(deviation, abs=2e-3)
            printed.append((z, se))
        (z_words, se_words), (z_deeds, se_deeds) = printed
        text = "\n".join(lines)
        gap, se = number(r"gap = .* = (-?[\d.]+), s\.e\. = ([\d.]+)", text)
        assert gap == pytest.approx(z_deeds - z_words, abs=2e-4)
        assert se == pytest.approx(np.hypot(se_words, se_deeds), abs=2e-4)
        slope, surprise = number(r"surprise = .* - (-?[\d.]+) \(.*\) = (-?[\d.]+), s\.e", text)
        assert surprise == pytest.approx(z_deeds - slope * z_words, abs=2e-4)
        assert gap == pytest.approx(answer.gap.estimate, abs=1e-4)


def test_the_direction_follows_from_the_printed_probabilities(decided: Any, undecided: Any) -> None:
    for answer in (decided, undecided):
        text = "\n".join(explain(answer))
        above = [float(p) for p in re.findall(r"P\(> 0\.25\) = ([\d.]+)", text)]
        below = [float(p) for p in re.findall(r"P\(< -0\.25\) = ([\d.]+)", text)]
        assert len(above) == len(below) == 2
        warmer, colder = min(above) >= 0.9, min(below) >= 0.9
        assert answer.verdict.direction == ("warmer" if warmer else "colder" if colder else None)


def test_a_selections_difference_can_be_redone(selection: Any) -> None:
    text = "\n".join(explain(selection))
    deeds, words, difference = number(r"= ([\d.]+) - ([\d.]+) = ([+-][\d.]+)", text)
    assert deeds - words == pytest.approx(difference, abs=2e-4)
    assert difference == pytest.approx(selection.selection.difference, abs=1e-4)
    assert "decides nothing" in text


def test_the_choices_are_told(census_archive: Any, yearly: Any) -> None:
    import saidanddone as sd

    answer = sd.ask("France", "Peru", archive=census_archive, without=["173"], count="codes")
    assert explain(answer)[1] == (
        "Counted: codes once a day: distinct date, source, target, code, channel and valence; "
        "actors: government; without 173."
    )
    assert "the published yearly counts as they are" in explain(yearly)[1]


def test_an_answer_without_a_gap_says_why(silent: Any, census_archive: Any) -> None:
    import saidanddone as sd

    empty = sd.ask("France", "Peru", archive=census_archive, since="2001", until="2001")
    assert explain(empty)[-1].startswith("No gap: census has no acts of France toward Peru")
    assert any("k = 0 cooperative" in line for line in explain(silent))


def test_no_line_breaks_within_lines(every: list[Any]) -> None:
    for answer in every:
        assert all("\n" not in line and line.strip() for line in explain(answer))
