"""Tables: anybody's CSV, TSV or Parquet of acts, read through a mapping (see mapping.py)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import polars as pl

from saidanddone.sources.acts import content_of, sort_rows, with_codes, with_dates
from saidanddone.sources.delimited import quoted_rows
from saidanddone.sources.folder import files_in
from saidanddone.sources.mapping import Mapping
from saidanddone.sources.parquet import is_parquet, parquet_rows
from saidanddone.sources.rows import Rows
from saidanddone.sources.source import BATCH_ROWS, Batch, Dataset, fingerprint
from saidanddone.sources.who import who_acts

TABLE_NAMES = ("*.csv", "*.tsv", "*.parquet", "*.csv.gz", "*.tsv.gz", "*.csv.zip", "*.tsv.zip")
"""What a table's file is called, unless the mapping says it."""

_OURS = {"date": "date_text", "source": "source_name", "target": "target_name"}
"""Columns that go by another name until they are read."""


class TableSource:
    """Reads tables of acts through a mapping."""

    format = "table"

    def __init__(
        self, mapping: Mapping, dataset: str | None = None, batch_rows: int = BATCH_ROWS
    ) -> None:
        self.mapping = mapping
        self.batch_rows = batch_rows
        self.dataset = Dataset(
            name=dataset or mapping.name,
            kind=mapping.kind,
            grain="day",
            roles=mapping.government in ("name", "sectors"),
            title=mapping.title,
            citation=mapping.citation,
            missing=mapping.missing,
        )
        self.fingerprint = fingerprint(self.format, {"reader": 1, **asdict(mapping)})

    def find(self, path: Path) -> list[Path]:
        """Return the file, or the tables of a folder by name; raises BadFile."""
        return files_in(path, self.mapping.files or TABLE_NAMES)

    def read(self, path: Path) -> Iterator[Batch]:
        """Yield the file's batches; raises BadFile."""
        row_word = "row" if is_parquet(path) else "line"
        wanted = list(dict.fromkeys(self.mapping.columns.values()))
        for rows in mapped_rows(path, wanted, self.mapping.delimiter, self.batch_rows):
            frame = rows.frame.select(
                "line",
                content_of(wanted).alias("content"),
                *(
                    pl.col(theirs).alias(_OURS.get(ours, ours))
                    for ours, theirs in self.mapping.columns.items()
                ),
            )
            frame = self._with_code(with_dates(frame, self.mapping.date_format))
            frame = who_acts(frame, government=self.mapping.government, scheme=self.mapping.names)
            frame = frame.with_columns(reference=_reference(frame, f"{path.name}, {row_word} {{}}"))
            reasons = ("date_reason", "text_reason", "code_reason")
            yield sort_rows(frame, rows.aside, reasons, self.mapping.unresolved)

    def _with_code(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Look codes up, first turning event texts into codes where the mapping does so."""
        no_reason = pl.lit(None, pl.String).alias("text_reason")
        if "code_text" in frame.columns:
            text = pl.col("code_text")
            frame = frame.with_columns(
                code=text.replace_strict(
                    self.mapping.code_texts, default=None, return_dtype=pl.String
                )
            )
            no_reason = (
                pl.when(text.is_not_null() & pl.col("code").is_null())
                .then(pl.format("the mapping gives no code for the text '{}'", text))
                .alias("text_reason")
            )
        if "text" not in frame.columns and "code_text" in frame.columns:
            frame = frame.with_columns(text="code_text")
        return with_codes(frame.with_columns(no_reason))


def mapped_rows(
    path: Path, wanted: list[str], delimiter: str | None, batch_rows: int
) -> Iterator[Rows]:
    """Read Parquet or delimited text, whichever the file is; raises BadFile."""
    if is_parquet(path):
        return parquet_rows(path, wanted, batch_rows)
    return quoted_rows(path, wanted, delimiter, batch_rows)


def _reference(frame: pl.DataFrame, place: str) -> pl.Expr:
    """The table's own reference, else the file and the row; then the address, if there is one."""
    reference = pl.format(place, "line")
    if "reference" in frame.columns:
        reference = pl.coalesce("reference", reference)
    if "url" in frame.columns:
        address = pl.coalesce(pl.format(" <{}>", "url"), pl.lit(""))
        reference = pl.concat_str(reference, address)
    return reference
