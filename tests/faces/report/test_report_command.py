"""The command report: Markdown on stdout, files whole or not at all, or one sentence."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest


def test_without_a_file_it_is_markdown_and_nothing_else(process: Any) -> None:
    ran = process("report", "moscow", "DPRK")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("# Do the deeds of Russia toward North Korea match its words?\n")
    assert ran.out.count("\n## ") > 8


def test_markdown_stands_beside_its_drawings(
    run: Any, census_archive: Path, tmp_path: Path
) -> None:
    to = tmp_path / "a report.md"
    pair = ("russia", "north-korea", "--archive", census_archive)
    ran = run("report", *pair, "--markdown", to)
    assert (ran.code, ran.out) == (0, "")
    names = ["a report-plane.svg", "a report-through-time.svg", "a report.md"]
    assert sorted(path.name for path in tmp_path.iterdir()) == names
    text = to.read_text(encoding="utf-8")
    assert "](<a%20report-plane.svg>)" in text
    assert (tmp_path / names[0]).read_text(encoding="utf-8").startswith("<svg")


def test_a_pdf_and_choices(run: Any, census_archive: Path, tmp_path: Path) -> None:
    pytest.importorskip("typst")
    to = tmp_path / "report.pdf"
    pair = ("russia", "north-korea", "--archive", census_archive)
    choices = ("--reading", "icews", "--since", "1991-06", "--no-predecessors")
    assert run("report", *pair, *choices, "--pdf", to).code == 0
    assert to.read_bytes().startswith(b"%PDF-")
    assert [path.name for path in tmp_path.iterdir()] == ["report.pdf"]
    told = run("report", *pair, *choices).out
    assert "reading icews" in told
    assert "1991-06-01" in told


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("korea", "japan"), "may mean"),
        (("russia", "moscow"), "are both Russia"),
        (("russia", "china", "--since", "2001", "--until", "1999"), "ends (1999) before"),
        (("russia", "china", "--against", "nobody"), "nobody"),
        (("russia", "china", "--archive", "nowhere"), "holds no archive"),
        (("russia", "china", "--dataset", "none"), "there is no dataset 'none'"),
        (("russia", "china", "--markdown", "nowhere/r.md"), "there is no folder"),
        (("russia", "china", "--pdf", "nowhere/r.pdf"), "there is no folder"),
        (("russia",), "missing argument"),
    ],
)
def test_bad_input_is_one_sentence(
    run: Any, arguments: tuple[str, ...], says: str, tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run("report", *arguments)
    assert ran.code == 2
    assert ran.out == ""
    assert says in ran.err
    assert ran.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_without_the_extra_a_pdf_is_refused(run: Any, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    ran = run("report", "russia", "north-korea", "--pdf", tmp_path / "r.pdf")
    assert ran.code == 2
    assert "saidanddone[report]" in ran.err
    assert list(tmp_path.iterdir()) == []
