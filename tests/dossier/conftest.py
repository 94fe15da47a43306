"""Answers that many tests look at, asked once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import saidanddone as sd
from saidanddone import dossier
from saidanddone.archive import Archive
from saidanddone.dossier import Question
from saidanddone.model import Window

from .. import worlds


@pytest.fixture(scope="session")
def decided(census_archive: Path) -> Any:
    """A decided answer of a census."""
    return sd.ask(*worlds.DECIDED, archive=census_archive)


@pytest.fixture(scope="session")
def undecided(census_archive: Path) -> Any:
    """An undecided answer of a census."""
    return sd.ask(*worlds.UNDECIDED, archive=census_archive)


@pytest.fixture(scope="session")
def silent(census_archive: Path) -> Any:
    """The answer about a known pair without acts."""
    return sd.ask(*worlds.SILENT, archive=census_archive)


@pytest.fixture(scope="session")
def selection() -> Any:
    """The answer of the case that ships."""
    return sd.ask("Russia", "North Korea")


@pytest.fixture(scope="session")
def yearly(counts_archive: Path) -> Any:
    """An answer of published yearly counts."""
    return sd.ask("Austria", "Chile", archive=counts_archive)


@pytest.fixture(scope="session")
def every(decided: Any, undecided: Any, silent: Any, selection: Any, yearly: Any) -> list[Any]:
    """All kinds of answers."""
    return [decided, undecided, silent, selection, yearly]


@pytest.fixture(scope="session")
def reports() -> list[worlds.Report]:
    """All reports of the generated census."""
    on_time, late = worlds.census()
    return on_time + late


@pytest.fixture(scope="session")
def question_of() -> Callable[..., Question]:
    """Put a question about a pair to an archive, as the faces do."""

    def put(
        archive: Path, source: str, target: str, *, since: str = "", until: str = "", **choices: Any
    ) -> Question:
        store = Archive.open(archive)
        pair = dossier.pair_of(source, target)
        merged = dossier.merged_into([pair.source.id, pair.target.id], predecessors=True)
        window = Window.parse(since, until)
        chosen, others = dossier.choose_dataset(store, None, pair, window, merged)
        return Question(
            pair, window, chosen, dossier.choices_for(chosen, **choices), merged, others
        )

    return put
