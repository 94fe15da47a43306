"""Web applications over the shipped case and the generated census, without a network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("fastapi", reason="the extra web is not installed")
pytest.importorskip("httpx2", reason="the test client needs httpx2")

from starlette.testclient import TestClient

from saidanddone.faces.web import Settings, application


@pytest.fixture(scope="session")
def case() -> Iterator[TestClient]:
    """The shipped case, a selection."""
    with TestClient(application(), follow_redirects=False) as client:
        yield client


@pytest.fixture(scope="session")
def census(census_archive: Path) -> Iterator[TestClient]:
    """The generated census."""
    app = application(Settings(archive=census_archive))
    with TestClient(app, follow_redirects=False) as client:
        yield client
