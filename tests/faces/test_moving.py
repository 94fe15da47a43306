"""The command movers: what it prints, and what it refuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import Ran

Run = Callable[..., Ran]
WINDOWS = ("--before", "1991", "--after", "1992")


def test_the_terminal_shows_pairs_and_acts(run: Run, census_archive: Path) -> None:
    ran = run("movers", "--archive", census_archive, *WINDOWS, "--top", "2")
    assert (ran.code, ran.err) == (0, "")
    for words in ("pairs compared", "shrunk", "lfsr", "moved more", "before", "after"):
        assert words in ran.out
    assert "\n3  " not in ran.out


def test_json_is_all_that_stdout_holds(run: Run, census_archive: Path) -> None:
    ran = run("movers", "--archive", census_archive, *WINDOWS, "--top", "2", "--json", "--quiet")
    assert (ran.code, ran.err) == (0, "")
    told = json.loads(ran.out)
    assert [row["rank"] for row in told["movers"]] == [1, 2]
    assert "NaN" not in ran.out


@pytest.mark.parametrize(
    ("windows", "says"),
    [
        (("--before", "1991", "--after", "1991-06:1992"), "do not overlap"),
        (("--before", "1980", "--after", "1992"), "has no acts in --before"),
        (("--before", "1991-01-05", "--after", "1992"), "a norm needs 200"),
        (("--before", "1991:", "--after", "1992"), "no two ends"),
    ],
)
def test_bad_windows_are_one_sentence(
    run: Run, census_archive: Path, windows: tuple[str, ...], says: str
) -> None:
    ran = run("movers", "--archive", census_archive, *windows)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err and len(ran.err.strip().splitlines()) == 1
