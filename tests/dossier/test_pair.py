from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from saidanddone.archive import Archive
from saidanddone.dossier.channels import channels_of
from saidanddone.dossier.norms import World
from saidanddone.dossier.pair import PairEvidence
from saidanddone.measure.evidence import span_of

from .. import worlds


def evidence(archive: Path, question: Any) -> PairEvidence:
    store = Archive.open(archive)
    covered = store.coverage("census")
    assert covered.first and covered.last
    span = span_of(covered.first, covered.last, "day")
    world = World(store, question.dataset, question.window, question.merged, span, lambda _: None)
    return PairEvidence.read(question, world)


def test_only_the_pairs_cells_are_read(
    census_archive: Path, question_of: Callable[..., Any]
) -> None:
    found = evidence(census_archive, question_of(census_archive, *worlds.DECIDED))
    assert found.cells.select("source", "target").unique().rows() == [("RUS", "PRK")]
    assert found.cells.height > 0


def test_sides_are_the_pairs_words_and_deeds(
    census_archive: Path, question_of: Callable[..., Any], decided: Any
) -> None:
    found = evidence(census_archive, question_of(census_archive, *worlds.DECIDED))
    choices = found.question.choices
    fits = found.world.fits(choices, channels_of("day"))
    sides = found.sides(choices, fits)
    assert sides is not None
    said, done = decided.channels["said"], decided.channels["done"]
    assert [(s.k, s.n, s.phi) for s in sides] == [
        (said.cooperative, said.n, said.dispersion),
        (done.cooperative, done.n, done.dispersion),
    ]
    assert found.side("signed", choices, fits) is None


def test_the_norm_self_reads_the_sources_other_targets(
    census_archive: Path, question_of: Callable[..., Any]
) -> None:
    question = question_of(census_archive, *worlds.DECIDED, against="self")
    found = evidence(census_archive, question)
    fits = found.world.fits(question.choices, channels_of("day"))
    own = found.side("said", question.choices, fits)
    world = fits.channels["said"].world
    assert own is not None and world is not None
    targets = {
        target
        for (source, target), n in _said(census_archive).items()
        if source in ("RUS", "SUN") and n
    } - {"PRK"}
    assert own.norm.pairs == len(targets)
    assert own.norm.alpha != world.alpha


def _said(archive: Path) -> dict[tuple[str, str], int]:
    cells = Archive.open(archive).cells("census", sources=["RUS", "SUN"])
    chosen = cells.filter((cells["channel"] == "said") & (cells["valence"] != 0))
    chosen = chosen.filter(chosen["government"].fill_null(False))
    found: dict[tuple[str, str], int] = {}
    for source, target, reports in chosen.select("source", "target", "reports").iter_rows():
        found[source, target] = found.get((source, target), 0) + reports
    return found
