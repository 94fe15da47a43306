"""Print how fast documents are read, beside the bare parser on the same text and cores.

    python benchmarks/reading.py [--documents 60] [--runs 5] [--jobs 2]

Documents are made of the sentences that the coder is trained on (reading/training/written.csv),
twelve to a page with title and date: each names two actors, so that there is more to read than in
news at large, where --plain sentences (default 0) of other matters stand between. Bare is
spaCy's own pipe with all its components. Both run in turn in one process; the ratio is that of the
medians, and quote it rather than the seconds. Reading multiplies matrices with NumPy rather than
with spaCy's BLIS; the parser alone is shown that way too. With --jobs the same files are read by
processes, beside spaCy's n_process, both with the time that their processes take to start.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path

from memory import peak

from saidanddone.reading import workers
from saidanddone.reading.arithmetic import quick
from saidanddone.reading.page import Page
from saidanddone.reading.pages import read_page
from saidanddone.reading.parser import BATCH, pipeline
from saidanddone.reading.read import Report, read_pages

SENTENCES = 12
PLAIN = (
    "The harvest was late this year, and the price of bread has risen in most towns.",
    "Snow closed two of the mountain roads for the better part of the week.",
    "The new bridge will carry trains as well as lorries once its southern ramp is finished.",
    "Teachers say that classes have grown too large for the old buildings.",
    "He has worked at the mill since he left school and knows every valve in it.",
    "Tickets for the last night were gone within an hour of the box office opening.",
    "The inquiry heard from engineers, drivers and two people who had lost their homes.",
    "Nobody could say when the line would be repaired or who would pay for it.",
)
"""Sentences in the manner of a newspaper's other pages, without an actor."""


def pages_of(documents: int, plain: int) -> list[tuple[str, bytes]]:
    """Name and bytes of documents; plain sentences stand after each that names actors."""
    table = files("saidanddone.reading").joinpath("training/written.csv")
    rows = csv.DictReader(table.read_text(encoding="utf-8").splitlines())
    told = [row["sentence"] for row in rows]
    chance = random.Random(1)
    made = []
    for number in range(documents):
        lines: list[str] = []
        for sentence in chance.sample(told, SENTENCES):
            lines += [sentence, *chance.choices(PLAIN, k=plain)]
        paragraphs = [" ".join(lines[i : i + 3]) for i in range(0, len(lines), 3)]
        text = "A page of reports\n\nPosted March 3, 2015\n\n" + "\n\n".join(paragraphs) + "\n"
        made.append((f"{number:05d}.txt", text.encode()))
    return made


def bare(pages: Sequence[Page], processes: int = 1) -> int:
    """Parse pages and count their sentences."""
    texts = [page.text_of(block) for page in pages for block in page.blocks]
    docs = pipeline().pipe(texts, batch_size=BATCH, n_process=processes)
    return sum(1 for doc in docs for _ in doc.sents)


def quickly(pages: Sequence[Page]) -> int:
    """Parse pages with the products of matrices that reading uses (reading/arithmetic.py)."""
    with quick(pipeline()):
        return bare(pages)


def whole(pages: Sequence[Page]) -> int:
    """Read pages and count their acts."""
    return sum(len(item.acts) for item in read_pages(pages) if isinstance(item, Report))


def from_files(folder: Path, jobs: int) -> int:
    """Read a folder, opening its files included, and count acts."""
    items = workers.read([str(folder)], workers.Task(), jobs=jobs)
    return sum(len(item.acts) for item in items if isinstance(item, Report))


def timed(run: Callable[[], int]) -> tuple[float, float]:
    """Seconds on the wall and of this process's own work."""
    wall, own = time.perf_counter(), time.process_time()
    run()
    return time.perf_counter() - wall, time.process_time() - own


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=60)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--jobs", type=int, default=workers.cores())
    parser.add_argument("--plain", type=int, default=0)
    given = parser.parse_args()
    made = pages_of(given.documents, given.plain)
    pages = [read_page(name, raw) for name, raw in made]
    sentences, acts = bare(pages), whole(pages)
    print(f"{len(pages)} documents, {sentences} sentences, {acts} acts; {os.cpu_count()} cores")
    runs = (lambda: bare(pages), lambda: whole(pages), lambda: quickly(pages))
    rounds = [[timed(run) for run in runs] for _ in range(given.runs)]
    for n, clock in enumerate(("wall", "processor")):
        parse, read, quick_parse = (
            statistics.median(one[side][n] for one in rounds) for side in range(3)
        )
        print(
            f"{clock}: bare {sentences / parse:.0f} sentences/s, read {sentences / read:.0f}, "
            f"ratio {parse / read:.2f}; bare with NumPy's products {sentences / quick_parse:.0f}, "
            f"ratio to that {quick_parse / read:.2f}"
        )
    if given.jobs > 1:
        with tempfile.TemporaryDirectory() as folder:
            for name, raw in made:
                (Path(folder) / name).write_bytes(raw)
            parse = min(timed(lambda: bare(pages, given.jobs))[0] for _ in range(2))
            read = min(timed(lambda: from_files(Path(folder), given.jobs))[0] for _ in range(2))
        print(
            f"{given.jobs} processes, start included: bare {sentences / parse:.0f} sentences/s, "
            f"read {sentences / read:.0f}, ratio {parse / read:.2f}"
        )
    held = peak()
    print(f"memory of this process at most {held:.0f} MiB")


if __name__ == "__main__":
    main()
