"""The session: Spark started, or the one that is there, with the settings that results hang on."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, TypeVar

from saidanddone.errors import SaidAndDoneError

RESULTS = {
    # An overflow or a division by zero is an error and never a silent null.
    "spark.sql.ansi.enabled": "true",
    # Days stay days, wherever the machines are.
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.sql.execution.arrow.pyspark.fallback.enabled": "false",
}
"""Settings of SQL that results hang on."""

LOCAL = {
    # On one machine nothing listens to the network, and no page is served.
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.ui.enabled": "false",
}

PARTITIONS_A_CORE = 2
"""Partitions after a shuffle: Spark's 200 are 200 tasks also for a table of a few rows."""

WAVE = 4
"""Parts of a map that are handed out for each core before the first are back."""

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")


@cache
def session(master: str | None = None) -> Any:
    """Return a session; without a master that of spark-submit or of the program, else local[*].

    An existing session keeps its own SQL settings: this is one beside it on the same cluster.
    Raises SaidAndDoneError where no Spark can be started.
    """
    with no_word_on_pandas():
        from pyspark.sql import SparkSession

    running = SparkSession.getActiveSession()
    submitted = "PYSPARK_GATEWAY_PORT" in os.environ
    if master is None and running is None and not submitted:
        master = "local[*]"
    builder = SparkSession.builder.appName("saidanddone")
    if running is None:
        settings = {"spark.log.level": "ERROR", "spark.ui.showConsoleProgress": "false"}
        # Every core has a worker of its own: threads of Polars beside it would only wait.
        settings["spark.executorEnv.POLARS_MAX_THREADS"] = "1"
        if master is not None:
            builder = builder.master(master)
            if master.startswith("local"):
                settings |= LOCAL
                os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
                os.environ.setdefault("SPARK_LOCAL_IP", LOCAL["spark.driver.host"])
        for name, value in settings.items():
            builder = builder.config(name, value)
    with spark_errors():
        found = builder.getOrCreate().newSession()
        for name, value in RESULTS.items():
            found.conf.set(name, value)
        partitions = max(2, PARTITIONS_A_CORE * found.sparkContext.defaultParallelism)
        found.conf.set("spark.sql.shuffle.partitions", str(partitions))
    return found


def mapped(
    spark: Any, function: Callable[[_Given], _Made], parts: Sequence[_Given]
) -> Iterator[_Made]:
    """Yield what a function makes of each part, in order, made on the machines of a cluster.

    Parts go out in waves, so that the results of one wave are in memory here and not all.
    """
    context = spark.sparkContext
    wave = max(1, WAVE * context.defaultParallelism)
    for start in range(0, len(parts), wave):
        some = list(parts[start : start + wave])
        with spark_errors():
            made = context.parallelize(some, len(some)).map(function).collect()
        yield from made


@contextmanager
def no_word_on_pandas() -> Iterator[None]:
    """Spark warns of a pandas newer than it knows; no table of pandas is made here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        yield


@contextmanager
def spark_errors() -> Iterator[None]:
    """Turn what Spark raises into one sentence."""
    from py4j.protocol import Py4JError, Py4JNetworkError
    from pyspark.errors import PySparkException

    try:
        yield
    except (PySparkException, Py4JError, Py4JNetworkError) as error:
        raise SaidAndDoneError(
            f"Spark could not do it ({_first_line(error)})",
            "a master that answers, and workers that have saidanddone and see the files under the"
            " same paths",
            "check --master and the page engines.md of the manual; what had landed stays",
        ) from error


def _first_line(error: Exception) -> str:
    """The line that says why: the last cause that Java or a worker's Python names."""
    cause = getattr(error, "java_exception", None)
    text = str(cause.toString()) if cause is not None else str(error)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    # A worker's traceback ends with its error; what Java adds begins with 'at' or 'Driver'.
    told = [line for line in lines if not line.startswith(("at ", "File ", "Driver stacktrace"))]
    errors = [line for line in told if line.partition(":")[0].endswith(("Error", "Exception"))]
    return (errors or told or [type(error).__name__])[-1][:300]
