"""Documents as a source: what was read of them enters an archive like any other dataset."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import polars as pl

from saidanddone.errors import BadFile
from saidanddone.model import ACT_COLUMNS, FuzzyDate
from saidanddone.reading.act import ReportedAct
from saidanddone.reading.kept import Kept, Telling, act_name, reader
from saidanddone.reading.tellings import Document, told_acts
from saidanddone.sources import Batch, Dataset
from saidanddone.sources.source import ASIDE_SCHEMA, fingerprint

NAME = "documents"
"""The dataset's name where none is given."""

NO_ACTOR = "an actor of the act is not certain"
NO_DATE = "the act has no certain date"
TWICE = "the document tells the act twice"
COARSE = "an act without a day that another document tells too (such acts count as reported)"

_TYPES: dict[str, Any] = {
    "Date": pl.Date(),
    "String": pl.String(),
    "Boolean": pl.Boolean(),
    "Int8": pl.Int8(),
    "Int64": pl.Int64(),
}


class DocumentsSource:
    """A selection of documents that have been read; reports by the path of their raw bytes."""

    format = "documents"

    def __init__(self, kept: Kept, dataset: str | None = None) -> None:
        self.kept = kept
        self.dataset = Dataset(
            name=dataset or NAME,
            kind="selection",
            grain="day",
            roles=False,
            title="Documents read by Said & Done",
            citation="the documents themselves; every act names its sentence",
            missing=("every act that these documents do not tell",),
        )
        self.fingerprint = fingerprint(self.format, reader())

    def find(self, path: Path) -> list[Path]:
        """Return the path itself: that of a document's bytes, named by their hash."""
        if not self.kept.holds(path.name):
            raise BadFile(f"'{path}' has not been read", "a document", "read it first")
        return [path]

    def read(self, path: Path) -> Iterator[Batch]:
        """Yield the acts of one document as one batch, told as the dataset tells them."""
        filtered: Counter[str] = Counter()
        rows = []
        (document,) = self.kept.readings([path.name])
        told = {t.number: t for t in self.kept.tellings(self.dataset.name, path.name)}
        seen: set[str] = set()
        for number, act in enumerate(document.acts, start=1):
            telling = told[number]
            why = _why_not(act, telling, seen)
            seen.add(telling.act)
            if why:
                filtered[why] += 1
            else:
                rows.append(_row(act, telling))
        schema = {column.name: _TYPES[column.type] for column in ACT_COLUMNS}
        acts = pl.DataFrame(rows, schema=schema, orient="row")
        yield Batch(acts, len(rows), pl.DataFrame(schema=ASIDE_SCHEMA), dict(filtered))


def tell(kept: Kept, dataset: str, documents: Iterable[str]) -> None:
    """Decide how the acts of new documents (hashes) stand beside those that a dataset has.

    An act that is new gets the date and the sentence of its first publication. A report of one
    that the dataset has joins it there, date and sentence as they were decided.
    """
    before = {(t.sha256, t.number): t for t in kept.tellings(dataset)}
    hashes = {sha256: None for sha256, _ in before} | dict.fromkeys(documents)
    compared = (
        Document(r.sha256, r.address, r.published, r.signature, r.acts)
        for r in kept.readings(hashes)
    )
    decided: list[Telling] = []
    for act in told_acts(compared):
        known = next(
            (t for r in act.reports if (t := before.get((r.sha256, r.number))) is not None), None
        )
        date = known.date if known else act.date
        reference = known.reference if known else act.first.reference
        name = known.act if known else act_name(act.first.sha256, act.first.number)
        decided += [
            Telling(r.sha256, r.number, date, reference, name)
            for r in act.reports
            if (r.sha256, r.number) not in before
        ]
    kept.tell(dataset, decided)


def _why_not(act: ReportedAct, telling: Telling, seen: set[str]) -> str | None:
    if act.source is None or act.target is None:
        return NO_ACTOR
    if telling.date is None:
        return NO_DATE
    if telling.act in seen:
        return TWICE
    day = FuzzyDate.parse(telling.date).precision == "day"
    return None if day or telling.leads else COARSE


def _row(act: ReportedAct, telling: Telling) -> tuple[Any, ...]:
    assert telling.date is not None
    day = FuzzyDate.parse(telling.date)
    own = f"{act.document}, characters {act.start} to {act.end}"
    again = "" if telling.leads else f"; again in {own}"
    return (
        day.first,
        day.precision,
        act.source,
        act.target,
        act.source_text,
        act.target_text,
        None,
        act.cameo,
        act.channel,
        act.valence,
        act.mode,
        1,
        telling.act,
        act.quote,
        f"{telling.reference}{again}",
        telling.number,
        None,
        None,
    )
