"""A tiny source for the archive's tests: tab-separated acts, and rows that go wrong on purpose."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from pathlib import Path

import polars as pl
import pytest

from saidanddone.archive import Archive
from saidanddone.archive.parts import ACT_SCHEMA
from saidanddone.errors import BadFile
from saidanddone.sources.source import ASIDE_SCHEMA, Batch, Dataset

DATASET = Dataset(
    name="toy",
    kind="census",
    grain="day",
    roles=True,
    title="A toy",
    citation="Nobody, 2018",
    missing=("sectors", "texts"),
)


@dataclass
class Toy:
    """Reads date, source, target, code, reports[, mode[, government]]; 'bad' and 'skip' rows."""

    dataset: Dataset = DATASET
    mapping: str = "plain"
    batch_rows: int = 3
    spoil: Callable[[Batch], Batch] = field(default=lambda batch: batch)
    format: str = "toy"

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(self.mapping.encode()).hexdigest()[:16]

    def find(self, path: Path) -> list[Path]:
        if path.is_dir():
            found = sorted(path.glob("*.toy"))
            if not found:
                raise BadFile(f"'{path}' holds no toy files", "files *.toy", "check the path")
            return found
        return [path]

    def read(self, path: Path) -> Iterator[Batch]:
        with path.open(encoding="utf-8", newline="") as file:
            rows = enumerate(csv.reader(file, delimiter="\t"), start=1)
            while stretch := list(islice(rows, self.batch_rows)):
                yield self.spoil(batch_of(stretch))


def batch_of(stretch: list[tuple[int, list[str]]]) -> Batch:
    acts, aside, filtered = [], [], {}
    for line, row in stretch:
        if row[0].startswith("bad"):
            aside.append((line, row[0], "\t".join(row)))
        elif row[0].startswith("skip"):
            filtered[row[0]] = filtered.get(row[0], 0) + 1
        else:
            acts.append(act(line, row))
    return Batch(
        acts=pl.DataFrame(acts, schema=ACT_SCHEMA),
        kept=len(acts),
        aside=pl.DataFrame(aside, schema=ASIDE_SCHEMA, orient="row"),
        filtered=filtered,
    )


def act(line: int, row: Sequence[str]) -> dict[str, object]:
    day, source, target, code, reports = row[:5]
    mode = row[5] if len(row) > 5 else "did"
    government = row[6] if len(row) > 6 else ""
    precision = {4: "year", 7: "month", 10: "day"}[len(day)]
    first = day + "-01-01"[: 10 - len(day)]
    return {
        "date": date.fromisoformat(first),
        "precision": precision,
        "source": source,
        "target": target,
        "source_name": source.title(),
        "target_name": target.title(),
        "government": {"yes": True, "no": False}.get(government),
        "code": code or None,
        "channel": "done" if code > "14" else "said",
        "valence": -1 if code > "10" else 1,
        "mode": mode,
        "reports": int(reports),
        "id": None,
        "text": f"{source} {code} {target}",
        "reference": None,
        "line": line,
    }


Write = Callable[..., Path]

YEAR = [
    ("2018-01-05", "RUS", "PRK", "040", "2"),
    ("2018-01-05", "RUS", "PRK", "040", "3"),
    ("2018-01-05", "RUS", "PRK", "190", "1", "did", "yes"),
    ("2018-01-31", "CHN", "PRK", "112", "1"),
    ("2018-03-01", "RUS", "PRK", "061", "4", "negated"),
    ("skip: inside one state",),
    ("2018-12-31", "PRK", "RUS", "020", "1", "did", "no"),
    ("2019-02-01", "RUS", "PRK", "020", "1"),
]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write rows as a toy file."""

    def write_rows(rows: list[tuple[str, ...]], name: str = "a.toy") -> Path:
        path = tmp_path / name
        path.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
        return path

    return write_rows


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive.create(tmp_path / "archive")


@pytest.fixture
def yearly() -> Toy:
    return Toy(replace(DATASET, name="years", grain="year"))


def whole(archive: Archive) -> bool:
    """Say whether a check finds nothing."""
    return archive.check() == []


def content(archive: Archive, dataset: str = "toy") -> list[pl.DataFrame]:
    """Return all that an archive answers of a dataset, without the layout that it has on disk."""
    return [
        archive.cells(dataset),
        archive.acts(dataset, sources=None, targets=None).sort("file", "line", "date"),
    ]
