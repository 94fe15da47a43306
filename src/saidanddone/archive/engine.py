"""The engine that table work runs on: Polars in this process, or Apache Spark."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from saidanddone.errors import BadChoice, MissingExtra

ENGINES = ("polars", "spark")
"""Engines by name; the first needs nothing and is the default."""


@dataclass(frozen=True, slots=True)
class Engine:
    """An engine that was chosen; master is where Spark runs, None where its own settings say it."""

    name: str = ENGINES[0]
    master: str | None = None

    @property
    def is_spark(self) -> bool:
        """Whether table work goes to Spark."""
        return self.name == "spark"


EMBEDDED = Engine()
"""The engine that needs nothing."""


def engine_of(name: str = ENGINES[0], master: str | None = None) -> Engine:
    """Check what was chosen, without starting it; raises BadChoice, MissingExtra.

    >>> engine_of().name
    'polars'
    """
    if name not in ENGINES:
        raise BadChoice(
            f"there is no engine '{name}' here",
            f"one of {', '.join(ENGINES)}",
            "choose one of them with --engine",
        )
    if name != "spark":
        if master is not None:
            raise BadChoice(
                f"the engine {name} has no master",
                "--master with --engine spark",
                "leave --master out or add --engine spark",
            )
        return Engine(name)
    if master is not None and (master.startswith("sc://") or not master.strip()):
        raise BadChoice(
            f"'{master}' is no master that work can be handed to",
            "local[N], spark://HOST:PORT, yarn or k8s://HOST:PORT",
            "choose one of them with --master",
        )
    _require_spark()
    return Engine(name, master)


def _require_spark() -> None:
    missing = [name for name in ("pyspark", "pyarrow", "pandas") if find_spec(name) is None]
    if missing:
        raise MissingExtra(
            f"the engine spark needs {', '.join(missing)}",
            "the extra `spark`",
            "install it with: pip install 'saidanddone[spark]'",
        )
    home = os.environ.get("JAVA_HOME")
    if not (home and (Path(home) / "bin" / "java").exists()) and shutil.which("java") is None:
        raise MissingExtra(
            "the engine spark needs Java, and there is none",
            "Java 17 or later on the PATH or in JAVA_HOME",
            "install it, or leave --engine out",
        )
