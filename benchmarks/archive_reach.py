"""How far an archive reaches: a billion events' tally, read by pair and by year, and its growth.

    python benchmarks/archive_reach.py OUT [--cells 100000000] [--quick]

Cells are generated as a source would count them, month by month from 1979, seeded: 20,000 pairs
very unevenly filled, later months fuller than early ones. OUT is kept; a second run reads it again.
Reading is timed in processes of their own, after the imports, so that first means first.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import polars as pl
from memory import peak

from saidanddone import codes
from saidanddone.archive import Archive, group, packed, panel, parts
from saidanddone.archive.manifest import Manifest
from saidanddone.measure.choices import Choices
from saidanddone.measure.counting import by_pair, counted
from saidanddone.model import Window
from saidanddone.sources.source import ASIDE_SCHEMA, Batch, CountedBatch, Dataset, fingerprint

SEED = 20_241_123
PAIRS = 20_000
STATES = 200
FIRST_YEAR, YEARS = 1979, 46
UNEVENNESS = 2.3
"""Standard deviation of the log of a pair's weight: the fullest tenth of the pairs of ICEWS
2002-2014 holds 85% of the events, here 86%."""

GROWTH = 0.09
"""Yearly growth of the log of a month's volume: the last year holds 62 times the first."""

MONTHS = [f"{FIRST_YEAR + n // 12:04d}-{n % 12 + 1:02d}" for n in range(12 * YEARS)]

DATASET = Dataset(
    name="generated",
    kind="census",
    grain="day",
    roles=True,
    title="Generated cells",
    citation="",
    missing=(),
)


@dataclass
class Generated:
    """A source whose files say how many cells of which month to make: 'MONTH CELLS SEED'."""

    format: str = "generated"
    dataset: Dataset = DATASET

    @property
    def fingerprint(self) -> str:
        """A hash of what the generator makes."""
        return fingerprint(self.format, [SEED, PAIRS, UNEVENNESS])

    def find(self, path: Path) -> list[Path]:
        """Return the path itself."""
        return [path]

    def read(self, path: Path) -> Iterator[Batch]:
        """Make no acts: this source only counts."""
        raise NotImplementedError

    def count(self, path: Path) -> Iterator[CountedBatch]:
        """Make the cells of one file."""
        month, size, seed = path.read_text(encoding="utf-8").split()
        left = int(size)
        rng = np.random.default_rng([SEED, int(seed)])
        while left > 0:
            some = min(left, 100_000)
            cells = make(month, some, rng)
            events = int(cells["reports"].sum())
            aside = pl.DataFrame(schema=ASIDE_SCHEMA)
            yield CountedBatch(cells, events, max(events, cells.height), aside, {})
            left -= some


@cache
def pairs() -> tuple[pl.DataFrame, np.ndarray]:
    """Return the pairs by weight, the heaviest first, and their weights."""
    rng = np.random.default_rng(SEED)
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    names = np.array(
        [f"{letters[n // 26 % 26]}{letters[n % 26]}{letters[n % 7]}" for n in range(STATES)]
    )
    chosen = rng.choice(STATES * (STATES - 1), PAIRS, replace=False)
    source, other = chosen // (STATES - 1), chosen % (STATES - 1)
    target = other + (other >= source)
    weights = np.sort(np.exp(rng.normal(0, UNEVENNESS, PAIRS)))[::-1]
    table = pl.DataFrame({"source": names[source], "target": names[target]})
    return table, weights / weights.sum()


@cache
def _kinds() -> tuple[pl.DataFrame, np.ndarray]:
    """Return codes with channel and valence, and how often they come."""
    table = codes.table().filter(pl.col("code").str.len_chars() >= 3)
    table = table.select("code", "channel", "valence")
    rng = np.random.default_rng(SEED + 1)
    weights = np.exp(rng.normal(0, 1.8, table.height))
    return table, weights / weights.sum()


def make(month: str, cells: int, rng: np.random.Generator) -> pl.DataFrame:
    """Make about so many cells of one month, each once; busy pairs repeat themselves."""
    table, weights = pairs()
    kinds, often = _kinds()
    pair = np.searchsorted(weights.cumsum(), rng.random(cells)).clip(max=PAIRS - 1)
    kind = np.searchsorted(often.cumsum(), rng.random(cells)).clip(max=kinds.height - 1)
    first = np.datetime64(f"{month}-01")
    last = (np.datetime64(month) + 1).astype("datetime64[D]")
    days = int((last - first).astype(int))
    frame = pl.concat([table[pair], kinds[kind]], how="horizontal").with_columns(
        pl.Series("government", rng.random(cells) < 0.8),
        pl.Series("date", first + rng.integers(0, days, cells)).cast(pl.Date),
        pl.lit("day").alias("precision"),
        pl.Series("reports", rng.geometric(0.12, cells)),
    )
    return packed.summed(frame, list(parts.CELL_SCHEMA)[:-1], ["reports"])


