"""What an export says about itself: whose acts they are, how to cite them, what was left out."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from saidanddone import __version__
from saidanddone.faces.exports.table import EXPORT_COLUMNS
from saidanddone.model import Window
from saidanddone.sources import Dataset

RIGHTS = (
    "The acts are those of the dataset named here and stand under its own terms; "
    "this file adds no rights to them and takes none away."
)


@dataclass(frozen=True, slots=True)
class ExportAbout:
    """Where exported acts come from.

    source and target are ids, None where all pairs are exported. content is a hash of all that the
    dataset holds, version that of the software.
    """

    dataset: str
    title: str
    citation: str
    kind: str
    content: str
    source: str | None = None
    target: str | None = None
    window: Window = field(default_factory=Window)
    missing: tuple[str, ...] = ()
    version: str = __version__

    @classmethod
    def of(
        cls,
        dataset: Dataset,
        content: str,
        *,
        source: str | None = None,
        target: str | None = None,
        window: Window | None = None,
    ) -> ExportAbout:
        """Describe acts of a dataset; content is the store's generation of it."""
        return cls(
            dataset=dataset.name,
            title=dataset.title or dataset.name,
            citation=dataset.citation,
            kind=dataset.kind,
            content=content,
            source=source,
            target=target,
            window=window or Window(),
            missing=dataset.missing,
        )


@dataclass(slots=True)
class Written:
    """What became of the acts: rows written, and by reason those left out or not held in full."""

    rows: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)

    def sentences(self) -> list[str]:
        """Say what the reader of the file should know; empty if all is as in the dataset."""
        told = [(self.left_out, "left out"), (self.changed, "not held in full")]
        return [
            f"{count:,} {'act' if count == 1 else 'acts'} {what}: {reason}"
            for counts, what in told
            for reason, count in sorted(counts.items())
        ]


def side_file(format_name: str, about: ExportAbout, written: Written) -> str:
    """Return the JSON that stands beside an export: dataset, rights, columns, what was left out.

    columns describes csv, parquet and jsonl; the other formats have columns of their own.
    """
    own = format_name in ("csv", "parquet", "jsonl")
    told = {
        "format": format_name,
        "dataset": {
            "name": about.dataset,
            "kind": about.kind,
            "title": about.title,
            "citation": about.citation,
            "content": about.content,
            "missing": list(about.missing),
        },
        "rights": RIGHTS,
        "pair": {"source": about.source, "target": about.target} if about.source else None,
        "since": _iso(about.window.since),
        "until": _iso(about.window.until),
        "rows": written.rows,
        "left_out": dict(sorted(written.left_out.items())),
        "not_held_in_full": dict(sorted(written.changed.items())),
        "software": {"name": "Said & Done", "version": about.version},
        "columns": [
            {"name": column.name, "type": column.type, "meaning": column.meaning}
            for column in EXPORT_COLUMNS
        ]
        if own
        else None,
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
