"""The command fetch, and sd.fetch."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

import saidanddone as sd
from saidanddone.faces import failure, fetching
from saidanddone.faces.cli import app
from saidanddone.faces.commands.fetch import fetch
from saidanddone.sources.fetch import JOBS

from .mirror import Mirror, answers

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(mirror: Mirror, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command against the mirror: exit code, stdout, stderr."""

    def command(*words: str) -> tuple[int, str, str]:
        given = ["saidanddone", "fetch", "gdelt", "--service", mirror.address, *words]
        monkeypatch.setattr(sys, "argv", given)
        with pytest.raises(SystemExit) as left:
            failure.run(app)
        code = left.value.code
        assert isinstance(code, int) or code is None
        return code or 0, *capsys.readouterr()

    return command


def test_it_says_what_it_did_and_what_is_missing(mirror: Mirror, run: Run, tmp_path: Path) -> None:
    lacking = {date(2018, 1, 3), date(2018, 1, 4)}
    mirror.days(date(2018, 1, 1), 6, without=lacking)
    window = ("--since", "2018-01-01", "--until", "2018-01-06", "--archive", str(tmp_path / "a"))
    code, out, err = run(*window, "--dry-run")
    assert (code, "4 to fetch" in out) == (0, True)
    assert "20180103.export.CSV.zip to 20180104.export.CSV.zip, 2 files: not listed" in err
    mirror.fail("20180105.export.CSV.zip", answers(404))
    code, out, err = run(*window)
    assert (code, "3 fetched" in out, "rows read 9 = kept 9" in out) == (2, True, True)
    assert "missing: 20180105.export.CSV.zip: HTTP status 404" in err
    code, out, err = run(*window)
    assert (code, "3 already there, 1 fetched" in out) == (0, True)
    assert err.count("missing:") == 1


def test_lines_that_are_none_and_days_to_come_are_told(
    mirror: Mirror, run: Run, tmp_path: Path
) -> None:
    mirror.days(date(2018, 1, 1), 1)
    mirror.put("/events/md5sums", mirror.files["/events/md5sums"] + b"garbage\n\n\xff\xfe\n")
    code, out, _ = run("--since", "2018-01-01", "--until", "2018-01-01", "--into", str(tmp_path))
    assert (code, "2 lines of the service's lists could not be read" in out) == (0, True)


@pytest.mark.parametrize(
    "words",
    [
        ("--since", "2018-02", "--until", "2018-01"),
        ("--since", "2018-02"),
        ("--since", "2018", "--until", "2018", "--jobs", "9"),
        ("--since", "2018", "--until", "2018", "--version", "two"),
        ("--since", "2018", "--until", "2018", "--into", "/dev/null/x"),
        ("--since", "2018", "--until", "2018", "--archive", "/dev/null/x"),
    ],
)
def test_bad_input_is_one_sentence(mirror: Mirror, run: Run, words: tuple[str, ...]) -> None:
    mirror.days(date(2018, 1, 1), 2)
    code, out, err = run(*words)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith("saidanddone: ") and err.count(";") >= 2


def test_an_interrupt_is_told_in_a_sentence(
    mirror: Mirror, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def interrupts(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(fetching, "fetch", interrupts)
    code, _, err = run("--since", "2018", "--until", "2018", "--into", str(tmp_path))
    assert (code, "goes on from there" in err) == (130, True)


def test_from_python(mirror: Mirror, tmp_path: Path) -> None:
    mirror.days(date(2018, 1, 1), 2)
    told: list[tuple[str, int, int]] = []
    report = sd.fetch(
        "gdelt", "2018-01-01", "2018-01-02", archive=tmp_path / "a", keep="tally",
        service=mirror.address, progress=lambda *what: told.append(what),
    )  # fmt: skip
    assert (report.fetched, report.missing) == (2, [])
    assert told[-1][1:] == (report.bytes, report.bytes)


def test_the_default_of_jobs_is_the_crew_s() -> None:
    assert inspect.signature(fetch).parameters["jobs"].default == JOBS
