"""Files counted on Spark: a map over files, each counted as here, then one merge of their cells."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa

from saidanddone.archive import digest, intake, tally
from saidanddone.archive.elsewhere import Brought, Outcome
from saidanddone.archive.parts import CELL_SCHEMA
from saidanddone.archive.spark.session import mapped, no_word_on_pandas, session, spark_errors
from saidanddone.archive.spark.tables import arrow_schema, collected, spark_schema
from saidanddone.archive.tally import TALLY_COLUMNS
from saidanddone.errors import BadFile, BadInput, SaidAndDoneError
from saidanddone.model import Column
from saidanddone.sources import open_source
from saidanddone.sources.source import CountingSource, Source

_TOLD = Column("told", "String", "JSON: what became of a file; null in rows of cells")
_COLUMNS = (*TALLY_COLUMNS, _TOLD)
_FILES = "number bigint, path string, sha256 string"

FILES_A_TASK = 64
"""Files whose hashes are taken in one task: reading a small file takes less than handing it out."""


@dataclass(frozen=True)
class SparkCounter:
    """Counts files on the machines of a master, which see them under the same paths."""

    master: str | None = None

    def identify(self, files: Sequence[Path]) -> list[str | BadInput]:
        """Return each file's SHA-256, or why it cannot be read."""
        tasks = [files[i : i + FILES_A_TASK] for i in range(0, len(files), FILES_A_TASK)]
        found: list[str | BadInput] = []
        for some in mapped(session(self.master), _identified, tasks):
            found += [f if isinstance(f, str) else BadFile(*f) for f in some]
        return found

    def count(self, source: Source, files: Sequence[tuple[Path, str]]) -> Brought:
        """Count files, given with their SHA-256, into cells; each alone decides what it gives.

        Raises SaidAndDoneError if the cells that come back are not those of the files.
        """
        spark = session(self.master)
        count = _Count(source.format, source.dataset.name)
        rows = [(i, str(path.resolve()), sha256) for i, (path, sha256) in enumerate(files)]
        tasks = min(len(rows), 4 * spark.sparkContext.defaultParallelism)
        with spark_errors(), no_word_on_pandas():
            given = spark.createDataFrame(spark.sparkContext.parallelize(rows, tasks), _FILES)
            counted = given.mapInArrow(count, spark_schema(_COLUMNS)).persist()
            try:
                told = counted.where("told IS NOT NULL").select("told").collect()
                cells = tally.merge(counted.where("told IS NULL").drop("told"))
                merged = collected(cells, CELL_SCHEMA)
            finally:
                counted.unpersist()
        outcomes = [_outcome(row["told"]) for row in told]
        brought = Brought(dict(outcomes), merged)
        there = digest.total(o.digest for o in brought.outcomes.values() if o.account)
        if len(brought.outcomes) != len(files) or digest.of(merged) != there:
            raise SaidAndDoneError(
                "Spark did not bring back all cells of the files that it counted",
                "the cells of every file, each once",
                "ingest them again: nothing of these files was kept",
            )
        return brought


def _identified(files: Sequence[Path]) -> list[str | tuple[str, str, str]]:
    found: list[str | tuple[str, str, str]] = []
    for path in files:
        try:
            found.append(intake.identify(path))
        except BadInput as error:
            found.append((error.wrong, error.expected, error.do))
    return found


@dataclass(frozen=True)
class _Count:
    """What a worker does with its partition: it opens the format's reader and counts each file."""

    format: str
    dataset: str

    def __call__(self, batches: Iterator[Any]) -> Iterator[Any]:
        source = open_source(self.format, dataset=self.dataset)
        assert isinstance(source, CountingSource)
        for batch in batches:
            for row in batch.to_pylist():
                number, sha256 = row["number"], row["sha256"]
                try:
                    account = intake.Account()
                    tables = intake.count(source, Path(row["path"]), account, sha256)
                    # Nothing is handed on before the whole file was read and not refused.
                    cells = tally.merge(pl.concat([pl.DataFrame(schema=CELL_SCHEMA), *tables]))
                except BadInput as error:
                    refused = [error.wrong, error.expected, error.do]
                    yield _tell({"number": number, "refused": refused})
                    continue
                nothing = pl.lit(None, pl.String).alias(_TOLD.name)
                yield from _records(cells.with_columns(nothing))
                yield _tell({
                    "number": number,
                    "digest": digest.of(cells),
                    "kept": account.kept,
                    "acts": account.acts,
                    "filtered": account.filtered,
                    "aside": account.aside,
                    "lines": account.lines,
                })  # fmt: skip


def _tell(told: dict[str, Any]) -> Any:
    columns = [pl.lit(None).alias(column.name) for column in TALLY_COLUMNS]
    text = pl.lit(json.dumps(told, ensure_ascii=False)).alias(_TOLD.name)
    (record,) = _records(pl.select(*columns, text))
    return record


def _records(table: pl.DataFrame) -> list[pa.RecordBatch]:
    records: list[pa.RecordBatch] = table.to_arrow().cast(arrow_schema(_COLUMNS)).to_batches()
    return records


def _outcome(text: str) -> tuple[int, Outcome]:
    told = json.loads(text)
    if "refused" in told:
        return told["number"], Outcome(refused=tuple(told["refused"]))
    account = intake.Account(
        kept=told["kept"],
        filtered=Counter(told["filtered"]),
        aside=Counter(told["aside"]),
        lines=[tuple(line) for line in told["lines"]],
        acts=told["acts"],
    )
    return told["number"], Outcome(account, told["digest"])
