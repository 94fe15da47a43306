"""The command curve: what it prints and writes, and what it refuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from .. import worlds
from .conftest import Ran

Run = Callable[..., Ran]
VARY = ("--vary", "against,arrests")


def test_the_terminal_says_how_many_agree_and_what_matters(run: Run, census_archive: Path) -> None:
    ran = run("curve", *worlds.DECIDED, "--archive", census_archive, *VARY)
    assert (ran.code, ran.err) == (0, "")
    for words in ("under 8 sets of choices", "8 of 8 have its sign", "explains", "interplay"):
        assert words in ran.out


def test_json_table_and_picture(run: Run, census_archive: Path, tmp_path: Path) -> None:
    ran = run(
        "curve", *worlds.DECIDED, "--archive", census_archive, *VARY, "--json", "--quiet",
        "--table", tmp_path / "curve.csv", "--plot", tmp_path / "curve.html",
    )  # fmt: skip
    assert (ran.code, ran.err) == (0, "")
    told = json.loads(ran.out)
    assert told["summary"]["specifications"] == 8
    lines = (tmp_path / "curve.csv").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 9
    assert lines[0].startswith("dataset,window,reading,count,against,actors,arrests,weight,")
    assert (tmp_path / "curve.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_what_is_refused_is_one_sentence(run: Run, census_archive: Path, tmp_path: Path) -> None:
    of_census = ("curve", *worlds.DECIDED, "--archive", census_archive)
    for arguments, says in (
        (("curve", "russia", "north-korea"), "is a selection"),
        ((*of_census, "--vary", "mood"), "'mood' is no axis"),
        ((*of_census, *VARY, "--table", tmp_path / "no" / "t.csv"), "cannot be written"),
        ((*of_census, *VARY, "--against", "friends"), "friends"),
        ((*of_census, *VARY, "--since", "1992", "--until", "1991"), "before it starts"),
        ((*of_census, *VARY, "--since", "2020"), "only 0 pairs have acts"),
    ):
        ran = run(*arguments)
        assert (ran.code, ran.out) == (2, ""), arguments
        assert says in ran.err and len(ran.err.strip().splitlines()) == 1
