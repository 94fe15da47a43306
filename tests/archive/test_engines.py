"""Engines: the same cases on Polars and on Spark, compared cell by cell.

Spark needs the extra `spark` and Java; without them its cases are skipped by name. It takes seconds
over every query, so that the longest cases run with SAIDANDDONE_ENGINES=full only.
"""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import saidanddone as sd
from saidanddone.archive import Archive, engine, tally
from saidanddone.archive.engine import engine_of
from saidanddone.archive.parts import CELL_SCHEMA
from saidanddone.dossier.norms import between_states, merge_predecessors
from saidanddone.errors import BadChoice, MissingExtra
from saidanddone.faces.cli import main
from saidanddone.measure.choices import Choices
from saidanddone.measure.counting import by_pair, by_period, counted, summed
from saidanddone.model import Window
from saidanddone.sources.gdelt import LAYOUTS

MASTER = "local[2]"
SHARED = Path(__file__).parents[3] / "shared" / "data"


class Polars:
    """The embedded engine."""

    def frame(self, table: pl.DataFrame) -> Any:
        return table

    def table(self, frame: Any) -> pl.DataFrame:
        return frame


class Spark:
    """Spark on two threads of this machine."""

    def frame(self, table: pl.DataFrame) -> Any:
        from saidanddone.archive import spark

        return spark.frame(spark.session(MASTER), table)

    def table(self, frame: Any) -> pl.DataFrame:
        from saidanddone.archive import spark

        return spark.collected(frame)


def require_spark() -> None:
    try:
        engine_of("spark", MASTER)
    except MissingExtra as error:
        pytest.skip(f"Spark is not here: {error}")


@pytest.fixture(scope="module", autouse=True)
def stopped() -> Iterator[None]:
    """End the Spark that these tests started, and only that."""
    yield
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        return
    running = SparkSession.getActiveSession()
    if running is not None:
        from saidanddone.archive.spark.session import session

        running.stop()
        session.cache_clear()


@pytest.fixture(scope="module", params=["polars", "spark"])
def on(request: pytest.FixtureRequest) -> Polars | Spark:
    if request.param == "polars":
        return Polars()
    require_spark()
    return Spark()


def cells() -> pl.DataFrame:
    """Cells with what engines may treat otherwise: nulls, coarse dates, equal rows, old states."""
    codes = ("010", "0411", "042", "081", "190", "193", "V+", None)
    rows = [
        (
            ("RUS", "SUN", "USA", "UNO")[i % 4],
            ("PRK", "RUS", "KOR")[i % 3],
            (True, False, None)[i % 5 % 3],
            date(2017, 12, 30) + timedelta(days=i % 9) if i % 7 else date(2018, 1, 1),
            "day" if i % 7 else ("month", "year")[i % 2],
            codes[i % 8],
            ("said", "signed", "done")[i % 11 % 3],
            (1, 0, -1)[i % 13 % 3],
            2**40 if i == 5 else i % 4 + 1,
        )
        for i in range(240)
    ]
    table = pl.DataFrame(rows, schema=CELL_SCHEMA, orient="row")
    return pl.concat([table, table.head(60)])


CASES: dict[str, Callable[[Any], Any]] = {
    "merge": tally.merge,
    "window": lambda f: tally.select(f, tally.inside(Window.parse("2018", "2018-01-04"))),
    "overlapping": lambda f: tally.select(f, tally.overlapping(Window.parse("2018-01-03", None))),
    "between": lambda f: tally.select(f, tally.between(["RUS", "SUN"], ["PRK"])),
    "none between": lambda f: tally.select(f, tally.between([], ["PRK"])),
    "predecessors": lambda f: merge_predecessors(f, {"SUN": "RUS"}),
    "states": between_states,
    "counted": lambda f: counted(f, Choices()),
    "government": lambda f: counted(f, Choices(actors="government", without=("19", "V+"))),
    "codes, gdelt": lambda f: counted(f, Choices(count="codes", reading="gdelt")),
    "reports, plover": lambda f: counted(f, Choices(count="reports", reading="plover")),
    "pairs": lambda f: by_pair(counted(f, Choices())),
    **{
        f"panel by {period}": lambda f, period=period: by_period(counted(f, Choices()), period)
        for period in ("day", "month", "quarter", "year")
    },
    "panel of sums": lambda f: by_period(summed(counted(f, Choices()), "month"), "quarter"),
}


SHORT = ("merge", "window", "between", "predecessors", "states", "government", "panel by month")
FULL = pytest.mark.skipif(
    os.environ.get("SAIDANDDONE_ENGINES") != "full", reason="SAIDANDDONE_ENGINES is not full"
)


@pytest.fixture(scope="module")
def given(on: Polars | Spark) -> Any:
    return on.frame(cells())


