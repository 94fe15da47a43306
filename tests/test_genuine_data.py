"""End to end on genuine data: from the bytes of others to answers. Skips where they are absent."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import saidanddone as sd
from saidanddone.faces.cli import app


def given(shared_data: Path, name: str) -> Path:
    path = shared_data / "icews" / name
    if not path.exists():
        pytest.skip(f"{name} is missing from ../shared/data/icews")
    return path


@pytest.fixture(scope="module")
def icews_2018(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    """An archive with ICEWS of January to October 2018, and the report of its ingest."""
    table = given(shared_data, "icews18.parquet")
    archive = tmp_path_factory.mktemp("icews-2018") / "archive"
    return archive, sd.ingest("table", [table], archive, mapping="icews-2018")


@pytest.fixture(scope="module")
def yearly(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with the published counts of ICEWS, 2002 to 2014."""
    table = given(shared_data, "icews_dyad_year_2002_2014.parquet")
    archive = tmp_path_factory.mktemp("counts") / "archive"
    sd.ingest("counts", [table], archive)
    return archive


def ask_json(*arguments: str) -> Any:
    ran = CliRunner().invoke(app, ["ask", *arguments, "--json"])
    assert ran.exit_code == 0, ran.output
    return json.loads(ran.stdout)


def test_every_row_of_2018_is_accounted_for(icews_2018: tuple[Path, Any]) -> None:
    _, report = icews_2018
    assert report.rows == report.kept + report.set_aside + report.filtered == 468_558
    assert report.kept > 160_000


def test_ingesting_2018_twice_changes_nothing(
    icews_2018: tuple[Path, Any], shared_data: Path
) -> None:
    path, _ = icews_2018
    archive = sd.Archive.open(path)
    before = archive.generation("icews-2018")
    again = sd.ingest("table", [given(shared_data, "icews18.parquet")], path, mapping="icews-2018")
    assert [file.status for file in again.files] == ["already there"]
    assert archive.generation("icews-2018") == before
    assert archive.coverage("icews-2018").rows == 468_558


def test_2018_answers(icews_2018: tuple[Path, Any]) -> None:
    archive, _ = icews_2018
    rows = sd.rank(archive, top=20)
    decided = [row for row in rows if row.direction]
    assert decided, "none of the 20 first pairs is decided"
    top = decided[0]
    answer = ask_json(top.source.id, top.target.id, "--archive", str(archive))
    assert answer["verdict"]["decided"] is True
    assert answer["verdict"]["direction"] == top.direction
    assert answer["gap"]["estimate"] == pytest.approx(top.gap.estimate, abs=1e-5)
    assert answer["coverage"]["first"] == "2018-01-01"
    assert {item["weight"] > 0 for item in answer["evidence"]} == {True, False}
    undecided = ask_json("russia", "north-korea", "--archive", str(archive))
    assert undecided["verdict"]["decided"] is False
    assert 0 < undecided["channels"]["done"]["n"] < undecided["channels"]["said"]["n"]
    assert undecided["actors"] == "government"


def test_the_raw_format_is_read(shared_data: Path, tmp_path: Path) -> None:
    sample = given(shared_data, "events.2018.sample.tab")
    (report,) = sd.ingest("icews", [sample], tmp_path / "archive").files
    assert report.status == "ingested", report.error
    assert report.rows == report.kept + report.set_aside + report.filtered == 3705
    answer = ask_json("united states", "russia", "--archive", str(tmp_path / "archive"))
    assert answer["verdict"]["decided"] is False
    assert answer["channels"]["said"]["n"] > 0
    assert sd.check(tmp_path / "archive") == []


REFERENCES = [
    # source, target, words +/-, deeds +/-, z_words, z_deeds, gap, s.e., gap of the plain norm
    ("russia", "north-korea", (9623, 478, 293, 130), (-0.531, 1.996, 2.527, 0.115, 2.349)),
    ("china", "north-korea", (25912, 1173, 569, 1506), (-0.383, 0.419, 0.802, 0.058, 0.477)),
    ("south-korea", "north-korea", (32778, 5523, 1211, 1440), (-1.678, 1.250, 2.928, 0.042, 2.591)),
    ("russia", "syria", (9308, 758, 792, 314), (-1.026, 2.235, 3.261, 0.077, 2.960)),
]


@pytest.mark.parametrize(
    ("source", "target", "counts", "figures"), REFERENCES, ids=lambda value: str(value)[:12]
)
def test_the_reference_values_come_out(
    yearly: Path,
    source: str,
    target: str,
    counts: tuple[int, ...],
    figures: tuple[float, ...],
) -> None:
    """To three decimals, the method's table (docs/method.md, section 8)."""
    where = (source, target, "--archive", str(yearly), "--dispersion", "none")
    answer, plain = ask_json(*where), ask_json(*where, "--against", "plain")
    words, deeds = answer["channels"]["verbal"], answer["channels"]["material"]
    assert counts == (
        words["cooperative"],
        words["conflictual"],
        deeds["cooperative"],
        deeds["conflictual"],
    )
    found = (
        words["warmth"],
        deeds["warmth"],
        answer["gap"]["estimate"],
        answer["gap"]["se"],
        plain["gap"]["estimate"],
    )
    assert found == pytest.approx(figures, abs=0.000_51)
    assert answer["verdict"]["decided"] is plain["verdict"]["decided"] is False


def test_bursts_widen_the_interval(yearly: Path) -> None:
    where = ("russia", "north-korea", "--archive", str(yearly))
    with_blocks = ask_json(*where)["gap"]["interval90"]
    without = ask_json(*where, "--dispersion", "none")["gap"]["interval90"]
    assert with_blocks[1] - with_blocks[0] >= 2.5 * (without[1] - without[0])
