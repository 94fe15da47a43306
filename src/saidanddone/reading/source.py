"""Documents as a source: what was read of them enters an archive like any other dataset."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from saidanddone.errors import BadFile
from saidanddone.model import ACT_COLUMNS
from saidanddone.reading.act import ReportedAct
from saidanddone.reading.read import Report
from saidanddone.sources import Batch, Dataset
from saidanddone.sources.source import ASIDE_SCHEMA, fingerprint

CODER_VERSION = "1"
"""Part of the fingerprint: documents read by another coder are told apart."""

NO_ACTOR = "an actor of the act is not certain"
NO_DATE = "the act has no certain date"

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

    def __init__(self, reports: Mapping[Path, Report], dataset: str | None = None) -> None:
        self.reports = reports
        self.dataset = Dataset(
            name=dataset or "documents",
            kind="selection",
            grain="day",
            roles=False,
            title="Documents read by Said & Done",
            citation="the documents themselves; every act names its sentence",
            missing=("every act that these documents do not tell",),
        )
        self.fingerprint = fingerprint(self.format, CODER_VERSION)

    def find(self, path: Path) -> list[Path]:
        """Return the path itself, which must have been read."""
        if path not in self.reports:
            raise BadFile(f"'{path}' has not been read", "a document", "read it first")
        return [path]

    def read(self, path: Path) -> Iterator[Batch]:
        """Yield the acts of one document as one batch."""
        report = self.reports[path]
        filtered: dict[str, int] = {}
        rows = []
        for number, act in enumerate(report.acts, start=1):
            why = _why_not(act)
            if why:
                filtered[why] = filtered.get(why, 0) + 1
            else:
                rows.append(_row(act, number))
        schema = {column.name: _TYPES[column.type] for column in ACT_COLUMNS}
        acts = pl.DataFrame(rows, schema=schema, orient="row")
        yield Batch(acts, len(rows), pl.DataFrame(schema=ASIDE_SCHEMA), filtered)


def _why_not(act: ReportedAct) -> str | None:
    if act.source is None or act.target is None:
        return NO_ACTOR
    return NO_DATE if act.date is None else None


def _row(act: ReportedAct, number: int) -> tuple[Any, ...]:
    day = act.day()
    first = day.first if day else date.min
    return (
        first,
        day.precision if day else "day",
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
        None,
        act.quote,
        f"{act.document}, characters {act.start} to {act.end}",
        number,
        None,
        None,
    )
