"""Where the manual's examples run: a folder with the archive DIR, and genuine data if there are."""

from __future__ import annotations

import contextlib
import doctest
import io
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import saidanddone as sd
from saidanddone.faces import cli

from .examples import DOCS, ROOT, Block, Command, agrees, blocks, commands

WIDTH = "100"
"""Columns of the terminal whose output the manual shows."""

GENUINE_FILES = {
    "icews-2018": ("icews/icews18.parquet",),
    "icews-counts": ("icews/icews_dyad_year_2002_2014.parquet",),
    "icews-sample": ("icews/events.2018.sample.tab",),
    "un-votes": ("position/un_votes.parquet", "position/un_roll_calls.parquet"),
}


FORMATS: dict[str, tuple[str, dict[str, str]]] = {
    "icews-2018": ("table", {"mapping": "icews-2018"}),
    "icews-counts": ("counts", {"dataset": "icews-counts"}),
}
"""What the archive DIR is made of."""


class Reader:
    """Somebody who types a page's examples, one after another, in one folder."""

    def __init__(self) -> None:
        self.names: dict[str, Any] = {}
        self.printed = ""
        self.there_already = False
        """Whether DIR holds the data already, so that an ingest has nothing to do."""

    def follow(self, block: Block) -> None:
        """Do what a block says, and compare what is printed with what it shows."""
        if block.file:
            Path(block.file).parent.mkdir(parents=True, exist_ok=True)
            Path(block.file).write_text(block.text, encoding="utf-8")
        elif block.is_output:
            if not agrees(block.text, self.printed, part=True):
                raise AssertionError(f"{block.where} shows\n{block.text}\nof\n{self.printed}")
        elif block.language == "python":
            self._python(block)
        elif block.language in ("sh", "console"):
            for command in commands(block):
                self._command(block, command)

    def _python(self, block: Block) -> None:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            if ">>>" in block.text:
                test = doctest.DocTestParser().get_doctest(
                    block.text, self.names, block.where, str(block.page), block.line
                )
                flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
                runner = doctest.DocTestRunner(optionflags=flags)
                failures = runner.run(test, out=printed.write, clear_globs=False).failed
                self.names = test.globs
                assert not failures, printed.getvalue()
            else:
                # The page's line numbers, so that a failure names the line in the manual.
                code = compile("\n" * block.line + block.text, str(block.page), "exec")
                exec(code, self.names)
        self.printed = printed.getvalue()

    def _command(self, block: Block, command: Command) -> None:
        words = shlex.split(command.line.removeprefix(".venv/bin/"))
        if self.there_already and words[:2] == ["saidanddone", "ingest"]:
            return
        if words[0] == "saidanddone":
            code, self.printed = _saidanddone(words[1:])
        elif words[0] == "python":
            done = subprocess.run(
                [sys.executable, *words[1:]], capture_output=True, text=True, check=False
            )
            code, self.printed = done.returncode, done.stdout + done.stderr
        elif words[0] == "make":
            return  # what it does is what runs these tests
        elif words[0] == "cat":
            code, self.printed = 0, Path(words[1]).read_text(encoding="utf-8")
        else:
            raise AssertionError(f"{block.where}: '{words[0]}' is nothing that a test can run")
        refused = command.shown is not None and "saidanddone: " in command.shown
        assert code == (2 if refused else 0), f"{block.where}: {command.line}\n{self.printed}"
        if command.shown is not None and not agrees(command.shown, self.printed):
            raise AssertionError(
                f"{block.where}: {command.line}\nshows\n{command.shown}\nprints\n{self.printed}"
            )


def _saidanddone(arguments: list[str]) -> tuple[int, str]:
    """Run the command line in this process: its exit code, and what it printed on both streams."""
    printed = io.StringIO()
    given, sys.argv = sys.argv, ["saidanddone", *arguments]
    try:
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
            cli.main()
    except SystemExit as left:
        return int(left.code or 0), printed.getvalue()
    finally:
        sys.argv = given
    raise AssertionError("main() ends with an exit code")


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Reader]:
    """A reader in an empty folder, before a terminal of 100 columns."""
    monkeypatch.setenv("COLUMNS", WIDTH)
    monkeypatch.chdir(tmp_path)
    yield Reader()
    os.chdir("/")


