"""The published yearly counts, through the archive: the reference values of the method."""

from __future__ import annotations

from pathlib import Path

import pytest

from saidanddone.archive import Archive
from saidanddone.model import Window
from saidanddone.sources import open_source

from .conftest import whole

COUNTS = (
    Path(__file__).parents[3] / "shared" / "data" / "icews" / "icews_dyad_year_2002_2014.parquet"
)


@pytest.mark.skipif(not COUNTS.is_file(), reason=f"{COUNTS.name} is not in ../shared/data/icews")
def test_published_counts_come_back_from_an_archive(archive: Archive) -> None:
    (report,) = archive.ingest(open_source("counts"), [COUNTS]).files
    assert report.rows == report.kept + report.set_aside + report.filtered == 298_376
    (dataset,) = archive.datasets()
    cells = archive.cells(dataset.name, sources=["RUS"], targets=["PRK"])
    sums = cells.select("channel", "valence", "reports").rows()
    for channel, valence, reports in (
        ("verbal", 1, 9623),
        ("verbal", -1, 478),
        ("material", 1, 293),
        ("material", -1, 130),
    ):
        assert sum(n for c, v, n in sums if (c, v) == (channel, valence)) == reports
    cut = Window.parse("2006-02", "2009")
    assert archive.coverage(dataset.name, cut).months == ("2007", "2008", "2009")
    assert whole(archive)
