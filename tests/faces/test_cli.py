"""The command line: what it prints where, and its exit codes."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import saidanddone as sd
from saidanddone.faces.cli import app

from .. import worlds
from .conftest import TABLE, Ran

Run = Callable[..., Ran]
ASK = ("ask", *worlds.DECIDED)
PICTURES = {"png": b"\x89PNG", "svg": b"<svg", "html": b"<!DOCTYPE html>"}


def test_the_first_command_answers_without_an_archive(process: Run, tmp_path: Path) -> None:
    ran = process("ask", "russia", "north-korea", cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert "a selection decides nothing." in " ".join(ran.out.split())
    assert list(tmp_path.iterdir()) == []


def test_json_is_all_that_stdout_holds(process: Run, census_archive: Path) -> None:
    ran = process(*ASK, "--archive", census_archive, "--json")
    assert (ran.code, ran.err) == (0, "")
    answer = json.loads(ran.out)
    assert answer == json.loads(
        json.dumps(sd.ask(*worlds.DECIDED, archive=census_archive).to_dict())
    )
    assert "NaN" not in ran.out


def test_typers_own_runner_agrees() -> None:
    ran = CliRunner().invoke(app, ["ask", "russia", "north-korea", "--json"])
    assert ran.exit_code == 0
    assert json.loads(ran.stdout)["dataset"] == {"name": "moscow-pyongyang", "kind": "selection"}


def test_the_options_reach_the_answer(run: Run, census_archive: Path) -> None:
    ran = run(
        *ASK, "--archive", census_archive, "--json", "--dataset", "census", "--since", "1991-02",
        "--until", "1992-10", "--against", "plain", "--reading", "icews", "--count", "codes",
        "--actors", "all", "--without", "173, 112", "--dispersion", "none", "--no-predecessors",
        "--engine", "polars", "--quiet",
    )  # fmt: skip
    assert ran.code == 0
    answer = json.loads(ran.out)
    assert answer["window"] == {"since": "1991-02-01", "until": "1992-10-31"}
    assert [answer[name] for name in ("against", "reading", "count", "actors")] == [
        "plain", "icews", "codes", "all"
    ]  # fmt: skip
    assert answer["coverage"]["predecessors"] == []
    assert answer["channels"]["verbal"]["dispersion"] is None
    assert not {item["code"] for item in answer["evidence"]} & {"173", "112"}
    assert answer["norm"]["verbal"]["beta"] == 0


def test_explain_adds_the_arithmetic(run: Run) -> None:
    ran = run("ask", "russia", "north-korea", "--explain")
    assert ran.code == 0
    _, _, arithmetic = ran.out.partition("The arithmetic")
    assert "difference = share of deeds - share of words" in arithmetic
    assert "The arithmetic" not in run("ask", "russia", "north-korea").out


def test_explain_with_json_goes_to_stderr(run: Run, census_archive: Path) -> None:
    ran = run(*ASK, "--archive", census_archive, "--json", "--explain")
    assert json.loads(ran.out)["verdict"]["decided"] is True
    assert "gap = z_deeds - z_words" in ran.err


@pytest.mark.parametrize("ending", PICTURES)
def test_plot_draws(run: Run, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"gap.{ending}"
    ran = run("ask", "russia", "north-korea", "--plot", path, "--json")
    assert (ran.code, ran.err) == (0, "")
    assert json.loads(ran.out)["verdict"]["decided"] is False
    assert path.read_bytes().startswith(PICTURES[ending])


def test_a_known_pair_without_acts_ends_with_zero(run: Run, census_archive: Path) -> None:
    for archive in ([], ["--archive", census_archive]):
        ran = run("ask", *worlds.SILENT, *archive, "--json")
        assert (ran.code, ran.err) == (0, "")
        answer = json.loads(ran.out)
        assert [answer["channels"][c]["n"] for c in ("said", "signed", "done")] == [0, 0, 0]
        assert answer["verdict"]["direction"] is None
        ran = run("ask", *worlds.SILENT, *archive)
        assert ran.code == 0
        assert "has no acts of Fiji toward Iceland" in " ".join(ran.out.split())


def test_rank_prints_json_or_a_table(run: Run, census_archive: Path) -> None:
    ran = run("rank", "--archive", census_archive, "--top", "3", "--json")
    assert (ran.code, ran.err) == (0, "")
    rows = json.loads(ran.out)
    assert [row["rank"] for row in rows] == [1, 2, 3]
    assert rows[0]["source"] == {"id": "RUS", "name": "Russia"}
    table = run("rank", "--archive", census_archive, "--top", "3").out.splitlines()
    assert "Russia → North" in table[1]
    assert [line.split()[0] for line in table[1:] if line[0] != " "] == ["1", "2", "3"]


def test_rank_by_a_corner_shows_its_probability(run: Run, census_archive: Path) -> None:
    ran = run(
        "rank", "--archive", census_archive, "--corner", "quiet partner", "--top", "2", "--quiet"
    )
    assert ran.code == 0
    assert "quiet partner" in ran.out.splitlines()[0]
    assert "100%" in ran.out.splitlines()[1]


def test_an_empty_ranking_is_not_silent(run: Run, census_archive: Path) -> None:
    ran = run("rank", "--archive", census_archive, "--since", "2005")
    assert ran.code == 0
    assert "No pair can be ranked" in ran.out
    assert (
        json.loads(run("rank", "--archive", census_archive, "--since", "2005", "--json").out) == []
    )


def test_ingesting_twice_changes_nothing(
    run: Run, tmp_path: Path, census_tables: dict[str, Path]
) -> None:
    table = tmp_path / "small.csv"
    table.write_text(TABLE, encoding="utf-8")
    arguments = (
        "ingest", "table", table, "--archive", tmp_path / "a", "--mapping",
        census_tables["mapping"], "--quiet",
    )  # fmt: skip
    assert run(*arguments).code == 0
    before = sd.Archive.open(tmp_path / "a").generation("census")
    again = run(*arguments)
    assert (again.code, again.err) == (0, "")
    assert "already there, nothing changed" in again.out
    assert sd.Archive.open(tmp_path / "a").generation("census") == before


def test_a_folder_is_ingested_by_its_files_names(
    run: Run, tmp_path: Path, census_tables: dict[str, Path]
) -> None:
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "small.csv").write_text(TABLE, encoding="utf-8")
    (folder / "README.md").write_text("not a table")
    ran = run(
        "ingest", "table", folder, "--archive", tmp_path / "a", "--mapping",
        census_tables["mapping"], "--dataset", "mine",
    )  # fmt: skip
    assert "1 ingested" in ran.out
    assert [d.name for d in sd.Archive.open(tmp_path / "a").datasets()] == ["mine"]


def test_the_default_archive_lies_beside_the_user(
    process: Run, tmp_path: Path, census_tables: dict[str, Path]
) -> None:
    (tmp_path / "small.csv").write_text(TABLE, encoding="utf-8")
    mapping = census_tables["mapping"]
    assert process("ingest", "table", "small.csv", "--mapping", mapping, cwd=tmp_path).code == 0
    ran = process("check", cwd=tmp_path)
    assert (ran.code, ran.out, ran.err) == (0, "archive is whole\n", "")


def test_check_prints_json(run: Run, small: Path) -> None:
    ran = run("check", "--archive", small, "--json")
    assert (ran.code, json.loads(ran.out), ran.err) == (0, [], "")


def test_check_names_a_part_that_is_gone(run: Run, small: Path, tmp_path: Path) -> None:
    archive = Path(shutil.copytree(small, tmp_path / "copy"))
    part = next((archive / "events").rglob("*.parquet"))
    part.unlink()
    ran = run("check", "--archive", archive)
    assert ran.code == 2
    assert part.relative_to(archive).as_posix() in ran.out


def test_a_reader_that_leaves_early_is_no_failure(census_archive: Path) -> None:
    import subprocess
    import sys

    command = [sys.executable, "-m", "saidanddone.faces.cli", "ask", "russia", "north-korea"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None and running.stderr is not None
        running.stdout.close()
        told = running.stderr.read()
        assert (running.wait(timeout=60), told) == (0, b"")


def test_the_version_is_the_packages(run: Run) -> None:
    assert run("--version").out == f"{sd.__version__}\n"


def test_no_command_prints_the_help(run: Run) -> None:
    ran = run()
    assert ran.code == 2
    assert "ingest" in ran.out + ran.err


def test_progress_is_a_terminals_affair(run: Run, census_archive: Path, copied: Any) -> None:
    archive = copied(census_archive)
    shutil.rmtree(archive / "norms")
    ran = run("rank", "--archive", archive, "--top", "1")
    assert (ran.code, ran.err) == (0, "")