def volumes(total: int) -> np.ndarray:
    """Return the cells of every month."""
    weights = np.exp(GROWTH / 12 * np.arange(len(MONTHS)))
    return np.maximum(1, (weights / weights.sum() * total)).astype(int)


def write_files(folder: Path, total: int) -> list[Path]:
    """Write one file a month."""
    folder.mkdir(parents=True, exist_ok=True)
    found = []
    for number, (month, size) in enumerate(zip(MONTHS, volumes(total), strict=True)):
        path = folder / f"{month}.cells"
        path.write_text(f"{month} {size} {number}", encoding="utf-8")
        found.append(path)
    return found


def build(out: Path, total: int) -> Archive:
    """Build the archive, or open the one that is there."""
    if (out / "archive" / "manifest.sqlite").exists():
        return Archive.open(out / "archive")
    archive = Archive.create(out / "archive")
    files = write_files(out / "files", total)
    started = time.perf_counter()
    making = sum(_timed(lambda p=p: list(Generated().count(p)))[0] for p in files[-3:])
    share = volumes(total)[-3:].sum() / total
    started = time.perf_counter()
    archive.ingest(Generated(), files, keep="tally")
    took = time.perf_counter() - started
    print(
        f"built {total:,} cells in {took:.0f} s, of which making them about {making / share:.0f} s;"
        f" peak {peak():.0f} MiB"
    )
    return archive


def describe(archive: Archive) -> None:
    """Print the parts of an archive."""
    with Manifest.opened(archive.path) as manifest:
        listed = manifest.parts()
    for kind in ("by-month", "by-pair", "panel"):
        found = [part for part in listed if part.kind == kind]
        rows, size = sum(p.rows for p in found), sum(p.bytes for p in found)
        runs = len({(p.period, p.run) for p in found})
        print(f"{kind}: {rows:,} rows, {size / 1e6:,.0f} MB, {len(found)} parts in {runs} runs")


def _timed(work) -> tuple[float, object]:  # type: ignore[no-untyped-def]
    started = time.perf_counter()
    result = work()
    return time.perf_counter() - started, result


def read_pair(path: Path, rank: int) -> dict[str, float]:
    """Time one pair's whole history, the first time and afterwards."""
    source, target = pairs()[0].row(rank)
    archive = Archive.open(path)
    before = peak()

    def read() -> pl.DataFrame:
        return archive.cells("generated", sources=[source], targets=[target])

    first, cells = _timed(read)
    height, months = cells.height, cells["date"].dt.truncate("1mo").n_unique()
    del cells  # or the memory of two readings would be told
    warm = sorted(_timed(read)[0] for _ in range(15))
    return {
        "rank": rank + 1,
        "cells": height,
        "months": months,
        "first": first * 1e3,
        "warm": warm[7] * 1e3,
        "best": warm[0] * 1e3,
        "before": before,
        "peak": peak(),
    }


