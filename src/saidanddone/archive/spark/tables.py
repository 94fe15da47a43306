"""Tables on their way between Polars and Spark, by the types of the model's columns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import polars as pl
import pyarrow as pa

from saidanddone.archive.spark.session import spark_errors
from saidanddone.model import Column

ARROW: dict[str, pa.DataType] = {
    "String": pa.string(),
    "Date": pa.date32(),
    "Boolean": pa.bool_(),
    "Int8": pa.int8(),
    "Int64": pa.int64(),
}
"""Types of Arrow as Spark takes them, by the model's names."""

SPARK = {
    "String": "string",
    "Date": "date",
    "Boolean": "boolean",
    "Int8": "tinyint",
    "Int64": "bigint",
}
"""Types of Spark by the model's names."""


def arrow_schema(columns: Iterable[Column]) -> pa.Schema:
    """Return columns as Arrow's."""
    return pa.schema([(column.name, ARROW[column.type]) for column in columns])


def spark_schema(columns: Iterable[Column]) -> str:
    """Return columns as Spark's, written in SQL.

    >>> spark_schema([Column("valence", "Int8", "")])
    'valence tinyint'
    """
    return ", ".join(f"{column.name} {SPARK[column.type]}" for column in columns)


def frame(spark: Any, table: pl.DataFrame) -> Any:
    """Return a table as a data frame of Spark, without text types that it does not take."""
    arrow = table.to_arrow()
    plain = [
        pa.field(f.name, pa.string() if pa.types.is_large_string(f.type) else f.type)
        for f in arrow.schema
    ]
    with spark_errors():
        return spark.createDataFrame(arrow.cast(pa.schema(plain)))


def collected(data: Any, schema: dict[str, pl.DataType] | None = None) -> pl.DataFrame:
    """Return a data frame of Spark as a table; with a schema, these columns of these types."""
    with spark_errors():
        table = pl.from_arrow(data.toArrow())
    assert isinstance(table, pl.DataFrame)
    if schema is None:
        return table
    return table.select(pl.col(name).cast(kind) for name, kind in schema.items())
