"""Print what reading GDELT costs: ratios and memory, measured in one run on the same files.

    python benchmarks/reach.py [--sizes 1,10] [--rounds 3] [--folder DIR]

Files are made by gdelt_like.py in DIR (kept and used again; default: a temporary folder), in the
sizes asked for, in millions of events; `--sizes 1,10,50` is the whole table and wants 5 GB. Every
measurement runs in a fresh process on the same cores, the sides of a ratio in turn; the median of
the rounds' ratios is printed, of wall time and, where they differ on a busy machine, of CPU time.
Every side first does its work with one file, so that imports and what is read at the first use are
not counted. Peers run where they are installed, on a tenth of the files, and are given
by row.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import gdelt_like
from memory import peak

EVENTS_A_FILE = 10_417
"""A million in 96 files: somewhat more than 15 minutes had in 2016, less than a day of 1.0."""

NEEDED = (1, 7, 8, 12, 13, 14, 17, 18, 26, 33)
"""The columns of 2.0 that decide a row, for the peers that can choose."""

MOST_REPEATED = 10
"""Millions of events up to which the work is compared with inflating; 50 are read once."""

Measured = dict[str, float]
SCANNER_OFF = {"SAIDANDDONE_SCANNER": "off"}


def texts(files: Iterable[Path]) -> Iterable[bytes]:
    """Unzip by the standard library, as the peers have to."""
    for file in files:
        with zipfile.ZipFile(file) as archive:
            yield archive.read(archive.namelist()[0])


def inflating(files: list[Path], _: Path) -> Callable[[], int]:
    """Inflate every member with libdeflate and check its CRC; nothing else."""
    import deflate

    def run() -> int:
        total = 0
        for file in files:
            with file.open("rb") as stream:
                with zipfile.ZipFile(stream) as archive:
                    (member,) = archive.infolist()
                stream.seek(member.header_offset + 30 + len(member.filename))
                packed = stream.read(member.compress_size)
            text = deflate.deflate_decompress(packed, member.file_size)
            assert deflate.crc32(text) == member.CRC
            total += len(text)
        return total

    return run


def inflating_in_place(files: list[Path], _: Path) -> Callable[[], int]:
    """Inflate into one buffer that is used again: the least that there is to do."""
    import numpy as np

    from saidanddone.sources.scanner import whole
    from saidanddone.sources.scanner.libdeflate import Inflater, libdeflate

    library = libdeflate()
    assert library is not None
    inflater = Inflater(library)

    def run() -> int:
        text = np.empty(whole.WHOLE_BYTES, dtype=np.uint8)
        total = 0
        for file in files:
            packed = whole._read(file)
            assert packed is not None
            member = whole._only_member(packed)
            assert member is not None
            begin, size, room, crc = member
            found = inflater.inflate(packed.ctypes.data + begin, size, text.ctypes.data, room)
            assert found == crc
            total += room
        return total

    return run


def pandas_client(files: list[Path], _: Path) -> Callable[[], int]:
    """Read and concatenate as the client `gdelt` 0.1.14 does: types inferred, codes as text."""
    import pandas as pd

    codes = dict.fromkeys((26, 27, 28), "str")

    def run() -> int:
        frames = [
            pd.read_csv(file, compression="zip", sep="\t", header=None, dtype=codes)
            for file in files
        ]
        return len(pd.concat(frames))

    return run


def pandas_text(files: list[Path], _: Path) -> Callable[[], int]:
    """Read every column as text with pandas, and concatenate."""
    import pandas as pd

    def run() -> int:
        frames = [pd.read_csv(file, sep="\t", header=None, dtype=str) for file in files]
        return len(pd.concat(frames))

    return run


def cells(files: list[Path], _: Path) -> Callable[[], int]:
    """Count every file into cells in memory."""
    import polars as pl

    from saidanddone.sources.gdelt import GdeltSource

    source = GdeltSource()

    def run() -> int:
        found = [batch for file in files for batch in source.count(file)]
        pl.concat([batch.cells for batch in found])
        return sum(
            batch.kept + batch.aside.height + sum(batch.filtered.values()) for batch in found
        )

    return run


def cells_ahead(files: list[Path], _: Path) -> Callable[[], int]:
    """Count every file into cells in memory, two at a time."""
    import polars as pl

    from saidanddone.sources import scanner

    def run() -> int:
        found = [batch for _, batch in scanner.count_files(files, 2) if batch is not None]
        pl.concat([batch.cells for batch in found])
        return sum(batch.kept + sum(batch.filtered.values()) for batch in found)

    return run


def ingest(keep: str) -> Callable[[list[Path], Path], Callable[[], int]]:
    """Ingest every file into a new archive."""

    def prepare(files: list[Path], place: Path) -> Callable[[], int]:
        from saidanddone.archive import Archive
        from saidanddone.sources import open_source

        source = open_source("gdelt")
        with tempfile.TemporaryDirectory(dir=place) as empty:
            Archive.create(Path(empty) / "archive")  # imports what ingest needs

        def run() -> int:
            with tempfile.TemporaryDirectory(dir=place) as folder:
                archive = Archive.create(Path(folder) / "archive")
                return archive.ingest(source, files, keep=keep).rows

        return run

    return prepare


def polars_(files: list[Path], _: Path) -> Callable[[], int]:
    """Read the needed columns with Polars and count; the result stays in memory."""
    import polars as pl

    def run() -> int:
        counted = []
        for text in texts(files):
            frame = pl.read_csv(
                text,
                separator="\t",
                has_header=False,
                columns=list(NEEDED),
                quote_char=None,
                infer_schema=False,
            )
            *keys, articles = frame.columns
            counted.append(
                frame.group_by(keys).agg(pl.col(articles).cast(pl.Int64).sum(), pl.len())
            )
        return int(pl.concat(counted)["len"].sum())

    return run


def duckdb_(files: list[Path], place: Path) -> Callable[[], int]:
    """Unpack each file, let DuckDB read the needed columns and count."""
    import duckdb

    def run() -> int:
        connection = duckdb.connect()
        total = 0
        for text in texts(files):
            path = place / "unpacked.csv"
            path.write_bytes(text)
            names = [f"c{number:02}" for number in range(61)]
            columns = ", ".join(f"'{name}': 'VARCHAR'" for name in names)
            *keys, articles = [names[number] for number in NEEDED]
            rows = connection.execute(
                f"SELECT {', '.join(keys)}, sum({articles}::BIGINT), count(*) FROM read_csv("
                f"'{path}', delim='\t', header=false, quote='', escape='', auto_detect=false,"
                f" columns={{{columns}}}) GROUP BY ALL"
            ).fetchnumpy()
            total += int(rows["count_star()"].sum())
        return total

    return run


def gdelt_py(files: list[Path], _: Path) -> Callable[[], int]:
    """Parse with gdelt-py: one object a row."""
    from py_gdelt.parsers.events import EventsParser

    parser = EventsParser()

    def run() -> int:
        return sum(1 for text in texts(files) for _ in parser.parse(text))

    return run


def panel(files: list[Path], place: Path) -> Callable[[], int]:
    """Every pair's acts by month, from an archive of the files; the second time."""
    archive = _archive(files, place)
    archive.panel("gdelt")

    def run() -> int:
        height: int = archive.panel("gdelt").height
        return height

    return run


