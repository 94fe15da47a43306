"""The intake: a file read through its source, with every row accounted for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from saidanddone.archive import numbered
from saidanddone.archive.parts import ACT_SCHEMA, CELL_SCHEMA, hash_of
from saidanddone.errors import BadFile
from saidanddone.model import ACT_COLUMNS, CELL_COLUMNS, MODES, Column
from saidanddone.sources.numbers import NumberedActs, NumberedBatch, NumberingSource, Words
from saidanddone.sources.source import Batch, CountedBatch, CountingSource, Source

MAX_ASIDE_SHARE = 0.05
"""A file of which more cannot be read is most likely another format (house.md)."""

MAX_ASIDES = 1000
"""Lines that are recorded of a file; of more than that the reasons are counted all the same."""

_MAY_BE_NULL = {
    "source_name",
    "target_name",
    "government",
    "code",
    "id",
    "text",
    "reference",
    "place",
    "added",
}

_CELL_SCHEMA = pl.Schema(CELL_SCHEMA)  # made once: quicker to compare with than a dict

_CELL_FAULTS: dict[str, pl.Expr] = {
    "an unknown precision": ~pl.col("precision").is_in(["day", "month", "year"]),
    "a date that does not start its month or year": (
        ((pl.col("precision") != "day") & (pl.col("date").dt.day() != 1))
        | ((pl.col("precision") == "year") & (pl.col("date").dt.month() != 1))
    ),
    "a valence other than +1, 0, -1": ~pl.col("valence").is_in([-1, 0, 1]),
    "less than one report": pl.col("reports") < 1,
}


def _empty(columns: tuple[Column, ...]) -> pl.Expr:
    named = [c.name for c in columns if c.name not in _MAY_BE_NULL | {"line"}]
    return pl.any_horizontal(pl.col(name).is_null() for name in named)


_FAULTS: dict[str, pl.Expr] = {
    "an empty value": _empty(ACT_COLUMNS),
    **_CELL_FAULTS,
    "an unknown mode": ~pl.col("mode").is_in(MODES),
}
_CELL_FAULTS["an empty value"] = _empty(CELL_COLUMNS)


@dataclass
class Account:
    """What became of a file's rows: rows = kept + set_aside + filtered, at any time."""

    kept: int = 0
    filtered: Counter[str] = field(default_factory=Counter)
    aside: Counter[str] = field(default_factory=Counter)
    lines: list[tuple[int | None, str, str | None]] = field(default_factory=list)
    acts: int = 0

    @property
    def set_aside(self) -> int:
        """Rows that could not be read."""
        return self.aside.total()

    @property
    def rows(self) -> int:
        """Rows that were read."""
        return self.kept + self.set_aside + self.filtered.total()

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """Rows read, kept, set aside and filtered."""
        return self.rows, self.kept, self.set_aside, self.filtered.total()

    @property
    def reasons(self) -> dict[str, int]:
        """Why rows were set aside or filtered, with their numbers, largest first."""
        both = self.aside + self.filtered
        return dict(sorted(both.items(), key=lambda item: (-item[1], item[0])))

    def add(self, batch: Batch | CountedBatch) -> None:
        """Enter a batch's rows."""
        self.kept += batch.kept
        self.acts += batch.acts.height if isinstance(batch, Batch) else batch.acts
        self.filtered.update({reason: rows for reason, rows in batch.filtered.items() if rows})
        if batch.aside.is_empty():
            return
        self.aside.update(dict(batch.aside.group_by("reason").len().iter_rows()))
        room = MAX_ASIDES - len(self.lines)
        self.lines += batch.aside.head(room).select("line", "reason", "content").iter_rows()

    def entries(self) -> list[tuple[str, str, int]]:
        """Return outcome (aside or filtered), reason and rows, as the manifest records them."""
        return [
            (outcome, reason, rows)
            for outcome, reasons in (("aside", self.aside), ("filtered", self.filtered))
            for reason, rows in sorted(reasons.items())
        ]