@pytest.fixture(scope="session")
def genuine(
    tmp_path_factory: pytest.TempPathFactory, shared_data: Path
) -> Callable[[str, Path], None]:
    """Lay genuine files into a folder, and with archive=True the archive DIR made of them."""
    made: dict[str, Path] = {}

    def lay(data: str, folder: Path, *, archive: bool = True) -> None:
        within = folder / "FOLDER" if data == "un-votes" else folder
        within.mkdir(exist_ok=True)
        for name in GENUINE_FILES[data]:
            if not (shared_data / name).exists():
                pytest.skip(f"{name} is missing from ../shared/data")
            (within / Path(name).name).symlink_to(shared_data / name)
        if not archive or data not in FORMATS:
            return
        if data not in made:
            made[data] = tmp_path_factory.mktemp(data) / "archive"
            files = [shared_data / name for name in GENUINE_FILES[data]]
            form, choices = FORMATS[data]
            sd.ingest(form, files, made[data], **choices)
        (folder / "DIR").symlink_to(made[data])

    return lay


DATASETS = {"DIR": ("icews-2018",), "DIR2": ("gdelt",), "BOTH": ("icews-2018", "gdelt")}
"""Archives that the manual names, and their datasets: generated, under the names of real ones."""

PAGE = """\
<html><head><title>Envoys meet</title></head><body><article>
<p>MOSCOW, 5 March 2018. Russia condemned North Korea on Monday.</p>
<p>On 6 March 2018 Russia sent food aid to North Korea.</p>
</article></body></html>
"""

HEADER = "when,actor,recipient,cameo,summary\n"


def _of_today(table: str) -> str:
    """The generated census of 1991 and 1992 moved to 2017 and 2018, years that the manual names."""
    kept = [line for line in table.splitlines() if not line.startswith("1992-02-29")]
    text = "\n".join(kept).replace("Soviet Union", "Russia") + "\n"
    return text.replace("1991-", "2017-").replace("1992-", "2018-")


@pytest.fixture(scope="session")
def archives(
    tmp_path_factory: pytest.TempPathFactory, census_tables: dict[str, Path]
) -> dict[str, Path]:
    """The archives of the manual, made of the generated census; gdelt lacks what came late."""
    folder = tmp_path_factory.mktemp("manual")
    recent = {name: folder / f"{name}.csv" for name in ("on_time", "late")}
    for name, table in recent.items():
        table.write_text(_of_today(census_tables[name].read_text(encoding="utf-8")), "utf-8")
    files = {"icews-2018": ("on_time", "late"), "gdelt": ("on_time",)}
    for name, datasets in DATASETS.items():
        for dataset in datasets:
            tables = [recent[table] for table in files[dataset]]
            mapping = census_tables["mapping"]
            sd.ingest("table", tables, folder / name, mapping=mapping, dataset=dataset)
    return {name: folder / name for name in DATASETS}


@pytest.fixture
def lay_out(archives: dict[str, Path]) -> Callable[[Path], None]:
    """Lay copies of the archives, a table and documents into a folder: what examples begin with."""

    def lay(folder: Path) -> None:
        norms = archives["DIR"] / "norms"
        norms.mkdir(exist_ok=True)
        for name, archive in archives.items():
            shutil.copytree(archive, folder / name, ignore=shutil.ignore_patterns("norms"))
            # Known by their content, so that all archives and pages share what was fitted once.
            (folder / name / "norms").symlink_to(norms)
        days = [f"{day:02}/03/2018,Russia,Japan,051,praise" for day in range(1, 32)]
        days += [f"{day:02}/04/2018,Japan,Russia,190,force" for day in range(1, 32)]
        days[-1] = days[-2]
        bad = ["01/05/2018,Russia,Atlantis,051,praise", "02/05/2018,Russia,Japan,0999,nothing"]
        table = HEADER + "\n".join([*days, *bad]) + "\n"
        (folder / "my-acts.csv").write_text(table, encoding="utf-8")
        (folder / "clippings").mkdir()
        for page in (folder / "page.html", folder / "clippings" / "page.html"):
            page.write_text(PAGE, encoding="utf-8")
        for block in blocks(DOCS / "data.md"):
            if block.file:
                (folder / block.file).write_text(block.text, encoding="utf-8")
        (folder / "src").symlink_to(ROOT / "src")

    return lay