@pytest.mark.parametrize(
    "case", [pytest.param(case, marks=[] if case in SHORT else FULL) for case in CASES]
)
def test_an_expression_gives_the_same_cells(on: Polars | Spark, given: Any, case: str) -> None:
    expected = CASES[case](cells())
    found = on.table(CASES[case](given))
    assert found.columns == expected.columns
    assert found.schema == expected.schema
    assert found.sort(pl.all()).equals(expected.sort(pl.all()))
    assert expected.height or case == "none between"


def test_sums_of_months_give_what_their_acts_give() -> None:
    acts = counted(cells(), Choices())
    for period in ("month", "quarter", "year"):
        sums = by_period(summed(acts, "month"), period).sort(pl.all())
        assert sums.equals(by_period(acts, period).sort(pl.all()))
    assert by_pair(summed(acts, "year")).sort(pl.all()).equals(by_pair(acts).sort(pl.all()))


def test_merged_cells_are_sorted_alike(on: Polars | Spark, given: Any) -> None:
    assert on.table(tally.merge(given)).equals(tally.merge(cells()))


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of GDELT files: good ones, two alike, one of which too much cannot be read."""
    folder = tmp_path_factory.mktemp("exports")
    layout = LAYOUTS[61].columns
    sides = ("RUS", "PRK", "USA", "KOR", "CHN", "")

    def line(i: int, **other: str) -> str:
        values = {
            "GLOBALEVENTID": str(i),
            "SQLDATE": f"201910{i % 28 + 1:02}" if i % 17 else "20180601",
            "Actor1CountryCode": sides[i % 6],
            "Actor2CountryCode": sides[(i + i % 4) % 6],
            "Actor1Type1Code": ("", "GOV", "BUS")[i % 3],
            "EventCode": ("042", "010", "190", "0841", "112")[i % 5],
            "NumArticles": str(i % 9 + 1),
            "DATEADDED": "20191024143000",
        } | other
        return "\t".join(values.get(name, "") for name in layout)

    def write(name: str, lines: list[str]) -> None:
        with zipfile.ZipFile(folder / f"{name}.export.CSV.zip", "w") as packed:
            member = zipfile.ZipInfo(f"{name}.export.CSV", (2019, 10, 24, 0, 0, 0))
            packed.writestr(member, "".join(f"{row}\n" for row in lines))

    for n in range(4):
        rows = [line(i) for i in range(n * 150, n * 150 + 200)]
        rows[7] = line(7, EventCode="---")
        write(f"2019102414{n * 15:02}00", rows)
    write("20191024150000", [line(i, EventCode="---") for i in range(30)])
    write("20191024151500", [line(i) for i in range(3)])
    write("20191024153000", [line(i) for i in range(3)])
    # The same bytes but for the name of the member, which is no part of the text.
    same = (folder / "20191024141500.export.CSV.zip").read_bytes()
    (folder / "20191024154500.export.CSV.zip").write_bytes(same)
    (folder / "20191024160000.export.CSV.zip").write_bytes(same[:500])
    return folder


def tables(archive: Path) -> dict[str, Any]:
    held = Archive.open(archive)
    assert held.check() == []
    return {
        "cells": held.cells("gdelt").to_dicts(),
        "by pair": held.cells("gdelt", sources=["RUS"], targets=["PRK"]).to_dicts(),
        "panel": held.panel("gdelt").sort(pl.all()).to_dicts(),
        "coverage": held.coverage("gdelt"),
        "generation": held.generation("gdelt"),
    }


def test_a_folder_of_gdelt_lands_as_the_embedded_engine_writes_it(
    exports: Path, tmp_path: Path
) -> None:
    require_spark()
    reports = {}
    for name, master in (("polars", None), ("spark", MASTER)):
        reports[name] = sd.ingest(
            "gdelt", [exports], tmp_path / name, keep="tally", engine=name, master=master
        )
    assert reports["spark"] == reports["polars"]
    statuses = [file.status for file in reports["spark"].files]
    assert (statuses.count("ingested"), statuses.count("refused")) == (6, 2)
    for file in reports["spark"].files:
        assert file.rows == file.kept + file.set_aside + file.filtered
    assert reports["spark"].set_aside == 4
    assert tables(tmp_path / "spark") == tables(tmp_path / "polars")
    again = sd.ingest(
        "gdelt", [exports], tmp_path / "polars", keep="tally", engine="spark", master=MASTER
    )
    assert {file.status for file in again.files} == {"already there", "refused"}


@pytest.fixture
def two(census_archive: Path, copied: Callable[[Path], Path], tmp_path: Path) -> dict[str, Path]:
    """The generated census twice, without norms that the other engine fitted."""
    import shutil

    found = {"spark": copied(census_archive)}
    found["polars"] = Path(shutil.copytree(found["spark"], tmp_path / "other"))
    for archive in found.values():
        shutil.rmtree(archive / "norms", ignore_errors=True)
    return found


@pytest.mark.parametrize(
    "choices",
    [pytest.param({}, marks=FULL), {"against": "self", "reading": "icews"}],
)
def test_the_ranking_is_the_same(two: dict[str, Path], choices: dict[str, str]) -> None:
    require_spark()
    here = sd.rank(two["polars"], **choices)
    there = sd.rank(two["spark"], engine="spark", master=MASTER, **choices)
    assert [row.to_dict() for row in there] == [row.to_dict() for row in here]
    assert here


@FULL
def test_an_answer_is_the_same(two: dict[str, Path]) -> None:
    require_spark()
    here = sd.ask("Russia", "North Korea", archive=two["polars"]).to_dict()
    there = sd.ask(
        "Russia", "North Korea", archive=two["spark"], engine="spark", master=MASTER
    ).to_dict()
    assert there == here
    assert here["verdict"]["decided"]


def test_documents_are_read_alike(tmp_path: Path) -> None:
    require_spark()
    pytest.importorskip("spacy")
    pages = tmp_path / "pages"
    pages.mkdir()
    said = "Russia condemned North Korea on Monday.", "China praised South Korea in Beijing."
    for n in range(3):
        text = f"{said[n % 2]}\n\nThe foreign minister of Japan met his colleague from France.\n"
        (pages / f"{n}.txt").write_text(text * 2, encoding="utf-8")
    (pages / "empty.txt").write_text("", encoding="utf-8")
    try:
        here = list(sd.read([str(pages)]))
    except MissingExtra as error:
        pytest.skip(str(error))
    there = list(sd.read([str(pages)], engine="spark", master=MASTER))
    assert [_told(item) for item in there] == [_told(item) for item in here]
    assert len(here) == 4


def _told(item: Any) -> Any:
    if hasattr(item, "error"):
        return item.address, str(item.error)
    return item.page, [act.to_dict() for act in item.acts], [note.to_dict() for note in item.notes]


def said(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *words: str) -> str:
    """What the command line says as it leaves with exit code 2: one line."""
    monkeypatch.setattr("sys.argv", ["saidanddone", *words])
    with pytest.raises(SystemExit) as left:
        main()
    printed = capsys.readouterr()
    assert (left.value.code, printed.out) == (2, "")
    (line,) = printed.err.splitlines()
    return line


def test_without_the_extra_one_sentence_says_so(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(engine, "find_spec", lambda _: None)
    for words in (
        ("ask", "russia", "china", "--archive", str(tmp_path)),
        ("rank", "--archive", str(tmp_path)),
        ("ingest", "gdelt", str(tmp_path), "--keep", "tally", "--archive", str(tmp_path / "a")),
        ("read", str(tmp_path)),
    ):
        line = said(capsys, monkeypatch, *words, "--engine", "spark")
        assert "pip install 'saidanddone[spark]'" in line


def test_without_java_one_sentence_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "find_spec", lambda name: name)
    monkeypatch.setattr(engine.shutil, "which", lambda _: None)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(MissingExtra, match="needs Java"):
        engine_of("spark")


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("ask", "russia", "china", "--engine", "dask"), "no engine 'dask'"),
        (("ask", "russia", "china", "--master", "local"), "polars has no master"),
        (("ask", "russia", "china", "--engine", "spark"), "the case that ships is not read"),
        (("rank", "--engine", "spark", "--master", "sc://here"), "'sc://here' is no master"),
        (("ingest", "gdelt", "x", "--engine", "spark"), "events are not kept on Spark"),
        (("ingest", "icews", "x", "--engine", "spark", "--keep", "tally"), "format icews"),
    ],
)
def test_what_does_not_run_on_spark_is_refused_by_name(
    words: tuple[str, ...],
    named: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setattr(engine, "_require_spark", lambda: None)
    monkeypatch.setattr("saidanddone.faces.engines.counter_on", lambda _: object())
    monkeypatch.setattr("saidanddone.faces.python.counter_on", lambda _: object())
    monkeypatch.chdir(tmp_path)
    assert named in said(capsys, monkeypatch, *words)


def test_a_selection_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(engine, "_require_spark", lambda: None)
    from saidanddone.sources import shipped_case

    sd.ingest("case", [shipped_case()], tmp_path / "archive")
    require_spark_modules()
    with pytest.raises(BadChoice, match="selection"):
        sd.ask("russia", "north-korea", archive=tmp_path / "archive", engine="spark")


def require_spark_modules() -> None:
    pytest.importorskip("pyarrow")


def test_spark_fails_with_one_sentence(two: dict[str, Path]) -> None:
    require_spark()
    from saidanddone.archive import spark

    def broken(number: int) -> int:
        raise ValueError(f"number {number}")

    with pytest.raises(sd.SaidAndDoneError, match=r"Spark could not do it .*number 1"):
        list(spark.mapped(spark.session(MASTER), broken, [1]))
    assert (
        json.dumps(list(spark.mapped(spark.session(MASTER), str, [3, 1, 2]))) == '["3", "1", "2"]'
    )
