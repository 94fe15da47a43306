"""Compare Spark with the embedded engine: identical cells, and the ratio of their times.

    python benchmarks/engines.py OUT --events 200000 --files 16 --master "local[2]"

OUT is a folder for generated files and archives. Both engines count the same zips into an archive,
then a panel of all pairs by month, and what a ranking is fitted on, one after the other. Spark's
start, and its first job, which starts the workers, are timed apart. Quote the ratios: seconds say
more about the machine than about the code.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl

sys.path.insert(0, str(Path(__file__).parent))

import gdelt_like

from saidanddone import dossier
from saidanddone.archive import Archive
from saidanddone.archive.engine import engine_of
from saidanddone.archive.spark import SparkCounter, SparkStore, collected, mapped, session
from saidanddone.dossier.norms import World
from saidanddone.measure.choices import Choices
from saidanddone.measure.counting import by_pair, by_period, counted
from saidanddone.measure.evidence import span_of
from saidanddone.model import Window
from saidanddone.sources import open_source


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    made = work()
    return time.perf_counter() - start, made


def panel(cells: Any) -> Any:
    return by_period(counted(cells, Choices(actors="government")), "month")


def warm_up(_: int) -> str:
    from saidanddone.sources.gdelt import counter

    return str(counter())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("out", type=Path)
    parser.add_argument("--events", type=int, default=200_000)
    parser.add_argument("--files", type=int, default=16)
    parser.add_argument("--master", default="local[2]")
    asked = parser.parse_args()
    engine_of("spark", asked.master)
    files = asked.out / f"files-{asked.events}-{asked.files}"
    if not files.exists():
        gdelt_like.make(files, asked.events, files=asked.files)
    seconds: dict[str, dict[str, float]] = {"spark": {}, "polars": {}}
    reports, archives = {}, {}
    seconds["spark"]["start"], spark = timed(lambda: session(asked.master))
    cores = spark.sparkContext.defaultParallelism
    seconds["spark"]["first job"], _ = timed(
        lambda: list(mapped(spark, warm_up, list(range(cores))))
    )
    for name, counter in (("polars", None), ("spark", SparkCounter(asked.master))):
        folder = asked.out / name
        shutil.rmtree(folder, ignore_errors=True)
        archives[name] = Archive.create(folder)
        seconds[name]["ingest"], reports[name] = timed(
            lambda name=name, counter=counter: archives[name].ingest(  # type: ignore[misc]
                open_source("gdelt"), [files], keep="tally", counter=counter
            )
        )
    same_cells = archives["polars"].cells("gdelt").equals(archives["spark"].cells("gdelt"))
    seconds["polars"]["panel"], here = timed(lambda: panel(archives["polars"].cells("gdelt")))
    store = SparkStore.at(asked.out / "spark", asked.master)
    seconds["spark"]["panel"], there = timed(lambda: collected(panel(store.frame("gdelt"))))
    same_panel = here.sort(pl.all()).equals(there.sort(pl.all()))
    (dataset,) = archives["polars"].datasets()
    choices = dossier.choices_for(dataset, dispersion="none")
    covered = archives["polars"].coverage("gdelt")
    assert covered.first and covered.last
    span = span_of(covered.first, covered.last, dataset.grain)
    pairs = {}
    for name, held in (("polars", archives["polars"]), ("spark", store)):
        world = World(held, dataset, Window(), {}, span, lambda _: None)
        seconds[name]["counts of pairs"], acts = timed(
            lambda world=world: world.counted(choices)  # type: ignore[misc]
        )
        pairs[name] = by_pair(acts).sort(pl.all())
    told = {
        "master": asked.master,
        "events": reports["spark"].rows,
        "files": len(reports["spark"].files),
        "cells": archives["spark"].cells("gdelt").height,
        "identical": {
            "reports": reports["spark"] == reports["polars"],
            "cells": same_cells,
            "panel": same_panel,
            "counts of pairs": pairs["polars"].equals(pairs["spark"]),
        },
        "seconds": seconds,
        "spark / polars": {
            work: round(seconds["spark"][work] / seconds["polars"][work], 1)
            for work in ("ingest", "panel", "counts of pairs")
        },
        "bytes": sum(file.stat().st_size for file in files.iterdir()),
    }
    print(json.dumps(told, indent=1))


if __name__ == "__main__":
    main()