def scan(files: list[Path], place: Path) -> Callable[[], int]:
    """Read the columns that a panel is made of, and nothing else; warm, as `panel`."""
    import polars as pl

    from saidanddone.archive.manifest import Manifest

    _archive(files, place)
    root = _place(files, place)
    with Manifest.opened(root) as manifest:
        parts = [root / part.path for part in manifest.parts("gdelt", "panel")]
    pl.scan_parquet(parts).collect()

    def run() -> int:
        return pl.scan_parquet(parts).collect().height

    return run


def _place(files: list[Path], place: Path) -> Path:
    return place / f"archive-{len(files)}"


def _archive(files: list[Path], place: Path) -> Any:
    from saidanddone.archive import Archive
    from saidanddone.sources import open_source

    folder = _place(files, place)
    if not folder.exists():
        Archive.create(folder).ingest(open_source("gdelt"), files, keep="tally")
    return Archive.open(folder)


Prepare = Callable[[list[Path], Path], Callable[[], int]]
WORK: dict[str, tuple[Prepare, dict[str, str]]] = {
    "inflating": (inflating, {}),
    "inflating in place": (inflating_in_place, {}),
    "pandas, client": (pandas_client, {}),
    "pandas, text": (pandas_text, {}),
    "cells": (cells, {}),
    "cells, two threads": (cells_ahead, {}),
    "cells, no scanner": (cells, SCANNER_OFF),
    "tally": (ingest("tally"), {}),
    "tally, no scanner": (ingest("tally"), SCANNER_OFF),
    "tally and events": (ingest("events"), {}),
    "Polars": (polars_, {}),
    "DuckDB": (duckdb_, {}),
    "gdelt-py": (gdelt_py, {}),
    "panel": (panel, {}),
    "scan": (scan, {}),
}
FROM_AN_ARCHIVE = ("panel", "scan")
PEERS = {"Polars": "polars", "DuckDB": "duckdb", "gdelt-py": "py_gdelt"}
AGAINST_PANDAS = (
    ("tally", "pandas, client", 0.10),
    ("tally, no scanner", "pandas, client", 0.22),
    ("tally and events", "pandas, client", 0.25),
    ("tally", "pandas, text", 0.10),
    ("cells", "pandas, client", None),
    ("cells, no scanner", "pandas, client", None),
)
AGAINST_INFLATING = (
    ("tally", "inflating", 1.6),
    ("cells", "inflating", None),
    ("cells, two threads", "inflating", None),
    ("cells", "inflating in place", None),
)
Ratios = tuple[tuple[str, str, float | None], ...]


