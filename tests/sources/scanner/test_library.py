from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from saidanddone.sources.gdelt import counter, pure
from saidanddone.sources.scanner import library

ROOT = Path(__file__).parents[3]
SOURCE = ROOT / "src" / "saidanddone" / "sources" / "scanner"
SECONDS = os.environ.get("SAIDANDDONE_FUZZ_SECONDS", "5")


def test_a_library_of_another_source_is_not_used(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if not library.available():
        pytest.skip(f"the compiled scanner is absent: {library.why_absent()}")
    for name in library.SOURCES:
        shutil.copy(SOURCE / name, tmp_path / name)
    assert library.source_hash(tmp_path) == library.source_hash()
    (tmp_path / "scan.c").write_text("/* changed */", encoding="utf-8")
    assert library.source_hash(tmp_path) != library.source_hash()
    monkeypatch.setattr(library, "source_hash", lambda: "another")
    library._load.cache_clear()
    try:
        assert "another version" in str(library.why_absent())
        assert counter() is pure.count_rows
    finally:
        monkeypatch.undo()
        library._load.cache_clear()


def test_without_a_library_the_pure_path_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "LIBRARY", "_no_such.so")
    library._load.cache_clear()
    try:
        assert "no library was built" in str(library.why_absent())
        assert counter() is pure.count_rows
    finally:
        monkeypatch.undo()
        library._load.cache_clear()


class _Hook:
    """Stands for hatchling's base class: hatchling is there only while a wheel is built."""

    def __init__(self, root: Path) -> None:
        self.root = str(root)
        self.said: list[str] = []
        self.app = SimpleNamespace(display_info=self.said.append, display_warning=self.said.append)


@pytest.fixture
def build(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The build hook as a module."""
    if not (ROOT / "hatch_build.py").is_file():
        pytest.skip("the build hook hatch_build.py is missing")
    for name in ("hatchling", "builders", "hooks", "plugin", "interface"):
        parts = ["hatchling", "builders", "hooks", "plugin", "interface"]
        module = ModuleType(".".join(parts[: parts.index(name) + 1]))
        monkeypatch.setitem(sys.modules, module.__name__, module)
    sys.modules["hatchling.builders.hooks.plugin.interface"].BuildHookInterface = _Hook  # type: ignore[attr-defined]
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with nothing but the scanner's source."""
    folder = tmp_path / "src" / "saidanddone" / "sources" / "scanner"
    folder.mkdir(parents=True)
    for name in library.SOURCES:
        shutil.copy(SOURCE / name, folder / name)
    return tmp_path


def test_the_hook_hashes_what_the_loader_checks(build: ModuleType) -> None:
    assert build.SOURCES == library.SOURCES
    assert build.LIBRARY == library.LIBRARY


def test_a_wheel_with_the_library_names_its_platform(build: ModuleType, project: Path) -> None:
    if not any(map(shutil.which, ("cc", "gcc", "clang"))):
        pytest.skip("there is no C compiler (cc, gcc, clang)")
    data: dict[str, object] = {"pure_python": True, "artifacts": []}
    hook = build.ScannerHook(project)
    hook.initialize("standard", data)
    assert str(data["tag"]).startswith("py3-none-")
    assert data["pure_python"] is False
    (artifact,) = data["artifacts"]  # type: ignore[misc]
    assert (project / str(artifact).lstrip("/")).is_file()
    assert hook.said == ["saidanddone: with the compiled scanner"]


@pytest.mark.parametrize(
    ("environment", "reason"),
    [
        ({"CC": "no-such-compiler"}, "no-such-compiler cannot be run"),
        ({"CC": f"{sys.executable} -c 1/0"}, "failed"),
        ({"PATH": ""}, "no C compiler was found"),
        ({"SAIDANDDONE_BUILD_SCANNER": "no"}, "switched off"),
    ],
)
def test_without_a_compiler_the_wheel_is_python_alone(
    build: ModuleType,
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
    environment: dict[str, str],
    reason: str,
) -> None:
    monkeypatch.delenv("CC", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    data: dict[str, object] = {"pure_python": True, "artifacts": []}
    hook = build.ScannerHook(project)
    hook.initialize("standard", data)
    assert data == {"pure_python": True, "artifacts": []}
    assert len(hook.said) == 1
    assert reason in hook.said[0]
    if reason != "switched off":
        monkeypatch.setenv("SAIDANDDONE_BUILD_SCANNER", "yes")
        with pytest.raises(RuntimeError, match="was not built"):
            hook.initialize("standard", data)


def test_mangled_text_is_safe_under_sanitizers(tmp_path: Path, exports: dict[int, bytes]) -> None:
    compiler = next(filter(None, map(shutil.which, ("gcc", "clang"))), None)
    if compiler is None:
        pytest.skip("there is no C compiler (gcc, clang)")
    flags = ("-std=c11", "-g", "-O1", "-Wall", "-Wextra", "-Werror", "-I", str(SOURCE))
    sanitizers = ("-fsanitize=address,undefined", "-fno-sanitize-recover=all")
    probe = tmp_path / "probe.c"
    probe.write_text("int main(void) { return 0; }", encoding="utf-8")
    program = str(tmp_path / "fuzz")
    tried = subprocess.run(
        [compiler, *sanitizers, str(probe), "-o", program], capture_output=True, check=False
    )
    if tried.returncode:
        pytest.skip("the compiler has no address and undefined behaviour sanitizers")
    fuzz = Path(__file__).with_name("fuzz.c")
    subprocess.run(
        [compiler, *flags, *sanitizers, str(fuzz), str(SOURCE / "scan.c"), "-o", program],
        check=True,
    )
    sample = tmp_path / "sample.csv"
    sample.write_bytes(exports[61])
    done = subprocess.run(
        [program, SECONDS, "20150219", str(sample)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout.split()[0]) > 0
