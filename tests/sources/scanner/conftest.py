"""Generated exports, and the scanner where it was built."""

from __future__ import annotations

import importlib.util
import sys
from datetime import datetime
from pathlib import Path
from types import ModuleType

import pytest

from saidanddone.sources import scanner

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def gdelt_like() -> ModuleType:
    """The generator of the benchmarks."""
    path = ROOT / "benchmarks" / "gdelt_like.py"
    spec = importlib.util.spec_from_file_location("gdelt_like", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["gdelt_like"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def exports(gdelt_like: ModuleType) -> dict[int, bytes]:
    """A small export of each layout, by its number of columns."""
    at = datetime(2019, 10, 1, 0, 15)
    return {layout: gdelt_like.text(400, at=at, layout=layout) for layout in (57, 58, 61)}


@pytest.fixture
def built() -> None:
    """Skip where the scanner was not built."""
    why = scanner.why_absent()
    if why:
        pytest.skip(f"the compiled scanner is absent: {why}")
