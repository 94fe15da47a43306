"""What people see, whole: a change here is a change of what the product says."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import saidanddone as sd

from .. import worlds
from .conftest import TABLE, Ran

Run = Callable[..., Ran]
Plain = Callable[..., str]


@pytest.fixture(autouse=True)
def no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Colour and width come from the environment of whoever runs the tests."""
    for name in ("FORCE_COLOR", "NO_COLOR", "TERM", "PY_COLORS"):
        monkeypatch.delenv(name, raising=False)


def test_ask_the_case_that_ships(run: Run, plain: Plain, snapshot: Any) -> None:
    assert plain(run("ask", "russia", "north-korea").out) == snapshot


def test_ask_a_census(run: Run, plain: Plain, snapshot: Any, census_archive: Path) -> None:
    ran = run("ask", *worlds.DECIDED, "--archive", census_archive, "--explain")
    assert plain(ran.out) == snapshot


def test_ask_an_undecided_pair(run: Run, plain: Plain, snapshot: Any, census_archive: Path) -> None:
    assert plain(run("ask", *worlds.UNDECIDED, "--archive", census_archive).out) == snapshot


def test_ask_counts(run: Run, plain: Plain, snapshot: Any, counts_archive: Path) -> None:
    assert plain(run("ask", "austria", "chile", "--archive", counts_archive).out) == snapshot


def test_ask_about_silence(run: Run, plain: Plain, snapshot: Any, census_archive: Path) -> None:
    assert plain(run("ask", *worlds.SILENT, "--archive", census_archive).out) == snapshot


@pytest.mark.parametrize("more", [[], ["--corner", "quiet partner"]], ids=["gap", "corner"])
def test_rank(run: Run, plain: Plain, snapshot: Any, census_archive: Path, more: list[str]) -> None:
    ran = run("rank", "--archive", census_archive, "--top", "8", *more)
    assert plain(ran.out) == snapshot


def test_ingest_and_check(
    run: Run, plain: Plain, snapshot: Any, tmp_path: Path, census_tables: dict[str, Path]
) -> None:
    rows = TABLE.splitlines()
    table, empty = tmp_path / "small.csv", tmp_path / "empty.csv"
    spoilt = rows[1].replace("2001-01-05", "2018-02-30")
    table.write_text("\n".join([*rows, *rows[1:] * 8, spoilt]) + "\n", encoding="utf-8")
    empty.touch()
    archive = tmp_path / "archive"
    mapping = census_tables["mapping"]
    ran = run("ingest", "table", table, empty, "--archive", archive, "--mapping", mapping)
    assert plain(ran.out, here=tmp_path) == snapshot(name="receipt")
    assert plain(ran.err, here=tmp_path) == snapshot(name="refused")
    assert plain(run("check", "--archive", archive).out, here=tmp_path) == snapshot(name="whole")
    next((archive / "events").rglob("*.parquet")).write_bytes(b"PAR1")
    assert plain(run("check", "--archive", archive).out, here=tmp_path) == snapshot(name="broken")


@pytest.mark.parametrize("command", [[], ["ask"], ["rank"], ["ingest"], ["check"]], ids=str)
def test_help(run: Run, plain: Plain, snapshot: Any, command: list[str]) -> None:
    ran = run(*command, "--help")
    assert ran.code == 0
    assert plain(ran.out) == snapshot


def in_a_notebook(answer: Any) -> str:
    """What a notebook shows, without its styles and pictures: those have tests of their own."""
    bare = re.sub(r' style="[^"]*"', "", answer._repr_html_())
    return re.sub(r'src="data:[^"]*"', 'src="data:"', bare)


def test_a_notebook(snapshot: Any) -> None:
    assert in_a_notebook(sd.ask("Russia", "North Korea")) == snapshot


def test_a_census_in_a_notebook(snapshot: Any, census_archive: Path) -> None:
    assert in_a_notebook(sd.ask(*worlds.UNDECIDED, archive=census_archive)) == snapshot
