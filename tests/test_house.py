"""The house: sizes, names, docstrings, one-way imports, documented commands, nothing borrowed."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main

from saidanddone.faces.cli import app

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "saidanddone"
SEED = ROOT.parent / "shared" / "seed"

MODULES = sorted(PACKAGE.rglob("*.py"))
LONGEST = 300
SENTENCE_WORDS = 8
"""Shorter sentences are the language's, not their author's."""


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def texts() -> Iterator[tuple[str, str]]:
    """The text of every file that the repository holds or will hold."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("the project is no git checkout")
    command = [git, "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    for name in listed.stdout.splitlines():
        path = ROOT / name
        if path.is_file():
            yield name, path.read_bytes().decode("utf-8", errors="replace")


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_module_is_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_nothing_is_called_miscellaneous() -> None:
    for path in PACKAGE.rglob("*"):
        assert path.stem not in ("utils", "util", "helpers", "helper", "common", "misc"), path


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_what_is_public_is_described(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), "the module has no docstring"
    bare = [name for name, node in _public(tree) if not ast.get_docstring(node)]
    assert bare == []


Described = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def _public(node: ast.Module | ast.ClassDef) -> Iterator[tuple[str, Described]]:
    """Public functions and classes of a module, and the public methods of these."""
    for child in node.body:
        if isinstance(child, Described) and not child.name.startswith("_"):
            yield child.name, child
            if isinstance(child, ast.ClassDef):
                yield from _public(child)


def test_imports_flow_one_way() -> None:
    code = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert ", 0 broken" in done.stdout


def _options() -> list[tuple[str, str]]:
    """Every command with each of its options as they are typed."""
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    return [
        (name, option)
        for name, command in sorted(commands.items())
        for parameter in command.params
        for option in [*parameter.opts, *parameter.secondary_opts]
        if option.startswith("--") and option != "--help"
    ]


@pytest.mark.parametrize(("command", "option"), _options(), ids=" ".join)
def test_every_option_is_in_the_manual(command: str, option: str) -> None:
    page = ROOT / "docs" / "commands.md"
    assert page.is_file(), "docs/commands.md is missing"
    sections = re.split(r"^## ", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    (section,) = [s for s in sections if re.match(rf"`?(saidanddone )?{command}\b", s)]
    assert re.search(rf"{option}(?![\w-])", section), f"{command} {option} is not described"


def test_the_manual_describes_no_option_that_does_not_exist() -> None:
    exist = {option for _, option in _options()} | {"--help", "--version"}
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", page)) <= exist


@pytest.mark.parametrize(
    "name", ["LICENSE", "NOTICE", "README.md", "CHANGELOG.md", "CONTRIBUTING.md"]
)
def test_a_stranger_finds_what_to_expect(name: str) -> None:
    path = ROOT / name
    assert path.is_file()
    assert len(path.read_text(encoding="utf-8")) > 200


def test_no_machine_path_is_in_the_repository() -> None:
    path = "/" + "work" + "/"
    assert [name for name, text in texts() if path in text] == []


def _sentences(text: str) -> set[str]:
    """Sentences of many words, without what differs between two ways of laying them out."""
    prose = re.sub(r"[^\w\s.!?]", " ", text.lower())
    found = set()
    for sentence in re.split(r"[.!?](?:\s|$)|\n\s*\n", prose):
        words = sentence.split()
        if len(words) >= SENTENCE_WORDS and sum(word.isalpha() for word in words) > 5:
            found.add(" ".join(words))
    return found


def test_no_sentence_of_the_seed_is_in_the_repository() -> None:
    if not SEED.is_dir():
        pytest.skip("the folder ../shared/seed is missing")
    seed: set[str] = set()
    for path in SEED.rglob("*"):
        if path.is_file() and path.suffix not in (".parquet", ".zip", ".png", ".pdf"):
            seed |= _sentences(path.read_bytes().decode("utf-8", errors="replace"))
    assert seed
    copied = {name: found for name, text in texts() if (found := _sentences(text) & seed)}
    assert copied == {}
