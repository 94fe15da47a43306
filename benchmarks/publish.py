"""How long a static site takes: all pages, and a rebuild after one act more.

    python benchmarks/publish.py ARCHIVE [--pairs 1000] [--jobs 2] [--keep FOLDER]

ARCHIVE is copied and the copy's norms are fitted first, as they are kept from one build to the
next. One act is then ingested into it through a table with a mapping, dated to the last day that
the data cover, and the site is built again. Times are those of the command as a user runs it: with
the start of Python, and the processor time of all of its processes beside it, which a busy machine
does not stretch.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from saidanddone.archive import Archive
from saidanddone.dossier import Atlas
from saidanddone.faces import python as sd

MAPPING = """\
format = "table"
name = "{name}"
title = "{title}"
citation = "{citation}"
kind = "{kind}"
missing = {missing}
government = "name"
[columns]
date = "date"
source = "source"
target = "target"
code = "code"
id = "id"
text = "text"
"""


def main() -> None:
    """Print the figures of both builds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--pairs", type=int, default=1_000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep", type=Path, help="where the copy and the site stay")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="publish-") as temporary:
        folder = given.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        copy, out = folder / "archive", folder / "site"
        for old in (copy, out):
            shutil.rmtree(old, ignore_errors=True)
        shutil.copytree(given.archive, copy)
        atlas = Atlas.open(Archive.open(copy))
        first = atlas.pairs().row(given.pairs // 2 % atlas.pairs().height, named=True)
        atlas.page(first["source"], first["target"])  # fits what the copy had not kept
        atlas.ranking()
        atlas.movers()
        timed("all pages", copy, out, given)
        timed("once more, nothing changed", copy, out, given)
        add_act(folder, copy, atlas, first)
        timed("one act more", copy, out, given)
        files = [path for path in out.rglob("*") if path.is_file()]
        size = sum(path.stat().st_size for path in files)
        print(f"{len(files):,} files, {size / 1e6:,.0f} MB")


def timed(what: str, archive: Path, out: Path, given: argparse.Namespace) -> None:
    """Run the command and print its time."""
    command = [sys.executable, "-m", "saidanddone.faces.cli", "publish", str(out)]
    command += ["--archive", str(archive), "--pairs", str(given.pairs), "--jobs", str(given.jobs)]
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    took, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    load = os.getloadavg()[0]
    print(
        f"{what}: {took:.1f} s ({used:.1f} s of processors, load {load:.1f}) {done.stderr.strip()}"
    )


def add_act(folder: Path, archive: Path, atlas: Atlas, pair: dict[str, object]) -> None:
    """Ingest one act of a pair, of the last day of the data."""
    name = atlas.dataset.name
    table, mapping = folder / "one-act.csv", folder / "one-act.toml"
    source, target = pair["source"], pair["target"]
    row = f'{atlas.updated},{source},{target},051,one-more,"Praise or endorse"'
    table.write_text(f"date,source,target,code,id,text\n{row}\n", encoding="utf-8")
    quoted = {
        key: str(value).replace("\\", "\\\\").replace('"', '\\"')
        for key, value in (("title", atlas.dataset.title), ("citation", atlas.dataset.citation))
    }
    # What the dataset is stays as it was: another description would change every page.
    missing = json.dumps(atlas.dataset.missing)
    text = MAPPING.format(name=name, kind=atlas.dataset.kind, missing=missing, **quoted)
    mapping.write_text(text, encoding="utf-8")
    (report,) = sd.ingest("table", [table], archive, mapping=mapping).files
    print(f"ingested: {report.status} {report.error or ''} {source} {target} of {atlas.updated}")


if __name__ == "__main__":
    main()
