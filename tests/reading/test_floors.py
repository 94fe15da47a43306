"""The coder's measured figures do not drop: floors.csv pins what was last measured.

A floor is raised when a figure rises and never lowered to get green. The aims of the coder are
higher than these floors; docs/reading.md says by how much.
"""

from __future__ import annotations

import csv
import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

pytest.importorskip("spacy", reason="the extra 'read' is not installed")

CODING = Path(__file__).parents[2] / "benchmarks" / "coding"


def _script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, CODING / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def _floors(about: str) -> dict[str, float]:
    with (CODING / "floors.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["about"] == about]
    return {row["figure"]: float(row["floor"]) for row in rows}


@pytest.mark.parametrize("half", ["development", "held-out", "third"])
def test_end_to_end_on_what_others_labelled(half: str) -> None:
    found = _script("end_to_end").score(half)
    for figure, floor in _floors(half).items():
        assert getattr(found, figure) >= floor, figure


def test_on_plv(capsys: pytest.CaptureFixture[str]) -> None:
    plv = _script("plv")
    if not plv.DEFAULT.is_file():
        pytest.skip(f"{plv.DEFAULT.name} is not beside the project")
    plv.main(plv.DEFAULT)
    lines = capsys.readouterr().out.splitlines()
    for who, about in (("coder", "plv report"), ("strict", "plv report strict")):
        line = next(x for x in lines if x.startswith(f"report half, {who}"))
        figures = {part.split()[0]: float(part.split()[1]) for part in line.split(", ")[2:]}
        for figure, floor in _floors(about).items():
            assert figures[figure] >= floor, (about, figure)


def test_the_halves_share_no_run_of_five_words() -> None:
    from saidanddone.reading.training import expand, five_word_runs, written

    with (CODING / "gold" / "sentences.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    held = {run for r in rows if r["half"] == "held-out" for run in five_word_runs(r["sentence"])}
    development = {
        run for r in rows if r["half"] != "held-out" for run in five_word_runs(r["sentence"])
    }
    assert not held & development
    train = _script("train")
    used = train.training_rows()
    assert len(used) > 5000
    assert not held & {run for row in used for run in five_word_runs(row["sentence"])}
    assert len(used) <= written().height + expand().height
