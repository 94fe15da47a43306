"""Acts to export: those of the generated census, and a few whose texts are hostile."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from saidanddone.archive import EVENT_COLUMNS, Archive
from saidanddone.faces import exports
from saidanddone.faces.exports import ExportAbout, Written

Export = Callable[..., tuple[bytes, Written]]

ABOUT = ExportAbout("made-up", "Acts made up", "Nobody: nothing, doi:10.1/x", "selection", "ab12")

HOSTILE = '=HYPERLINK("http://example.org")\tx\r\ny "z", </script> \u2028 {{7*7}} \x07'


def acts_of(*rows: dict[str, Any]) -> pl.DataFrame:
    """Acts (EVENT_COLUMNS) of which only what matters is given."""
    schema = {column.name: getattr(pl, column.type)() for column in EVENT_COLUMNS}
    usual: dict[str, Any] = {
        "date": date(2018, 3, 5), "precision": "day", "source": "RUS", "target": "PRK",
        "source_name": "Russia", "target_name": "North Korea", "government": True, "code": "051",
        "channel": "said", "valence": 1, "mode": "did", "reports": 1, "id": None, "text": "Praise",
        "reference": "https://example.org/1", "line": 2, "place": None, "added": None,
        "dataset": "made-up", "file": "ab" * 32,
    }  # fmt: skip
    numbered = [{**usual, "line": line, **row} for line, row in enumerate(rows, start=2)]
    return pl.DataFrame(numbered, schema=schema, orient="row")


@pytest.fixture(scope="session")
def export() -> Export:
    """Write acts in a format and return the bytes and what became of them."""

    def written(format: str, acts: Any, about: ExportAbout = ABOUT, **options: Any) -> Any:
        file = io.BytesIO()
        told = exports.write(format, acts, about, file, **options)
        return file.getvalue(), told

    return written


@pytest.fixture(scope="session")
def census(census_archive: Path) -> tuple[pl.DataFrame, ExportAbout]:
    """All acts of the generated census, and what they are."""
    archive = Archive.open(census_archive)
    (dataset,) = archive.datasets()
    acts = archive.acts(dataset.name, sources=None, targets=None)
    assert acts.height > 3_000
    return acts, ExportAbout.of(dataset, archive.generation(dataset.name))