def identify(path: Path) -> str:
    """Return the SHA-256 by which a file is known; raises BadFile."""
    with reading(path):
        return hash_of(path)


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn the errors of a file that cannot be read into BadFile."""
    try:
        yield
    except OSError as error:
        raise BadFile(
            f"'{path}' cannot be read ({error.strerror})", "a file", "check the path"
        ) from error


def read(
    source: Source, path: Path, account: Account, sha256: str | None
) -> Iterator[pl.DataFrame]:
    """Yield a file's acts (model.ACT_COLUMNS) in batches and enter every row into the account.

    Raises BadFile if the file holds no rows, more than MAX_ASIDE_SHARE of them cannot be read,
    it is not the file of that SHA-256 afterwards (None: a table that is no file), or the source
    does not keep its contract; also after acts were yielded.
    """
    for batch in source.read(path):
        _check(source, path, _broken(batch))
        account.add(batch)
        yield batch.acts
    _conclude(source, path, account, sha256)


def count(
    source: CountingSource, path: Path, account: Account, sha256: str | None
) -> Iterator[pl.DataFrame]:
    """Yield a file's cells (model.CELL_COLUMNS) in batches; as :func:`read` otherwise."""
    for batch in source.count(path):
        _check(source, path, _miscounted(batch))
        account.add(batch)
        yield batch.cells
    _conclude(source, path, account, sha256)


def enter(source: NumberingSource, path: Path, account: Account, batch: NumberedBatch) -> None:
    """Enter the rows of a file that was counted at once into the account.

    Raises BadFile as :func:`read` does.
    """
    words = source.words()
    numbers, rest = batch.numbers, batch.rest
    wrong = numbered.fault(numbers, words) or _miscounted(rest, beside=len(numbers))
    if batch.acts is not None:
        wrong = wrong or _mislisted(batch.acts, rest.acts, words)
    _check(source, path, wrong)
    account.add(rest)
    _conclude(source, path, account, None)


def _conclude(source: Source, path: Path, account: Account, sha256: str | None) -> None:
    """Raise BadFile if a file that was read to its end is not one to keep."""
    if sha256 is not None and identify(path) != sha256:
        raise BadFile(
            f"'{path.name}' changed while it was read", "a complete file", "ingest it again"
        )
    if account.rows == 0:
        raise BadFile(f"'{path.name}' holds no rows", "a file with rows", "check the file")
    if account.set_aside > MAX_ASIDE_SHARE * account.rows:
        lines = "; ".join(f"line {line}: {reason}" for line, reason, _ in account.lines[:3])
        raise BadFile(
            f"{account.set_aside} of the {account.rows} rows of '{path.name}' cannot be read "
            f"({lines})",
            f"at most {MAX_ASIDE_SHARE:.0%} of them, in the format {source.format}",
            "correct the file or choose the format that it has",
        )


def _check(source: Source, path: Path, wrong: str | None) -> None:
    """Raise BadFile if a batch breaks the contract of sources, which is a bug of its reader."""
    if wrong is not None:
        raise BadFile(
            f"the reader of {source.format} does not account for the rows of '{path.name}' "
            f"({wrong})",
            "rows read = rows kept + set aside + filtered, as acts of the documented columns",
            "report this as a bug of the reader; nothing of the file was kept",
        )


def _broken(batch: Batch) -> str | None:
    acts = batch.acts
    faulty = _faulty(acts)
    if faulty is not None:
        return faulty
    if batch.kept < 0 or any(rows < 0 for rows in batch.filtered.values()):
        return "a number of rows is negative"
    lines = acts["line"].drop_nulls().unique()
    if len(lines) > batch.kept or (batch.kept == 0 and acts.height):
        return f"{batch.kept} rows kept gave acts from {len(lines)} lines"
    if lines.is_in(batch.aside["line"].drop_nulls().implode()).any():
        return "a row is both kept and set aside"
    return None


def _mislisted(acts: NumberedActs, counted: int, words: Words) -> str | None:
    if len(acts) != counted or acts.lines.shape != acts.numbers.reports.shape:
        return f"{counted} acts were counted and {len(acts)} listed"
    wrong = numbered.fault(acts.numbers, words)
    return wrong or (_faulty(acts.odd) if acts.odd.height else None)


def _faulty(acts: pl.DataFrame) -> str | None:
    if dict(acts.schema) != ACT_SCHEMA:
        return "the acts have other columns or types"
    found = acts.select(fault.any().alias(name) for name, fault in _FAULTS.items())
    return next((f"acts have {name}" for name in found.columns if found[name].item()), None)


def _miscounted(batch: CountedBatch, beside: int = 0) -> str | None:
    """Say what is wrong with a batch; beside its cells so many came as numbers."""
    cells = batch.cells
    if cells.schema != _CELL_SCHEMA:
        return "the cells have other columns or types"
    if min([batch.kept, batch.acts, *batch.filtered.values()]) < 0:
        return "a number of rows is negative"
    if cells.height + beside > batch.acts:
        return f"{batch.acts} acts gave {cells.height + beside} cells"
    if cells.is_empty():
        return None
    found = cells.select(fault.any().alias(name) for name, fault in _CELL_FAULTS.items())
    return next((f"cells have {name}" for name in found.columns if found[name].item()), None)
