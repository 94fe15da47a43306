"""Generated archives, made once a session through the product's own ingest, and genuine data."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import saidanddone as sd

from . import worlds

# Time is never asserted: a slow machine must not fail a property.
settings.register_profile(
    "untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("untimed")

SHARED_DATA = Path(__file__).parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Genuine data beside the project; a test that needs it is skipped where it is absent."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the folder ../shared/data is missing")
    return SHARED_DATA


@pytest.fixture(scope="session")
def census_tables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The census as files: on_time and late (CSV), and mapping (TOML)."""
    folder = tmp_path_factory.mktemp("census-tables")
    on_time, late = worlds.census()
    mapping = folder / "census.toml"
    mapping.write_text(worlds.MAPPING, encoding="utf-8")
    return {
        "on_time": worlds.write_table(folder / "on-time.csv", on_time),
        "late": worlds.write_table(folder / "late.csv", late, len(on_time) + 1),
        "mapping": mapping,
    }


@pytest.fixture(scope="session")
def census_archive(
    tmp_path_factory: pytest.TempPathFactory, census_tables: dict[str, Path]
) -> Path:
    """An archive with the generated census; tests only read it (its cache of norms may grow)."""
    archive = tmp_path_factory.mktemp("census") / "archive"
    tables = [census_tables["on_time"], census_tables["late"]]
    report = sd.ingest("table", tables, archive, mapping=census_tables["mapping"])
    assert [file.status for file in report.files] == ["ingested", "ingested"]
    return archive


@pytest.fixture(scope="session")
def counts_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with generated yearly counts, 2002 to 2008."""
    folder = tmp_path_factory.mktemp("counts")
    table = worlds.write_counts(folder / "counts.csv")
    (report,) = sd.ingest("counts", [table], folder / "archive", dataset="counts").files
    assert report.status == "ingested", report.error
    return folder / "archive"


@pytest.fixture
def copied(tmp_path: Path) -> Callable[[Path], Path]:
    """Copy an archive, so that a test may change it."""

    def copy(archive: Path) -> Path:
        return Path(shutil.copytree(archive, tmp_path / "copied"))

    return copy
