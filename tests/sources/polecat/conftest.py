"""Small POLECAT files, made row by row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from saidanddone.sources.polecat.columns import COLUMNS

PLAIN = {
    "Event ID": "20230103-1_COERCE_R",
    "Event Date": "2023-01-02",
    "Event Type": "COERCE",
    "Event Mode": "arrest",
    "Intensity": "-7.2",
    "Quad Code": "MATERIAL CONFLICT",
    "Contexts": "legal; crime",
    "Actor Name": "Russia",
    "Actor Country": "RUS",
    "Primary Actor Sector": "GOV",
    "Recipient Name": "Ukraine",
    "Recipient Country": "UKR",
    "Primary Recipient Sector": "CVL",
    "Placename": "Kyiv",
    "Country": "UKR",
    "Source": "The Daily",
    "Publication Date": "2023-01-03",
    "Language": "en",
    "Version": "1",
}


def _row(**changed: str) -> str:
    """Make a line; columns by name, blanks as underscores."""
    cells = PLAIN | {name.replace("_", " "): value for name, value in changed.items()}
    assert set(cells) <= set(COLUMNS)
    return "\t".join(cells.get(name, "None") for name in COLUMNS)


@pytest.fixture(scope="session")
def row() -> Callable[..., str]:
    """Make one line of a POLECAT file."""
    return _row


@pytest.fixture
def polecat_file(tmp_path: Path) -> Callable[..., Path]:
    """Write a POLECAT file of the lines given."""

    def write(
        lines: Sequence[str],
        header: Sequence[str] = COLUMNS,
        name: str = "ngecEvents.20230103111842.Release603.DV.txt",
    ) -> Path:
        path = tmp_path / name
        path.write_text("\n".join(["\t".join(header), *lines]) + "\n", encoding="utf-8")
        return path

    return write
