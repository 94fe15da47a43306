"""The command export: a whole file and one beside it, or one sentence and exit code 2."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from saidanddone.errors import CannotWrite
from saidanddone.faces import exports
from saidanddone.faces.exports import exporting


def test_a_pair_to_stdout_is_nothing_but_the_table(process: Any) -> None:
    ran = process("export", "csv", "moscow", "DPRK", "--since", "2000")
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert lines[0].startswith("key,dataset,source,")
    assert f"{len(lines) - 1} rows" in ran.err


@pytest.mark.parametrize("format", [format.name for format in exports.formats()])
def test_every_format_of_a_census(
    run: Any, format: str, census_archive: Path, tmp_path: Path
) -> None:
    to = tmp_path / "acts"
    ran = run("export", format, "--all", "--archive", census_archive, "--to", to)
    assert (ran.code, ran.out) == (0, "")
    about = json.loads((tmp_path / f"acts{exporting.SIDE_FILE}").read_text(encoding="utf-8"))
    assert about["dataset"]["citation"] == "Drawn by tests/worlds.py"
    assert about["rows"] > 3_000
    assert sorted(path.name for path in tmp_path.iterdir()) == ["acts", "acts.about.json"]
    assert to.stat().st_size > 10_000


def test_predecessors_are_in_unless_they_are_left_out(
    run: Any, census_archive: Path, tmp_path: Path
) -> None:
    def sources(*options: str) -> set[str]:
        to = tmp_path / "acts.parquet"
        pair = ("russia", "north-korea", "--archive", census_archive)
        ran = run("export", "parquet", *pair, "--to", to, "--quiet", *options)
        assert (ran.code, ran.err) == (0, "")
        return set(pl.read_parquet(to)["source"])

    assert sources() == {"RUS", "SUN"}
    assert sources("--no-predecessors") == {"RUS"}


@pytest.mark.parametrize("format", ["csv", "jsonld"])
def test_a_reader_may_leave_early(format: str, census_archive: Path) -> None:
    command = [sys.executable, "-m", "saidanddone.faces.cli", "export", format, "--all"]
    command += ["--archive", str(census_archive)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout and process.stderr
        assert process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0


def test_the_window_and_the_text(run: Any, tmp_path: Path) -> None:
    to = tmp_path / "acts.jsonl"
    window = ("--since", "1990", "--until", "1995-06")
    ran = run("export", "jsonl", "--all", *window, "--without-text", "--to", to)
    assert ran.code == 0
    acts = [json.loads(line) for line in to.read_text(encoding="utf-8").split("\n") if line]
    assert acts
    assert all("1990" <= act["date"] < "1995-07" for act in acts)
    assert {act["text"] for act in acts} == {None}
    assert all(act["what"] for act in acts)


def test_no_act_is_an_answer(run: Any, census_archive: Path, tmp_path: Path) -> None:
    to = tmp_path / "acts.csv"
    ran = run("export", "csv", "fiji", "iceland", "--archive", census_archive, "--to", to)
    assert ran.code == 0
    assert "0 rows" in ran.err
    assert to.read_text(encoding="utf-8").count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("xlsx", "--all"), "'xlsx' is not a format"),
        (("csv",), "neither a pair nor --all"),
        (("csv", "russia"), "one side of the pair is missing"),
        (("csv", "russia", "china", "--all"), "both a pair and --all"),
        (("csv", "russia", "russia"), "are both Russia"),
        (("csv", "korea", "japan"), "may mean"),
        (("parquet", "--all"), "is not text"),
        (("csv", "--all", "--since", "2018-02-30"), "does not exist"),
        (("csv", "--all", "--dataset", "nothing"), "there is no dataset 'nothing'"),
        (("csv", "--all", "--archive", "nowhere"), "holds no archive"),
        (("csv", "--all", "--to", "nowhere/acts.csv"), "there is no folder 'nowhere'"),
        (("csv", "--all", "--to", "."), "it is a folder"),
    ],
)
def test_bad_input_is_one_sentence(
    run: Any, arguments: tuple[str, ...], says: str, tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run("export", *arguments)
    assert ran.code == 2
    assert ran.out == ""
    assert says in ran.err
    assert ran.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_counts_have_no_place_in_the_shapes(run: Any, counts_archive: Path, tmp_path: Path) -> None:
    to = tmp_path / "acts.tab"
    to.write_text("what was here before", encoding="utf-8")
    ran = run("export", "icews", "--all", "--archive", counts_archive, "--to", to)
    assert ran.code == 2
    assert "published counts have no code" in ran.err
    assert to.read_text(encoding="utf-8") == "what was here before"
    assert [path.name for path in tmp_path.iterdir()] == ["acts.tab"]


def test_a_failure_leaves_nothing_half_written(tmp_path: Path, monkeypatch: Any) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("saidanddone.faces.exports.exporting.side_file", fail)
    with pytest.raises(CannotWrite, match="No space left"):
        exporting.export("csv", to=tmp_path / "acts.csv")
    assert list(tmp_path.iterdir()) == []