def read_year(path: Path, year: int, how: str) -> dict[str, float]:
    """Time the counts of all pairs in one year, and their order."""
    archive = Archive.open(path)
    window = Window.parse(str(year), str(year))
    choices = Choices(actors="government")

    def from_panel() -> pl.DataFrame:
        return panel.by_pair(archive.panel("generated", window, years=True), government=True)

    def from_cells() -> pl.DataFrame:
        return by_pair(counted(archive.cells("generated", window=window), choices))

    def ranked() -> pl.DataFrame:
        found = from_panel() if how == "panel" else from_cells()
        sides = [
            found.filter(channel=channel).select(
                "source",
                "target",
                ((pl.col("cooperative") + 0.5) / (pl.col("conflictual") + 0.5))
                .log()
                .alias(channel),
            )
            for channel in ("said", "done")
        ]
        both = sides[0].join(sides[1], on=["source", "target"])
        return both.sort(pl.col("done") - pl.col("said"), "source", "target", descending=True)

    before = peak()
    first, found = _timed(ranked)
    warm = sorted(_timed(ranked)[0] for _ in range(7 if how == "panel" else 1))
    return {
        "pairs": found.height,
        "hash": int(found.hash_rows().sum() % 10**9),
        "first": first * 1e3,
        "warm": warm[len(warm) // 2] * 1e3,
        "before": before,
        "peak": peak(),
    }


def _apart(*arguments: str) -> dict[str, float]:
    """Run one measurement in a process of its own."""
    command = [sys.executable, __file__, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


def reading(archive: Archive) -> None:
    """Print what a pair's history and a year's ranking cost."""
    print("\none pair's whole history (cells), in a fresh process")
    for rank in (1, 20, 200, 2_000, 10_000, 19_000):
        found = _apart("--pair", str(rank - 1), str(archive.path))
        print(
            "  pair {rank:>6.0f} of 20,000: {cells:>9,.0f} cells, {months:>3.0f} months; first "
            "{first:6.1f} ms, warm {warm:6.1f} ms (best {best:.1f}); memory {before:.0f} MiB "
            "before, {peak:.0f} at most".format(**found)
        )
    year = FIRST_YEAR + YEARS - 1
    print(f"\nranking of every pair in {year}, the fullest year, in a fresh process")
    found = {how: _apart("--year", str(year), how, str(archive.path)) for how in ("panel", "cells")}
    for how, row in found.items():
        print(
            "  from {how}: {pairs:,.0f} pairs; first {first:.0f} ms, warm {warm:.0f} ms; memory "
            "{before:.0f} MiB before, {peak:.0f} at most".format(how=how, **row)
        )
    print(f"  panel : cells = {found['panel']['warm'] / found['cells']['warm']:.3f}")
    print(f"  same order: {found['panel']['hash'] == found['cells']['hash']}")


def growth(out: Path) -> None:
    """Print what commits cost as they grow in number: small files in groups of other sizes."""
    files = out / "small"
    files.mkdir(exist_ok=True)
    paths = []
    for number in range(2_000):
        path = files / f"{number:05d}.cells"
        path.write_text(f"{MONTHS[-60 + number // 100]} 200 {number}", encoding="utf-8")
        paths.append(path)
    print(f"\n{len(paths):,} files of 200 cells, in groups of so many files")
    usual = group.GROUP_FILES
    times = {}
    for size in (1, 8, 64, 512, usual):
        folder = out / "groups"
        shutil.rmtree(folder, ignore_errors=True)
        archive = Archive.create(folder)
        group.GROUP_FILES = size
        some = paths if size > 1 else paths[:250]
        took, _ = _timed(lambda a=archive, s=some: a.ingest(Generated(), s, keep="tally"))
        times[size] = took / len(some) * 1e3
        print(f"  {size:>5}: {times[size]:7.2f} ms a file")
    group.GROUP_FILES = usual
    print(f"  groups of {usual:,} : groups of one = {times[usual] / times[1]:.3f}")

    print("\ntime a commit as commits grow in number (groups of 16 files, 3,200 cells)")
    folder = out / "groups"
    shutil.rmtree(folder, ignore_errors=True)
    archive = Archive.create(folder)
    group.GROUP_FILES = 16
    source, target = pairs()[0].row(50)
    for start in range(0, len(paths), 400):
        some = paths[start : start + 400]
        took, _ = _timed(lambda s=some: archive.ingest(Generated(), s, keep="tally"))
        read = sorted(
            _timed(lambda: archive.cells("generated", sources=[source], targets=[target]))[0]
            for _ in range(9)
        )
        print(
            f"  after {(start + 400) // 16:>4} commits: {took / 25 * 1e3:6.1f} ms a commit, "
            f"pair 51 read in {read[4] * 1e3:.1f} ms"
        )
    group.GROUP_FILES = usual
    shutil.rmtree(folder)


def main() -> None:
    """Run."""
    if sys.argv[1:2] == ["--pair"]:
        print(json.dumps(read_pair(Path(sys.argv[3]), int(sys.argv[2]))))
        return
    if sys.argv[1:2] == ["--year"]:
        print(json.dumps(read_year(Path(sys.argv[4]), int(sys.argv[2]), sys.argv[3])))
        return
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--cells", type=int, default=100_000_000)
    parser.add_argument("--quick", action="store_true", help="a thousandth of the cells")
    chosen = parser.parse_args()
    archive = build(chosen.out, 100_000 if chosen.quick else chosen.cells)
    describe(archive)
    reading(archive)
    growth(chosen.out)


if __name__ == "__main__":
    main()
