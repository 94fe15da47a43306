"""Running the command line, in this process and as a process of its own."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

import saidanddone as sd
from saidanddone.faces import cli


@dataclass(frozen=True)
class Ran:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run main() with arguments, in this process, as a terminal of 100 columns would."""

    def run_main(*arguments: str | Path) -> Ran:
        monkeypatch.setenv("COLUMNS", "100")
        monkeypatch.setattr(sys, "argv", ["saidanddone", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            cli.main()
        printed = capsys.readouterr()
        return Ran(int(left.value.code or 0), printed.out, printed.err)

    return run_main


@pytest.fixture(scope="session")
def process() -> Run:
    """Run the command line as a process of its own."""

    def run_process(*arguments: str | Path, cwd: Path | None = None) -> Ran:
        done = subprocess.run(
            [sys.executable, "-m", "saidanddone.faces.cli", *map(str, arguments)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            cwd=cwd,
            timeout=120,
            check=False,
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    return run_process


@pytest.fixture(scope="session")
def plain() -> Callable[..., str]:
    """Take colours, blanks at line ends and machine paths out of what people see."""

    def strip(text: str, **paths: Path) -> str:
        for name, path in paths.items():
            text = text.replace(str(path), f"<{name}>")
        text = re.sub(r"\x1b\[[0-9;]*m", "", text)
        return "\n".join(line.rstrip() for line in text.splitlines()) + "\n"

    return strip


TABLE = """\
when,actor,recipient,cameo,event,summary,link
2001-01-05,Russia,North Korea,051,1,Praise,https://example.org/1
2001-01-05,Russia,North Korea,112,2,Accuse,https://example.org/2
2001-02-06,Military (Russia),North Korea,190,3,Fight,https://example.org/3
2001-03-07,North Korea,Russia,040,4,Consult,https://example.org/4
"""


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory, census_tables: dict[str, Path]) -> Path:
    """An archive of four acts, which bad input must leave as it is."""
    folder = tmp_path_factory.mktemp("small")
    table = folder / "small.csv"
    table.write_text(TABLE, encoding="utf-8")
    mapping = census_tables["mapping"]
    report = sd.ingest("table", [table], folder / "archive", mapping=mapping)
    assert report.kept == 4
    return folder / "archive"
