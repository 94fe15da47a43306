"""Print what ingest, ask and the norms cost: ratios and memory, measured in one run.

    make bench            or    python benchmarks/run.py [FOLDER]

FOLDER holds icews18.parquet (default ../shared/data/icews). Every command runs in a fresh process,
the two sides of a ratio in turn, RUNS times; medians are printed. Seconds say more about the
machine than about the code: quote the ratios.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

DEFAULT = Path(__file__).parents[2] / "shared" / "data" / "icews"
RUNS = 5
ROWS = 468_558

FIT = """
import sys
from pathlib import Path
import time
from saidanddone.archive import Archive
from saidanddone.dossier.norms import World
from saidanddone.dossier.question import choices_for, merged_into
from saidanddone.measure.evidence import span_of
from saidanddone.model import Window
archive = Archive.open(sys.argv[1])
(dataset,) = archive.datasets()
covered = archive.coverage(dataset.name)
span = span_of(covered.first, covered.last, dataset.grain)
world = World(archive, dataset, Window(), merged_into([], predecessors=True), span, print)
choices = choices_for(dataset)
counted = world.counted(choices)
start = time.perf_counter()
fits = world.fits(choices, ("verbal", "material"))
took = time.perf_counter() - start
start = time.perf_counter()
world.fits(choices, ("verbal", "material"))
again = time.perf_counter() - start
import json
import os
pairs = {name: fit.world.pairs for name, fit in fits.channels.items()}
print(json.dumps({"fit": took, "again": again, "pairs": pairs}))
"""


def timed(command: Sequence[str]) -> tuple[float, float]:
    """Wall seconds and peak memory in MB of a command."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(command)} failed")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def in_turn(first: Sequence[str], second: Sequence[str], reset: Path) -> None:
    """Print the ratio of the first command to the second, run in turn."""
    ours, theirs, memory = [], [], []
    for _ in range(RUNS):
        shutil.rmtree(reset, ignore_errors=True)
        seconds, peak = timed(first)
        ours.append(seconds)
        memory.append(peak)
        theirs.append(timed(second)[0])
    ratio = statistics.median(a / b for a, b in zip(ours, theirs, strict=True))
    print(
        f"  {ratio:5.1f} times the other's time; {ROWS / statistics.median(ours):,.0f} rows/s "
        f"against {ROWS / statistics.median(theirs):,.0f}; peak {statistics.median(memory):,.0f} MB"
    )


def main(folder: Path) -> None:
    program = str(Path(sys.executable).with_name("saidanddone"))
    parquet = folder / "icews18.parquet"
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        table = root / "icews18.csv"
        code = f"import polars; polars.read_parquet({str(parquet)!r}).write_csv({str(table)!r})"
        subprocess.run([sys.executable, "-c", code], check=True)
        archive = root / "archive"
        for file, reader in ((parquet, "read_parquet"), (table, "read_csv")):
            print(f"ingest table {file.name} against pandas.{reader} of the same file, processes:")
            ingest = [program, "ingest", "table", str(file), "--mapping", "icews-2018"]
            pandas = [sys.executable, "-c", f"import pandas; pandas.{reader}({str(file)!r})"]
            in_turn([*ingest, "--archive", str(archive), "--quiet"], pandas, archive)

        print("norms, dispersion and slope of one year's and of thirteen years' pairs, in process:")
        fit(archive)
        counts = root / "counts"
        subprocess.run(
            [
                program,
                "ingest",
                "counts",
                str(folder / "icews_dyad_year_2002_2014.parquet"),
                "--archive",
                str(counts),
                "--quiet",
            ],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        fit(counts)

        print("ask on the 2018 archive against ask on the case that ships, processes:")
        ask = [program, "ask", "russia", "north-korea", "--json"]
        shipped = statistics.median(timed(ask)[0] for _ in range(RUNS))
        for name, pair in (
            ("first question", ["china", "dprk"]),
            ("next question", ["iran", "usa"]),
        ):
            command = [program, "ask", *pair, "--archive", str(archive), "--json"]
            seconds, peak = timed(command)
            if name == "next question":
                seconds = statistics.median(timed(command)[0] for _ in range(RUNS))
            print(f"  {name}: {seconds / shipped:.1f} times, {seconds:.2f} s; peak {peak:,.0f} MB")
        print(f"  the case that ships: {shipped:.2f} s")
    print(
        f"peak of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"
    )


def fit(archive: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FIT, str(archive)], check=True, capture_output=True, text=True
    )
    found = json.loads(done.stdout.splitlines()[-1])
    pairs = ", ".join(f"{name} {number:,} pairs" for name, number in found["pairs"].items())
    print(f"  {pairs}: {found['fit']:.2f} s, from the cache {found['again'] * 1000:.1f} ms")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT)