def one(name: str, folder: Path, place: Path, files: int) -> None:
    """Do one piece of work in this process and print what it cost."""
    paths = sorted(folder.glob("*.zip"))[: files or None]
    if name not in FROM_AN_ARCHIVE:
        WORK[name][0](paths[:1], place)()
    run = WORK[name][0](paths, place)
    before = peak()
    wall, cpu = time.perf_counter(), time.process_time()
    rows = run()
    measured = {
        "seconds": time.perf_counter() - wall,
        "cpu": time.process_time() - cpu,
        "before": before,
        "peak": peak(),
        "rows": rows,
    }
    print(json.dumps(measured))


def measure(name: str, folder: Path, place: Path, files: int = 0) -> Measured:
    """Do one piece of work in a fresh process."""
    command = [sys.executable, __file__, "--one", name, "--folder", str(folder)]
    done = subprocess.run(
        [*command, "--place", str(place), "--files", str(files)],
        env=os.environ | WORK[name][1],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{name} failed: {done.stderr[-2000:]}")
    measured: Measured = json.loads(done.stdout.splitlines()[-1])
    took = f"{measured['seconds']:.2f} s, {measured['cpu']:.2f} s of CPU"
    print(f"  {name}, {folder.name}: {took}, {measured['peak']:.0f} MiB", file=sys.stderr)
    return measured


def compare(ratios: Ratios, folder: Path, place: Path, rounds: int) -> None:
    """Print the ratios of the work to what it is measured against."""
    names = dict.fromkeys(name for pair in ratios for name in pair[:2])
    found: dict[str, list[Measured]] = {name: [] for name in names}
    for _ in range(rounds):
        for name in names:
            found[name].append(measure(name, folder, place))
    print(f"{'work':<22}{'against':<22}{'wall':>7}{'CPU':>7}{'aim':>7}")
    for ours, theirs, aim in ratios:
        pairs = list(zip(found[ours], found[theirs], strict=True))
        wall, cpu = (
            statistics.median(a[key] / b[key] for a, b in pairs) for key in ("seconds", "cpu")
        )
        print(f"{ours:<22}{theirs:<22}{wall:7.3f}{cpu:7.3f}{aim if aim else '':>7}")
    for name, runs in found.items():
        seconds = statistics.median(run["seconds"] for run in runs)
        held = max(run["peak"] for run in runs)
        print(f"  {name:<22}{seconds:8.2f} s{held:8.0f} MiB")


def peers(folder: Path, place: Path, files: int) -> None:
    """Print what a row costs with each peer that is installed."""
    some = max(1, files // 10)
    own = measure("cells", folder, place, some)
    for name in ("cells", "pandas, client", "pandas, text", *PEERS):
        if name in PEERS and importlib.util.find_spec(PEERS[name]) is None:
            print(f"  {name:<22}not installed")
            continue
        cost = own if name == "cells" else measure(name, folder, place, some)
        by_row = cost["seconds"] / cost["rows"] * 1e6
        times = by_row / (own["seconds"] / own["rows"] * 1e6)
        print(f"  {name:<22}{by_row:8.2f} microseconds a row, {times:5.1f} times")


def growth(folders: dict[int, Path], place: Path) -> None:
    """Print what a row and what memory cost as the work grows."""
    for name in ("tally", "cells", "tally, no scanner", "tally and events"):
        first: Measured | None = None
        for size, folder in folders.items():
            cost = measure(name, folder, place)
            first = first or cost
            by_row = cost["seconds"] / cost["rows"]
            print(
                f"  {name:<20}{size:4} million{by_row * 1e6:8.3f} microseconds a row"
                f" ({by_row / (first['seconds'] / first['rows']):4.2f}){cost['peak']:8.0f} MiB"
                f" ({cost['peak'] / first['peak']:4.2f}), {cost['before']:.0f} MiB before"
            )


def main() -> None:
    """Read the command line and print the tables."""
    parser = argparse.ArgumentParser(description="What reading GDELT costs.")
    parser.add_argument("--sizes", default="1,10", help="millions of events, by commas")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="where the generated files are kept")
    parser.add_argument("--one", choices=WORK, help=argparse.SUPPRESS)
    parser.add_argument("--place", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--files", type=int, default=0, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        one(asked.one, asked.folder, asked.place, asked.files)
        return
    with tempfile.TemporaryDirectory() as temporary:
        kept = asked.folder or Path(temporary)
        folders = {}
        for size in (int(word) for word in asked.sizes.split(",")):
            folders[size] = kept / f"m{size}"
            if not folders[size].exists():
                print(f"making {size} million events ...", file=sys.stderr)
                files = size * 1_000_000 // EVENTS_A_FILE
                gdelt_like.make(folders[size], size * 1_000_000, files=files)
        place = Path(temporary)
        smallest = next(iter(folders))
        largest = max(size for size in folders if size <= MOST_REPEATED or size == smallest)
        print(f"against reading whole files with pandas, {smallest} million events:")
        compare(AGAINST_PANDAS, folders[smallest], place, asked.rounds)
        print(f"against inflating with libdeflate, {largest} million events:")
        compare(AGAINST_INFLATING, folders[largest], place, asked.rounds)
        print("peers, zips to memory, on a tenth of the files:")
        peers(folders[smallest], place, len(list(folders[smallest].glob("*.zip"))))
        print("as the work grows, one run each:")
        growth(folders, place)
        largest = max(folders)
        print(f"all pairs by month, tally of {largest} million events, against scanning it alone:")
        ratios = [
            measure("panel", folders[largest], place)["seconds"]
            / measure("scan", folders[largest], place)["seconds"]
            for _ in range(max(3, asked.rounds))
        ]
        print(f"  {statistics.median(ratios):5.2f} times (aim 1.2)")


if __name__ == "__main__":
    main()
