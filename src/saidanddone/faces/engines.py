"""What runs on the engine that was chosen: stores, counting of files, reading of documents."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from saidanddone.archive import Engine, Store
from saidanddone.errors import BadChoice

if TYPE_CHECKING:
    from saidanddone.archive import FileCounter
    from saidanddone.reading.workers import Mapper


def store_on(engine: Engine, archive: str | Path) -> Store:
    """The archive in a folder, its tables of all pairs on Spark."""
    from saidanddone.archive.spark import SparkStore

    return SparkStore.at(archive, engine.master)


def counter_on(engine: Engine) -> FileCounter | None:
    """Who counts files: Spark, or None for this process."""
    if not engine.is_spark:
        return None
    from saidanddone.archive.spark import SparkCounter

    return SparkCounter(engine.master)


def mapper_on(engine: Engine) -> Mapper | None:
    """Who reads documents: Spark, partition by partition, or None for this machine's processes."""
    if not engine.is_spark:
        return None
    from saidanddone.archive import spark

    return lambda function, parts: spark.mapped(spark.session(engine.master), function, parts)


def not_on_spark(engine: Engine, what: str, expected: str) -> None:
    """Refuse by name what does not run on Spark; raises BadChoice."""
    if engine.is_spark:
        raise BadChoice(f"{what} on Spark", expected, "leave --engine out")
