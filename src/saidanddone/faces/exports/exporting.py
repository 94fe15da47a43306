"""Export: from what a user types to a file of acts, and one beside it that says whose they are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import polars as pl

from saidanddone import dossier
from saidanddone.archive import Store
from saidanddone.errors import BadChoice
from saidanddone.faces import exports
from saidanddone.faces.exports.about import ExportAbout, Written, side_file
from saidanddone.faces.questions import open_store
from saidanddone.faces.whole_file import whole_file
from saidanddone.model import Pair, Window
from saidanddone.sources import Dataset

SIDE_FILE = ".about.json"
"""Added to the name of an export: dataset, citation, rights, columns, what was left out."""


def export(
    format: str,
    source: str | None = None,
    target: str | None = None,
    *,
    to: str | Path | BinaryIO,
    archive: str | Path | None = None,
    dataset: str | None = None,
    since: str | None = None,
    until: str | None = None,
    text: bool = True,
    predecessors: bool = True,
) -> Written:
    """Write acts to a file, which appears whole or not at all, with another that describes it.

    source and target as people type them; without both the acts of all pairs. to is a path, or an
    open binary file, beside which nothing is written. archive a folder, or None for the case that
    ships. Every row of the dataset is a row, also what is never counted; a format that cannot hold
    an act leaves it out and counts it. Raises BadChoice if it can hold none of them, and errors of
    saidanddone.errors.
    """
    chosen = exports.format_named(format)
    window = Window.parse(since, until)
    if (source is None) != (target is None):
        raise BadChoice("one side of the pair is missing", "both sides, or none", "name the target")
    pair = dossier.pair_of(source, target) if source and target else None
    store = open_store(archive)
    held, merged = _held(store, dataset, pair, window, predecessors=predecessors)
    about = ExportAbout.of(
        held,
        store.generation(held.name),
        source=pair.source.id if pair else None,
        target=pair.target.id if pair else None,
        window=window,
    )

    def write(file: BinaryIO) -> Written:
        slices = _slices(store, held, window, pair, merged)
        written = exports.write(chosen.name, slices, about, file, text=text)
        if not written.rows and written.left_out:
            why = "; ".join(sorted(written.left_out))
            raise BadChoice(
                f"{chosen.name} can hold none of these acts of '{held.name}' ({why})",
                "acts that the format can hold",
                "choose csv, parquet, jsonl or jsonld, which hold all",
            )
        return written

    if not isinstance(to, str | Path):
        return write(to)
    path = Path(to)
    with whole_file(path, "--to") as file:
        written = write(file)
        # Inside, so that no export stands without what says whose acts it holds.
        with whole_file(path.parent / (path.name + SIDE_FILE), "--to") as beside:
            beside.write(side_file(chosen.name, about, written).encode())
    return written


def _held(
    store: Store, name: str | None, pair: Pair | None, window: Window, *, predecessors: bool
) -> tuple[Dataset, dict[str, str]]:
    """The dataset that is exported, and the predecessors that count as their successors."""
    if pair is None:
        return dossier.dataset_to_rank(store, name), {}
    merged = dossier.merged_into([pair.source.id, pair.target.id], predecessors=predecessors)
    return dossier.choose_dataset(store, name, pair, window, merged)[0], merged


def _slices(
    store: Store, held: Dataset, window: Window, pair: Pair | None, merged: dict[str, str]
) -> Iterator[pl.DataFrame]:
    if pair is None:
        return exports.slices_of(store, held, window)
    sides = [
        {id_, *(old for old, new in merged.items() if new == id_)}
        for id_ in (pair.source.id, pair.target.id)
    ]
    return exports.slices_of(store, held, window, *sides)
