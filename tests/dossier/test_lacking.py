"""What an archive lacks stands in the answer: events, files that never came, breaks."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from rich.console import Console

import saidanddone as sd
from saidanddone.archive import Archive, Gap
from saidanddone.faces import terminal
from saidanddone.sources import open_source


@pytest.fixture(scope="module")
def bare(census_tables: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The generated census, its tally alone."""
    archive = tmp_path_factory.mktemp("bare") / "archive"
    tables = [census_tables["on_time"], census_tables["late"]]
    sd.ingest("table", tables, archive, mapping=census_tables["mapping"], keep="tally")
    assert sd.check(archive) == []
    return archive


def test_a_tally_alone_decides_as_events_do(bare: Path, census_archive: Path) -> None:
    found, full = (sd.ask("Russia", "North Korea", archive=a) for a in (bare, census_archive))
    assert found.channels == full.channels
    assert found.gap == full.gap
    assert found.verdict.direction == full.verdict.direction


def test_evidence_of_a_tally_is_its_cells(bare: Path, census_archive: Path) -> None:
    found, full = (sd.ask("Russia", "North Korea", archive=a) for a in (bare, census_archive))
    assert [(i.date, i.channel, i.valence) for i in found.evidence[:1]] == [
        (i.date, i.channel, i.valence) for i in full.evidence[:1]
    ]
    assert found.evidence
    for item in found.evidence:
        assert re.fullmatch(r"\d+ reports?", item.text)
        assert (item.reference, item.id) == ("", None)
        assert item.code


def test_coverage_says_that_no_events_are_kept(bare: Path, census_archive: Path) -> None:
    said = "of its files no events are kept, only their tally"
    assert said in sd.ask("Russia", "North Korea", archive=bare).coverage.missing
    assert said not in sd.ask("Russia", "North Korea", archive=census_archive).coverage.missing


def test_gaps_and_breaks_of_the_window_are_told(
    census_tables: dict[str, Path], tmp_path: Path
) -> None:
    source = open_source("table", mapping=census_tables["mapping"])
    broken = ((date(1992, 1, 1), "other sources"), (date(2015, 2, 19), "later ones"))
    source.dataset = replace(source.dataset, breaks=broken)  # type: ignore[misc]
    archive = Archive.create(tmp_path / "archive")
    archive.ingest(source, [census_tables["on_time"]])
    days = [date(1991, 3, 1), date(1992, 5, 2)]
    archive.record_gaps(source.dataset, [Gap(f"{d}.zip", d, d, "not listed") for d in days])

    def missing(**window: str) -> list[str]:
        answer = sd.ask("Russia", "North Korea", archive=archive.path, **window)
        assert set(answer.coverage.missing[1:]) <= set(answer.coverage.notes)
        console = Console(record=True, width=200, file=io.StringIO())
        terminal.show(answer, console)
        shown = console.export_text()
        assert all(shown.count(line) == 1 for line in answer.coverage.missing)
        return list(answer.coverage.missing)

    two = "2 files of 1991-03-01 to 1992-05-02 that were not received (2 not listed)"
    one = "1 file of 1991-03-01 that was not received (1 not listed)"
    assert missing() == ["no genuine acts", "1992-01-01: other sources", two]
    assert missing(until="1991") == ["no genuine acts", one]
    assert missing(since="1992", until="1992-04") == ["no genuine acts"]
