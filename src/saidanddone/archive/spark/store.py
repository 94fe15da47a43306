"""An archive whose tables of all pairs are read and counted by Spark; the rest as ever."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl

from saidanddone.archive import reader, tally
from saidanddone.archive.archive import Archive
from saidanddone.archive.manifest import Manifest
from saidanddone.archive.spark.session import session, spark_errors
from saidanddone.archive.spark.tables import collected, spark_schema
from saidanddone.archive.store import look_up
from saidanddone.archive.tally import TALLY_COLUMNS
from saidanddone.model import Window


class SparkStore(Archive):
    """Reads an archive as Archive does, and hands out the cells of all pairs as a Spark frame.

    A pair's own cells and acts are few and stay with the embedded engine. Raises what
    Archive.open raises.
    """

    def __init__(self, path: Path, master: str | None = None) -> None:
        super().__init__(path)
        self._master = master

    @classmethod
    def at(cls, path: str | Path, master: str | None = None) -> SparkStore:
        """Open an archive to be read on a master."""
        return cls(Archive.open(path).path, master)

    def frame(self, dataset: str, window: Window | None = None) -> Any:
        """Return the cells of all pairs in a window (TALLY_COLUMNS), in no order.

        Equal cells of several runs of a month stand apart: counting adds them up.
        """
        span = window or Window()
        with Manifest.opened(self.path) as manifest:
            look_up(manifest.datasets(), dataset)
            found = reader.cell_parts(manifest, dataset, span, None, None)
        paths = [(self.path / part.path).resolve().as_uri() for part in found]
        spark, schema = session(self._master), spark_schema(TALLY_COLUMNS)
        with spark_errors():
            if not paths:
                return spark.createDataFrame([], schema)
            # With the schema given no footer is read twice, and a column that is missing is null.
            cells = spark.read.schema(schema).parquet(*paths)
        return tally.select(cells, tally.inside(span))

    def collect(self, data: Any) -> pl.DataFrame:
        """Return a frame of Spark as a table here."""
        return collected(data)
