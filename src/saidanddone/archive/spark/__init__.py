"""Apache Spark: sessions, tables, files counted partition by partition, an archive read there.

Nothing here is imported before Spark was asked for; it needs the extra `spark` and Java.
"""

from saidanddone.archive.spark.counter import SparkCounter
from saidanddone.archive.spark.session import mapped, session
from saidanddone.archive.spark.store import SparkStore
from saidanddone.archive.spark.tables import collected, frame

__all__ = ["SparkCounter", "SparkStore", "collected", "frame", "mapped", "session"]
