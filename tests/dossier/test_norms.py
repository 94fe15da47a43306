"""The cache of norms: used where it may be, never where it may not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import saidanddone as sd
from saidanddone.archive import Archive
from saidanddone.dossier import norms
from saidanddone.dossier.norms import World, between_states, merge_predecessors
from saidanddone.measure.choices import Choices
from saidanddone.measure.evidence import span_of
from saidanddone.model import Window

from .. import worlds

Copy = Callable[[Path], Path]


def never(*_: Any, **__: Any) -> Any:
    raise AssertionError("fitted again")


@pytest.fixture
def fitted(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The choices of every fit that is made."""
    made: list[Any] = []
    fit_all = norms.fit_all

    def fit(counted: Any, span: Any, choices: Any, channels: Any) -> Any:
        made.append(choices)
        return fit_all(counted, span, choices, channels)

    monkeypatch.setattr(norms, "fit_all", fit)
    return made


def test_a_second_question_fits_nothing(
    decided: Any, census_archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(norms, "fit_all", never)
    again = sd.ask(*worlds.DECIDED, archive=census_archive)
    assert again.to_dict() == decided.to_dict()
    sd.ask("North Korea", "Russia", archive=census_archive)


def test_world_and_plain_share_one_fit(
    decided: Any, census_archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(norms, "fit_all", never)
    plain = sd.ask(*worlds.DECIDED, archive=census_archive, against="plain")
    assert plain.gap.estimate != decided.gap.estimate


def test_what_a_fit_depends_on_is_in_its_key(census_archive: Path) -> None:
    store = Archive.open(census_archive)
    (dataset,) = store.datasets()
    span = span_of(worlds.FIRST, date(1992, 12, 31), "day")
    merged = {"SUN": "RUS"}

    def key(
        choices: Choices | None = None,
        window: Window | None = None,
        merged: dict[str, str] = merged,
        channels: tuple[str, ...] = ("said", "done"),
    ) -> str:
        world = World(store, dataset, window or Window(), merged, span, print)
        return world.key(choices or Choices(), channels)

    others = [
        key(window=Window.parse("1991-02", None)),
        key(Choices(without=("190",))),
        key(Choices(dispersion="none")),
        key(merged={}),
        key(channels=("verbal", "material")),
    ]
    assert len({key(), *others}) == 1 + len(others)
    assert key(Choices(against="self")) == key(Choices(against="plain")) == key()


def test_a_changed_archive_is_fitted_anew(  # noqa: PLR0917
    census_archive: Path,
    census_tables: dict[str, Path],
    copied: Copy,
    fitted: list[Any],
    tmp_path: Path,
    decided: Any,
) -> None:
    archive = copied(census_archive)
    sd.ask(*worlds.DECIDED, archive=archive)
    assert fitted == []
    more = [worlds.Report("1992-06-01", "Russia", "North Korea", "190", "fight")]
    table = worlds.write_table(tmp_path / "more.csv", more, 90_000)
    sd.ingest("table", [table], archive, mapping=census_tables["mapping"])
    answer = sd.ask(*worlds.DECIDED, archive=archive)
    assert fitted
    assert answer.channels["done"].n == decided.channels["done"].n + 1
    assert answer.gap.estimate < decided.gap.estimate


def test_a_broken_cache_is_fitted_anew(
    census_archive: Path, copied: Copy, fitted: list[Any], decided: Any
) -> None:
    archive = copied(census_archive)
    entries = list((archive / "norms").glob("*.json"))
    assert entries
    for entry in entries:
        entry.write_text("{", encoding="utf-8")
    answer = sd.ask(*worlds.DECIDED, archive=archive)
    assert fitted
    assert answer.gap.estimate == pytest.approx(decided.gap.estimate, abs=1e-9)


def test_acts_between_a_state_and_its_predecessor_fall_away() -> None:
    import polars as pl

    cells = pl.DataFrame({"source": ["SUN", "SUN", "PRK"], "target": ["RUS", "PRK", "SUN"]})
    merged = merge_predecessors(cells, {"SUN": "RUS"})
    assert merged.rows() == [("RUS", "PRK"), ("PRK", "RUS")]
    assert merge_predecessors(cells, {}).rows() == cells.rows()


def test_organisations_are_no_measure_for_states() -> None:
    import polars as pl

    cells = pl.DataFrame({"source": ["UN", "SUN", "PRK"], "target": ["RUS", "PRK", "UN"]})
    assert between_states(cells).rows() == [("SUN", "PRK")]


def test_progress_is_told_before_a_fit(census_archive: Path, copied: Copy) -> None:
    archive = copied(census_archive)
    told: list[str] = []
    sd.ask("France", "Peru", archive=archive, until="1992-11", progress=told.append)
    assert told[0] == "fitting the norms of census (said-done, acts, government)"


@pytest.mark.parametrize("since, until", [(None, None), ("1991-03-10", "1992-09")])
def test_counted_year_by_year_norms_are_the_same(
    census_archive: Path, monkeypatch: pytest.MonkeyPatch, since: str | None, until: str | None
) -> None:
    store = Archive.open(census_archive)
    (dataset,) = store.datasets()
    window = Window.parse(since, until)
    covered = store.coverage(dataset.name, window)
    assert covered.first and covered.last
    span = span_of(covered.first, covered.last, dataset.grain)
    fits = []
    for most in (norms.MOST_AT_ONCE, 0):
        monkeypatch.setattr(norms, "MOST_AT_ONCE", most)
        world = World(store, dataset, window, {"SUN": "RUS"}, span, lambda _: None)
        monkeypatch.setattr(store, "cached", lambda _: None)
        fits.append(world.fits(Choices(), ("said", "done", "verbal", "material")).to_dict())
    assert fits[0] == fits[1]
